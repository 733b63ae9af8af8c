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
 * Decodes Deribit's JSON-RPC: notifications of subscriptions, heartbeats, answers. Books and
 * tickers in their usual form are walked once; one of another form that stands last, as it always
 * does, is read where it stands; in another order, and for trades, a first pass holds the whole
 * message to the grammar and finds where the data lies. Nothing is told of a message that is not
 * legal to its end. Engine thread, no allocation.
 */
final class DeribitDecoder implements MessageDecoder {
    /** {@code count} of an answer without a number. */
    static final long NO_ID = -1;

    private static final byte[] METHOD = ascii("method");
    private static final byte[] PARAMS = ascii("params");
    private static final byte[] CHANNEL = ascii("channel");
    private static final byte[] RESULT = ascii("result");
    private static final byte[] ERROR = ascii("error");
    private static final byte[] SUBSCRIPTION = ascii("subscription");
    private static final byte[] HEARTBEAT = ascii("heartbeat");
    private static final byte[] PLATFORM_STATE = ascii(DeribitDialogue.PLATFORM_STATE);
    private static final byte[] MAINTENANCE = ascii("maintenance");
    private static final byte[] BOOK = ascii("book.");
    private static final byte[] TRADES = ascii("trades.");
    private static final byte[] TICKER = ascii("ticker.");
    private static final int ID = 'i' << 8 | 'd';
    private static final int DATA_KEY = 'd' << 24 | 'a' << 16 | 't' << 8 | 'a';

    /** Dots in {@code book.NAME.INTERVAL}; the windows of a few levels have more. */
    private static final int DOTS_OF_CHAIN = 2;

    /** What a message is, by its "method", else by what it answers. */
    private enum Kind {
        UNKNOWN,
        /** Of {@link #channel}, which is NONE for what is nothing to us. */
        DATA,
        HEARTBEAT,
        GRANT,
        REFUSAL,
        /** Legal, and nothing for us. */
        OTHER
    }

    private final InstrumentNames names;
    private final JsonCursor cursor = new JsonCursor();
    private final DeribitData data;
    private final DeribitTickerUsual tickers;
    private final DeribitBookUsual books;

    private Kind kind;
    private Channel channel;
    private boolean platformState;
    private boolean maintenance;
    private long id;
    private int dataStart;
    private int dataLength;
    private InPlace inPlace;

    DeribitDecoder(
            final String venue, final Instruments instruments, final UnknownSymbols unknown) {
        this.names = new InstrumentNames(venue, instruments, unknown);
        this.data = new DeribitData(cursor, names);
        this.tickers = new DeribitTickerUsual(names);
        this.books = new DeribitBookUsual(names);
    }

    @Override
    public void decode(
            final InboundMessage message, final MarketEvent draft, final EventHandler out) {
        switch (message.type) {
            case FRAME_TEXT, FRAME_BINARY -> {
                if (usual(message, draft, out)) {
                    return;
                }
                cursor.reset(message.bytes, message.offset, message.length);
                envelope(cursor.isRoomy() ? draft : null);
                if (inPlace == InPlace.VOID) {
                    EventDraft.restart(draft);
                    cursor.reset(message.bytes, message.offset, message.length);
                    envelope(null);
                }
                if (!cursor.end() || !tell(message, draft, out)) {
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

    /** Decodes a message of the usual form; false, with nothing said, for any other. */
    private boolean usual(
            final InboundMessage message, final MarketEvent draft, final EventHandler out) {
        if (tickers.decode(message, draft, out)) {
            return true;
        }
        if (books.read(message, draft)) {
            out.onEvent(draft);
            return true;
        }
        draft.levels.clear();
        return false;
    }

    /**
     * @param draft takes what is read where it stands; null for the first of two passes
     */
    private void envelope(final MarketEvent draft) {
        inPlace = InPlace.UNREAD;
        kind = Kind.UNKNOWN;
        channel = Channel.NONE;
        platformState = false;
        maintenance = false;
        id = NO_ID;
        dataLength = 0;
        if (!cursor.beginObject()) {
            return;
        }
        while (cursor.nextKey()) {
            if (inPlace != InPlace.UNREAD) {
                inPlace = InPlace.VOID;
                return;
            }
            if (cursor.keyIs(METHOD)) {
                kind = cursor.string() ? method() : Kind.UNKNOWN;
            } else if (cursor.keyIs(PARAMS)) {
                params(draft);
            } else if (cursor.shortKey() == ID) {
                id = cursor.longValue(NO_ID);
            } else if (cursor.keyIs(RESULT)) {
                kind = result(cursor.peek());
                cursor.skip();
            } else {
                if (cursor.keyIs(ERROR)) {
                    kind = Kind.REFUSAL;
                }
                cursor.skip();
            }
        }
    }

    private Kind method() {
        return cursor.stringIs(SUBSCRIPTION)
                ? Kind.DATA
                : cursor.stringIs(HEARTBEAT) ? Kind.HEARTBEAT : Kind.OTHER;
    }

    /** A list of streams or "ok" is a grant; an object is what a test is answered with. */
    private static Kind result(final byte first) {
        return first == '[' || first == '"'
                ? Kind.GRANT
                : first == '{' ? Kind.HEARTBEAT : Kind.OTHER;
    }

    private void params(final MarketEvent draft) {
        if (!cursor.beginObject()) {
            return;
        }
        while (cursor.nextKey()) {
            if (inPlace != InPlace.UNREAD) {
                inPlace = InPlace.VOID;
                return;
            }
            if (cursor.shortKey() == DATA_KEY) {
                cursor.peek();
                dataStart = cursor.position();
                if (draft != null && isKnown()) {
                    inPlace = data.read(channel, draft) ? InPlace.READ : InPlace.VOID;
                } else {
                    cursor.skip();
                }
                dataLength = cursor.position() - dataStart;
            } else if (cursor.keyIs(CHANNEL)) {
                if (cursor.string()) {
                    channel();
                }
            } else {
                cursor.skip();
            }
        }
    }

    /** Whether everything was said that a book's or a ticker's reading needs. */
    private boolean isKnown() {
        return kind == Kind.DATA && (channel == Channel.DEPTH || channel == Channel.BOOK_TICKER);
    }

    private void channel() {
        platformState = cursor.stringIs(PLATFORM_STATE);
        if (begins(TICKER)) {
            channel = Channel.BOOK_TICKER;
        } else if (begins(TRADES)) {
            channel = Channel.TRADE;
        } else {
            channel = begins(BOOK) && dots() == DOTS_OF_CHAIN ? Channel.DEPTH : Channel.NONE;
        }
    }

    private boolean begins(final byte[] prefix) {
        if (cursor.stringLength() < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (cursor.stringBytes()[cursor.stringStart() + i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private int dots() {
        int dots = 0;
        for (int i = 0; i < cursor.stringLength(); i++) {
            dots += cursor.stringBytes()[cursor.stringStart() + i] == '.' ? 1 : 0;
        }
        return dots;
    }

    /** False, with nothing said, for what Deribit does not send. */
    private boolean tell(
            final InboundMessage message, final MarketEvent draft, final EventHandler out) {
        switch (kind) {
            case DATA -> {
                if (channel == Channel.TRADE) {
                    return data.trades(message.bytes, dataStart, dataLength, draft, out);
                }
                if (channel != Channel.NONE) {
                    final boolean told = read(message, draft) && data.tell(channel, draft, out);
                    if (told && channel == Channel.BOOK_TICKER && inPlace == InPlace.READ) {
                        tickers.learn(message);
                    }
                    return told;
                }
                if (platformState && dataLength > 0) {
                    readPlatformState(message.bytes);
                }
                draft.type = maintenance ? EventType.SERVER_SHUTDOWN : EventType.IGNORED;
            }
            case HEARTBEAT -> draft.type = EventType.HEARTBEAT;
            case GRANT -> {
                draft.type = EventType.ACK;
                draft.count = id;
            }
            case REFUSAL -> {
                draft.type = EventType.VENUE_ERROR;
                draft.count = id;
            }
            case OTHER -> draft.type = EventType.IGNORED;
            default -> {
                return false;
            }
        }
        out.onEvent(draft);
        return true;
    }

    private boolean read(final InboundMessage message, final MarketEvent draft) {
        if (inPlace == InPlace.READ) {
            return true;
        }
        cursor.reset(message.bytes, dataStart, dataLength);
        return data.read(channel, draft);
    }

    private void readPlatformState(final byte[] bytes) {
        cursor.reset(bytes, dataStart, dataLength);
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.keyIs(MAINTENANCE)) {
                    maintenance = cursor.booleanValue(false);
                } else {
                    cursor.skip();
                }
            }
        }
    }
}
