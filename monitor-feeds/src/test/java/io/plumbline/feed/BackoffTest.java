package io.plumbline.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {
    /** Always the largest value asked for, so that the bounds show. */
    private static final class Highest implements RandomGenerator {
        @Override
        public long nextLong() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long nextLong(final long bound) {
            return bound - 1;
        }
    }

    @Test
    void shouldDoubleUpToTheCap() {
        final Backoff backoff = new Backoff(500, 3_000, 60, new Highest());
        assertEquals(List.of(500L, 1_000L, 2_000L, 3_000L, 3_000L), delays(backoff, 5));
    }

    @Test
    void shouldNotOverflowAfterManyFailures() {
        final Backoff backoff = new Backoff(new Highest());
        delays(backoff, 1_000).forEach(d -> assertTrue(d > 0 && d <= 30_000_000_000L));
    }

    @Test
    void shouldStartAnewOnlyAfterAHealthyConnection() {
        final Backoff backoff = new Backoff(500, 3_000, 60, new Highest());
        delays(backoff, 2);
        backoff.ended(59);
        assertEquals(2_000, backoff.nextDelayNs());
        backoff.ended(60);
        assertEquals(500, backoff.nextDelayNs());
    }

    @Test
    void shouldSpreadOverTheWholeRange() {
        final long seed = 7;
        final RandomGenerator random =
                java.util.random.RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        final Backoff backoff = new Backoff(1_000, 1_000, 60, random);
        final List<Long> delays = delays(backoff, 2_000);
        assertTrue(delays.stream().anyMatch(d -> d < 100), () -> "seed " + seed);
        assertTrue(delays.stream().anyMatch(d -> d > 900), () -> "seed " + seed);
        assertTrue(delays.stream().allMatch(d -> d >= 0 && d <= 1_000), () -> "seed " + seed);
    }

    private static List<Long> delays(final Backoff backoff, final int count) {
        final List<Long> delays = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            delays.add(backoff.nextDelayNs());
        }
        return delays;
    }
}
