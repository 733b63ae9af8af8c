package io.plumbline.app;

import io.plumbline.inbound.Threads;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import io.plumbline.time.EpochNanoClock;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must happen several times a second to the right of the engine, on a thread of its own. One
 * part that fails is counted and logged, and keeps neither itself nor the others from the next
 * tick.
 */
final class DeskClock implements AutoCloseable {
    /** One of the things that tick; told the time, ns since the epoch. */
    record Part(String name, LongConsumer tick) {}

    private static final Logger LOG = LoggerFactory.getLogger(DeskClock.class);
    private static final long TICK_NS = 200_000_000L;
    private static final long CLOSE_MS = 1_000;

    /** Nobody who only waits for the next tick waits so long: the whole process did not run. */
    private static final long STOOD_NS = 5_000_000_000L;

    private final EpochNanoClock clock;
    private final Counters counters;
    private final LongConsumer stood;
    private final List<Part> parts;
    private volatile boolean running;
    private volatile Thread thread;

    /**
     * @param stood told for how long the whole process stood still: it was stopped, or its machine
     *     was
     */
    DeskClock(
            final EpochNanoClock clock,
            final Counters counters,
            final LongConsumer stood,
            final List<Part> parts) {
        this.clock = clock;
        this.counters = counters;
        this.stood = stood;
        this.parts = List.copyOf(parts);
    }

    void start(final Threads threads) {
        running = true;
        thread = threads.start("desk-clock", this::run);
    }

    /** Brings the next tick forward. Any thread. */
    void hurry() {
        LockSupport.unpark(thread);
    }

    private void run() {
        while (running) {
            final long nowNs = clock.epochNanos();
            for (final Part part : parts) {
                try {
                    part.tick.accept(nowNs);
                } catch (final RuntimeException e) {
                    counters.increment(CounterId.ENGINE_FAULTS);
                    LOG.error("the {} failed on one tick and goes on", part.name, e);
                }
            }
            final long parkedNs = clock.epochNanos();
            LockSupport.parkNanos(this, TICK_NS);
            final long stoodNs = clock.epochNanos() - parkedNs;
            if (stoodNs > STOOD_NS) {
                stood.accept(stoodNs);
            }
        }
    }

    @Override
    public void close() {
        running = false;
        if (thread != null) {
            LockSupport.unpark(thread);
            try {
                thread.join(CLOSE_MS);
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
