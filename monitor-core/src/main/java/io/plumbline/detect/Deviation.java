package io.plumbline.detect;

import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.market.Decimal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** How far a value lies from another, for the evidence of a finding: rare, so it may allocate. */
final class Deviation {
    private static final int TICK_DIGITS = 3;
    private static final long TICK_UNIT = 1_000;

    /** Times {@link #TICK_UNIT} this has no more than 18 digits. */
    private static final long SHORT_DISTANCE = 999_999_999_999_999L;

    private static final int BPS_DIGITS = 4;

    private Deviation() {}

    /** |a - b| in ticks, three decimals, into {@code out}; not given without a tick size. */
    static Decimal ticks(final Decimal a, final Decimal b, final Decimal tick, final Decimal out) {
        out.clear();
        if (tick.isGiven() && tick.signum() != 0 && !shortTicks(a, b, tick, out)) {
            set(
                    out,
                    a.toBigDecimal()
                            .subtract(b.toBigDecimal())
                            .abs()
                            .divide(tick.toBigDecimal(), TICK_DIGITS, RoundingMode.HALF_UP));
        }
        return out;
    }

    /** The same on longs, where they suffice: asked for every value while a finding is open. */
    private static boolean shortTicks(
            final Decimal a, final Decimal b, final Decimal tick, final Decimal out) {
        final int common = Math.min(Math.min(a.exponent(), b.exponent()), tick.exponent());
        if (tick.signum() < 0 || !a.fits(common) || !b.fits(common) || !tick.fits(common)) {
            return false;
        }
        final long distance = Math.abs(a.scaled(common) - b.scaled(common));
        if (distance > SHORT_DISTANCE) {
            return false;
        }
        final long size = tick.scaled(common);
        final long scaled = distance * TICK_UNIT;
        final long rest = scaled % size;
        out.set(scaled / size + (rest >= size - rest ? 1 : 0), -TICK_DIGITS);
        return true;
    }

    /** Puts deviationTicks and deviationBps of {@code observed} from {@code expected}. */
    static Finding show(
            final Finding finding,
            final Decimal observed,
            final Decimal expected,
            final Decimal tick) {
        finding.with(Evidence.DEVIATION_TICKS, ticks(observed, expected, tick, new Decimal()));
        if (expected.isGiven() && expected.signum() != 0) {
            final Decimal bps = new Decimal();
            final BigDecimal base = expected.toBigDecimal().abs();
            set(
                    bps,
                    observed.toBigDecimal()
                            .subtract(expected.toBigDecimal())
                            .abs()
                            .movePointRight(4)
                            .divide(base, BPS_DIGITS, RoundingMode.HALF_UP));
            finding.with(Evidence.DEVIATION_BPS, bps);
        }
        return finding;
    }

    /** The nearest value on the grid of {@code tick}. */
    static void round(final Decimal value, final Decimal tick, final Decimal out) {
        final BigDecimal size = tick.toBigDecimal();
        set(out, value.toBigDecimal().divide(size, 0, RoundingMode.HALF_EVEN).multiply(size));
    }

    private static void set(final Decimal out, final BigDecimal value) {
        final BigDecimal fitting = value.round(new MathContext(Decimal.MAX_DIGITS));
        out.set(fitting.unscaledValue().longValueExact(), -fitting.scale());
    }
}
