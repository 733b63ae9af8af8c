package io.plumbline.detect;

import io.plumbline.market.Decimal;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How a value that is off the tick grid came to be so. Only off-grid values are looked at twice.
 */
final class Precision {
    static final String FLOAT64 = "float64 noise";
    static final String FLOAT32 = "float32";
    static final String FINER = "finer than the tick";

    /** Relative error below which a difference is binary noise: 1e-9. */
    private static final int NOISE_SCALE = 9;

    private Precision() {}

    /** Whether the value is off the grid by so little that binary floating point explains it. */
    static boolean isNoise(final Decimal value, final Decimal tick) {
        return tick.isGiven()
                && tick.signum() != 0
                && !value.onGrid(tick)
                && noise(value, tick) != null
                && !FINER.equals(noise(value, tick));
    }

    /** Whether two values differ by so little that binary floating point explains it. */
    static boolean isBinaryNoise(final Decimal value, final Decimal meant) {
        final BigDecimal error = value.toBigDecimal().subtract(meant.toBigDecimal()).abs();
        return meant.signum() != 0
                && error.movePointRight(NOISE_SCALE).compareTo(meant.toBigDecimal().abs()) < 0;
    }

    /** What explains an off-grid value. */
    static String noise(final Decimal value, final Decimal tick) {
        final BigDecimal exact = value.toBigDecimal();
        final BigDecimal size = tick.toBigDecimal();
        final BigDecimal meant = exact.divide(size, 0, RoundingMode.HALF_EVEN).multiply(size);
        final BigDecimal error = exact.subtract(meant).abs();
        if (meant.signum() != 0 && error.movePointRight(NOISE_SCALE).compareTo(meant.abs()) < 0) {
            return FLOAT64;
        }
        final BigDecimal asFloat = new BigDecimal(Float.toString(meant.floatValue()));
        final BigDecimal asFloatExact = new BigDecimal(meant.floatValue());
        if (asFloat.compareTo(exact) == 0
                || asFloatExact
                                .subtract(exact)
                                .abs()
                                .movePointRight(NOISE_SCALE)
                                .compareTo(exact.abs())
                        < 0) {
            return FLOAT32;
        }
        return FINER;
    }
}
