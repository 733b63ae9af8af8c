package io.plumbline.feed.venue;

import static io.plumbline.feed.venue.FrameText.ascii;

import io.plumbline.feed.json.JsonCursor;
import io.plumbline.market.Channel;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventHandler;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.SequenceRule;
import java.util.Arrays;

/**
 * The data of {@code tickers}: {@code {"symbol":..,"lastPrice":..,"bid1Price":..,..}}. Spot sends
 * all of it each time. Of contracts a change holds only what changed: it is put on top of what is
 * known of the instrument, and the event is whole. What is not newer than that changes nothing and
 * goes on with what it holds itself, for its number to be judged.
 *
 * <p>The cross sequence goes upwards. It counts what is matched: where nothing is, mark and index
 * prices may move on without it, so the same number with a later time is news. Engine thread, no
 * allocation once an instrument was seen.
 */
final class BybitTickers {
    private static final byte[] LAST_PRICE = ascii("lastPrice");
    private static final byte[] BID_PRICE = ascii("bid1Price");
    private static final byte[] ASK_PRICE = ascii("ask1Price");
    private static final byte[] MARK_PRICE = ascii("markPrice");
    private static final byte[] INDEX_PRICE = ascii("indexPrice");
    private static final int LAST = 0;
    private static final int BID = 1;
    private static final int ASK = 2;
    private static final int MARK = 3;
    private static final int INDEX = 4;
    private static final int FIELDS = 5;
    private static final long NONE = MarketEvent.NONE;

    /** What is known of one instrument, and by which message. */
    private static final class Known {
        final Decimal[] prices = decimals();
        int epoch;
        long cs = NONE;
        long ts = NONE;

        void clear() {
            for (final Decimal price : prices) {
                price.clear();
            }
        }
    }

    private final JsonCursor cursor;
    private final boolean derivatives;
    private final Decimal[] sent = decimals();
    private final boolean[] given = new boolean[FIELDS];
    private Known[] known = new Known[64];

    /**
     * @param derivatives whether changes come, and mark and index prices
     */
    BybitTickers(final JsonCursor cursor, final boolean derivatives) {
        this.cursor = cursor;
        this.derivatives = derivatives;
    }

    private static Decimal[] decimals() {
        final Decimal[] decimals = new Decimal[FIELDS];
        for (int i = 0; i < FIELDS; i++) {
            decimals[i] = new Decimal();
        }
        return decimals;
    }

    /**
     * Tells of the data that was read, in a message that is legal to its end; false, with nothing
     * said, for what Bybit does not send.
     */
    boolean tell(final BybitHeader header, final MarketEvent draft, final EventHandler out) {
        if (header.snapshot && !given[LAST]) {
            return false;
        }
        final Known instrument = known(header.instrument);
        final SequenceRule rule = rule(header, instrument);
        final boolean news =
                instrument.ts == NONE || header.cs > instrument.cs || header.ts > instrument.ts;
        if (news) {
            merge(header, draft.epoch, instrument);
        }
        final Decimal[] prices = news ? instrument.prices : sent;
        market(header, Channel.TICKER, draft);
        draft.rule = rule;
        EventDraft.price(draft.price, prices[LAST]);
        EventDraft.price(draft.bid, prices[BID]);
        EventDraft.price(draft.ask, prices[ASK]);
        out.onEvent(draft);
        if (derivatives && news && (given[MARK] || given[INDEX])) {
            // The number was judged with the ticker: once is enough.
            EventDraft.restart(draft);
            market(header, Channel.MARK_PRICE, draft);
            EventDraft.price(draft.mark, prices[MARK]);
            EventDraft.price(draft.index, prices[INDEX]);
            out.onEvent(draft);
        }
        return true;
    }

    private static void market(
            final BybitHeader header, final Channel channel, final MarketEvent draft) {
        draft.type = EventType.MARKET;
        draft.channel = channel;
        draft.instrument = header.instrument;
        draft.venueNs = VenueTime.epochNs(header.ts);
        draft.firstSequence = header.cs;
        draft.lastSequence = header.cs;
    }

    /** Reads the data at the cursor; false where it is no object. */
    boolean read() {
        for (int i = 0; i < FIELDS; i++) {
            sent[i].clear();
            given[i] = false;
        }
        if (!cursor.beginObject()) {
            return false;
        }
        while (cursor.nextKey()) {
            final int field = field();
            if (field < 0) {
                cursor.skip();
            } else {
                // Where there is none, the price is an empty text.
                given[field] = true;
                cursor.decimal(sent[field]);
            }
        }
        return true;
    }

    private int field() {
        if (cursor.keyIs(BID_PRICE)) {
            return BID;
        }
        if (cursor.keyIs(ASK_PRICE)) {
            return ASK;
        }
        if (cursor.keyIs(LAST_PRICE)) {
            return LAST;
        }
        if (cursor.keyIs(MARK_PRICE)) {
            return MARK;
        }
        return cursor.keyIs(INDEX_PRICE) ? INDEX : -1;
    }

    private SequenceRule rule(final BybitHeader header, final Known instrument) {
        if (header.cs == NONE) {
            return SequenceRule.NONE;
        }
        if (!derivatives) {
            return SequenceRule.NOT_DECREASING;
        }
        return header.cs == instrument.cs && header.ts > instrument.ts
                ? SequenceRule.NONE
                : SequenceRule.INCREASING;
    }

    /** On a new connection nothing counts that an old one said. */
    private void merge(final BybitHeader header, final int epoch, final Known instrument) {
        if (header.snapshot || instrument.epoch != epoch) {
            instrument.clear();
        }
        instrument.epoch = epoch;
        instrument.cs = header.cs;
        instrument.ts = header.ts;
        for (int i = 0; i < FIELDS; i++) {
            if (given[i]) {
                instrument.prices[i].set(sent[i]);
            }
        }
    }

    private Known known(final int instrument) {
        if (instrument >= known.length) {
            known = Arrays.copyOf(known, Math.max(instrument + 1, known.length * 2));
        }
        if (known[instrument] == null) {
            known[instrument] = new Known();
        }
        return known[instrument];
    }
}
