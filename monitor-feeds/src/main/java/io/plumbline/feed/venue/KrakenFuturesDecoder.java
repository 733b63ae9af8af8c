package io.plumbline.feed.venue;

import static io.plumbline.feed.venue.FrameText.ascii;

import io.plumbline.feed.json.JsonCursor;
import io.plumbline.feed.venue.Venue.UnknownSymbols;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.BookAction;
import io.plumbline.market.BookLevels;
import io.plumbline.market.Channel;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventHandler;
import io.plumbline.market.EventType;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MessageDecoder;
import io.plumbline.market.SequenceRule;

/**
 * Decodes the flat objects of Kraken Futures: one level, one trade, one ticker a message. A message
 * is read to its last byte before anything is said of it. Engine thread, no allocation.
 */
final class KrakenFuturesDecoder implements MessageDecoder {
    private static final byte[] EVENT = ascii("event");
    private static final byte[] PRODUCT_ID = ascii("product_id");
    private static final byte[] TIMESTAMP = ascii("timestamp");
    private static final byte[] PRICE = ascii("price");
    private static final byte[] INDEX = ascii("index");
    private static final byte[] MARK_PRICE = ascii("markPrice");
    private static final byte[] BOOK = ascii("book");
    private static final byte[] BOOK_SNAPSHOT = ascii("book_snapshot");
    private static final byte[] TRADE = ascii("trade");
    private static final byte[] TRADE_SNAPSHOT = ascii("trade_snapshot");
    private static final byte[] TICKER = ascii("ticker");
    private static final byte[] TICKER_LITE = ascii("ticker_lite");
    private static final byte[] HEARTBEAT = ascii("heartbeat");
    private static final byte[] SUBSCRIBED = ascii("subscribed");
    private static final byte[] SUBSCRIBED_FAILED = ascii("subscribed_failed");
    private static final byte[] ERROR = ascii("error");
    private static final byte[] ALERT = ascii("alert");
    private static final byte[] BUY = ascii("buy");
    private static final byte[] SELL = ascii("sell");
    private static final int FEED = 'f' << 24 | 'e' << 16 | 'e' << 8 | 'd';
    private static final int SIDE = 's' << 24 | 'i' << 16 | 'd' << 8 | 'e';
    private static final int TIME = 't' << 24 | 'i' << 16 | 'm' << 8 | 'e';
    private static final int LAST = 'l' << 24 | 'a' << 16 | 's' << 8 | 't';
    private static final int BIDS = 'b' << 24 | 'i' << 16 | 'd' << 8 | 's';
    private static final int ASKS = 'a' << 24 | 's' << 16 | 'k' << 8 | 's';
    private static final int SEQ = 's' << 16 | 'e' << 8 | 'q';
    private static final int QTY = 'q' << 16 | 't' << 8 | 'y';
    private static final int BID = 'b' << 16 | 'i' << 8 | 'd';
    private static final int ASK = 'a' << 16 | 's' << 8 | 'k';
    private static final long NONE = MarketEvent.NONE;

    /** What a message is, by its "event", else by its "feed". */
    private enum Kind {
        UNKNOWN,
        BOOK,
        BOOK_SNAPSHOT,
        TRADE,
        TRADE_SNAPSHOT,
        TICKER,
        HEARTBEAT,
        SUBSCRIBED,
        REFUSED,
        /** Legal, and nothing for us. */
        OTHER
    }

    private enum Side {
        NONE,
        BUY,
        SELL
    }

    private final InstrumentNames names;
    private final JsonCursor cursor = new JsonCursor();
    private final KrakenFuturesUsual usual;
    private final Decimal price = new Decimal();
    private final Decimal quantity = new Decimal();
    private final Decimal bid = new Decimal();
    private final Decimal ask = new Decimal();
    private final Decimal last = new Decimal();
    private final Decimal mark = new Decimal();
    private final Decimal index = new Decimal();
    private Kind feed;
    private Kind event;
    private Side side;
    private byte[] productBytes;
    private int productStart;
    private int productLength;
    private byte[] priceBytes;
    private int priceStart;
    private int priceLength;
    private byte[] quantityBytes;
    private int quantityStart;
    private int quantityLength;
    private long sequence;
    private long timeMs;
    private boolean bids;
    private boolean asks;
    private boolean quoted;
    private boolean legal;

    KrakenFuturesDecoder(
            final String venue, final Instruments instruments, final UnknownSymbols unknown) {
        this.names = new InstrumentNames(venue, instruments, unknown);
        this.usual = new KrakenFuturesUsual(names);
    }

    @Override
    public void decode(
            final InboundMessage message, final MarketEvent draft, final EventHandler out) {
        switch (message.type) {
            case FRAME_TEXT, FRAME_BINARY -> {
                if (usual.read(message, draft)) {
                    out.onEvent(draft);
                    return;
                }
                cursor.reset(message.bytes, message.offset, message.length);
                read(draft.levels);
                if (!cursor.end() || !legal || !fill(draft)) {
                    EventDraft.unparsed(draft);
                    out.onEvent(draft);
                } else if (draft.channel == Channel.BOOK_TICKER) {
                    ticker(draft, out);
                } else {
                    out.onEvent(draft);
                }
            }
            case REFERENCE -> {
                ReferenceMessage.decode(cursor, message, names, draft);
                out.onEvent(draft);
            }
            default -> {
                // Sessions, time and facts are the engine's own: no venue words them.
            }
        }
    }

    private void read(final BookLevels levels) {
        clear();
        if (!cursor.beginObject()) {
            legal = false;
            return;
        }
        while (cursor.nextKey()) {
            switch (cursor.shortKey()) {
                case FEED -> feed = cursor.string() ? feed() : Kind.UNKNOWN;
                case SEQ -> sequence = cursor.longValue(NONE);
                case SIDE -> side = side();
                case TIME -> timeMs = cursor.longValue(NONE);
                case QTY -> quantity();
                case BID -> {
                    quoted = true;
                    cursor.decimal(bid);
                }
                case ASK -> {
                    quoted = true;
                    cursor.decimal(ask);
                }
                case LAST -> cursor.decimal(last);
                case BIDS -> bids = levels(levels, true);
                case ASKS -> asks = levels(levels, false);
                default -> longField();
            }
        }
    }

    private void clear() {
        feed = Kind.UNKNOWN;
        event = Kind.UNKNOWN;
        side = Side.NONE;
        productLength = 0;
        priceLength = 0;
        quantityLength = 0;
        sequence = NONE;
        timeMs = NONE;
        bids = false;
        asks = false;
        quoted = false;
        legal = true;
        price.clear();
        quantity.clear();
        bid.clear();
        ask.clear();
        last.clear();
        mark.clear();
        index.clear();
    }

    private void longField() {
        if (cursor.keyIs(PRODUCT_ID)) {
            if (cursor.string()) {
                productBytes = cursor.stringBytes();
                productStart = cursor.stringStart();
                productLength = cursor.stringLength();
            }
        } else if (cursor.keyIs(PRICE)) {
            if (cursor.number()) {
                priceBytes = cursor.stringBytes();
                priceStart = cursor.stringStart();
                priceLength = cursor.stringLength();
                price.parse(priceBytes, priceStart, priceLength);
            }
        } else if (cursor.keyIs(TIMESTAMP)) {
            timeMs = cursor.longValue(NONE);
        } else if (cursor.keyIs(MARK_PRICE)) {
            cursor.decimal(mark);
        } else if (cursor.keyIs(INDEX)) {
            cursor.decimal(index);
        } else if (cursor.keyIs(EVENT)) {
            event = cursor.string() ? event() : Kind.OTHER;
        } else {
            cursor.skip();
        }
    }

    private void quantity() {
        if (cursor.number()) {
            quantityBytes = cursor.stringBytes();
            quantityStart = cursor.stringStart();
            quantityLength = cursor.stringLength();
            quantity.parse(quantityBytes, quantityStart, quantityLength);
        }
    }

    private Side side() {
        if (!cursor.string()) {
            return Side.NONE;
        }
        return cursor.stringIs(BUY) ? Side.BUY : cursor.stringIs(SELL) ? Side.SELL : Side.NONE;
    }

    private Kind feed() {
        if (cursor.stringIs(BOOK)) {
            return Kind.BOOK;
        }
        if (cursor.stringIs(TICKER) || cursor.stringIs(TICKER_LITE)) {
            return Kind.TICKER;
        }
        if (cursor.stringIs(TRADE)) {
            return Kind.TRADE;
        }
        if (cursor.stringIs(HEARTBEAT)) {
            return Kind.HEARTBEAT;
        }
        if (cursor.stringIs(BOOK_SNAPSHOT)) {
            return Kind.BOOK_SNAPSHOT;
        }
        return cursor.stringIs(TRADE_SNAPSHOT) ? Kind.TRADE_SNAPSHOT : Kind.OTHER;
    }

    private Kind event() {
        if (cursor.stringIs(SUBSCRIBED)) {
            return Kind.SUBSCRIBED;
        }
        return cursor.stringIs(SUBSCRIBED_FAILED)
                        || cursor.stringIs(ERROR)
                        || cursor.stringIs(ALERT)
                ? Kind.REFUSED
                : Kind.OTHER;
    }

    /** One side of a snapshot: a list of {@code {"price":..,"qty":..}}. */
    private boolean levels(final BookLevels levels, final boolean bid) {
        if (!cursor.beginArray()) {
            return false;
        }
        while (cursor.nextElement()) {
            if (!levels.begin(bid) || !cursor.beginObject()) {
                legal = false;
                return false;
            }
            while (cursor.nextKey()) {
                if (cursor.keyIs(PRICE)) {
                    legal &= cursor.price(levels);
                } else if (cursor.shortKey() == QTY) {
                    legal &= cursor.size(levels);
                } else {
                    cursor.skip();
                }
            }
        }
        legal &= levels.isComplete();
        return true;
    }

    /** Makes the draft what the message says; false when it is nothing that the venue sends. */
    private boolean fill(final MarketEvent draft) {
        switch (event == Kind.UNKNOWN ? feed : event) {
            case BOOK:
                draft.book = BookAction.DELTA;
                return level(draft.levels) && market(draft, Channel.DEPTH, sequence);
            case BOOK_SNAPSHOT:
                draft.book = BookAction.SNAPSHOT;
                return bids && asks && market(draft, Channel.DEPTH, sequence);
            case TRADE:
                EventDraft.price(draft.price, price);
                draft.quantity.set(quantity);
                return price.isGiven()
                        && quantity.isGiven()
                        && market(draft, Channel.TRADE, sequence);
            case TICKER:
                return quoted && market(draft, Channel.BOOK_TICKER, NONE);
            case TRADE_SNAPSHOT:
                draft.channel = Channel.TRADE;
                return true;
            case HEARTBEAT:
                draft.type = EventType.HEARTBEAT;
                draft.venueNs = VenueTime.epochNs(timeMs);
                return true;
            case SUBSCRIBED:
                draft.type = EventType.ACK;
                draft.count = KrakenDecoder.NO_ID;
                return true;
            case REFUSED:
                draft.type = EventType.VENUE_ERROR;
                draft.count = KrakenDecoder.NO_ID;
                return true;
            case OTHER:
                return true;
            default:
                return false;
        }
    }

    /** The one level of a change, its digits as they were sent. */
    private boolean level(final BookLevels levels) {
        return side != Side.NONE
                && levels.begin(side == Side.BUY)
                && priceLength > 0
                && levels.price(priceBytes, priceStart, priceLength)
                && quantityLength > 0
                && levels.size(quantityBytes, quantityStart, quantityLength);
    }

    private boolean market(final MarketEvent draft, final Channel channel, final long number) {
        draft.type = EventType.MARKET;
        draft.channel = channel;
        draft.venueNs = VenueTime.epochNs(timeMs);
        if (channel != Channel.BOOK_TICKER) {
            draft.rule = SequenceRule.CONTIGUOUS;
            draft.countedPerConnection = true;
            draft.firstSequence = number;
            draft.lastSequence = number;
        }
        names.name(draft, productBytes, productStart, productLength);
        return productLength > 0 && (number != NONE || channel == Channel.BOOK_TICKER);
    }

    private void ticker(final MarketEvent draft, final EventHandler out) {
        EventDraft.ticker(draft, bid, ask, last, mark, index, out);
    }
}
