package io.plumbline.app.replay;

import java.nio.charset.StandardCharsets;

/** Bytes from anywhere, cut and made harmless for a terminal: nothing of them can steer it. */
final class Excerpt {
    private static final int LONGEST = 160;
    private static final int LONGEST_HEX = 48;
    private static final int UTF_8_BYTES = 4;
    private static final String MORE = "...";

    private Excerpt() {}

    /** Appends UTF-8 text; what is none shows as U+FFFD, what cannot be seen as an escape. */
    static void text(
            final byte[] bytes, final int offset, final int length, final StringBuilder out) {
        final int enough = Math.min(length, LONGEST * UTF_8_BYTES);
        final String text = new String(bytes, offset, enough, StandardCharsets.UTF_8);
        int at = 0;
        for (int shown = 0; at < text.length() && shown < LONGEST; shown++) {
            final int point = text.codePointAt(at);
            append(point, out);
            at += Character.charCount(point);
        }
        if (at < text.length() || enough < length) {
            out.append(MORE);
        }
    }

    private static void append(final int point, final StringBuilder out) {
        switch (Character.getType(point)) {
            case Character.CONTROL:
            case Character.FORMAT:
            case Character.LINE_SEPARATOR:
            case Character.PARAGRAPH_SEPARATOR:
            case Character.PRIVATE_USE:
            case Character.SURROGATE:
            case Character.UNASSIGNED:
                out.append("\\u{").append(Integer.toHexString(point)).append('}');
                break;
            default:
                out.appendCodePoint(point);
                break;
        }
    }

    /** Appends the bytes in hexadecimal. */
    static void hex(
            final byte[] bytes, final int offset, final int length, final StringBuilder out) {
        final int shown = Math.min(length, LONGEST_HEX);
        for (int i = offset; i < offset + shown; i++) {
            out.append(Character.forDigit(bytes[i] >> 4 & 15, 16));
            out.append(Character.forDigit(bytes[i] & 15, 16));
        }
        if (shown < length) {
            out.append(MORE);
        }
    }
}
