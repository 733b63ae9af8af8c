package io.plumbline.market;

import java.math.BigInteger;

/**
 * IEEE 754 floats of the wire as exact decimals: of all decimals that read back as the float, the
 * shortest, of those the nearest. What a gateway had as {@code 61602.01} before it made a float of
 * it is {@code 61602.01} again, up to 15 digits from a f64 and 6 from a f32; digits beyond were
 * lost before the wire. Works on the bits alone, after R. Giulietti, "The Schubfach way to render
 * doubles" (2021). Allocates nothing.
 */
public final class ShortestDecimal {
    private static final int DOUBLE_FRACTION = 52;
    private static final int DOUBLE_BIAS = 1_075;
    private static final int FLOAT_FRACTION = 23;
    private static final int FLOAT_BIAS = 150;
    private static final int MIN_POWER = -324;
    private static final int MAX_POWER = 292;
    private static final int TABLE_BITS = 126;
    private static final int WORD_BITS = 63;
    private static final long WORD = (1L << WORD_BITS) - 1;

    /** 10^-k scaled to 126 bits and rounded up, in two words of 63. */
    private static final long[] HIGH = new long[MAX_POWER - MIN_POWER + 1];

    private static final long[] LOW = new long[MAX_POWER - MIN_POWER + 1];

    static {
        for (int k = MIN_POWER; k <= MAX_POWER; k++) {
            final BigInteger power = BigInteger.TEN.pow(Math.abs(k));
            final BigInteger scaled;
            if (k <= 0) {
                final int surplus = power.bitLength() - TABLE_BITS;
                scaled = surplus > 0 ? power.shiftRight(surplus) : power.shiftLeft(-surplus);
            } else {
                final BigInteger dividend =
                        BigInteger.ONE.shiftLeft(power.bitLength() + TABLE_BITS);
                final BigInteger quotient = dividend.divide(power);
                scaled = quotient.shiftRight(quotient.bitLength() - TABLE_BITS);
            }
            final BigInteger up = scaled.add(BigInteger.ONE);
            HIGH[k - MIN_POWER] = up.shiftRight(WORD_BITS).longValueExact();
            LOW[k - MIN_POWER] = up.and(BigInteger.valueOf(WORD)).longValueExact();
        }
    }

    private ShortestDecimal() {}

    /** Sets the f64 of these bits; "not given" for NaN, and false for an infinity. */
    public static boolean ofDouble(final long bits, final Decimal out) {
        final int exponent = (int) (bits >>> DOUBLE_FRACTION) & 0x7FF;
        final long fraction = bits & (1L << DOUBLE_FRACTION) - 1;
        if (exponent == 0x7FF) {
            out.clear();
            return fraction != 0;
        }
        set(bits < 0, exponent, fraction, 1L << DOUBLE_FRACTION, DOUBLE_BIAS, out);
        return true;
    }

    /** The same for the f32 of these bits. */
    public static boolean ofFloat(final int bits, final Decimal out) {
        final int exponent = bits >>> FLOAT_FRACTION & 0xFF;
        final long fraction = bits & (1 << FLOAT_FRACTION) - 1;
        if (exponent == 0xFF) {
            out.clear();
            return fraction != 0;
        }
        set(bits < 0, exponent, fraction, 1L << FLOAT_FRACTION, FLOAT_BIAS, out);
        return true;
    }

    private static void set(
            final boolean negative,
            final int exponent,
            final long fraction,
            final long implicit,
            final int bias,
            final Decimal out) {
        if (exponent == 0 && fraction == 0) {
            out.set(0, 0);
            return;
        }
        final int binary = Math.max(exponent, 1) - bias;
        final long significand = exponent == 0 ? fraction : implicit | fraction;
        // Below a power of two the next float is only half as far away as above it.
        final boolean regular = fraction != 0 || exponent <= 1;
        shortest(negative, significand, binary, regular, out);
    }

    /** {@code significand x 2^binary}: the interval that rounds to it, scaled by 10^-k. */
    private static void shortest(
            final boolean negative,
            final long significand,
            final int binary,
            final boolean regular,
            final Decimal out) {
        final long odd = significand & 1;
        final long middle = significand << 2;
        final long below = regular ? middle - 2 : middle - 1;
        final long above = middle + 2;
        final int k = regular ? floorLog10Pow2(binary) : floorLog10ThreeQuartersPow2(binary);
        final int shift = binary + floorLog2Pow10(-k) + 2;
        final long v = scaled(k, middle << shift);
        final long lower = scaled(k, below << shift) + odd;
        final long upper = scaled(k, above << shift) - odd;
        final long s = v >> 2;
        if (s >= 10) {
            final long shorter = s / 10 * 10;
            final boolean down = lower <= shorter << 2;
            final boolean up = shorter + 10 << 2 <= upper;
            if (down != up) {
                final long digits = down ? shorter : shorter + 10;
                out.set(negative ? -digits : digits, k);
                return;
            }
        }
        final boolean down = lower <= s << 2;
        final boolean up = s + 1 << 2 <= upper;
        final long nearer;
        if (down != up) {
            nearer = down ? s : s + 1;
        } else {
            final long beyondHalf = v - (s + s + 1 << 1);
            nearer = beyondHalf < 0 || beyondHalf == 0 && (s & 1) == 0 ? s : s + 1;
        }
        out.set(negative ? -nearer : nearer, k);
    }

    /** The product with 10^-k, its lowest bit set where anything was cut off. */
    private static long scaled(final int k, final long value) {
        final long high = HIGH[k - MIN_POWER];
        final long low = LOW[k - MIN_POWER];
        final long carried = Math.multiplyHigh(low, value);
        final long middle = high * value;
        final long top = Math.multiplyHigh(high, value);
        final long sum = (middle >>> 1) + carried;
        final long product = top + (sum >>> WORD_BITS);
        return product | (sum & WORD) + WORD >>> WORD_BITS;
    }

    /** floor(log10(2^e)), by a fixed-point logarithm exact over all exponents of floats. */
    private static int floorLog10Pow2(final int e) {
        return (int) (e * 661_971_961_083L >> 41);
    }

    /** floor(log10(3/4 x 2^e)). */
    private static int floorLog10ThreeQuartersPow2(final int e) {
        return (int) (e * 661_971_961_083L - 274_743_187_321L >> 41);
    }

    /** floor(log2(10^e)). */
    private static int floorLog2Pow10(final int e) {
        return (int) (e * 913_124_641_741L >> 38);
    }
}
