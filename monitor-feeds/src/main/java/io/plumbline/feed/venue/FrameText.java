package io.plumbline.feed.venue;

import io.plumbline.feed.json.JsonCursor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** Bytes and text of messages as the venues' dialogues need them: cheap looks, quoted names. */
public final class FrameText {
    /** Bytes of a message that a first look takes. */
    static final int HEAD_LENGTH = 512;

    private static final int SHOWN = 120;

    private FrameText() {}

    static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether more than {@code prefix} follows and begins with it. Allocates nothing. */
    static boolean startsWith(final ByteBuffer message, final byte[] prefix) {
        if (message.remaining() <= prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (byteAt(message, i) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code wanted} occurs in the first {@code limit} bytes. Allocates nothing. */
    static boolean contains(final ByteBuffer message, final byte[] wanted, final int limit) {
        final int last = Math.min(message.remaining(), limit) - wanted.length;
        for (int from = 0; from <= last; from++) {
            int i = 0;
            while (i < wanted.length && byteAt(message, from + i) == wanted[i]) {
                i++;
            }
            if (i == wanted.length) {
                return true;
            }
        }
        return false;
    }

    static byte byteAt(final ByteBuffer message, final int index) {
        return message.get(message.position() + index);
    }

    /** A copy of the first bytes, at most {@code limit}: cold path. */
    static byte[] copy(final ByteBuffer message, final int limit) {
        final byte[] bytes = new byte[Math.min(message.remaining(), limit)];
        message.get(message.position(), bytes);
        return bytes;
    }

    /** A cursor over the first bytes, at most {@code limit}: cold path. */
    static JsonCursor cursor(final ByteBuffer message, final int limit) {
        final byte[] bytes = copy(message, limit);
        final JsonCursor cursor = new JsonCursor();
        cursor.reset(bytes, 0, bytes.length);
        return cursor;
    }

    /** The beginning of a message, for people. */
    public static String shown(final ByteBuffer message) {
        return new String(copy(message, SHOWN), StandardCharsets.UTF_8);
    }

    /** A name from the configuration may hold any character; the message stays JSON. */
    public static StringBuilder quoted(final StringBuilder out, final String name) {
        out.append('"');
        for (int i = 0; i < name.length(); i++) {
            final char c = name.charAt(i);
            if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c == '"' || c == '\\' ? "\\" : "").append(c);
            }
        }
        return out.append('"');
    }

    /** {@code ["a","b"]}. */
    public static StringBuilder list(final StringBuilder out, final Collection<String> names) {
        char separator = '[';
        for (final String name : names) {
            quoted(out.append(separator), name);
            separator = ',';
        }
        return separator == '[' ? out.append("[]") : out.append(']');
    }
}
