package io.plumbline.app.replay;

import io.plumbline.finding.FindingJson;
import io.plumbline.market.Decimal;
import io.plumbline.market.InstrumentBook;

/**
 * What became of one order book in a replay; the JSON form is an interface.
 *
 * @param state whether it is proven at the end
 * @param reason why it is not; "" where it is
 * @param deltas differences that changed it
 * @param snapshots snapshots taken over
 * @param dropped differences of no use: older than the snapshot, sent twice
 * @param orphanDeletes deletions of levels that were not there: routine
 * @param crossed events after which it was crossed or locked
 * @param breaks how often it stopped being proven
 * @param bestBid plain decimal, "" without one
 */
record BookSummary(
        String state,
        String reason,
        long deltas,
        long snapshots,
        long dropped,
        long checksumsPassed,
        long checksumsFailed,
        long orphanDeletes,
        long crossed,
        long breaks,
        int bidLevels,
        int askLevels,
        String bestBid,
        String bestAsk) {
    static BookSummary of(final InstrumentBook book) {
        final Decimal bid = new Decimal();
        final Decimal ask = new Decimal();
        book.book().bestBid(bid);
        book.book().bestAsk(ask);
        return new BookSummary(
                book.state().name(),
                book.reason().label(),
                book.counts().deltas(),
                book.counts().snapshots(),
                book.counts().dropped(),
                book.counts().checksumsPassed(),
                book.counts().checksumsFailed(),
                book.book().orphanDeletes(),
                book.counts().crossedEvents(),
                book.breaks(),
                book.book().bids().count(),
                book.book().asks().count(),
                bid.toString(),
                ask.toString());
    }

    /** The same book in the next run of the monitor: counts add up, the rest is the later one's. */
    BookSummary followedBy(final BookSummary next) {
        return new BookSummary(
                next.state,
                next.reason,
                deltas + next.deltas,
                snapshots + next.snapshots,
                dropped + next.dropped,
                checksumsPassed + next.checksumsPassed,
                checksumsFailed + next.checksumsFailed,
                orphanDeletes + next.orphanDeletes,
                crossed + next.crossed,
                breaks + next.breaks,
                next.bidLevels,
                next.askLevels,
                next.bestBid,
                next.bestAsk);
    }

    void append(final StringBuilder out) {
        FindingJson.string(out.append("{\"state\":"), state);
        FindingJson.string(out.append(",\"reason\":"), reason);
        out.append(",\"deltas\":").append(deltas);
        out.append(",\"snapshots\":").append(snapshots);
        out.append(",\"dropped\":").append(dropped);
        out.append(",\"checksumsPassed\":").append(checksumsPassed);
        out.append(",\"checksumsFailed\":").append(checksumsFailed);
        out.append(",\"orphanDeletes\":").append(orphanDeletes);
        out.append(",\"crossed\":").append(crossed);
        out.append(",\"breaks\":").append(breaks);
        out.append(",\"bidLevels\":").append(bidLevels);
        out.append(",\"askLevels\":").append(askLevels);
        FindingJson.string(out.append(",\"bestBid\":"), bestBid);
        FindingJson.string(out.append(",\"bestAsk\":"), bestAsk);
        out.append('}');
    }
}
