package io.plumbline.feed.venue;

import static io.plumbline.feed.venue.FrameText.ascii;
import static io.plumbline.feed.venue.FrameText.byteAt;
import static io.plumbline.feed.venue.FrameText.startsWith;

import io.plumbline.feed.json.JsonCursor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Binance's side of a connection: SUBSCRIBE frames and their numbered answers. The shapes in which
 * it sends data are recognised by their first bytes without allocating; anything else is rare and
 * is looked at properly. Keeps no state.
 */
final class BinanceDialogue implements Dialogue {
    /** Streams in one SUBSCRIBE frame: well below what the server reads as one message. */
    static final int STREAMS_PER_FRAME = 200;

    private static final byte[] COMBINED = ascii("{\"stream\":\"");
    private static final byte[] EVENT = ascii("{\"e\":\"");
    private static final byte[] BOOK_TICKER = ascii("{\"u\":");
    private static final byte[] SHUTDOWN = ascii("serverShutdown");
    private static final byte[] STREAM = ascii("stream");
    private static final byte[] LAST_UPDATE_ID = ascii("lastUpdateId");
    private static final byte[] RESULT = ascii("result");
    private static final byte[] ERROR = ascii("error");

    @Override
    public List<Request> requests(final List<String> streams) {
        final List<Request> requests = new ArrayList<>();
        for (int from = 0; from < streams.size(); from += STREAMS_PER_FRAME) {
            final int to = Math.min(from + STREAMS_PER_FRAME, streams.size());
            final StringBuilder frame = new StringBuilder("{\"method\":\"SUBSCRIBE\",\"params\":");
            FrameText.list(frame, streams.subList(from, to));
            frame.append(",\"id\":").append(FIRST_ID + requests.size()).append('}');
            requests.add(Request.of(frame.toString()));
        }
        return requests;
    }

    @Override
    public Control control(final ByteBuffer message) {
        final boolean data =
                startsWith(message, COMBINED) && byteAt(message, COMBINED.length) != '!'
                        || startsWith(message, EVENT) && byteAt(message, EVENT.length) != 's'
                        || startsWith(message, BOOK_TICKER);
        return data ? null : examine(message);
    }

    @Override
    public String streamOf(final ByteBuffer head) {
        final JsonCursor cursor = FrameText.cursor(head, FrameText.HEAD_LENGTH);
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.keyIs(STREAM)) {
                    return cursor.string() ? cursor.stringText() : null;
                }
                cursor.skip();
            }
        }
        return null;
    }

    /** Reads the keys at the top as far as the head goes. */
    private static Control examine(final ByteBuffer message) {
        final JsonCursor cursor = FrameText.cursor(message, FrameText.HEAD_LENGTH);
        if (!cursor.beginObject()) {
            return other(message);
        }
        int id = -1;
        boolean result = false;
        boolean data = false;
        String code = "";
        String words = "";
        while (cursor.nextKey()) {
            switch (cursor.shortKey()) {
                case BinanceKeys.ID -> id = id(cursor);
                case BinanceKeys.CODE -> code = "code " + words(cursor);
                case BinanceKeys.MSG -> words = words(cursor);
                case BinanceKeys.DATA -> {
                    if (isShutdown(cursor)) {
                        return new Control(Control.Kind.SHUTDOWN, -1, "serverShutdown");
                    }
                    data = true;
                }
                case 'e' -> {
                    if (cursor.string() && cursor.stringIs(SHUTDOWN)) {
                        return new Control(Control.Kind.SHUTDOWN, -1, "serverShutdown");
                    }
                    data = true;
                }
                case 'u' -> {
                    data = true;
                    cursor.skip();
                }
                default -> {
                    if (cursor.keyIs(ERROR)) {
                        words = refusal(cursor);
                    } else {
                        result |= cursor.keyIs(RESULT);
                        data |= cursor.keyIs(STREAM) || cursor.keyIs(LAST_UPDATE_ID);
                        cursor.skip();
                    }
                }
            }
        }
        if (data) {
            return null;
        }
        final String error = (code + " " + words).strip();
        if (!error.isEmpty()) {
            return new Control(Control.Kind.ERROR, id, error);
        }
        return result ? new Control(Control.Kind.ACK, id, "") : other(message);
    }

    /** Whether the payload of a combined message announces the end: only its own keys count. */
    private static boolean isShutdown(final JsonCursor cursor) {
        boolean shutdown = false;
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.shortKey() == 'e') {
                    shutdown = cursor.string() && cursor.stringIs(SHUTDOWN);
                } else {
                    cursor.skip();
                }
            }
        }
        return shutdown;
    }

    /** The words of {@code "error":{"code":..,"msg":..}}, or of whatever stands there instead. */
    private static String refusal(final JsonCursor cursor) {
        if (cursor.peek() != '{') {
            return words(cursor);
        }
        String code = "";
        String message = "";
        cursor.beginObject();
        while (cursor.nextKey()) {
            switch (cursor.shortKey()) {
                case BinanceKeys.CODE -> code = "code " + words(cursor);
                case BinanceKeys.MSG -> message = words(cursor);
                default -> cursor.skip();
            }
        }
        return (code + " " + message).strip();
    }

    private static int id(final JsonCursor cursor) {
        final long id = cursor.longValue(-1);
        return id >= 0 && id <= Integer.MAX_VALUE ? (int) id : -1;
    }

    private static String words(final JsonCursor cursor) {
        if (cursor.peek() == '"') {
            return cursor.string() ? cursor.stringText() : "";
        }
        final long number = cursor.longValue(Long.MIN_VALUE);
        return number == Long.MIN_VALUE ? "" : Long.toString(number);
    }

    private static Control other(final ByteBuffer message) {
        return new Control(Control.Kind.OTHER, -1, FrameText.shown(message));
    }
}
