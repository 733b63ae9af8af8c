package io.plumbline.feed.venue;

import io.plumbline.market.Decimal;
import io.plumbline.market.MarketEvent;
import java.util.Arrays;

/**
 * The last best prices of each contract, because a quote leaves out what did not change. Kept for
 * each connection by itself: two may run side by side for a while, and what one of them said is
 * nothing to put another's quote together with. Allocates for a contract's first quote only.
 */
final class ProjectXQuotes {
    /** One contract on one connection. */
    private static final class Best {
        final Decimal bid = new Decimal();
        final Decimal ask = new Decimal();
        int epoch = -1;
        long usedNs = Long.MIN_VALUE;
    }

    private Best[] first = new Best[64];
    private Best[] second = new Best[64];

    /**
     * Takes what the event has of bid and ask, and gives the event what it lacks.
     *
     * @param bid whether the message told the bid, be it that there is none
     * @param ask the same of the ask
     */
    void complete(final MarketEvent event, final boolean bid, final boolean ask) {
        final Best best = of(event.instrument, event.epoch);
        best.usedNs = event.receivedNs;
        if (bid) {
            best.bid.set(event.bid);
        } else {
            event.bid.set(best.bid);
        }
        if (ask) {
            best.ask.set(event.ask);
        } else {
            event.ask.set(best.ask);
        }
    }

    /**
     * That of this connection; a new connection takes the place of the one that was longer mute.
     */
    private Best of(final int instrument, final int epoch) {
        if (instrument >= first.length) {
            final int room = Math.max(instrument + 1, first.length * 2);
            first = Arrays.copyOf(first, room);
            second = Arrays.copyOf(second, room);
        }
        if (first[instrument] == null) {
            first[instrument] = new Best();
            second[instrument] = new Best();
        }
        final Best one = first[instrument];
        final Best other = second[instrument];
        if (one.epoch == epoch || other.epoch == epoch) {
            return one.epoch == epoch ? one : other;
        }
        final Best oldest = one.usedNs <= other.usedNs ? one : other;
        oldest.epoch = epoch;
        oldest.bid.clear();
        oldest.ask.clear();
        return oldest;
    }
}
