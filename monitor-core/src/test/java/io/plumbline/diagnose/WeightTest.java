package io.plumbline.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WeightTest {
    @Test
    void shouldTakeLogarithmsInTenths() {
        assertEquals(0, Weight.log(0));
        assertEquals(0, Weight.log(1));
        for (long number = 1; number < 2_000_000; number = number * 11 / 10 + 1) {
            final int exact = (int) Math.floor(10 * Math.log10(number) + 1e-9);
            // Of longer numbers only two digits are looked at.
            assertEquals(exact, Weight.log(number), 1, number + "");
        }
        assertEquals(180, Weight.log(1_000_000_000_000_000_000L));
    }
}
