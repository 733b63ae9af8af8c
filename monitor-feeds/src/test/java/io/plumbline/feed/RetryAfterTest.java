package io.plumbline.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RetryAfterTest {
    private static final long NOW_NS = 784_111_767L * 1_000_000_000L;

    @Test
    void shouldReadSecondsAndDatesAndNothingElse() {
        assertEquals(120_000_000_000L, RetryAfter.parseNs(" 120 ", NOW_NS));
        assertEquals(10_000_000_000L, RetryAfter.parseNs("Sun, 06 Nov 1994 08:49:37 GMT", NOW_NS));
        assertEquals(0, RetryAfter.parseNs("Sun, 06 Nov 1994 08:49:00 GMT", NOW_NS));
        assertEquals(0, RetryAfter.parseNs(null, NOW_NS));
        assertEquals(0, RetryAfter.parseNs("", NOW_NS));
        assertEquals(0, RetryAfter.parseNs("-5", NOW_NS));
        assertEquals(0, RetryAfter.parseNs("soon", NOW_NS));
    }

    @Test
    void shouldBelieveNoMoreThanTheLongestBan() {
        final long threeDaysNs = 3 * 24 * 3_600 * 1_000_000_000L;
        assertEquals(threeDaysNs, RetryAfter.parseNs("999999999999", NOW_NS));
        assertEquals(threeDaysNs, RetryAfter.parseNs("Thu, 31 Dec 2099 23:59:59 GMT", NOW_NS));
        assertEquals(0, RetryAfter.parseNs("9999999999999999999999", NOW_NS));
    }
}
