package io.plumbline.feed.venue;

import static io.plumbline.feed.venue.FrameText.ascii;

import io.plumbline.feed.json.JsonCursor;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.BookLevels;
import io.plumbline.market.Decimal;
import io.plumbline.market.MarketEvent;

/**
 * The fields of one Binance message, as far as they are looked at: a reused struct, valid until the
 * next {@link #read}. Numbers that were not there are {@link MarketEvent#NONE}.
 */
final class BinancePayload {
    /** What the field "e" names. */
    enum Event {
        /** There was no such field. */
        NONE,
        TRADE,
        AGG_TRADE,
        BOOK_TICKER,
        DEPTH_UPDATE,
        MARK_PRICE,
        SERVER_SHUTDOWN,
        /** Klines, liquidations, statistics and whatever comes next. */
        OTHER
    }

    private static final byte[] STREAM = ascii("stream");
    private static final byte[] RESULT = ascii("result");
    private static final byte[] ERROR = ascii("error");
    private static final byte[] SYMBOL = ascii("symbol");
    private static final byte[] TICK_SIZE = ascii("tickSize");
    private static final byte[] LAST_UPDATE_ID = ascii("lastUpdateId");
    private static final byte[] BIDS = ascii("bids");
    private static final byte[] ASKS = ascii("asks");
    private static final byte[] BODY = ascii("body");
    private static final byte[] MARKET = ascii("MARKET");
    private static final byte[] TRADE = ascii("trade");
    private static final byte[] AGG_TRADE = ascii("aggTrade");
    private static final byte[] BOOK_TICKER = ascii("bookTicker");
    private static final byte[] DEPTH_UPDATE = ascii("depthUpdate");
    private static final byte[] MARK_PRICE = ascii("markPriceUpdate");
    private static final byte[] SERVER_SHUTDOWN = ascii("serverShutdown");

    private static final long NONE = MarketEvent.NONE;

    Event event;
    long eventTime;
    long transactTime;
    long tradeId;
    long aggregateId;
    long firstUpdate;
    long lastUpdate;
    long previousUpdate;
    long lastUpdateId;
    long id;

    /** A print that is no market trade (insurance fund and the like). */
    boolean offMarket;

    boolean bids;
    boolean asks;

    /** A level was no pair of numbers, or a side came twice. */
    boolean malformedLevels;

    /** The message answers a request: with a result, with a refusal. */
    boolean acknowledged;

    boolean refused;

    /** The payload of a combined message is an array; the whole message is an array of objects. */
    boolean listed;

    boolean objects;

    final Decimal price = new Decimal();
    final Decimal quantity = new Decimal();
    final Decimal bid = new Decimal();
    final Decimal ask = new Decimal();
    final Decimal index = new Decimal();
    final Decimal tick = new Decimal();

    byte[] symbolBytes;
    int symbolStart;
    int symbolLength;
    final BinanceStreamName stream = new BinanceStreamName();
    private BookLevels levels;
    private final BinanceUsual usual = new BinanceUsual(this);

    /**
     * Reads one message of the usual form to its end.
     *
     * @return false where it is not of that form: nothing was read
     */
    boolean readUsual(final InboundMessage message, final BookLevels intoLevels) {
        clear();
        if (usual.read(message.bytes, message.offset, message.length, intoLevels)) {
            return true;
        }
        intoLevels.clear();
        return false;
    }

    /**
     * Reads one message; whether it was legal JSON to its end is the cursor's to say.
     *
     * @param intoLevels takes the levels of both sides, digits as sent
     */
    void read(final JsonCursor cursor, final BookLevels intoLevels) {
        clear();
        levels = intoLevels;
        if (cursor.peek() == '[') {
            cursor.beginArray();
            objects = cursor.peek() == '{';
            while (cursor.nextElement()) {
                objects &= cursor.peek() == '{';
                cursor.skip();
            }
        } else if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                envelope(cursor);
            }
        }
    }

    /** Reads what the monitor itself writes of a fetched book: the symbol, the venue's answer. */
    void readSnapshot(final JsonCursor cursor, final BookLevels intoLevels) {
        clear();
        levels = intoLevels;
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.keyIs(SYMBOL)) {
                    symbol(cursor);
                } else if (cursor.keyIs(BODY)) {
                    data(cursor);
                } else {
                    cursor.skip();
                }
            }
        }
    }

    /** Reads what the monitor itself writes of an instrument: symbol and tickSize. */
    void readReference(final JsonCursor cursor) {
        clear();
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.keyIs(SYMBOL)) {
                    symbol(cursor);
                } else if (cursor.keyIs(TICK_SIZE)) {
                    cursor.decimal(tick);
                } else {
                    cursor.skip();
                }
            }
        }
        if (tick.signum() <= 0) {
            tick.clear();
        }
    }

    private void clear() {
        event = Event.NONE;
        eventTime = NONE;
        transactTime = NONE;
        tradeId = NONE;
        aggregateId = NONE;
        firstUpdate = NONE;
        lastUpdate = NONE;
        previousUpdate = NONE;
        lastUpdateId = NONE;
        id = BinanceDecoder.NO_ID;
        offMarket = false;
        bids = false;
        asks = false;
        malformedLevels = false;
        acknowledged = false;
        refused = false;
        listed = false;
        objects = false;
        price.clear();
        quantity.clear();
        bid.clear();
        ask.clear();
        index.clear();
        tick.clear();
        symbolLength = 0;
        stream.clear();
    }

    /** One key at the top: the envelope's own, or the payload's when there is no envelope. */
    private void envelope(final JsonCursor cursor) {
        switch (cursor.shortKey()) {
            case BinanceKeys.DATA -> data(cursor);
            case BinanceKeys.ID -> id = cursor.longValue(BinanceDecoder.NO_ID);
            case BinanceKeys.CODE, BinanceKeys.MSG -> {
                refused = true;
                cursor.skip();
            }
            case 0 -> {
                if (cursor.keyIs(STREAM)) {
                    if (cursor.string()) {
                        stream.set(
                                cursor.stringBytes(), cursor.stringStart(), cursor.stringLength());
                    }
                } else if (cursor.keyIs(RESULT) || cursor.keyIs(ERROR)) {
                    acknowledged |= cursor.keyIs(RESULT);
                    refused |= cursor.keyIs(ERROR);
                    cursor.skip();
                } else {
                    field(cursor);
                }
            }
            default -> field(cursor);
        }
    }

    private void data(final JsonCursor cursor) {
        if (cursor.peek() == '{') {
            cursor.beginObject();
            while (cursor.nextKey()) {
                field(cursor);
            }
        } else {
            listed = cursor.peek() == '[';
            cursor.skip();
        }
    }

    /** One key of the payload. */
    private void field(final JsonCursor cursor) {
        switch (cursor.shortKey()) {
            case 'e' -> event = event(cursor);
            case 'E' -> eventTime = cursor.longValue(NONE);
            case 'T' -> transactTime = cursor.longValue(NONE);
            case 's' -> symbol(cursor);
            case 't' -> tradeId = cursor.longValue(NONE);
            case 'U' -> firstUpdate = cursor.longValue(NONE);
            case 'u' -> lastUpdate = cursor.longValue(NONE);
            case BinanceKeys.PU -> previousUpdate = cursor.longValue(NONE);
            case 'p' -> cursor.decimal(price);
            case 'q' -> cursor.decimal(quantity);
            case 'i' -> cursor.decimal(index);
            case 'X' -> offMarket = cursor.string() && !cursor.stringIs(MARKET);
            case 'b' -> {
                if (cursor.peek() == '[') {
                    bids(cursor);
                } else {
                    cursor.decimal(bid);
                }
            }
            case 'a' -> {
                switch (cursor.peek()) {
                    case '[' -> asks(cursor);
                    case '"' -> cursor.decimal(ask);
                    default -> aggregateId = cursor.longValue(NONE);
                }
            }
            default -> longField(cursor);
        }
    }

    /** The keys of snapshots. */
    private void longField(final JsonCursor cursor) {
        if (cursor.keyIs(BIDS)) {
            bids(cursor);
        } else if (cursor.keyIs(ASKS)) {
            asks(cursor);
        } else if (cursor.keyIs(LAST_UPDATE_ID)) {
            lastUpdateId = cursor.longValue(NONE);
        } else if (cursor.keyIs(SYMBOL)) {
            symbol(cursor);
        } else {
            cursor.skip();
        }
    }

    private void bids(final JsonCursor cursor) {
        malformedLevels |= bids;
        bids |= levels(cursor, true);
    }

    private void asks(final JsonCursor cursor) {
        malformedLevels |= asks;
        asks |= levels(cursor, false);
    }

    /**
     * {@code [["price","size"],..]}; what follows within a level (an empty list once) is passed.
     */
    private boolean levels(final JsonCursor cursor, final boolean bid) {
        if (!cursor.beginArray()) {
            return false;
        }
        while (cursor.nextElement()) {
            if (cursor.beginArray()) {
                boolean legal = levels.begin(bid);
                int at = 0;
                for (; cursor.nextElement(); at++) {
                    if (at > 1 || !legal) {
                        cursor.skip();
                    } else {
                        legal = at == 0 ? cursor.price(levels) : cursor.size(levels);
                    }
                }
                malformedLevels |= !legal || at < 2;
            } else {
                malformedLevels = true;
            }
        }
        return true;
    }

    private void symbol(final JsonCursor cursor) {
        if (cursor.string()) {
            symbol(cursor.stringBytes(), cursor.stringStart(), cursor.stringLength());
        }
    }

    /** The symbol that the venue names. */
    void symbol(final byte[] bytes, final int start, final int length) {
        if (symbolBytes != bytes) {
            symbolBytes = bytes;
        }
        symbolStart = start;
        symbolLength = length;
    }

    private static Event event(final JsonCursor cursor) {
        if (!cursor.string()) {
            return Event.NONE;
        }
        if (cursor.stringIs(BOOK_TICKER)) {
            return Event.BOOK_TICKER;
        }
        if (cursor.stringIs(DEPTH_UPDATE)) {
            return Event.DEPTH_UPDATE;
        }
        if (cursor.stringIs(TRADE)) {
            return Event.TRADE;
        }
        if (cursor.stringIs(AGG_TRADE)) {
            return Event.AGG_TRADE;
        }
        if (cursor.stringIs(MARK_PRICE)) {
            return Event.MARK_PRICE;
        }
        return cursor.stringIs(SERVER_SHUTDOWN) ? Event.SERVER_SHUTDOWN : Event.OTHER;
    }

    /** Takes the symbol from the stream's name where the payload has none (spot partial depth). */
    void symbolOfStream() {
        if (symbolLength == 0 && stream.symbolInCapitals()) {
            symbol(stream.capitals(), 0, stream.symbolLength());
        }
    }
}
