package io.plumbline.feed.venue;

import io.plumbline.feed.json.JsonCursor;
import io.plumbline.market.BookAction;
import io.plumbline.market.BookLevels;
import io.plumbline.market.Channel;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventHandler;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.SequenceRule;
import java.util.Arrays;

/**
 * The data of {@code orderbook.N}: {@code {"s":..,"b":[[price, size]],"a":[..],"u":..,"seq":..}}.
 * One level is the best prices, deeper ones a book. Each depth has a count of its own, so of
 * several depths of one instrument on one connection the first that was seen is the book. Engine
 * thread, no allocation.
 */
final class BybitBooks {
    /** The deepest book that Bybit sends, levels a side. */
    static final int MOST_LEVELS = 1_000;

    /** The u of a service that was restarted: whatever it is called, it is a whole book. */
    private static final long RESTARTED = 1;

    private static final long NONE = MarketEvent.NONE;

    private final JsonCursor cursor;

    /** The depth of each instrument's book, with the connection it was seen on. */
    private int[] depths = new int[64];

    private int[] epochs = new int[64];
    private long update;
    private boolean bids;
    private boolean asks;

    BybitBooks(final JsonCursor cursor) {
        this.cursor = cursor;
    }

    /**
     * Tells of the data that was read, in a message that is legal to its end; false, with nothing
     * said, for what Bybit does not send.
     */
    boolean tell(final BybitHeader header, final MarketEvent draft, final EventHandler out) {
        if (update == NONE) {
            return false;
        }
        draft.type = EventType.MARKET;
        draft.instrument = header.instrument;
        draft.venueNs = VenueTime.epochNs(header.ts);
        draft.transactNs = VenueTime.epochNs(header.cts);
        draft.firstSequence = update;
        draft.lastSequence = update;
        final boolean legal = header.depth == 1 ? best(header, draft) : book(header, draft);
        if (legal) {
            out.onEvent(draft);
        }
        return legal;
    }

    /** The same for data that was read elsewhere: its number, and levels of both sides. */
    boolean tell(
            final BybitHeader header,
            final long number,
            final MarketEvent draft,
            final EventHandler out) {
        update = number;
        bids = true;
        asks = true;
        return tell(header, draft, out);
    }

    /** Reads the data at the cursor; false where a level is none. */
    boolean read(final BookLevels levels) {
        update = NONE;
        bids = false;
        asks = false;
        if (!cursor.beginObject()) {
            return false;
        }
        boolean legal = true;
        while (cursor.nextKey()) {
            switch (cursor.shortKey()) {
                case 'b' -> {
                    bids = true;
                    legal &= levels(levels, true);
                }
                case 'a' -> {
                    asks = true;
                    legal &= levels(levels, false);
                }
                case 'u' -> update = cursor.longValue(NONE);
                default -> cursor.skip();
            }
        }
        return legal;
    }

    private boolean levels(final BookLevels levels, final boolean bid) {
        if (!cursor.beginArray()) {
            return false;
        }
        boolean legal = true;
        cursor.usualLevels(levels, bid);
        while (cursor.nextElement()) {
            if (!levels.begin(bid) || !cursor.beginArray()) {
                return false;
            }
            for (int at = 0; cursor.nextElement(); at++) {
                if (at > 1) {
                    cursor.skip();
                } else {
                    legal &= at == 0 ? cursor.price(levels) : cursor.size(levels);
                }
            }
        }
        return legal && levels.isComplete();
    }

    /** The best prices, whole each time; with no change the same again, as a sign of life. */
    private boolean best(final BybitHeader header, final MarketEvent draft) {
        draft.channel = Channel.BOOK_TICKER;
        draft.rule = SequenceRule.NOT_DECREASING;
        final BookLevels levels = draft.levels;
        for (int i = levels.count() - 1; i >= 0; i--) {
            final Decimal side = levels.isBid(i) ? draft.bid : draft.ask;
            if (levels.size(i) > 0 && levels.price(i) > 0) {
                side.set(levels.price(i), levels.priceExponent(i));
            }
        }
        levels.clear();
        return header.snapshot && bids && asks;
    }

    private boolean book(final BybitHeader header, final MarketEvent draft) {
        draft.channel = Channel.DEPTH;
        draft.rule = SequenceRule.CONTIGUOUS;
        final boolean whole = header.snapshot || update == RESTARTED;
        draft.book = whole ? BookAction.SNAPSHOT : BookAction.DELTA;
        if (!isTheBook(header, draft.epoch)) {
            EventDraft.restart(draft);
            draft.channel = Channel.DEPTH;
        }
        return whole ? bids && asks : bids || asks;
    }

    private boolean isTheBook(final BybitHeader header, final int epoch) {
        final int instrument = header.instrument;
        if (instrument >= depths.length) {
            final int room = Math.max(instrument + 1, depths.length * 2);
            depths = Arrays.copyOf(depths, room);
            epochs = Arrays.copyOf(epochs, room);
        }
        if (depths[instrument] == 0 || epochs[instrument] != epoch) {
            depths[instrument] = header.depth;
            epochs[instrument] = epoch;
        }
        return depths[instrument] == header.depth;
    }
}
