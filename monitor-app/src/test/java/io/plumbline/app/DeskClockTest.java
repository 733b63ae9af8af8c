package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.metrics.Counters;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The clock sees a process that was stopped: nobody else is left to see it. */
class DeskClockTest {
    private static final long S = 1_000_000_000L;

    /**
     * Read at a tick, before it waits and after: stopped in its first wait, slow in a part after.
     */
    private static final long[] READ = {0, 0, 15 * S, 15 * S, 30 * S, 30 * S};

    @Test
    void tellsOfAStopAndNotOfASlowPart() throws Exception {
        final AtomicInteger reads = new AtomicInteger();
        final Queue<Long> stood = new ConcurrentLinkedQueue<>();
        final AtomicInteger ticks = new AtomicInteger();
        try (DeskClock clock =
                new DeskClock(
                        () -> READ[Math.min(reads.getAndIncrement(), READ.length - 1)],
                        new Counters(),
                        stood::add,
                        List.of(new DeskClock.Part("ticks", nowNs -> ticks.incrementAndGet())))) {
            clock.start(
                    (role, body) -> {
                        final Thread thread = new Thread(body, role);
                        thread.setDaemon(true);
                        thread.start();
                        return thread;
                    });
            Await.until("three ticks", 20, () -> ticks.get() >= 3, () -> "");
        }
        assertEquals(List.of(15 * S), List.copyOf(stood));
    }
}
