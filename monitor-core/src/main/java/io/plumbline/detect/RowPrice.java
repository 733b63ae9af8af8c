package io.plumbline.detect;

import io.plumbline.market.Decimal;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.PriceHistory;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A price that stands in a database against the versions of a price that moves: which of them it
 * is, and if none, which one it is a bad copy of. Engine thread; the explanations are a cold path.
 */
final class RowPrice {
    private static final BigDecimal FLOAT32 = new BigDecimal("1e-6");
    private static final BigDecimal FLOAT64 = new BigDecimal("1e-9");

    private final Decimal version = new Decimal();

    /**
     * The newest version that equals {@code price} as near as asked, and that was current before
     * {@code nowNs}; -1 for none.
     */
    int newest(
            final PriceHistory history,
            final Decimal price,
            final Decimal tick,
            final int ticks,
            final Decimal bps) {
        for (int i = 0; i < history.size(); i++) {
            history.value(i, version);
            if (price.within(version, tick, ticks, bps)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether the versions since {@code sinceNs} are all known. */
    static boolean covers(final PriceHistory history, final long sinceNs) {
        return history.size() > 0 && history.coveredFromNs() <= sinceNs;
    }

    /** Whether it lies between the versions since {@code sinceNs}. */
    boolean isInside(final PriceHistory history, final Decimal price, final long sinceNs) {
        boolean below = false;
        boolean above = false;
        for (int i = 0; i < history.size() && history.validToNs(i) > sinceNs; i++) {
            history.value(i, version);
            below |= version.compareTo(price) <= 0;
            above |= version.compareTo(price) >= 0;
        }
        return below && above;
    }

    /**
     * Why a version since {@code sinceNs} stands there as {@code price}; null where nothing
     * explains it.
     *
     * @param scale digits that the column keeps, NONE where it does not say
     */
    String explain(
            final PriceHistory history,
            final Decimal price,
            final long scale,
            final boolean asFloat,
            final long sinceNs) {
        final BigDecimal stored = price.toBigDecimal();
        final int digits = scale == MarketEvent.NONE ? Math.max(0, -price.exponent()) : (int) scale;
        for (int i = 0; i < history.size() && history.validToNs(i) > sinceNs; i++) {
            history.value(i, version);
            final BigDecimal right = version.toBigDecimal();
            if (right.scale() > digits
                    && (same(right.setScale(digits, RoundingMode.DOWN), stored)
                            || same(right.setScale(digits, RoundingMode.HALF_UP), stored))
                    && (scale != MarketEvent.NONE || digits > 0 || stored.signum() != 0)) {
                return scale != MarketEvent.NONE
                        ? "cut to " + digits + " digits by the type of the column"
                        : "cut to " + digits + " digits";
            }
            final BigDecimal off = right.subtract(stored).abs();
            if (asFloat && off.compareTo(right.abs().multiply(FLOAT64)) <= 0) {
                return "noise of a float";
            }
            if (asFloat && off.compareTo(right.abs().multiply(FLOAT32)) <= 0) {
                return "noise of a float of 32 bits";
            }
        }
        return null;
    }

    private static boolean same(final BigDecimal a, final BigDecimal b) {
        return a.compareTo(b) == 0;
    }
}
