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
import java.util.Arrays;

/**
 * Decodes Kraken spot: the objects of the second interface, and the arrays and events of the first,
 * so that old recordings replay.
 *
 * <p>A first pass holds the whole message to the grammar and finds where its parts lie, whatever
 * their order; only then a part is read. What the venue answers tells how deep a book it sends, as
 * no message of the book does.
 */
final class KrakenDecoder implements MessageDecoder {
    /** {@code count} of an answer without a number. */
    static final long NO_ID = -1;

    private static final byte[] CHANNEL = ascii("channel");
    private static final byte[] METHOD = ascii("method");
    private static final byte[] EVENT = ascii("event");
    private static final byte[] RESULT = ascii("result");
    private static final byte[] ERROR = ascii("error");
    private static final byte[] SUCCESS = ascii("success");
    private static final byte[] REQ_ID = ascii("req_id");
    private static final byte[] REQ_ID_1 = ascii("reqid");
    private static final byte[] STATUS = ascii("status");
    private static final byte[] SYSTEM_STATUS = ascii("systemStatus");
    private static final byte[] SUBSCRIPTION_STATUS = ascii("subscriptionStatus");
    private static final byte[] MAINTENANCE = ascii("maintenance");
    private static final byte[] SYSTEM = ascii("system");
    private static final byte[] HEARTBEAT = ascii("heartbeat");
    private static final byte[] PONG = ascii("pong");
    private static final byte[] SNAPSHOT = ascii("snapshot");
    private static final byte[] TICKER = ascii("ticker");
    private static final byte[] TRADE = ascii("trade");
    private static final byte[] BOOK = ascii("book");
    private static final byte[] SYMBOL = ascii("symbol");
    private static final byte[] DEPTH = ascii("depth");
    private static final int DATA_KEY = 'd' << 24 | 'a' << 16 | 't' << 8 | 'a';
    private static final int TYPE_KEY = 't' << 24 | 'y' << 16 | 'p' << 8 | 'e';

    /** What a message is about, by its "channel", "method" or "event". */
    private enum Kind {
        UNKNOWN,
        /** Of {@link #channel}. */
        DATA,
        STATUS,
        HEARTBEAT,
        /** An answer to a request. */
        ANSWER,
        /** Legal, and nothing for us. */
        OTHER
    }

    private final int bookDepth;
    private final InstrumentNames names;
    private final JsonCursor cursor = new JsonCursor();
    private final KrakenData data;
    private final KrakenArrays arrays;

    /** Levels a side of each instrument's book as the venue granted them; 0 where not yet told. */
    private int[] depths = new int[64];

    private Kind kind;
    private Channel channel;
    private boolean snapshot;
    private boolean refused;
    private boolean maintenance;
    private long id;
    private int dataStart;
    private int dataLength;
    private int resultStart;
    private int resultLength;

    /**
     * @param bookDepth levels a side of the books that we ask for
     */
    KrakenDecoder(
            final String venue,
            final int bookDepth,
            final Instruments instruments,
            final UnknownSymbols unknown) {
        this.bookDepth = bookDepth;
        this.names = new InstrumentNames(venue, instruments, unknown);
        this.data = new KrakenData(cursor, names, this::depth);
        this.arrays = new KrakenArrays(cursor, names);
    }

    @Override
    public void decode(
            final InboundMessage message, final MarketEvent draft, final EventHandler out) {
        switch (message.type) {
            case FRAME_TEXT, FRAME_BINARY -> {
                if (arrays.decodeUsual(message, draft, out)) {
                    return;
                }
                cursor.reset(message.bytes, message.offset, message.length);
                final boolean understood =
                        cursor.peek() == '['
                                ? arrays.decode(message, draft, out)
                                : object(message, draft, out);
                if (!understood) {
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

    /** False, with nothing said, for what Kraken does not send. */
    private boolean object(
            final InboundMessage message, final MarketEvent draft, final EventHandler out) {
        envelope();
        if (!cursor.end()) {
            return false;
        }
        switch (kind) {
            case DATA -> {
                return data.decode(
                        channel, snapshot, message.bytes, dataStart, dataLength, draft, out);
            }
            case STATUS -> {
                readStatus(message.bytes);
                draft.type = maintenance ? EventType.SERVER_SHUTDOWN : EventType.IGNORED;
            }
            case HEARTBEAT -> draft.type = EventType.HEARTBEAT;
            case ANSWER -> {
                draft.type = refused ? EventType.VENUE_ERROR : EventType.ACK;
                draft.count = id;
                readResult(message.bytes);
            }
            case OTHER -> draft.type = EventType.IGNORED;
            default -> {
                return false;
            }
        }
        out.onEvent(draft);
        return true;
    }

    private void envelope() {
        kind = Kind.UNKNOWN;
        snapshot = false;
        refused = false;
        maintenance = false;
        id = NO_ID;
        dataLength = 0;
        resultLength = 0;
        if (!cursor.beginObject()) {
            return;
        }
        while (cursor.nextKey()) {
            switch (cursor.shortKey()) {
                case DATA_KEY -> {
                    cursor.peek();
                    dataStart = cursor.position();
                    cursor.skip();
                    dataLength = cursor.position() - dataStart;
                }
                case TYPE_KEY -> snapshot = cursor.string() && cursor.stringIs(SNAPSHOT);
                default -> field();
            }
        }
    }

    private void field() {
        if (cursor.keyIs(CHANNEL)) {
            kind = cursor.string() ? channel() : Kind.UNKNOWN;
        } else if (cursor.keyIs(METHOD)) {
            kind = !cursor.string() ? Kind.UNKNOWN : isPong() ? Kind.HEARTBEAT : Kind.ANSWER;
        } else if (cursor.keyIs(EVENT)) {
            kind = cursor.string() ? event() : Kind.UNKNOWN;
        } else if (cursor.keyIs(RESULT)) {
            cursor.peek();
            resultStart = cursor.position();
            cursor.skip();
            resultLength = cursor.position() - resultStart;
        } else if (cursor.keyIs(REQ_ID) || cursor.keyIs(REQ_ID_1)) {
            id = cursor.longValue(NO_ID);
        } else if (cursor.keyIs(SUCCESS)) {
            refused |= !cursor.booleanValue(true);
        } else if (cursor.keyIs(STATUS)) {
            status();
        } else {
            if (cursor.keyIs(ERROR) && cursor.peek() != 'n') {
                refused = true;
                kind = kind == Kind.UNKNOWN ? Kind.ANSWER : kind;
            }
            cursor.skip();
        }
    }

    private Kind channel() {
        channel =
                cursor.stringIs(BOOK)
                        ? Channel.DEPTH
                        : cursor.stringIs(TICKER)
                                ? Channel.BOOK_TICKER
                                : cursor.stringIs(TRADE) ? Channel.TRADE : Channel.NONE;
        if (channel != Channel.NONE) {
            return Kind.DATA;
        }
        if (cursor.stringIs(HEARTBEAT)) {
            return Kind.HEARTBEAT;
        }
        return cursor.stringIs(STATUS) ? Kind.STATUS : Kind.OTHER;
    }

    /** The first interface's word for what is no data. */
    private Kind event() {
        if (cursor.stringIs(HEARTBEAT) || isPong()) {
            return Kind.HEARTBEAT;
        }
        if (cursor.stringIs(SUBSCRIPTION_STATUS)) {
            return Kind.ANSWER;
        }
        if (cursor.stringIs(ERROR)) {
            refused = true;
            return Kind.ANSWER;
        }
        return cursor.stringIs(SYSTEM_STATUS) ? Kind.STATUS : Kind.OTHER;
    }

    private boolean isPong() {
        return cursor.stringIs(PONG);
    }

    /** The first interface: of the system, or of a subscription. */
    private void status() {
        if (cursor.string()) {
            refused |= cursor.stringIs(ERROR);
            maintenance |= cursor.stringIs(MAINTENANCE);
        }
    }

    private void readStatus(final byte[] bytes) {
        cursor.reset(bytes, dataStart, dataLength);
        if (dataLength == 0 || !cursor.beginArray()) {
            return;
        }
        while (cursor.nextElement()) {
            if (cursor.beginObject()) {
                while (cursor.nextKey()) {
                    if (cursor.keyIs(SYSTEM)) {
                        maintenance |= cursor.string() && cursor.stringIs(MAINTENANCE);
                    } else {
                        cursor.skip();
                    }
                }
            }
        }
    }

    /** Remembers how deep a book was granted. */
    private void readResult(final byte[] bytes) {
        if (resultLength == 0 || refused) {
            return;
        }
        cursor.reset(bytes, resultStart, resultLength);
        boolean book = false;
        int instrument = -1;
        long depth = 0;
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.keyIs(CHANNEL)) {
                    book = cursor.string() && cursor.stringIs(BOOK);
                } else if (cursor.keyIs(SYMBOL)) {
                    instrument =
                            cursor.string()
                                    ? names.find(
                                            cursor.stringBytes(),
                                            cursor.stringStart(),
                                            cursor.stringLength())
                                    : -1;
                } else if (cursor.keyIs(DEPTH)) {
                    depth = cursor.longValue(0);
                } else {
                    cursor.skip();
                }
            }
        }
        if (book && instrument >= 0 && depth > 0 && depth <= Kraken.MOST_LEVELS) {
            if (instrument >= depths.length) {
                depths = Arrays.copyOf(depths, Math.max(instrument + 1, depths.length * 2));
            }
            depths[instrument] = (int) depth;
        }
    }

    private int depth(final int instrument) {
        final int granted = instrument >= 0 && instrument < depths.length ? depths[instrument] : 0;
        return granted > 0 ? granted : bookDepth;
    }
}
