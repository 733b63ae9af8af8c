package io.plumbline.feed.venue;

import static io.plumbline.feed.venue.FrameText.ascii;

import io.plumbline.feed.json.JsonCursor;
import io.plumbline.feed.venue.Venue.UnknownSymbols;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.Channel;
import io.plumbline.market.EventHandler;
import io.plumbline.market.EventType;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MessageDecoder;

/**
 * Decodes the envelopes of Coinbase Advanced Trade. A first pass holds the whole message to the
 * grammar and finds where its list of events lies, whatever the order of the keys; only then the
 * list is read.
 *
 * <p>Every message has a number on its connection. One that cannot be read gives its number up: the
 * next shows a hole, as it must, because what it said of a book is lost. Engine thread, no
 * allocation.
 */
final class CoinbaseAdvancedDecoder implements MessageDecoder {
    private static final byte[] CHANNEL = ascii("channel");
    private static final byte[] TIMESTAMP = ascii("timestamp");
    private static final byte[] SEQUENCE_NUM = ascii("sequence_num");
    private static final byte[] EVENTS = ascii("events");
    private static final byte[] L2_DATA = ascii("l2_data");
    private static final byte[] TICKER = ascii("ticker");
    private static final byte[] TICKER_BATCH = ascii("ticker_batch");
    private static final byte[] MARKET_TRADES = ascii("market_trades");
    private static final byte[] HEARTBEATS = ascii("heartbeats");
    private static final byte[] SUBSCRIPTIONS = ascii("subscriptions");
    private static final byte[] ERROR = ascii("error");
    private static final int TYPE = 't' << 24 | 'y' << 16 | 'p' << 8 | 'e';
    private static final long NONE = MarketEvent.NONE;

    /** What a message is, by its "channel", else by its "type". */
    private enum Kind {
        UNKNOWN,
        BOOK,
        TICKER,
        TRADES,
        HEARTBEAT,
        GRANT,
        REFUSAL,
        /** Legal, and nothing for us: clients are told to expect channels that they do not know. */
        OTHER
    }

    private final InstrumentNames names;
    private final JsonCursor cursor = new JsonCursor();
    private final CoinbaseAdvancedUsual usual;
    private final CoinbaseEvents events;
    private final CoinbaseTrades trades;
    private Kind kind;
    private long timeNs;
    private long number;
    private int eventsStart;
    private int eventsLength;

    CoinbaseAdvancedDecoder(
            final String venue, final Instruments instruments, final UnknownSymbols unknown) {
        this.names = new InstrumentNames(venue, instruments, unknown);
        final CoinbaseProduct product = new CoinbaseProduct(cursor, names);
        this.usual = new CoinbaseAdvancedUsual(product);
        this.events = new CoinbaseEvents(cursor, product);
        this.trades = new CoinbaseTrades(cursor, product);
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
                envelope();
                if (!cursor.end() || !tell(message.bytes, draft, out)) {
                    EventDraft.unparsed(draft);
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

    private void envelope() {
        kind = Kind.UNKNOWN;
        timeNs = NONE;
        number = NONE;
        eventsLength = 0;
        if (!cursor.beginObject()) {
            return;
        }
        while (cursor.nextKey()) {
            if (cursor.keyIs(EVENTS)) {
                cursor.peek();
                eventsStart = cursor.position();
                cursor.skip();
                eventsLength = cursor.position() - eventsStart;
            } else if (cursor.keyIs(CHANNEL)) {
                kind = cursor.string() ? kind() : Kind.UNKNOWN;
            } else if (cursor.keyIs(TIMESTAMP)) {
                timeNs =
                        cursor.string()
                                ? VenueTime.rfc3339Ns(
                                        cursor.stringBytes(),
                                        cursor.stringStart(),
                                        cursor.stringLength())
                                : NONE;
            } else if (cursor.keyIs(SEQUENCE_NUM)) {
                number = cursor.longValue(NONE);
            } else if (cursor.shortKey() == TYPE) {
                if (cursor.string() && kind == Kind.UNKNOWN) {
                    kind = cursor.stringIs(ERROR) ? Kind.REFUSAL : Kind.OTHER;
                }
            } else {
                cursor.skip();
            }
        }
    }

    private Kind kind() {
        if (cursor.stringIs(L2_DATA)) {
            return Kind.BOOK;
        }
        if (cursor.stringIs(TICKER) || cursor.stringIs(TICKER_BATCH)) {
            return Kind.TICKER;
        }
        if (cursor.stringIs(MARKET_TRADES)) {
            return Kind.TRADES;
        }
        if (cursor.stringIs(HEARTBEATS)) {
            return Kind.HEARTBEAT;
        }
        return cursor.stringIs(SUBSCRIPTIONS) ? Kind.GRANT : Kind.OTHER;
    }

    /** False, with nothing said, for what the venue does not send. */
    private boolean tell(final byte[] bytes, final MarketEvent draft, final EventHandler out) {
        draft.connectionSequence = number;
        switch (kind) {
            case BOOK -> {
                return events.decode(
                        Channel.DEPTH, timeNs, bytes, eventsStart, eventsLength, draft, out);
            }
            case TICKER -> {
                return events.decode(
                        Channel.BOOK_TICKER, timeNs, bytes, eventsStart, eventsLength, draft, out);
            }
            case TRADES -> {
                return trades.decode(bytes, eventsStart, eventsLength, draft, out);
            }
            case HEARTBEAT -> {
                draft.type = EventType.HEARTBEAT;
                draft.venueNs = timeNs;
            }
            case GRANT -> {
                draft.type = EventType.ACK;
                draft.count = CoinbaseExchangeDecoder.NO_ID;
            }
            case REFUSAL -> {
                draft.type = EventType.VENUE_ERROR;
                draft.count = CoinbaseExchangeDecoder.NO_ID;
            }
            case OTHER -> draft.type = EventType.IGNORED;
            default -> {
                return false;
            }
        }
        out.onEvent(draft);
        return true;
    }
}
