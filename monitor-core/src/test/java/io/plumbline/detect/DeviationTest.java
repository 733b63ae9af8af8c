package io.plumbline.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.market.Decimal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Ticks on longs are the ticks of BigDecimal, rounding included. */
class DeviationTest {
    private static final int ROUNDS = 100_000;

    @Test
    void shouldCountTicksAsBigDecimalDoes() {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        final Decimal out = new Decimal();
        for (int i = 0; i < ROUNDS; i++) {
            final Decimal tick = decimal(random, 100, -8);
            final Decimal a = decimal(random, 10_000_000_000L, -6);
            final Decimal b = decimal(random, 10_000_000_000L, -6);
            final BigDecimal expected =
                    a.toBigDecimal()
                            .subtract(b.toBigDecimal())
                            .abs()
                            .divide(tick.toBigDecimal(), 3, RoundingMode.HALF_UP)
                            .round(new MathContext(Decimal.MAX_DIGITS));
            assertEquals(
                    0,
                    expected.compareTo(Deviation.ticks(a, b, tick, out).toBigDecimal()),
                    a + " to " + b + " in ticks of " + tick + ": " + out + ", seed " + seed);
        }
    }

    @Test
    void shouldGiveNothingWithoutATickSize() {
        final Decimal out = Decimal.of("5");
        assertEquals(
                "",
                Deviation.ticks(Decimal.of("2"), Decimal.of("1"), new Decimal(), out).toString());
    }

    private static Decimal decimal(final Random random, final long bound, final int exponent) {
        return new Decimal()
                .set(1 + (random.nextLong() >>> 1) % bound, exponent + random.nextInt(8));
    }
}
