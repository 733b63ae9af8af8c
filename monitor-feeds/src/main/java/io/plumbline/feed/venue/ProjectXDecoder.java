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
 * Decodes the records of a market hub, one or several in a frame. A record is read to its last byte
 * before anything is said of it; one that is none of the venue's says nothing of its neighbours.
 * Engine thread, no allocation.
 */
final class ProjectXDecoder implements MessageDecoder {
    private static final byte[] TARGET = ascii("target");
    private static final byte[] ARGUMENTS = ascii("arguments");
    private static final byte[] INVOCATION_ID = ascii("invocationId");
    private static final byte[] ERROR = ascii("error");
    private static final byte[] MINOR_VERSION = ascii("minorVersion");
    private static final byte[] QUOTE = ascii("GatewayQuote");
    private static final byte[] TRADE = ascii("GatewayTrade");
    private static final byte[] DEPTH = ascii("GatewayDepth");

    /** How some descriptions of the venue call it. */
    private static final byte[] MARKET_DEPTH = ascii("GatewayMarketDepth");

    private static final int TYPE = 't' << 24 | 'y' << 16 | 'p' << 8 | 'e';
    private static final long NO_TYPE = -1;
    private static final long BAD_TYPE = -2;

    private final InstrumentNames names;
    private final JsonCursor cursor = new JsonCursor();
    private final ProjectXPayload payload = new ProjectXPayload(cursor);

    private long type;
    private long id;
    private boolean refused;
    private boolean foreign;
    private Channel channel;
    private int argumentsStart;
    private int argumentsLength;

    ProjectXDecoder(
            final String venue, final Instruments instruments, final UnknownSymbols unknown) {
        this.names = new InstrumentNames(venue, instruments, unknown);
    }

    @Override
    public void decode(
            final InboundMessage message, final MarketEvent draft, final EventHandler out) {
        switch (message.type) {
            case FRAME_TEXT, FRAME_BINARY -> records(message, draft, out);
            case REFERENCE -> {
                ReferenceMessage.decode(cursor, message, names, draft);
                out.onEvent(draft);
            }
            default -> {
                // Sessions, time and facts are the engine's own: no venue words them.
            }
        }
    }

    private void records(
            final InboundMessage message, final MarketEvent draft, final EventHandler out) {
        final int end = message.offset + message.length;
        boolean told = false;
        for (int from = message.offset; from < end; ) {
            final int to = SignalR.recordEnd(message.bytes, from, end);
            if (to > from) {
                if (told) {
                    EventDraft.restart(draft);
                }
                told = true;
                if (!record(message.bytes, from, to - from, draft, out)) {
                    EventDraft.unparsed(draft);
                    out.onEvent(draft);
                }
            }
            from = to + 1;
        }
        if (!told) {
            EventDraft.unparsed(draft);
            out.onEvent(draft);
        }
    }

    /** False, before anything was said of it, for what the venue does not send. */
    private boolean record(
            final byte[] bytes,
            final int offset,
            final int length,
            final MarketEvent draft,
            final EventHandler out) {
        cursor.reset(bytes, offset, length);
        top();
        if (!cursor.end()) {
            return false;
        }
        if (type == SignalR.INVOCATION && channel != Channel.NONE) {
            return argumentsLength > 0 && data(bytes, draft, out);
        }
        draft.type = kind();
        draft.count = draft.type == EventType.ACK || draft.type == EventType.VENUE_ERROR ? id : 0;
        if (draft.type != EventType.UNPARSED) {
            out.onEvent(draft);
        }
        return draft.type != EventType.UNPARSED;
    }

    private void top() {
        type = NO_TYPE;
        id = KrakenDecoder.NO_ID;
        refused = false;
        foreign = false;
        channel = Channel.NONE;
        argumentsStart = 0;
        argumentsLength = 0;
        if (!cursor.beginObject()) {
            type = BAD_TYPE;
            return;
        }
        while (cursor.nextKey()) {
            if (cursor.shortKey() == TYPE) {
                type = cursor.longValue(BAD_TYPE);
            } else if (cursor.keyIs(TARGET)) {
                channel = cursor.string() ? channel() : Channel.NONE;
            } else if (cursor.keyIs(ARGUMENTS)) {
                cursor.peek();
                argumentsStart = cursor.position();
                cursor.skip();
                argumentsLength = cursor.position() - argumentsStart;
            } else if (cursor.keyIs(INVOCATION_ID)) {
                id = cursor.longValue(KrakenDecoder.NO_ID);
            } else if (cursor.keyIs(ERROR)) {
                refused = cursor.peek() == '"';
                cursor.skip();
            } else {
                foreign |= !cursor.keyIs(MINOR_VERSION);
                cursor.skip();
            }
        }
    }

    private Channel channel() {
        if (cursor.stringIs(QUOTE)) {
            return Channel.BOOK_TICKER;
        }
        if (cursor.stringIs(DEPTH) || cursor.stringIs(MARKET_DEPTH)) {
            return Channel.DEPTH;
        }
        return cursor.stringIs(TRADE) ? Channel.TRADE : Channel.NONE;
    }

    /** What a record that is no data says. */
    private EventType kind() {
        if (type == NO_TYPE) {
            // The answer to the handshake is the only record without a type.
            final boolean plain = !foreign && channel == Channel.NONE && argumentsLength == 0;
            return !plain ? EventType.UNPARSED : refused ? EventType.VENUE_ERROR : EventType.ACK;
        }
        if (type == SignalR.COMPLETION) {
            return refused ? EventType.VENUE_ERROR : EventType.ACK;
        }
        if (type == SignalR.PING) {
            return EventType.HEARTBEAT;
        }
        if (type == SignalR.CLOSE) {
            return EventType.SERVER_SHUTDOWN;
        }
        return type >= SignalR.INVOCATION && type <= SignalR.LAST_KIND
                ? EventType.IGNORED
                : EventType.UNPARSED;
    }

    /** The arguments of an event: a contract's id, and one or several objects about it. */
    private boolean data(final byte[] bytes, final MarketEvent draft, final EventHandler out) {
        cursor.reset(bytes, argumentsStart, argumentsLength);
        if (!cursor.beginArray()
                || !cursor.nextElement()
                || !cursor.string()
                || cursor.stringLength() == 0) {
            return false;
        }
        final int instrument =
                names.find(cursor.stringBytes(), cursor.stringStart(), cursor.stringLength());
        if (!cursor.nextElement()) {
            return false;
        }
        cursor.peek();
        final int start = cursor.position();
        cursor.skip();
        final int length = cursor.position() - start;
        return payload.tell(bytes, start, length, channel, instrument, draft, out);
    }
}
