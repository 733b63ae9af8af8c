package io.plumbline.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PastTest {
    private static final long SECOND_NS = 1_000_000_000L;

    @Test
    void shouldSampleAllTheTimeInBoundedRoom() {
        final Past past = new Past();
        for (int i = 0; i < 36_000; i++) {
            past.add(i + 1, 0, i * SECOND_NS / 10, (i + 1) * SECOND_NS / 10);
        }
        assertTrue(past.size() > 30 && past.size() <= 64, past.size() + " samples of an hour");
        assertEquals(64 * SECOND_NS, past.spacingNs());
        for (int i = 0; i < past.size(); i++) {
            assertEquals(past.mantissa(i) - 1, past.validFromNs(i) / (SECOND_NS / 10));
            assertTrue(i == 0 || past.validFromNs(i) - past.validFromNs(i - 1) >= past.spacingNs());
        }
        assertEquals(1, past.mantissa(0));
    }
}
