package io.plumbline.feed.json;

import java.util.Arrays;

/**
 * Holds strings without their escapes.
 *
 * <p>The buffer is filled from message to message without being given back, so slices of one
 * message stay valid side by side; unescaped text is never longer than escaped, so it is bounded by
 * the longest message.
 */
final class JsonText {
    private static final int REPLACEMENT = 0xFFFD;

    private byte[] buffer = new byte[128];
    private int used;

    /** Where the current slice begins in the buffer, or -1 when it is the text itself. */
    private int sliceStart;

    void clear() {
        used = 0;
    }

    /** The current slice is a part of {@code source}. */
    byte[] plain(final byte[] source) {
        sliceStart = -1;
        return source;
    }

    int start(final int inText) {
        return sliceStart < 0 ? inText : sliceStart;
    }

    int length(final int inText) {
        return sliceStart < 0 ? inText : used - sliceStart;
    }

    /** Resolves the escapes of a string already found legal into UTF-8, behind earlier slices. */
    byte[] unescape(final byte[] source, final int from, final int to) {
        if (buffer.length - used < to - from) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, used + to - from));
        }
        sliceStart = used;
        int at = from;
        while (at < to) {
            final byte c = source[at];
            if (c != '\\') {
                buffer[used++] = c;
                at++;
            } else if (source[at + 1] != 'u') {
                buffer[used++] = control(source[at + 1]);
                at += 2;
            } else {
                final int unit = hex(source, at + 2);
                at += 6;
                if (Character.isHighSurrogate((char) unit) && low(source, at, to)) {
                    utf8(Character.toCodePoint((char) unit, (char) hex(source, at + 2)));
                    at += 6;
                } else {
                    utf8(Character.isSurrogate((char) unit) ? REPLACEMENT : unit);
                }
            }
        }
        return buffer;
    }

    private static boolean low(final byte[] source, final int at, final int to) {
        return to - at >= 6
                && source[at] == '\\'
                && source[at + 1] == 'u'
                && Character.isLowSurrogate((char) hex(source, at + 2));
    }

    private static byte control(final byte letter) {
        switch (letter) {
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            default:
                return letter;
        }
    }

    private void utf8(final int codePoint) {
        if (codePoint < 0x80) {
            buffer[used++] = (byte) codePoint;
        } else if (codePoint < 0x800) {
            buffer[used++] = (byte) (0xC0 | codePoint >> 6);
            buffer[used++] = (byte) (0x80 | codePoint & 0x3F);
        } else {
            if (codePoint < 0x10000) {
                buffer[used++] = (byte) (0xE0 | codePoint >> 12);
            } else {
                buffer[used++] = (byte) (0xF0 | codePoint >> 18);
                buffer[used++] = (byte) (0x80 | codePoint >> 12 & 0x3F);
            }
            buffer[used++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
            buffer[used++] = (byte) (0x80 | codePoint & 0x3F);
        }
    }

    /** Four hexadecimal digits, or negative. */
    static int hex(final byte[] bytes, final int at) {
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            final int digit = bytes[i] < 0 ? -1 : Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
