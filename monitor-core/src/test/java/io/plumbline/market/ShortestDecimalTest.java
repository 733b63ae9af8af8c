package io.plumbline.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Floats of the wire become the decimals that they were made of. */
class ShortestDecimalTest {
    private static final int ROUNDS = 50_000;

    private final Decimal decimal = new Decimal();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0.1",
                "0.3",
                "61602.01",
                "-61602.01",
                "1e-9",
                "100",
                "1e22",
                "0.0078125",
                "123456789012345",
                "0.000123456789",
                "4.9e-324",
                "1.7976931348623157e308",
                "2e-322"
            })
    void shouldGiveADoubleAsItWasWritten(final String text) {
        assertTrue(
                ShortestDecimal.ofDouble(
                        Double.doubleToRawLongBits(Double.parseDouble(text)), decimal));
        final BigDecimal read = decimal.toBigDecimal();
        assertEquals(Double.parseDouble(text), read.doubleValue());
        assertTrue(
                read.precision()
                        <= Math.max(1, new BigDecimal(text).stripTrailingZeros().precision()),
                decimal::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0.1", "61599.3", "1.1754944E-38", "3.4028235E38", "1e-45", "0.3333333"})
    void shouldGiveAFloatAsItWasWritten(final String text) {
        assertTrue(
                ShortestDecimal.ofFloat(Float.floatToRawIntBits(Float.parseFloat(text)), decimal));
        assertEquals(0, new BigDecimal(text).compareTo(decimal.toBigDecimal()), decimal::toString);
    }

    @Test
    void shouldReadBackAsTheSameFloatAndBeNoLongerThanNeeded() {
        final long seed = System.nanoTime();
        System.out.println("ShortestDecimalTest seed " + seed);
        final Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            final long bits = random.nextLong();
            final double wide = Double.longBitsToDouble(bits);
            if (Double.isFinite(wide)) {
                assertTrue(ShortestDecimal.ofDouble(bits, decimal));
                final BigDecimal shortest = decimal.toBigDecimal();
                assertEquals(wide, shortest.doubleValue(), "seed " + seed);
                shorter(shortest, new BigDecimal(wide), seed, d -> d.doubleValue() == wide);
            }
            final float narrow = Float.intBitsToFloat((int) bits);
            if (Float.isFinite(narrow)) {
                assertTrue(ShortestDecimal.ofFloat((int) bits, decimal));
                final BigDecimal shortest = decimal.toBigDecimal();
                assertEquals(narrow, shortest.floatValue(), "seed " + seed);
                shorter(shortest, new BigDecimal(narrow), seed, d -> d.floatValue() == narrow);
            }
        }
    }

    /** Decimals of one digit less around the float must read back as another one. */
    private static void shorter(
            final BigDecimal shortest,
            final BigDecimal exact,
            final long seed,
            final java.util.function.Predicate<BigDecimal> readsBack) {
        final int digits = shortest.stripTrailingZeros().precision() - 1;
        if (digits > 0 && exact.signum() != 0) {
            for (final RoundingMode mode :
                    new RoundingMode[] {RoundingMode.DOWN, RoundingMode.UP}) {
                final BigDecimal fewer = exact.round(new MathContext(digits, mode));
                assertFalse(readsBack.test(fewer), () -> "seed " + seed + ": " + fewer);
            }
        }
    }

    @Test
    void shouldHaveNoNumberForWhatIsNone() {
        decimal.set(1, 0);
        assertTrue(
                ShortestDecimal.ofDouble(Double.doubleToRawLongBits(Double.NaN), decimal),
                "NaN says that there is none");
        assertFalse(decimal.isGiven());
        assertFalse(
                ShortestDecimal.ofDouble(
                        Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY), decimal));
        assertTrue(ShortestDecimal.ofFloat(Float.floatToRawIntBits(Float.NaN), decimal));
        assertFalse(decimal.isGiven());
        assertFalse(
                ShortestDecimal.ofFloat(Float.floatToRawIntBits(Float.POSITIVE_INFINITY), decimal));
    }
}
