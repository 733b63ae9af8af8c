package io.plumbline.feed.venue;

import io.plumbline.market.EightBytes;
import io.plumbline.market.PlainNumber;

/**
 * Characters that a venue always writes at a place, compared eight at a time; up to 32 of them. It
 * may look at {@link EightBytes#SLACK} bytes behind the text. A record, because the compiler takes
 * the fields of a constant one for constants. No allocation.
 *
 * @param length how many characters
 * @param mask of the first eight, as far as there are so many
 * @param last the last eight of more than eight
 */
record Literal(int length, long mask, long first, long second, long third, long last) {
    private static final int TWO_WORDS = 2 * Long.BYTES;
    private static final int THREE_WORDS = 3 * Long.BYTES;
    private static final int MOST = 4 * Long.BYTES;

    /**
     * @param text ASCII
     */
    static Literal of(final String text) {
        final int length = text.length();
        if (length == 0 || length > MOST) {
            throw new IllegalArgumentException("1 to " + MOST + " characters, not " + length);
        }
        final int head = Math.min(length, Long.BYTES);
        return new Literal(
                length,
                -1L >>> (Long.BYTES - head << 3),
                word(text, 0, head),
                length > TWO_WORDS ? word(text, Long.BYTES, Long.BYTES) : 0,
                length > THREE_WORDS ? word(text, TWO_WORDS, Long.BYTES) : 0,
                length > Long.BYTES ? word(text, length - Long.BYTES, Long.BYTES) : 0);
    }

    private static long word(final String text, final int from, final int count) {
        return EightBytes.word(
                text.substring(from, from + count) + "\0".repeat(Long.BYTES - count));
    }

    /**
     * The position behind it.
     *
     * @param at where it must stand; negative where what comes before it was not found
     * @param to where the text ends
     * @return {@link PlainNumber#NO} where it does not stand there whole
     */
    int behind(final byte[] bytes, final int at, final int to) {
        // Either is negative.
        if ((at | to - length - at) < 0 || (EightBytes.word(bytes, at) & mask) != first) {
            return PlainNumber.NO;
        }
        final boolean whole =
                (length <= Long.BYTES || EightBytes.word(bytes, at + length - Long.BYTES) == last)
                        && (length <= TWO_WORDS
                                || EightBytes.word(bytes, at + Long.BYTES) == second)
                        && (length <= THREE_WORDS
                                || EightBytes.word(bytes, at + TWO_WORDS) == third);
        return whole ? at + length : PlainNumber.NO;
    }
}
