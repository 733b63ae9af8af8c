package io.plumbline.app.http;

import io.plumbline.time.EpochNanoClock;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what went wrong inside a route or a pipeline, at most once a minute and with the number that
 * was left out: a caller who repeats a request must not fill the disk. Any thread.
 */
final class FaultLog {
    private static final Logger LOG = LoggerFactory.getLogger(FaultLog.class);
    private static final long PAUSE_NS = 60_000_000_000L;

    private final EpochNanoClock clock;
    private final AtomicLong nextNs = new AtomicLong(Long.MIN_VALUE);
    private final AtomicLong left = new AtomicLong();

    FaultLog(final EpochNanoClock clock) {
        this.clock = clock;
    }

    void report(final String where, final Throwable cause) {
        final long nowNs = clock.epochNanos();
        final long dueNs = nextNs.get();
        if (nowNs < dueNs || !nextNs.compareAndSet(dueNs, nowNs + PAUSE_NS)) {
            left.incrementAndGet();
            return;
        }
        LOG.error("{} failed; {} earlier faults were not logged", where, left.getAndSet(0), cause);
    }
}
