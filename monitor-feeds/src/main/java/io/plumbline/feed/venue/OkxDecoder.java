package io.plumbline.feed.venue;

import static io.plumbline.feed.venue.FrameText.ascii;

import io.plumbline.feed.json.JsonCursor;
import io.plumbline.feed.venue.Venue.UnknownSymbols;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.EventHandler;
import io.plumbline.market.EventType;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MessageDecoder;
import java.util.Arrays;

/**
 * Decodes OKX. "arg" says of which stream the list under "data" is; what has an "event" is about
 * the connection. A list that comes last, as it always does, is read where it stands; with the
 * parts in another order a first pass holds the whole message to the grammar and finds where they
 * lie. Nothing is told of a message that is not legal to its end.
 */
final class OkxDecoder implements MessageDecoder {
    /** {@code count} of an answer without a number. */
    static final long NO_ID = -1;

    private static final byte[] PONG = ascii("pong");
    private static final byte[] EVENT = ascii("event");
    private static final byte[] SUBSCRIBE = ascii("subscribe");
    private static final byte[] UNSUBSCRIBE = ascii("unsubscribe");
    private static final byte[] ERROR = ascii("error");
    private static final byte[] TOO_MANY = ascii("channel-conn-count-error");
    private static final byte[] NOTICE = ascii("notice");
    private static final byte[] ACTION = ascii("action");
    private static final byte[] SNAPSHOT = ascii("snapshot");
    private static final byte[] UPDATE = ascii("update");
    private static final byte[] CHANNEL = ascii("channel");
    private static final byte[] INSTRUMENT = ascii("instId");
    private static final int ARG = 'a' << 16 | 'r' << 8 | 'g';
    private static final int CODE = 'c' << 24 | 'o' << 16 | 'd' << 8 | 'e';
    private static final int DATA = 'd' << 24 | 'a' << 16 | 't' << 8 | 'a';
    private static final int ID = 'i' << 8 | 'd';

    /** The code of a notice that the connection will be closed for an upgrade. */
    private static final long UPGRADE = 64_008;

    /** What a message is, by its "event"; DATA without one. */
    private enum Kind {
        DATA,
        ACK,
        REFUSAL,
        NOTICE,
        OTHER
    }

    private final InstrumentNames names;
    private final JsonCursor cursor = new JsonCursor();
    private final OkxUsual usual;
    private final OkxData data;
    private Kind kind;
    private OkxStream stream;
    private boolean snapshot;
    private boolean update;
    private long id;
    private long code;
    private byte[] nameBytes;
    private int nameStart;
    private int nameLength;
    private int dataStart;
    private int dataLength;

    private InPlace inPlace;

    /** Of the list that was read. */
    private int entries;

    OkxDecoder(final String venue, final Instruments instruments, final UnknownSymbols unknown) {
        this.names = new InstrumentNames(venue, instruments, unknown);
        this.usual = new OkxUsual(names);
        this.data = new OkxData(cursor, names);
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
                draft.levels.clear();
                if (isPong(message)) {
                    draft.type = EventType.HEARTBEAT;
                    out.onEvent(draft);
                } else if (!object(message, draft, out)) {
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

    private static boolean isPong(final InboundMessage message) {
        return Arrays.equals(
                message.bytes,
                message.offset,
                message.offset + message.length,
                PONG,
                0,
                PONG.length);
    }

    /** False, with nothing said, for what OKX does not send. */
    private boolean object(
            final InboundMessage message, final MarketEvent draft, final EventHandler out) {
        cursor.reset(message.bytes, message.offset, message.length);
        envelope(cursor.isRoomy() ? draft : null);
        if (inPlace == InPlace.VOID) {
            EventDraft.restart(draft);
            cursor.reset(message.bytes, message.offset, message.length);
            envelope(null);
        }
        if (!cursor.end()) {
            return false;
        }
        switch (kind) {
            case DATA -> {
                return data(message, draft, out);
            }
            case ACK -> {
                draft.type = EventType.ACK;
                draft.count = id;
            }
            case REFUSAL -> {
                draft.type = EventType.VENUE_ERROR;
                draft.count = id;
            }
            case NOTICE ->
                    draft.type = code == UPGRADE ? EventType.SERVER_SHUTDOWN : EventType.IGNORED;
            default -> draft.type = EventType.IGNORED;
        }
        out.onEvent(draft);
        return true;
    }

    private boolean data(
            final InboundMessage message, final MarketEvent draft, final EventHandler out) {
        if (stream == null || dataLength == 0) {
            return false;
        }
        if (stream == OkxStream.OTHER) {
            draft.type = EventType.IGNORED;
            out.onEvent(draft);
            return true;
        }
        if (nameLength == 0 || stream == OkxStream.BOOK && !snapshot && !update) {
            return false;
        }
        // The name's bytes are void as soon as the cursor begins again.
        final int instrument = names.find(nameBytes, nameStart, nameLength);
        if (inPlace != InPlace.READ) {
            cursor.reset(message.bytes, dataStart, dataLength);
            entries = data.read(stream, snapshot, draft);
            if (entries < 0) {
                return false;
            }
        }
        data.tell(
                entries, stream, snapshot, instrument, message, dataStart, dataLength, draft, out);
        return true;
    }

    /**
     * @param draft takes what is read where it stands; null for the first of two passes
     */
    private void envelope(final MarketEvent draft) {
        inPlace = InPlace.UNREAD;
        kind = Kind.DATA;
        stream = null;
        snapshot = false;
        update = false;
        id = NO_ID;
        code = 0;
        nameLength = 0;
        dataLength = 0;
        if (!cursor.beginObject()) {
            return;
        }
        while (cursor.nextKey()) {
            if (inPlace != InPlace.UNREAD) {
                // Something follows that may say otherwise.
                inPlace = InPlace.VOID;
                return;
            }
            switch (cursor.shortKey()) {
                case ARG -> argument();
                case DATA -> {
                    cursor.peek();
                    dataStart = cursor.position();
                    if (draft != null && isKnown()) {
                        entries = data.read(stream, snapshot, draft);
                        if (entries < 0) {
                            inPlace = InPlace.VOID;
                            return;
                        }
                        inPlace = InPlace.READ;
                    } else {
                        cursor.skip();
                    }
                    dataLength = cursor.position() - dataStart;
                }
                case ID -> id = cursor.longValue(NO_ID);
                case CODE -> code = cursor.longValue(0);
                default -> {
                    if (cursor.keyIs(ACTION)) {
                        snapshot = cursor.string() && cursor.stringIs(SNAPSHOT);
                        update = !snapshot && cursor.stringIs(UPDATE);
                    } else if (cursor.keyIs(EVENT)) {
                        kind = cursor.string() ? event() : Kind.OTHER;
                    } else {
                        cursor.skip();
                    }
                }
            }
        }
    }

    /** Whether everything was said that a list's reading needs. */
    private boolean isKnown() {
        return kind == Kind.DATA
                && stream != null
                && stream != OkxStream.OTHER
                && nameLength > 0
                && (stream != OkxStream.BOOK || snapshot || update);
    }

    private void argument() {
        if (!cursor.beginObject()) {
            return;
        }
        stream = OkxStream.OTHER;
        while (cursor.nextKey()) {
            if (cursor.keyIs(CHANNEL)) {
                stream = cursor.string() ? OkxStream.of(cursor) : OkxStream.OTHER;
            } else if (cursor.keyIs(INSTRUMENT)) {
                if (cursor.string()) {
                    nameBytes = cursor.stringBytes();
                    nameStart = cursor.stringStart();
                    nameLength = cursor.stringLength();
                }
            } else {
                cursor.skip();
            }
        }
    }

    private Kind event() {
        if (cursor.stringIs(SUBSCRIBE) || cursor.stringIs(UNSUBSCRIBE)) {
            return Kind.ACK;
        }
        if (cursor.stringIs(ERROR) || cursor.stringIs(TOO_MANY)) {
            return Kind.REFUSAL;
        }
        return cursor.stringIs(NOTICE) ? Kind.NOTICE : Kind.OTHER;
    }
}
