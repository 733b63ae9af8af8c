package io.plumbline.feed.venue;

import static io.plumbline.feed.venue.FrameText.ascii;

/** The name of the stream that a combined message came in: a view, valid as long as the message. */
final class BinanceStreamName {
    private static final byte[] DEPTH = ascii("@depth");

    private byte[] bytes;
    private int start;
    private int length;
    private byte[] capitals = new byte[64];

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

    boolean isGiven() {
        return length > 0;
    }

    /** Whether it is {@code <symbol>@depth<levels>...}: on futures nothing else tells. */
    boolean isPartialDepth() {
        final int at = symbolLength();
        final int levels = at + DEPTH.length;
        if (levels >= length) {
            return false;
        }
        for (int i = 0; i < DEPTH.length; i++) {
            if (bytes[start + at + i] != DEPTH[i]) {
                return false;
            }
        }
        final byte digit = bytes[start + levels];
        return digit >= '0' && digit <= '9';
    }

    /** Writes the symbol in capitals; false where the name holds none. */
    boolean symbolInCapitals() {
        final int count = symbolLength();
        if (count == 0 || count == length) {
            return false;
        }
        if (count > capitals.length) {
            capitals = new byte[count * 2];
        }
        for (int i = 0; i < count; i++) {
            final byte c = bytes[start + i];
            capitals[i] = c >= 'a' && c <= 'z' ? (byte) (c - 'a' + 'A') : c;
        }
        return true;
    }

    /** What {@link #symbolInCapitals} wrote. */
    byte[] capitals() {
        return capitals;
    }

    /** Bytes before the first {@code @}. */
    int symbolLength() {
        int count = 0;
        while (count < length && bytes[start + count] != '@') {
            count++;
        }
        return count;
    }
}
