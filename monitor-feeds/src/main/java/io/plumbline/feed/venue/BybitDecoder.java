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
 * Decodes Bybit v5. The data of a book or ticker that stands behind its topic is read where it
 * stands; in every other order, which differs by topic and category, and for trades a first pass
 * holds the whole message to the grammar and finds where its parts lie. Nothing is told of a
 * message that is not legal to its end. Engine thread, no allocation.
 */
final class BybitDecoder implements MessageDecoder {
    /** {@code count} of an answer without a number. */
    static final long NO_ID = -1;

    private static final byte[] TOPIC = ascii("topic");

    /** So it stands in some examples of the documentation. */
    private static final byte[] MISSPELT_TOPIC = ascii("toptic");

    private static final byte[] SUCCESS = ascii("success");
    private static final byte[] REQ_ID = ascii("req_id");
    private static final byte[] PING = ascii("ping");
    private static final byte[] PONG = ascii("pong");
    private static final byte[] SNAPSHOT = ascii("snapshot");
    private static final byte[] DELTA = ascii("delta");
    private static final byte[] TICKERS = ascii("tickers.");
    private static final byte[] TRADES = ascii("publicTrade.");
    private static final byte[] BOOK = ascii("orderbook.");
    private static final int DATA = 'd' << 24 | 'a' << 16 | 't' << 8 | 'a';
    private static final int TYPE = 't' << 24 | 'y' << 16 | 'p' << 8 | 'e';
    private static final int TS = 't' << 8 | 's';
    private static final int CTS = 'c' << 16 | 't' << 8 | 's';
    private static final int CS = 'c' << 8 | 's';
    private static final int OP = 'o' << 8 | 'p';
    private static final long NONE = MarketEvent.NONE;

    private final InstrumentNames names;
    private final JsonCursor cursor = new JsonCursor();
    private final BybitHeader header = new BybitHeader();
    private final BybitUsual usual;
    private final BybitBooks books;
    private final BybitTrades trades;
    private final BybitTickers tickers;
    private byte[] topicBytes;
    private int topicStart;
    private int topicLength;
    private int nameStart;
    private int dataStart;
    private int dataLength;

    private InPlace inPlace;
    private boolean answer;
    private boolean refused;
    private boolean operation;
    private boolean heartbeat;
    private long id;

    /**
     * @param derivatives whether tickers come as changes and tell mark and index prices
     */
    BybitDecoder(
            final String venue,
            final boolean derivatives,
            final Instruments instruments,
            final UnknownSymbols unknown) {
        this.names = new InstrumentNames(venue, instruments, unknown);
        this.usual = new BybitUsual();
        this.books = new BybitBooks(cursor);
        this.trades = new BybitTrades(cursor);
        this.tickers = new BybitTickers(cursor, derivatives);
    }

    @Override
    public void decode(
            final InboundMessage message, final MarketEvent draft, final EventHandler out) {
        switch (message.type) {
            case FRAME_TEXT, FRAME_BINARY -> {
                if (usual.read(message, header, draft.levels) && book(message, draft, out)) {
                    return;
                }
                EventDraft.restart(draft);
                cursor.reset(message.bytes, message.offset, message.length);
                envelope(cursor.isRoomy() ? draft : null);
                if (inPlace == InPlace.VOID) {
                    EventDraft.restart(draft);
                    cursor.reset(message.bytes, message.offset, message.length);
                    envelope(null);
                }
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

    /**
     * @param draft takes what is read where it stands; null for the first of two passes
     */
    private void envelope(final MarketEvent draft) {
        clear();
        if (!cursor.beginObject()) {
            return;
        }
        while (inPlace != InPlace.VOID && cursor.nextKey()) {
            switch (cursor.shortKey()) {
                case DATA -> {
                    cursor.peek();
                    dataStart = cursor.position();
                    if (draft == null || topicLength == 0) {
                        cursor.skip();
                    } else {
                        readInPlace(draft);
                    }
                    dataLength = cursor.position() - dataStart;
                }
                case TYPE -> {
                    if (cursor.string()) {
                        header.snapshot = cursor.stringIs(SNAPSHOT);
                        header.delta = cursor.stringIs(DELTA);
                    }
                }
                case TS -> header.ts = cursor.longValue(NONE);
                case CTS -> header.cts = cursor.longValue(NONE);
                case CS -> header.cs = cursor.longValue(NONE);
                case OP -> {
                    operation = true;
                    heartbeat = cursor.string() && (cursor.stringIs(PONG) || cursor.stringIs(PING));
                }
                default -> field();
            }
        }
    }

    private void readInPlace(final MarketEvent draft) {
        if (inPlace == InPlace.READ) {
            inPlace = InPlace.VOID;
            return;
        }
        final boolean read;
        switch (channel()) {
            case TICKER -> read = tickers.read();
            case BOOK_TICKER, DEPTH -> read = books.read(draft.levels);
            default -> {
                cursor.skip();
                return;
            }
        }
        inPlace = read ? InPlace.READ : InPlace.VOID;
    }

    private void clear() {
        inPlace = InPlace.UNREAD;
        header.clear();
        topicLength = 0;
        dataLength = 0;
        answer = false;
        refused = false;
        operation = false;
        heartbeat = false;
        id = NO_ID;
    }

    private void field() {
        if (cursor.keyIs(TOPIC) || cursor.keyIs(MISSPELT_TOPIC)) {
            if (inPlace == InPlace.READ) {
                inPlace = InPlace.VOID;
            } else if (cursor.string()) {
                topicBytes = cursor.stringBytes();
                topicStart = cursor.stringStart();
                topicLength = cursor.stringLength();
            }
        } else if (cursor.keyIs(SUCCESS)) {
            answer = true;
            refused = !cursor.booleanValue(false);
        } else if (cursor.keyIs(REQ_ID)) {
            id = cursor.longValue(NO_ID);
        } else {
            cursor.skip();
        }
    }

    /** False, with nothing said, for what Bybit does not send. */
    private boolean tell(final byte[] bytes, final MarketEvent draft, final EventHandler out) {
        if (topicLength > 0) {
            return data(bytes, draft, out);
        }
        if (refused) {
            draft.type = EventType.VENUE_ERROR;
            draft.count = id;
        } else if (heartbeat) {
            draft.type = EventType.HEARTBEAT;
        } else if (answer) {
            draft.type = EventType.ACK;
            draft.count = id;
        } else if (!operation) {
            return false;
        }
        out.onEvent(draft);
        return true;
    }

    /** A book of the usual form. */
    private boolean book(
            final InboundMessage message, final MarketEvent draft, final EventHandler out) {
        header.instrument = names.find(message.bytes, usual.name, usual.nameLength);
        if (header.instrument < 0) {
            draft.levels.clear();
            draft.channel = header.depth == 1 ? Channel.BOOK_TICKER : Channel.DEPTH;
            out.onEvent(draft);
            return true;
        }
        return books.tell(header, usual.update, draft, out);
    }

    private boolean data(final byte[] bytes, final MarketEvent draft, final EventHandler out) {
        final Channel channel = channel();
        draft.channel = channel;
        if (channel == Channel.NONE) {
            out.onEvent(draft);
            return true;
        }
        header.instrument = names.find(topicBytes, nameStart, topicStart + topicLength - nameStart);
        if (header.instrument < 0) {
            EventDraft.restart(draft);
            draft.channel = channel;
            out.onEvent(draft);
            return true;
        }
        if (dataLength == 0 || header.ts == NONE || !header.snapshot && !header.delta) {
            return false;
        }
        if (inPlace != InPlace.READ) {
            cursor.reset(bytes, dataStart, dataLength);
        }
        return switch (channel) {
            case TRADE -> trades.decode(header, bytes, dataStart, dataLength, draft, out);
            case TICKER ->
                    (inPlace == InPlace.READ || tickers.read()) && tickers.tell(header, draft, out);
            default ->
                    (inPlace == InPlace.READ || books.read(draft.levels))
                            && books.tell(header, draft, out);
        };
    }

    /** By the topic; NONE for one that carries nothing for us. */
    private Channel channel() {
        if (isTopic(TICKERS)) {
            return Channel.TICKER;
        }
        if (isTopic(TRADES)) {
            return Channel.TRADE;
        }
        if (!isTopic(BOOK)) {
            return Channel.NONE;
        }
        final int end = topicStart + topicLength;
        int depth = 0;
        int at = nameStart;
        for (; at < end && isDigit(topicBytes[at]) && depth <= BybitBooks.MOST_LEVELS; at++) {
            depth = depth * 10 + topicBytes[at] - '0';
        }
        if (depth == 0 || at >= end - 1 || topicBytes[at] != '.') {
            return Channel.NONE;
        }
        nameStart = at + 1;
        header.depth = depth;
        return depth == 1 ? Channel.BOOK_TICKER : Channel.DEPTH;
    }

    /** Whether the topic begins so and more follows, which then is the instrument's name. */
    private boolean isTopic(final byte[] prefix) {
        if (topicLength <= prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (topicBytes[topicStart + i] != prefix[i]) {
                return false;
            }
        }
        nameStart = topicStart + prefix.length;
        return true;
    }

    private static boolean isDigit(final byte c) {
        return c >= '0' && c <= '9';
    }
}
