package io.plumbline.market;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The short way on longs answers as BigDecimal does, at the borders above all. */
class ToleranceTest {
    private static final int ROUNDS = 100_000;
    private static final BigDecimal TEN_THOUSAND = BigDecimal.valueOf(10_000);

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @Test
    void shouldAgreeWithBigDecimalInTicks() {
        for (int i = 0; i < ROUNDS; i++) {
            final Decimal tick = decimal(3, -9, 3);
            final int ticks = 1 + random.nextInt(random.nextBoolean() ? 5 : Integer.MAX_VALUE - 1);
            final Decimal other = decimal(1 + random.nextInt(18), -12, 4);
            final BigDecimal widest = big(tick).multiply(BigDecimal.valueOf(ticks));
            final Decimal value = beside(other, widest);
            final boolean near = big(value).subtract(big(other)).abs().compareTo(widest) <= 0;
            assertEquals(
                    near,
                    value.within(other, tick, ticks, new Decimal()),
                    value + " to " + other + ", " + ticks + " of " + tick + ", seed " + seed);
        }
    }

    @Test
    void shouldAgreeWithBigDecimalInBasisPoints() {
        for (int i = 0; i < ROUNDS; i++) {
            final Decimal bps = decimal(1 + random.nextInt(4), -5, 7);
            final Decimal other = decimal(1 + random.nextInt(18), -12, 4);
            final BigDecimal widest = big(other).abs().multiply(big(bps)).divide(TEN_THOUSAND);
            final Decimal value = beside(other, widest);
            final boolean near = big(value).subtract(big(other)).abs().compareTo(widest) <= 0;
            assertEquals(
                    near,
                    value.within(other, new Decimal(), 0, bps),
                    value + " to " + other + ", " + bps + " bps, seed " + seed);
        }
    }

    /** On the border, a last digit beside it, or anywhere. */
    private Decimal beside(final Decimal other, final BigDecimal widest) {
        final int where = random.nextInt(4);
        if (where == 3) {
            return decimal(1 + random.nextInt(18), -12, 4);
        }
        final BigDecimal border = big(other).add(random.nextBoolean() ? widest : widest.negate());
        return Decimal.of(
                border.add(border.ulp().multiply(BigDecimal.valueOf(where - 1))).toString());
    }

    private Decimal decimal(final int digits, final int lowest, final int highest) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < digits; i++) {
            text.append((char) ('0' + (i == 0 ? 1 + random.nextInt(9) : random.nextInt(10))));
        }
        return Decimal.of(text + "e" + (lowest + random.nextInt(highest - lowest + 1)));
    }

    private static BigDecimal big(final Decimal value) {
        return value.toBigDecimal();
    }
}
