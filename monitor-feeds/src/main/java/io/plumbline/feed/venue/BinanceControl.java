package io.plumbline.feed.venue;

import io.plumbline.feed.json.JsonCursor;
import io.plumbline.feed.venue.Venue.Control;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Tells frames about the connection from data by their first bytes. The shapes in which Binance
 * sends data are recognised without allocating; anything else is rare and is looked at properly.
 */
final class BinanceControl {
    /** Bytes of a frame that are looked at. */
    static final int HEAD_LENGTH = 512;

    private static final byte[] COMBINED = ascii("{\"stream\":\"");
    private static final byte[] EVENT = ascii("{\"e\":\"");
    private static final byte[] BOOK_TICKER = ascii("{\"u\":");
    private static final byte[] SHUTDOWN = ascii("serverShutdown");
    private static final byte[] STREAM = ascii("stream");
    private static final byte[] LAST_UPDATE_ID = ascii("lastUpdateId");
    private static final byte[] RESULT = ascii("result");
    private static final byte[] ERROR = ascii("error");

    private BinanceControl() {}

    /** See {@link Venue#control}. */
    static Control control(final ByteBuffer head) {
        final boolean data =
                startsWith(head, COMBINED) && byteAt(head, COMBINED.length) != '!'
                        || startsWith(head, EVENT) && byteAt(head, EVENT.length) != 's'
                        || startsWith(head, BOOK_TICKER);
        return data ? null : examine(head);
    }

    /** See {@link Venue#streamOf}. */
    static String streamOf(final ByteBuffer head) {
        final JsonCursor cursor = cursor(copy(head));
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
    private static Control examine(final ByteBuffer head) {
        final byte[] bytes = copy(head);
        final JsonCursor cursor = cursor(bytes);
        if (!cursor.beginObject()) {
            return other(bytes);
        }
        int id = -1;
        boolean result = false;
        boolean data = false;
        String code = "";
        String message = "";
        while (cursor.nextKey()) {
            switch (cursor.shortKey()) {
                case BinanceKeys.ID -> id = id(cursor);
                case BinanceKeys.CODE -> code = "code " + words(cursor);
                case BinanceKeys.MSG -> message = words(cursor);
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
                        message = refusal(cursor);
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
        final String error = (code + " " + message).strip();
        if (!error.isEmpty()) {
            return new Control(Control.Kind.ERROR, id, error);
        }
        return result ? new Control(Control.Kind.ACK, id, "") : other(bytes);
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

    private static Control other(final byte[] bytes) {
        return new Control(
                Control.Kind.OTHER,
                -1,
                new String(bytes, 0, Math.min(bytes.length, 120), StandardCharsets.UTF_8));
    }

    private static JsonCursor cursor(final byte[] bytes) {
        final JsonCursor cursor = new JsonCursor();
        cursor.reset(bytes, 0, bytes.length);
        return cursor;
    }

    private static byte[] copy(final ByteBuffer head) {
        final byte[] bytes = new byte[Math.min(head.remaining(), HEAD_LENGTH)];
        head.get(head.position(), bytes);
        return bytes;
    }

    private static boolean startsWith(final ByteBuffer head, final byte[] prefix) {
        if (head.remaining() <= prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (byteAt(head, i) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte byteAt(final ByteBuffer head, final int index) {
        return head.get(head.position() + index);
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
