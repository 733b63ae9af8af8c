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
 * Decodes the flat objects of Coinbase Exchange. A message is read to its last byte before anything
 * is said of it. Engine thread, no allocation.
 */
final class CoinbaseExchangeDecoder implements MessageDecoder {
    /** {@code count} of an answer: Coinbase numbers none. */
    static final long NO_ID = -1;

    private static final byte[] PRODUCT_ID = ascii("product_id");
    private static final byte[] SEQUENCE = ascii("sequence");
    private static final byte[] TRADE_ID = ascii("trade_id");
    private static final byte[] PRICE = ascii("price");
    private static final byte[] BEST_BID = ascii("best_bid");
    private static final byte[] BEST_ASK = ascii("best_ask");
    private static final byte[] CHANGES = ascii("changes");
    private static final byte[] TICKER = ascii("ticker");
    private static final byte[] MATCH = ascii("match");
    private static final byte[] LAST_MATCH = ascii("last_match");
    private static final byte[] L2UPDATE = ascii("l2update");
    private static final byte[] SNAPSHOT = ascii("snapshot");
    private static final byte[] HEARTBEAT = ascii("heartbeat");
    private static final byte[] SUBSCRIPTIONS = ascii("subscriptions");
    private static final byte[] ERROR = ascii("error");
    private static final byte[] BUY = ascii("buy");
    private static final byte[] SELL = ascii("sell");
    private static final int TYPE = 't' << 24 | 'y' << 16 | 'p' << 8 | 'e';
    private static final int TIME = 't' << 24 | 'i' << 16 | 'm' << 8 | 'e';
    private static final int SIZE = 's' << 24 | 'i' << 16 | 'z' << 8 | 'e';
    private static final int BIDS = 'b' << 24 | 'i' << 16 | 'd' << 8 | 's';
    private static final int ASKS = 'a' << 24 | 's' << 16 | 'k' << 8 | 's';
    private static final long NONE = MarketEvent.NONE;

    /** What a message is, by its "type". */
    private enum Kind {
        UNKNOWN,
        TICKER,
        MATCH,
        CHANGE,
        SNAPSHOT,
        HEARTBEAT,
        GRANT,
        REFUSAL,
        /** Legal, and nothing for us: clients are told to expect types that they do not know. */
        OTHER
    }

    private final InstrumentNames names;
    private final JsonCursor cursor = new JsonCursor();
    private final CoinbaseExchangeUsual usual;
    private final Decimal price = new Decimal();
    private final Decimal size = new Decimal();
    private final Decimal bid = new Decimal();
    private final Decimal ask = new Decimal();
    private Kind kind;
    private byte[] productBytes;
    private int productStart;
    private int productLength;
    private long sequence;
    private long tradeId;
    private long timeNs;
    private boolean bids;
    private boolean asks;
    private boolean changes;
    private boolean legal;

    CoinbaseExchangeDecoder(
            final String venue, final Instruments instruments, final UnknownSymbols unknown) {
        this.names = new InstrumentNames(venue, instruments, unknown);
        this.usual = new CoinbaseExchangeUsual(names);
    }

    @Override
    public void decode(
            final InboundMessage message, final MarketEvent draft, final EventHandler out) {
        switch (message.type) {
            case FRAME_TEXT, FRAME_BINARY -> {
                if (usual.read(message, draft, out)) {
                    return;
                }
                draft.levels.clear();
                cursor.reset(message.bytes, message.offset, message.length);
                read(draft.levels);
                if (!cursor.end() || !legal || !fill(draft)) {
                    EventDraft.unparsed(draft);
                    out.onEvent(draft);
                } else if (kind == Kind.TICKER) {
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
                case TYPE -> kind = cursor.string() ? kind() : Kind.UNKNOWN;
                case TIME -> timeNs = time();
                case SIZE -> cursor.decimal(size);
                case BIDS -> bids = side(levels, true);
                case ASKS -> asks = side(levels, false);
                default -> longField(levels);
            }
        }
    }

    private void clear() {
        kind = Kind.UNKNOWN;
        productLength = 0;
        sequence = NONE;
        tradeId = NONE;
        timeNs = NONE;
        bids = false;
        asks = false;
        changes = false;
        legal = true;
        price.clear();
        size.clear();
        bid.clear();
        ask.clear();
    }

    private void longField(final BookLevels levels) {
        if (cursor.keyIs(PRODUCT_ID)) {
            if (cursor.string()) {
                productBytes = cursor.stringBytes();
                productStart = cursor.stringStart();
                productLength = cursor.stringLength();
            }
        } else if (cursor.keyIs(PRICE)) {
            cursor.decimal(price);
        } else if (cursor.keyIs(SEQUENCE)) {
            sequence = cursor.longValue(NONE);
        } else if (cursor.keyIs(TRADE_ID)) {
            tradeId = cursor.longValue(NONE);
        } else if (cursor.keyIs(BEST_BID)) {
            cursor.decimal(bid);
        } else if (cursor.keyIs(BEST_ASK)) {
            cursor.decimal(ask);
        } else if (cursor.keyIs(CHANGES)) {
            changes = changes(levels);
        } else {
            cursor.skip();
        }
    }

    private Kind kind() {
        if (cursor.stringIs(L2UPDATE)) {
            return Kind.CHANGE;
        }
        if (cursor.stringIs(TICKER)) {
            return Kind.TICKER;
        }
        if (cursor.stringIs(MATCH) || cursor.stringIs(LAST_MATCH)) {
            return Kind.MATCH;
        }
        if (cursor.stringIs(HEARTBEAT)) {
            return Kind.HEARTBEAT;
        }
        if (cursor.stringIs(SNAPSHOT)) {
            return Kind.SNAPSHOT;
        }
        if (cursor.stringIs(SUBSCRIPTIONS)) {
            return Kind.GRANT;
        }
        return cursor.stringIs(ERROR) ? Kind.REFUSAL : Kind.OTHER;
    }

    private long time() {
        return cursor.string()
                ? VenueTime.rfc3339Ns(
                        cursor.stringBytes(), cursor.stringStart(), cursor.stringLength())
                : NONE;
    }

    /** One side of a snapshot: a list of {@code ["price","size"]}. */
    private boolean side(final BookLevels levels, final boolean bid) {
        if (!cursor.beginArray()) {
            return false;
        }
        cursor.usualLevels(levels, bid);
        while (cursor.nextElement()) {
            if (!levels.begin(bid) || !cursor.beginArray()) {
                legal = false;
                return false;
            }
            numbers(levels);
        }
        return true;
    }

    /** What changed: a list of {@code ["buy","price","size"]}. */
    private boolean changes(final BookLevels levels) {
        if (!cursor.beginArray()) {
            return false;
        }
        while (cursor.nextElement()) {
            if (!cursor.beginArray() || !cursor.nextElement() || !cursor.string()) {
                legal = false;
                return false;
            }
            final boolean buy = cursor.stringIs(BUY);
            legal &= (buy || cursor.stringIs(SELL)) && levels.begin(buy);
            if (!legal) {
                return false;
            }
            numbers(levels);
        }
        return true;
    }

    /** Price and size of the level just begun, and the end of its list. */
    private void numbers(final BookLevels levels) {
        int place = 0;
        while (cursor.nextElement()) {
            if (place > 1) {
                cursor.skip();
            } else {
                legal &= place == 0 ? cursor.price(levels) : cursor.size(levels);
            }
            place++;
        }
        legal &= levels.isComplete();
    }

    /** Makes the draft what the message says; false when it is nothing that the venue sends. */
    private boolean fill(final MarketEvent draft) {
        draft.venueNs = timeNs;
        switch (kind) {
            case TICKER:
                EventDraft.price(draft.bid, bid);
                EventDraft.price(draft.ask, ask);
                return (isQuoted(draft) || price.signum() > 0)
                        && market(draft, Channel.BOOK_TICKER, SequenceRule.INCREASING, sequence);
            case MATCH:
                EventDraft.price(draft.price, price);
                draft.quantity.set(size);
                return draft.price.isGiven()
                        && size.isGiven()
                        && market(draft, Channel.TRADE, SequenceRule.CONTIGUOUS, tradeId);
            case CHANGE:
                draft.book = BookAction.DELTA;
                return changes && book(draft);
            case SNAPSHOT:
                draft.book = BookAction.SNAPSHOT;
                return bids && asks && book(draft);
            case HEARTBEAT:
                draft.type = EventType.HEARTBEAT;
                return true;
            case GRANT:
                draft.type = EventType.ACK;
                draft.count = NO_ID;
                return true;
            case REFUSAL:
                draft.type = EventType.VENUE_ERROR;
                draft.count = NO_ID;
                return true;
            case OTHER:
                return true;
            default:
                return false;
        }
    }

    private boolean book(final MarketEvent draft) {
        draft.type = EventType.MARKET;
        draft.channel = Channel.DEPTH;
        return product(draft);
    }

    private boolean market(
            final MarketEvent draft,
            final Channel channel,
            final SequenceRule rule,
            final long number) {
        draft.type = EventType.MARKET;
        draft.channel = channel;
        draft.rule = rule;
        draft.firstSequence = number;
        draft.lastSequence = number;
        return number != NONE && product(draft);
    }

    private boolean product(final MarketEvent draft) {
        if (productLength > 0) {
            names.name(draft, productBytes, productStart, productLength);
        }
        return productLength > 0;
    }

    private static boolean isQuoted(final MarketEvent draft) {
        return draft.bid.isGiven() || draft.ask.isGiven();
    }

    /** A ticker is two things: the best prices, and the last one. */
    private void ticker(final MarketEvent draft, final EventHandler out) {
        if (isQuoted(draft)) {
            out.onEvent(draft);
        }
        if (price.signum() > 0) {
            draft.channel = Channel.TICKER;
            draft.price.set(price);
            out.onEvent(draft);
        }
    }
}
