package io.plumbline.feed.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The grammar inside strings and numbers, and the buffer that holds strings without their escapes.
 *
 * <p>The buffer is filled from message to message without being given back, so slices of one
 * message stay valid side by side; unescaped text is never longer than escaped, so it is bounded by
 * the longest message.
 */
final class JsonText {
    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = 0x8080_8080_8080_8080L;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long SPACES = ' ' * ONES;
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

    /** The first quote, backslash or control character from {@code from} on, or {@code to}. */
    static int special(final byte[] bytes, final int from, final int to) {
        int at = from;
        while (at <= to - Long.BYTES) {
            final long word = (long) WORD.get(bytes, at);
            final long quote = word ^ QUOTES;
            final long backslash = word ^ BACKSLASHES;
            // A borrow can only mark bytes above a true hit, so the lowest mark is always true.
            final long marks =
                    ((quote - ONES & ~quote)
                                    | (backslash - ONES & ~backslash)
                                    | (word - SPACES & ~word))
                            & HIGHS;
            if (marks != 0) {
                return at + (Long.numberOfTrailingZeros(marks) >>> 3);
            }
            at += Long.BYTES;
        }
        while (at < to) {
            final byte c = bytes[at];
            if (c == '"' || c == '\\' || c >= 0 && c < ' ') {
                break;
            }
            at++;
        }
        return at;
    }

    /** From a backslash to behind its escape, or -1 when it is none. */
    static int escape(final byte[] bytes, final int at, final int to) {
        if (to - at < 2) {
            return -1;
        }
        switch (bytes[at + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
                return at + 2;
            case 'u':
                return to - at >= 6 && hex(bytes, at + 2) >= 0 ? at + 6 : -1;
            default:
                return -1;
        }
    }

    /** Four hexadecimal digits, or negative. */
    private static int hex(final byte[] bytes, final int at) {
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

    /**
     * From the first byte of a number to behind it; for what is no number, -1 - the position of the
     * first offence.
     */
    static int number(final byte[] bytes, final int from, final int to) {
        int at = from < to && bytes[from] == '-' ? from + 1 : from;
        final boolean zero = at < to && bytes[at] == '0';
        int behind = zero ? at + 1 : digits(bytes, at, to);
        if (behind == at) {
            return -1 - at;
        }
        at = behind;
        if (at < to && bytes[at] == '.') {
            behind = digits(bytes, at + 1, to);
            if (behind == at + 1) {
                return -1 - behind;
            }
            at = behind;
        }
        if (at < to && (bytes[at] | 0x20) == 'e') {
            at++;
            if (at < to && (bytes[at] == '+' || bytes[at] == '-')) {
                at++;
            }
            behind = digits(bytes, at, to);
            if (behind == at) {
                return -1 - at;
            }
            at = behind;
        }
        return at;
    }

    private static int digits(final byte[] bytes, final int from, final int to) {
        int at = from;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at;
    }
}
