package io.plumbline.market;

import java.math.BigDecimal;

/**
 * Whether two prices are as near to each other as a rule asks: on longs with 128 bit products,
 * which is exact and allocates nothing; numbers too long for that go by {@link BigDecimal}.
 */
final class Tolerance {
    /** A basis point is 10^-4. */
    private static final int BPS_SCALE = 4;

    private Tolerance() {}

    /** Whether |value - other| is at most {@code ticks} ticks of {@code tick}. */
    static boolean inTicks(
            final Decimal value, final Decimal other, final Decimal tick, final int ticks) {
        final int common = Math.min(value.exponent(), other.exponent());
        final int shift = common - tick.exponent();
        if (!value.fits(common) || !other.fits(common)) {
            return inTicksExactly(value, other, tick, ticks);
        }
        final long distance = Math.abs(value.scaled(common) - other.scaled(common));
        if (shift >= 0 && shift <= Decimal.MAX_DIGITS) {
            return atMost(distance, Decimal.power(shift), ticks, tick.mantissa());
        }
        return shift < 0 && tick.fits(common)
                ? atMost(distance, 1, ticks, tick.scaled(common))
                : inTicksExactly(value, other, tick, ticks);
    }

    /** Whether |value - other| is at most {@code bps} basis points of other. */
    static boolean inBps(final Decimal value, final Decimal other, final Decimal bps) {
        final int common = Math.min(value.exponent(), other.exponent());
        final int shift = BPS_SCALE - bps.exponent();
        if (shift < 0 || shift > Decimal.MAX_DIGITS || !value.fits(common) || !other.fits(common)) {
            return inBpsExactly(value, other, bps);
        }
        final long base = other.scaled(common);
        final long distance = Math.abs(value.scaled(common) - base);
        return atMost(distance, Decimal.power(shift), Math.abs(base), bps.mantissa());
    }

    /** Whether a x b is at most c x d; no product overflows. */
    private static boolean atMost(final long a, final long b, final long c, final long d) {
        final long left = Math.multiplyHigh(a, b);
        final long right = Math.multiplyHigh(c, d);
        return left != right ? left < right : Long.compareUnsigned(a * b, c * d) <= 0;
    }

    private static boolean inTicksExactly(
            final Decimal value, final Decimal other, final Decimal tick, final int ticks) {
        final BigDecimal widest = tick.toBigDecimal().multiply(BigDecimal.valueOf(ticks));
        return distance(value, other).compareTo(widest) <= 0;
    }

    private static boolean inBpsExactly(
            final Decimal value, final Decimal other, final Decimal bps) {
        final BigDecimal widest = other.toBigDecimal().abs().multiply(bps.toBigDecimal());
        return distance(value, other).movePointRight(BPS_SCALE).compareTo(widest) <= 0;
    }

    private static BigDecimal distance(final Decimal value, final Decimal other) {
        return value.toBigDecimal().subtract(other.toBigDecimal()).abs();
    }
}
