package io.plumbline.feed.json;

import io.plumbline.market.EightBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A key or a string: where its bytes lie, in the text itself or, without escapes, in a buffer. */
final class JsonSlice {
    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int start;
    private int length;

    /** A reference that is there already is not stored again: that would cost a barrier. */
    void set(final byte[] from, final int at, final int count) {
        if (bytes != from) {
            bytes = from;
        }
        start = at;
        length = count;
    }

    void clear() {
        length = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int start() {
        return start;
    }

    int length() {
        return length;
    }

    boolean is(final byte[] value) {
        return length == value.length
                && Arrays.equals(bytes, start, start + length, value, 0, length);
    }

    /** Its bytes, big endian, when it has one to four of them; 0 for any other. */
    int packed() {
        if (length == 1) {
            return bytes[start] & 0xFF;
        }
        if (length > 4 || length == 0 || bytes[start] == 0) {
            return 0;
        }
        int packed = 0;
        for (int i = start; i < start + length; i++) {
            packed = packed << 8 | bytes[i] & 0xFF;
        }
        return packed;
    }

    /** The whole number that it is, {@code otherwise} for anything else. */
    long wholeNumber(final long otherwise) {
        return wholeNumber(bytes, start, length, otherwise);
    }

    /** The whole number that these bytes are, {@code otherwise} for anything else. */
    static long wholeNumber(
            final byte[] bytes, final int offset, final int length, final long otherwise) {
        int at = offset;
        final int to = offset + length;
        final boolean negative = at < to && bytes[at] == '-';
        if (negative) {
            at++;
        }
        if (at == to || to - at > 19) {
            return otherwise;
        }
        long value = 0;
        for (; at < to; at++) {
            final int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                return otherwise;
            }
            value = value * 10 + digit;
        }
        return value < 0 ? otherwise : negative ? -value : value;
    }

    String text() {
        return new String(bytes, start, length, StandardCharsets.UTF_8);
    }

    /** The quote that ends a string without escapes; -1 where the general way must look. */
    static int quote(final byte[] bytes, final int from, final int wordsEnd, final int end) {
        int at = from;
        while (at < wordsEnd) {
            final int special = EightBytes.special(EightBytes.word(bytes, at));
            if (special < EightBytes.NONE) {
                return bytes[at + special] == '"' && at + special < end ? at + special : -1;
            }
            at += Long.BYTES;
        }
        return -1;
    }
}
