package io.plumbline.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {
    private static final long SEED = 20261123;

    @ParameterizedTest
    @CsvSource({
        "61837.63000000, 61837.63",
        "0.00000001, 0.00000001",
        "1.23e-06, 0.00000123",
        "1E3, 1000",
        "-0.50, -0.5",
        "+7, 7",
        "000123, 123",
        "0, 0",
        "0.000, 0",
        "123456789012345678, 123456789012345678",
        "100000000000000000000, 100000000000000000000",
        "0e999999999, 0",
        ".5, 0.5",
        "5., 5"
    })
    void readsAndNormalises(final String text, final String plain) {
        final Decimal decimal = Decimal.of(text);
        assertEquals(plain, decimal.toString());
        assertFalse(decimal.inexact());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                ".",
                "e5",
                "1e",
                "1e+",
                "1.2.3",
                "0x10",
                "NaN",
                "Infinity",
                "1,5",
                " 1",
                "1 ",
                "--1",
                "1e99999999999",
                "١"
            })
    void refusesWhatIsNoNumber(final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        final Decimal decimal = new Decimal();
        assertFalse(decimal.parse(bytes, 0, bytes.length), text);
        assertFalse(decimal.isGiven());
    }

    @Test
    void digitsBeyondEighteenAreSaidToBeCut() {
        final Decimal decimal = Decimal.of("0.1000000000000000055511151231257827");
        assertTrue(decimal.inexact());
        assertFalse(decimal.sameAs(Decimal.of("0.1")));
        assertFalse(decimal.onGrid(Decimal.of("0.1")));
    }

    @Test
    void agreesWithBigDecimal() {
        final Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            final BigDecimal a = random(random);
            final BigDecimal b =
                    random.nextInt(4) == 0 ? a.setScale(a.scale() + 2) : random(random);
            final Decimal x = Decimal.of(a.toString());
            final Decimal y = Decimal.of(b.toString());
            final String message = "seed " + SEED + ": " + a + " and " + b;
            assertEquals(a.compareTo(b), x.compareTo(y), message);
            assertEquals(a.compareTo(b) == 0, x.sameAs(y), message);
            assertEquals(0, a.compareTo(x.toBigDecimal()), message);
            if (b.signum() > 0) {
                assertEquals(a.remainder(b).signum() == 0, x.onGrid(y), message);
            }
        }
    }

    private static BigDecimal random(final Random random) {
        final long mantissa = random.nextLong() / (1L << random.nextInt(60)) / 100;
        return BigDecimal.valueOf(mantissa, random.nextInt(24) - 6);
    }

    @Test
    void toleranceIsTheWiderOfTicksAndBasisPoints() {
        final Decimal tick = Decimal.of("0.1");
        final Decimal none = new Decimal();
        final Decimal value = Decimal.of("100.2");
        assertTrue(value.within(Decimal.of("100.20"), tick, 0, none));
        assertFalse(value.within(Decimal.of("100.0"), tick, 1, none));
        assertTrue(value.within(Decimal.of("100.0"), tick, 2, none));
        assertTrue(value.within(Decimal.of("100.0"), tick, 0, Decimal.of("20")));
        assertFalse(value.within(Decimal.of("100.0"), tick, 0, Decimal.of("19.9")));
    }

    @Test
    void midIsExact() {
        assertEquals(
                "63943.95",
                new Decimal().setMid(Decimal.of("63943.90"), Decimal.of("63944.00")).toString());
        assertEquals(
                "0.000000015",
                new Decimal()
                        .setMid(Decimal.of("0.00000001"), Decimal.of("0.00000002"))
                        .toString());
    }
}
