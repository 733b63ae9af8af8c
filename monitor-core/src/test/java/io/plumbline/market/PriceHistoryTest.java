package io.plumbline.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PriceHistoryTest {
    private final PriceHistory history = new PriceHistory(1_000);

    private void record(final String price, final long key, final long atNs) {
        history.record(Decimal.of(price), key, atNs);
    }

    private int find(final String price, final long sinceNs) {
        final Decimal value = Decimal.of(price);
        return history.newestEqual(value.mantissa(), value.exponent(), sinceNs);
    }

    @Test
    void versionsAreValidUntilTheNextOne() {
        record("1", 10, 100);
        record("1.0", 11, 150);
        record("2", 12, 200);
        record("3", 15, 300);
        assertEquals(3, history.size());
        assertEquals(Long.MAX_VALUE, history.validToNs(0));
        assertEquals(300, history.validToNs(1));
        assertEquals(200, history.validToNs(2));
        assertEquals(100, history.validFromNs(2));
        assertEquals(15, history.lastOrderKey());
    }

    @Test
    void newestVersionOfAValueCounts() {
        record("1", 1, 100);
        record("2", 2, 200);
        record("1", 3, 300);
        record("4", 4, 400);
        assertEquals(1, find("1.00", 0));
        assertEquals(2, find("2", 0));
        assertEquals(-1, find("2", 300));
        assertEquals(-1, find("7", 0));
    }

    @Test
    void lookUpByOrderKeyAndByTime() {
        record("1", 10, 100);
        record("2", 20, 200);
        assertEquals(1, history.atOrderKey(19));
        assertEquals(0, history.atOrderKey(25));
        assertEquals(-1, history.atOrderKey(9));
        assertEquals(1, history.at(199));
        assertEquals(-1, history.at(99));
    }

    @Test
    void windowSlidesAndGrowsUpToTheLimit() {
        final PriceHistory busy = new PriceHistory(1_000_000);
        final Decimal value = new Decimal();
        for (int i = 1; i <= 3 * PriceHistory.LIMIT; i++) {
            busy.record(value.set(i, 0), i, i);
        }
        assertEquals(PriceHistory.LIMIT, busy.size());
        assertEquals(2L * PriceHistory.LIMIT + 1, busy.coveredFromNs());
        for (int i = 0; i < busy.size(); i++) {
            assertEquals(3L * PriceHistory.LIMIT - i, busy.validFromNs(i));
        }
        for (int i = 1; i <= 100; i++) {
            history.record(value.set(i, 0), i, i * 100L);
        }
        assertTrue(history.size() <= 13, "about the window: " + history.size());
        assertTrue(history.coveredFromNs() >= 8_700 && history.coveredFromNs() <= 9_000);
    }
}
