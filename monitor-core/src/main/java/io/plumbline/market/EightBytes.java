package io.plumbline.market;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Text read eight bytes at a time: a word holds the bytes from a place on, the first of them in its
 * lowest byte. Whoever takes words from a text needs {@link #SLACK} readable bytes behind it; what
 * stands in them never matters. No state, no allocation.
 */
public final class EightBytes {
    /** So many bytes behind a text may be read (and are not looked at). */
    public static final int SLACK = 32;

    /** Of a word: it has none. */
    public static final int NONE = 8;

    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle HALF =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = 0x8080_8080_8080_8080L;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long SPACES = ' ' * ONES;
    private static final long ZEROS = '0' * ONES;
    private static final long SIXES = 6 * ONES;
    private static final long UPPER_HALVES = 0xF0F0_F0F0_F0F0_F0F0L;
    private static final long PAIRS = 0x0000_00FF_0000_00FFL;
    private static final long[] POWERS = {
        1L, 10L, 100L, 1_000L, 10_000L, 100_000L, 1_000_000L, 10_000_000L, 100_000_000L
    };

    private EightBytes() {}

    /** The eight bytes from {@code at} on. */
    public static long word(final byte[] bytes, final int at) {
        return (long) WORD.get(bytes, at);
    }

    /** The four bytes from {@code at} on. */
    public static int half(final byte[] bytes, final int at) {
        return (int) HALF.get(bytes, at);
    }

    /** These eight characters as a word. */
    public static long word(final String eight) {
        long word = 0;
        for (int i = Long.BYTES - 1; i >= 0; i--) {
            word = word << 8 | eight.charAt(i);
        }
        return word;
    }

    /** Where the first quote, backslash or control character stands in a word, or {@link #NONE}. */
    public static int special(final long word) {
        final long quote = word ^ QUOTES;
        final long backslash = word ^ BACKSLASHES;
        // A borrow can only mark bytes above a true hit, so the lowest mark is always true.
        final long marks =
                (quote - ONES & ~quote | backslash - ONES & ~backslash | word - SPACES & ~word)
                        & HIGHS;
        return Long.numberOfTrailingZeros(marks) >>> 3;
    }

    /** How many bytes of a word, from the first on, are digits: 0 to 8. */
    public static int digits(final long word) {
        final long digits = word ^ ZEROS;
        // A carry can only mark bytes above a true hit.
        final long marks = (digits + SIXES | digits) & UPPER_HALVES;
        return Long.numberOfTrailingZeros(marks) >>> 3;
    }

    /**
     * The number that the first digits of a word are.
     *
     * @param count how many digits, 1 to 8
     */
    public static long number(final long word, final int count) {
        final long digits = (word ^ ZEROS) << (Long.BYTES - count << 3);
        final long pairs = digits * 10 + (digits >>> 8);
        return (pairs & PAIRS) * 0x000F_4240_0000_0064L
                        + (pairs >>> 16 & PAIRS) * 0x0000_2710_0000_0001L
                >>> 32;
    }

    /**
     * How many of the first digits are left without the zeros at their end.
     *
     * @param count how many digits, 1 to 8
     */
    public static int withoutZeros(final long word, final int count) {
        final long digits = (word ^ ZEROS) << (Long.BYTES - count << 3);
        return count - Math.min(count, Long.numberOfLeadingZeros(digits) >>> 3);
    }

    /** 10^n, n from 0 to 8. */
    public static long power(final int n) {
        return POWERS[n];
    }
}
