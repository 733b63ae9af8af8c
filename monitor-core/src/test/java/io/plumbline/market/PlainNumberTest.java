package io.plumbline.market;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlainNumberTest {
    private static final int NUMBERS = 50_000;

    private final Random random = new Random(20_261_128L);
    private final PlainNumber plain = new PlainNumber();

    @Test
    void shouldReadDecimalsExactly() {
        for (int i = 0; i < NUMBERS; i++) {
            final int before = 1 + random.nextInt(12);
            final int places = random.nextInt(18);
            final String text = digits(before) + (places == 0 ? "" : "." + digits(places));
            final boolean fits =
                    places == 0 || before <= 10 && places <= 15 && before + places <= 18;
            final boolean fitsShort = before <= 10 && places <= 8;
            final int behind = plain.decimal(roomy(text), 0, false);
            assertEquals(fits || fitsShort ? text.length() : PlainNumber.NO, behind, text);
            if (behind > 0) {
                assertEquals(new BigDecimal(text), value(), text);
                plain.decimal(roomy(text), 0, true);
                assertEquals(0, new BigDecimal(text).compareTo(value()), text);
                assertEquals(
                        places == 0
                                ? 0
                                : Math.max(0, new BigDecimal(text).stripTrailingZeros().scale()),
                        -plain.exponent,
                        text);
            }
        }
    }

    @Test
    void shouldReadADecimalOfTheFormGuessedAndNoOther() {
        for (int i = 0; i < NUMBERS; i++) {
            final int before = random.nextInt(9);
            final int places = random.nextInt(9);
            final String text = digits(1 + random.nextInt(8)) + "." + digits(1 + random.nextInt(8));
            final int point = text.indexOf('.');
            final boolean same = point == before && text.length() == point + 1 + places;
            final int behind = plain.decimalOf(roomy(text), 0, before, places);
            final boolean met = same && before < 8 && places < 8;
            assertEquals(met ? text.length() : PlainNumber.NO, behind, text);
            if (met) {
                assertEquals(new BigDecimal(text), value(), text);
            }
        }
    }

    /** Zeros are frequent, at the end above all. */
    private String digits(final int count) {
        final StringBuilder text = new StringBuilder();
        final int zeros = random.nextInt(count + 1);
        for (int i = 0; i < count; i++) {
            text.append(i >= count - zeros && random.nextBoolean() ? 0 : random.nextInt(10));
        }
        return text.toString();
    }

    private BigDecimal value() {
        return BigDecimal.valueOf(plain.mantissa, -plain.exponent);
    }

    private static byte[] roomy(final String text) {
        final byte[] bytes = (text + "\"").getBytes(StandardCharsets.ISO_8859_1);
        return Arrays.copyOf(bytes, bytes.length + EightBytes.SLACK);
    }
}
