package io.plumbline.feed.venue;

import static io.plumbline.feed.venue.FrameText.ascii;

import io.plumbline.feed.json.JsonCursor;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.BookAction;
import io.plumbline.market.BookLevels;
import io.plumbline.market.ChecksumRule;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventHandler;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.SequenceRule;

/**
 * The lists under "data": every entry is read before the first is told, so a list with one that
 * lacks something tells nothing; with more than one entry that takes a second reading. Engine
 * thread, no allocation.
 */
final class OkxData {
    private static final byte[] ASK_PRICE = ascii("askPx");
    private static final byte[] BID_PRICE = ascii("bidPx");
    private static final byte[] TRADE_ID = ascii("tradeId");
    private static final byte[] COUNT = ascii("count");
    private static final byte[] MARK_PRICE = ascii("markPx");
    private static final byte[] CHECKSUM = ascii("checksum");
    private static final byte[] SEQUENCE = ascii("seqId");
    private static final byte[] PREVIOUS = ascii("prevSeqId");
    private static final int TIME = 't' << 8 | 's';
    private static final int PRICE = 'p' << 8 | 'x';
    private static final int SIZE = 's' << 8 | 'z';
    private static final int LAST = 'l' << 24 | 'a' << 16 | 's' << 8 | 't';
    private static final int BIDS = 'b' << 24 | 'i' << 16 | 'd' << 8 | 's';
    private static final int ASKS = 'a' << 24 | 's' << 16 | 'k' << 8 | 's';

    /** What the venue sends where it gives none. */
    static final long NO_CHECKSUM = 0;

    private static final long NONE = MarketEvent.NONE;

    /** While nothing is told yet. */
    private static final int NONE_NAMED = -1;

    private final JsonCursor cursor;
    private final InstrumentNames names;
    private final Decimal price = new Decimal();
    private final Decimal quantity = new Decimal();
    private final Decimal bid = new Decimal();
    private final Decimal ask = new Decimal();
    private boolean priced;
    private boolean bids;
    private boolean asks;
    private long venueNs;
    private long tradeId;
    private long fills;
    private long sequence;
    private long previous;

    OkxData(final JsonCursor cursor, final InstrumentNames names) {
        this.cursor = cursor;
        this.names = names;
    }

    /**
     * Reads a list, the last entry of which then stands in {@code draft}.
     *
     * @param snapshot whether a book is the whole one
     * @return how many entries there are, or -1 for what OKX does not send: the cursor then stands
     *     anywhere
     */
    int read(final OkxStream stream, final boolean snapshot, final MarketEvent draft) {
        return read(stream, snapshot, NONE_NAMED, draft, null);
    }

    /**
     * Tells of a list that was read, in a message that is legal to its end.
     *
     * @param entries as {@link #read} counted them
     * @param length of the list in the message's bytes
     */
    void tell(
            final int entries,
            final OkxStream stream,
            final boolean snapshot,
            final int instrument,
            final InboundMessage message,
            final int offset,
            final int length,
            final MarketEvent draft,
            final EventHandler out) {
        if (entries == 0) {
            EventDraft.restart(draft);
            draft.channel = stream.channel;
            out.onEvent(draft);
        } else if (entries == 1) {
            names.name(draft, instrument);
            out.onEvent(draft);
        } else {
            cursor.reset(message.bytes, offset, length);
            read(stream, snapshot, instrument, draft, out);
        }
    }

    /** Told only with {@code out}. */
    private int read(
            final OkxStream stream,
            final boolean snapshot,
            final int instrument,
            final MarketEvent draft,
            final EventHandler out) {
        if (!cursor.beginArray()) {
            return -1;
        }
        int entries = 0;
        while (cursor.nextElement()) {
            EventDraft.restart(draft);
            if (!entry(stream, snapshot, draft)) {
                return -1;
            }
            entries++;
            if (out != null) {
                names.name(draft, instrument);
                out.onEvent(draft);
            }
        }
        return entries;
    }

    private boolean entry(final OkxStream stream, final boolean snapshot, final MarketEvent draft) {
        if (!cursor.beginObject()) {
            return false;
        }
        clear();
        boolean legal = true;
        while (legal && cursor.nextKey()) {
            if (cursor.shortKey() == TIME) {
                venueNs = VenueTime.epochNs(cursor.longValue(NONE));
            } else if (cursor.keyIs(SEQUENCE)) {
                sequence = cursor.longValue(NONE);
            } else {
                switch (stream) {
                    case BOOK -> legal = bookField(draft);
                    case BEST -> legal = bestField();
                    case TRADES, ALL_TRADES -> tradeField();
                    default -> quoteField();
                }
            }
        }
        if (!legal) {
            return false;
        }
        draft.type = EventType.MARKET;
        draft.channel = stream.channel;
        draft.venueNs = venueNs;
        return switch (stream) {
            case BOOK -> book(snapshot, draft);
            case BEST -> best(draft);
            case TRADES -> trade(fills != NONE, draft);
            case ALL_TRADES -> trade(false, draft);
            case TICKER -> ticker(draft);
            default -> mark(draft);
        };
    }

    private void clear() {
        priced = false;
        bids = false;
        asks = false;
        venueNs = NONE;
        tradeId = NONE;
        fills = NONE;
        sequence = NONE;
        previous = NONE;
        price.clear();
        quantity.clear();
        bid.clear();
        ask.clear();
    }

    private boolean bookField(final MarketEvent draft) {
        switch (cursor.shortKey()) {
            case BIDS -> {
                bids = true;
                return levels(draft.levels, true);
            }
            case ASKS -> {
                asks = true;
                return levels(draft.levels, false);
            }
            default -> {
                if (cursor.keyIs(PREVIOUS)) {
                    previous = cursor.longValue(NONE);
                } else if (cursor.keyIs(CHECKSUM)) {
                    return checksum(cursor.longValue(NO_CHECKSUM), draft);
                } else {
                    cursor.skip();
                }
                return true;
            }
        }
    }

    /** 32 bits, signed. */
    private static boolean checksum(final long value, final MarketEvent draft) {
        if (value != NO_CHECKSUM) {
            draft.checksum = value & 0xFFFF_FFFFL;
            draft.checksumRule = ChecksumRule.OKX;
        }
        return value == (int) value;
    }

    /** One side of a book, {@code [price, size, "0", orders]} each; digits are kept as sent. */
    private boolean levels(final BookLevels levels, final boolean side) {
        if (!cursor.beginArray()) {
            return false;
        }
        cursor.usualLevels(levels, side);
        while (cursor.nextElement()) {
            if (!levels.begin(side) || !cursor.beginArray()) {
                return false;
            }
            for (int place = 0; cursor.nextElement(); place++) {
                if (place > 1) {
                    cursor.skip();
                } else if (!(place == 0 ? cursor.price(levels) : cursor.size(levels))) {
                    return false;
                }
            }
        }
        return levels.isComplete();
    }

    private boolean bestField() {
        switch (cursor.shortKey()) {
            case BIDS -> {
                bids = true;
                return first(bid);
            }
            case ASKS -> {
                asks = true;
                return first(ask);
            }
            default -> {
                cursor.skip();
                return true;
            }
        }
    }

    /** The price of the only level of a side; none where the side is empty. */
    private boolean first(final Decimal best) {
        if (!cursor.beginArray()) {
            return false;
        }
        boolean legal = true;
        while (cursor.nextElement()) {
            if (!cursor.beginArray()) {
                return false;
            }
            for (int place = 0; cursor.nextElement(); place++) {
                if (place == 0 && !best.isGiven()) {
                    legal &= cursor.decimal(best);
                } else {
                    cursor.skip();
                }
            }
            legal &= best.isGiven();
        }
        return legal;
    }

    private void tradeField() {
        switch (cursor.shortKey()) {
            case PRICE -> cursor.decimal(price);
            case SIZE -> cursor.decimal(quantity);
            default -> {
                if (cursor.keyIs(TRADE_ID)) {
                    tradeId = cursor.longValue(NONE);
                } else if (cursor.keyIs(COUNT)) {
                    fills = cursor.longValue(NONE);
                } else {
                    cursor.skip();
                }
            }
        }
    }

    private void quoteField() {
        if (cursor.shortKey() == LAST || cursor.keyIs(MARK_PRICE)) {
            priced = true;
            cursor.decimal(price);
        } else if (cursor.keyIs(BID_PRICE)) {
            cursor.decimal(bid);
        } else if (cursor.keyIs(ASK_PRICE)) {
            cursor.decimal(ask);
        } else {
            cursor.skip();
        }
    }

    private boolean book(final boolean snapshot, final MarketEvent draft) {
        draft.book = snapshot ? BookAction.SNAPSHOT : BookAction.DELTA;
        if (sequence != NONE) {
            draft.rule = SequenceRule.CHAINED;
            draft.firstSequence = sequence;
            draft.lastSequence = sequence;
            draft.previousSequence = snapshot ? NONE : previous;
        }
        return bids && asks && (snapshot || sequence == NONE || previous >= 0);
    }

    private boolean best(final MarketEvent draft) {
        if (sequence != NONE) {
            draft.rule = SequenceRule.NOT_DECREASING;
            draft.firstSequence = sequence;
            draft.lastSequence = sequence;
        }
        EventDraft.price(draft.bid, bid);
        EventDraft.price(draft.ask, ask);
        return bids && asks;
    }

    /**
     * @param grouped whether it stands for several fills, the last of which names it: groups of two
     *     sources of orders may interleave, so their ids prove no gap
     */
    private boolean trade(final boolean grouped, final MarketEvent draft) {
        draft.rule = grouped ? SequenceRule.INCREASING : SequenceRule.CONTIGUOUS;
        draft.firstSequence = grouped && fills > 0 ? tradeId - fills + 1 : tradeId;
        draft.lastSequence = tradeId;
        EventDraft.price(draft.price, price);
        draft.quantity.set(quantity);
        return tradeId != NONE && price.isGiven() && quantity.isGiven();
    }

    /** An option that was never traded has no last price, and a side may be empty. */
    private boolean ticker(final MarketEvent draft) {
        EventDraft.price(draft.price, price);
        EventDraft.price(draft.bid, bid);
        EventDraft.price(draft.ask, ask);
        return priced;
    }

    private boolean mark(final MarketEvent draft) {
        EventDraft.price(draft.mark, price);
        return priced && price.isGiven();
    }
}
