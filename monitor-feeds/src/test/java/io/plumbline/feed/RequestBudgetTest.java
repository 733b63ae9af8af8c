package io.plumbline.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RequestBudgetTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void shouldSayHowLongToWait() {
        final RequestBudget budget = new RequestBudget(2, 100);
        assertEquals(0, budget.tryAcquire(1_000));
        assertEquals(0, budget.tryAcquire(1_030));
        assertEquals(60, budget.tryAcquire(1_040));
        assertEquals(0, budget.tryAcquire(1_100));
        assertEquals(30, budget.tryAcquire(1_100));
    }

    @Test
    void shouldLeaveSpareRequestsForWhatIsUrgent() {
        final RequestBudget budget = new RequestBudget(3, 100);
        assertEquals(0, budget.tryAcquire(0, 1));
        assertEquals(0, budget.tryAcquire(10, 1));
        assertEquals(80, budget.tryAcquire(20, 1));
        assertEquals(0, budget.tryAcquire(20));
        assertEquals(70, budget.tryAcquire(30));
    }

    @Test
    void shouldGrantOneRequestEvenWhereAllAreToBeSpared() {
        assertEquals(0, new RequestBudget(1, 100).tryAcquire(0, 1));
    }

    @Test
    void shouldNeverExceedTheBudgetInAnyWindow() {
        final long seed = 99;
        final Random random = new Random(seed);
        final RequestBudget budget = new RequestBudget(5, 1_000);
        final ArrayDeque<Long> granted = new ArrayDeque<>();
        long now = 0;
        for (int i = 0; i < 20_000; i++) {
            now += random.nextInt(200);
            final long wait = budget.tryAcquire(now);
            while (!granted.isEmpty() && granted.peekFirst() <= now - 1_000) {
                granted.removeFirst();
            }
            assertEquals(granted.size() < 5, wait == 0, "seed " + seed + " step " + i);
            if (wait == 0) {
                granted.add(now);
            } else {
                assertEquals(granted.peekFirst() + 1_000 - now, wait, "seed " + seed);
            }
        }
    }

    @Test
    void shouldLetOneProbeThroughAfterARefusal() {
        final RequestBudget budget = new RequestBudget(10, 100);
        budget.closeUntil(5 * SECOND);
        assertEquals(3 * SECOND, budget.tryAcquire(2 * SECOND));
        assertEquals(0, budget.tryAcquire(5 * SECOND));
        assertEquals(SECOND, budget.tryAcquire(6 * SECOND));
        budget.reopen();
        assertEquals(0, budget.tryAcquire(6 * SECOND));
    }

    @Test
    void shouldCloseAgainWhenTheProbeIsRefused() {
        final RequestBudget budget = new RequestBudget(10, 100);
        budget.closeUntil(5 * SECOND);
        assertEquals(0, budget.tryAcquire(5 * SECOND));
        budget.closeUntil(9 * SECOND);
        assertEquals(3 * SECOND, budget.tryAcquire(6 * SECOND));
        assertEquals(0, budget.tryAcquire(9 * SECOND));
    }

    @Test
    void shouldNotWaitForEverForAProbeWhoseOwnerWentAway() {
        final RequestBudget budget = new RequestBudget(10, 100);
        budget.closeUntil(5 * SECOND);
        assertEquals(0, budget.tryAcquire(5 * SECOND));
        assertTrue(budget.tryAcquire(40 * SECOND) > 0);
        assertEquals(0, budget.tryAcquire(60 * SECOND));
    }

    /** Ten connections that retry within half a second each, a venue that is away for an hour. */
    @Test
    void shouldNotBeUsedUpByAVenueThatIsAway() {
        final RequestBudget budget = new RequestBudget(60, 300 * SECOND);
        long longestPauseNs = 0;
        long lastNs = 0;
        int attempts = 0;
        for (long now = 0; now < 3_600 * SECOND; now += SECOND / 20) {
            if (budget.tryAcquire(now) == 0) {
                longestPauseNs = Math.max(longestPauseNs, now - lastNs);
                lastNs = now;
                attempts++;
                budget.unreached(now + SECOND / 100);
            }
        }
        assertTrue(longestPauseNs <= 8 * SECOND, longestPauseNs + " ns without an attempt");
        assertTrue(attempts > 400, attempts + " attempts");
        assertTrue(budget.isOutage());
        final long backNs = lastNs + 8 * SECOND;
        assertEquals(0, budget.tryAcquire(backNs));
        budget.reopen();
        for (int i = 0; i < 9; i++) {
            assertEquals(0, budget.tryAcquire(backNs + i), "the other nine");
        }
    }

    @Test
    void shouldKeepARefusalThatBlamesUsThroughAnOutage() {
        final RequestBudget budget = new RequestBudget(10, 100);
        budget.closeUntil(50 * SECOND);
        budget.unreached(2 * SECOND);
        assertEquals(40 * SECOND, budget.tryAcquire(10 * SECOND));
        assertFalse(budget.isOutage());
    }

    @Test
    void shouldRefuseAnEmptyBudget() {
        assertThrows(IllegalArgumentException.class, () -> new RequestBudget(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new RequestBudget(1, 0));
    }
}
