package io.plumbline.feed.venue;

import static io.plumbline.feed.venue.FrameText.ascii;

import io.plumbline.feed.json.JsonCursor;
import io.plumbline.market.BookAction;
import io.plumbline.market.BookLevels;
import io.plumbline.market.Channel;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventHandler;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.SequenceRule;

/**
 * What Deribit's subscriptions carry: a ticker, a list of trades, a book. Every trade is read
 * before the first is told, so a list with one that lacks something tells nothing; with more than
 * one trade that takes a second reading. Engine thread, no allocation.
 */
final class DeribitData {
    private static final byte[] INSTRUMENT_NAME = ascii("instrument_name");
    private static final byte[] TIMESTAMP = ascii("timestamp");
    private static final byte[] CHANGE_ID = ascii("change_id");
    private static final byte[] PREV_CHANGE_ID = ascii("prev_change_id");
    private static final byte[] TRADE_SEQ = ascii("trade_seq");
    private static final byte[] PRICE = ascii("price");
    private static final byte[] AMOUNT = ascii("amount");
    private static final byte[] BEST_BID_PRICE = ascii("best_bid_price");
    private static final byte[] BEST_ASK_PRICE = ascii("best_ask_price");
    private static final byte[] LAST_PRICE = ascii("last_price");
    private static final byte[] MARK_PRICE = ascii("mark_price");
    private static final byte[] INDEX_PRICE = ascii("index_price");
    private static final byte[] SNAPSHOT = ascii("snapshot");
    private static final byte[] CHANGE = ascii("change");
    private static final byte[] NEW = ascii("new");
    private static final byte[] DELETE = ascii("delete");
    private static final int TYPE = 't' << 24 | 'y' << 16 | 'p' << 8 | 'e';
    private static final int BIDS = 'b' << 24 | 'i' << 16 | 'd' << 8 | 's';
    private static final int ASKS = 'a' << 24 | 's' << 16 | 'k' << 8 | 's';

    /** Action, price, amount. */
    private static final int PARTS_OF_A_LEVEL = 3;

    private static final long NONE = MarketEvent.NONE;

    private final JsonCursor cursor;
    private final InstrumentNames names;
    private final Decimal price = new Decimal();
    private final Decimal amount = new Decimal();
    private final Decimal bid = new Decimal();
    private final Decimal ask = new Decimal();
    private final Decimal last = new Decimal();
    private final Decimal mark = new Decimal();
    private final Decimal index = new Decimal();
    private byte[] nameBytes;
    private int nameStart;
    private int nameLength;
    private long timeMs;
    private long sequence;
    private long previous;
    private BookAction book;
    private boolean bids;
    private boolean asks;
    private boolean quoted;
    private boolean legal;

    DeribitData(final JsonCursor cursor, final InstrumentNames names) {
        this.cursor = cursor;
        this.names = names;
    }

    /**
     * Reads a book or a ticker at the cursor.
     *
     * @param channel BOOK_TICKER or DEPTH
     * @return false where it is no object, names no instrument or has a level that is none
     */
    boolean read(final Channel channel, final MarketEvent draft) {
        return object(channel, draft.levels);
    }

    /**
     * Tells of the book or ticker that was read, in a message that is legal to its end.
     *
     * @return false, with nothing said, for what Deribit does not send
     */
    boolean tell(final Channel channel, final MarketEvent draft, final EventHandler out) {
        if (channel == Channel.DEPTH) {
            if (!book(draft)) {
                return false;
            }
            out.onEvent(draft);
            return true;
        }
        if (!quoted) {
            return false;
        }
        ticker(draft, out);
        return true;
    }

    /**
     * Tells of a list of trades, already known to be legal JSON.
     *
     * @param length of the list in {@code bytes}; 0 where the message has none
     * @return false, with nothing said, for what Deribit does not send
     */
    boolean trades(
            final byte[] bytes,
            final int offset,
            final int length,
            final MarketEvent draft,
            final EventHandler out) {
        cursor.reset(bytes, offset, length);
        final int trades = readTrades(draft, null);
        if (trades < 0) {
            return false;
        }
        if (trades == 0) {
            EventDraft.restart(draft);
            draft.channel = Channel.TRADE;
            out.onEvent(draft);
        } else if (trades == 1) {
            out.onEvent(draft);
        } else {
            cursor.reset(bytes, offset, length);
            readTrades(draft, out);
        }
        return true;
    }

    /** How many trades there are, or -1 where one lacks something; told only with {@code out}. */
    private int readTrades(final MarketEvent draft, final EventHandler out) {
        if (!cursor.beginArray()) {
            return -1;
        }
        int trades = 0;
        while (cursor.nextElement()) {
            EventDraft.restart(draft);
            if (!object(Channel.TRADE, draft.levels) || !trade(draft)) {
                return -1;
            }
            trades++;
            if (out != null) {
                out.onEvent(draft);
            }
        }
        return trades;
    }

    /** Reads one object; false where it is none, or names no instrument. */
    private boolean object(final Channel channel, final BookLevels levels) {
        clear();
        if (!cursor.beginObject()) {
            return false;
        }
        while (cursor.nextKey()) {
            if (cursor.keyIs(INSTRUMENT_NAME)) {
                if (cursor.string()) {
                    nameBytes = cursor.stringBytes();
                    nameStart = cursor.stringStart();
                    nameLength = cursor.stringLength();
                }
            } else if (cursor.keyIs(TIMESTAMP)) {
                timeMs = cursor.longValue(NONE);
            } else {
                switch (channel) {
                    case TRADE -> tradeField();
                    case DEPTH -> bookField(levels);
                    default -> tickerField();
                }
            }
        }
        return legal && nameLength > 0;
    }

    private void clear() {
        nameLength = 0;
        timeMs = NONE;
        sequence = NONE;
        previous = NONE;
        book = BookAction.NONE;
        bids = false;
        asks = false;
        quoted = false;
        legal = true;
        price.clear();
        amount.clear();
        bid.clear();
        ask.clear();
        last.clear();
        mark.clear();
        index.clear();
    }

    private void tradeField() {
        if (cursor.keyIs(TRADE_SEQ)) {
            sequence = cursor.longValue(NONE);
        } else if (cursor.keyIs(PRICE)) {
            cursor.decimal(price);
        } else if (cursor.keyIs(AMOUNT)) {
            cursor.decimal(amount);
        } else {
            cursor.skip();
        }
    }

    private void tickerField() {
        if (cursor.keyIs(BEST_BID_PRICE)) {
            quoted = true;
            cursor.decimal(bid);
        } else if (cursor.keyIs(BEST_ASK_PRICE)) {
            quoted = true;
            cursor.decimal(ask);
        } else if (cursor.keyIs(LAST_PRICE)) {
            cursor.decimal(last);
        } else if (cursor.keyIs(MARK_PRICE)) {
            cursor.decimal(mark);
        } else if (cursor.keyIs(INDEX_PRICE)) {
            cursor.decimal(index);
        } else {
            cursor.skip();
        }
    }

    private void bookField(final BookLevels levels) {
        switch (cursor.shortKey()) {
            case TYPE -> book = cursor.string() ? action() : BookAction.NONE;
            case BIDS -> {
                legal &= !bids;
                bids = true;
                side(levels, true);
            }
            case ASKS -> {
                legal &= !asks;
                asks = true;
                side(levels, false);
            }
            default -> {
                if (cursor.keyIs(CHANGE_ID)) {
                    sequence = cursor.longValue(NONE);
                } else if (cursor.keyIs(PREV_CHANGE_ID)) {
                    previous = cursor.longValue(NONE);
                } else {
                    cursor.skip();
                }
            }
        }
    }

    private BookAction action() {
        return cursor.stringIs(SNAPSHOT)
                ? BookAction.SNAPSHOT
                : cursor.stringIs(CHANGE) ? BookAction.DELTA : BookAction.NONE;
    }

    /** {@code [["new",price,amount],["change",..],["delete",price,0.0],..]}. */
    private void side(final BookLevels levels, final boolean bid) {
        if (!cursor.beginArray()) {
            legal = false;
            return;
        }
        while (cursor.nextElement()) {
            if (!cursor.beginArray() || !levels.begin(bid)) {
                legal = false;
                return;
            }
            boolean deleted = false;
            int part = 0;
            for (; cursor.nextElement(); part++) {
                switch (part) {
                    case 0 -> {
                        deleted = cursor.string() && cursor.stringIs(DELETE);
                        legal &= deleted || cursor.stringIs(NEW) || cursor.stringIs(CHANGE);
                    }
                    case 1 -> legal &= cursor.price(levels);
                    case 2 -> legal &= cursor.size(levels);
                    default -> cursor.skip();
                }
            }
            legal &= part == PARTS_OF_A_LEVEL;
            if (deleted && legal) {
                levels.size(0, 0);
            }
        }
    }

    private boolean trade(final MarketEvent draft) {
        market(draft, Channel.TRADE, SequenceRule.CONTIGUOUS);
        EventDraft.price(draft.price, price);
        draft.quantity.set(amount);
        return sequence != NONE && price.isGiven() && amount.isGiven();
    }

    /** A change names the one before it; a snapshot need not. */
    private boolean book(final MarketEvent draft) {
        if (sequence == NONE
                || !bids
                || !asks
                || book == BookAction.NONE
                || book == BookAction.DELTA && previous == NONE) {
            return false;
        }
        market(draft, Channel.DEPTH, SequenceRule.CHAINED);
        draft.book = book;
        draft.previousSequence = book == BookAction.DELTA ? previous : NONE;
        return true;
    }

    private void market(final MarketEvent draft, final Channel channel, final SequenceRule rule) {
        draft.type = EventType.MARKET;
        draft.channel = channel;
        draft.venueNs = VenueTime.epochNs(timeMs);
        draft.rule = rule;
        draft.firstSequence = sequence;
        draft.lastSequence = sequence;
        names.name(draft, nameBytes, nameStart, nameLength);
    }

    private void ticker(final MarketEvent draft, final EventHandler out) {
        market(draft, Channel.BOOK_TICKER, SequenceRule.NONE);
        EventDraft.ticker(draft, bid, ask, last, mark, index, out);
    }
}
