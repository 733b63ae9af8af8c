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
    private static final int BPS_DIGITS = 4;

    private Deviation() {}

    /** |a - b| in ticks, three decimals; not given without a tick size. */
    static Decimal ticks(final Decimal a, final Decimal b, final Decimal tick) {
        final Decimal ticks = new Decimal();
        if (tick.isGiven() && tick.signum() != 0) {
            set(
                    ticks,
                    a.toBigDecimal()
                            .subtract(b.toBigDecimal())
                            .abs()
                            .divide(tick.toBigDecimal(), TICK_DIGITS, RoundingMode.HALF_UP));
        }
        return ticks;
    }

    /** Puts deviationTicks and deviationBps of {@code observed} from {@code expected}. */
    static Finding show(
            final Finding finding,
            final Decimal observed,
            final Decimal expected,
            final Decimal tick) {
        finding.with(Evidence.DEVIATION_TICKS, ticks(observed, expected, tick));
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
