package io.plumbline.diagnose;

import io.plumbline.market.Decimal;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How a value that is off the tick grid came to be so. Only off-grid values are looked at twice.
 */
public final class Precision {
    /** Relative error below which a difference is binary noise: 1e-9. */
    private static final int NOISE_SCALE = 9;

    /** What a few steps of double arithmetic make: 1e-12. */
    private static final int DOUBLE_SCALE = 12;

    /** A float explains all but a thousandth of the error. */
    private static final int FLOAT_SCALE = 3;

    private Precision() {}

    /** Whether the value is off the grid by so little that binary floating point explains it. */
    public static boolean isNoise(final Decimal value, final Decimal tick) {
        return tick.isGiven()
                && tick.signum() != 0
                && !value.onGrid(tick)
                && cause(value, tick) != Cause.FINER_THAN_TICK;
    }

    /** Whether two values differ by so little that binary floating point explains it. */
    public static boolean isBinaryNoise(final Decimal value, final Decimal meant) {
        final BigDecimal error = value.toBigDecimal().subtract(meant.toBigDecimal()).abs();
        return meant.signum() != 0
                && error.movePointRight(NOISE_SCALE).compareTo(meant.toBigDecimal().abs()) < 0;
    }

    /** What explains an off-grid value: FLOAT64_NOISE, FLOAT32 or FINER_THAN_TICK. */
    public static Cause cause(final Decimal value, final Decimal tick) {
        final BigDecimal exact = value.toBigDecimal();
        final BigDecimal size = tick.toBigDecimal();
        final BigDecimal meant = exact.divide(size, 0, RoundingMode.HALF_EVEN).multiply(size);
        final Cause noise = noise(exact, meant);
        return noise == null ? Cause.FINER_THAN_TICK : noise;
    }

    /** FLOAT64_NOISE or FLOAT32, if one of them makes this value of the one meant; or null. */
    static Cause noise(final BigDecimal exact, final BigDecimal meant) {
        if (meant.signum() == 0 || exact.scale() <= meant.stripTrailingZeros().scale()) {
            return null;
        }
        final BigDecimal error = exact.subtract(meant).abs();
        final boolean tiny = error.movePointRight(DOUBLE_SCALE).compareTo(meant.abs()) < 0;
        if (!tiny && isFloat(exact, meant, error)) {
            return Cause.FLOAT32;
        }
        return error.movePointRight(NOISE_SCALE).compareTo(meant.abs()) < 0
                ? Cause.FLOAT64_NOISE
                : null;
    }

    /**
     * The nearest float of 32 bits, printed in full, rounded to some digits, or at its shortest.
     */
    private static boolean isFloat(
            final BigDecimal exact, final BigDecimal meant, final BigDecimal error) {
        final BigDecimal inFull = new BigDecimal(meant.floatValue());
        return new BigDecimal(Float.toString(meant.floatValue())).compareTo(exact) == 0
                || inFull.setScale(exact.scale(), RoundingMode.HALF_UP).compareTo(exact) == 0
                || inFull.subtract(exact).abs().movePointRight(FLOAT_SCALE).compareTo(error) < 0;
    }
}
