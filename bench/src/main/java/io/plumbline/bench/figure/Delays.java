package io.plumbline.bench.figure;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * From a write of a key to its arrival. One thread writes and asks, another one tells of arrivals;
 * a key is written again only when {@link #awaitAll} has returned.
 */
final class Delays {
    private static final long PATIENCE_NS = 5_000_000_000L;
    private static final long LOOK_NS = 200_000L;

    private final AtomicLongArray startNs;
    private final AtomicInteger open = new AtomicInteger();
    private final Histogram all = new Histogram(60_000_000_000L, 3);

    Delays(final int keys) {
        startNs = new AtomicLongArray(keys);
    }

    /** {@code key} is written now. */
    void written(final int key) {
        open.incrementAndGet();
        startNs.set(key, System.nanoTime());
    }

    /** It has arrived; what was not written counts for nothing. */
    void arrived(final int key) {
        final long atNs = System.nanoTime();
        final long fromNs = startNs.getAndSet(key, 0);
        if (fromNs != 0) {
            all.recordValue(Math.max(0, atNs - fromNs));
            open.decrementAndGet();
        }
    }

    /** Waits until nothing is under way. */
    void awaitAll() throws IOException {
        final long untilNs = System.nanoTime() + PATIENCE_NS;
        while (open.get() > 0) {
            if (System.nanoTime() > untilNs) {
                throw new IOException(open.get() + " writes did not arrive");
            }
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    /** Begins anew; only when nothing is under way. */
    void reset() {
        all.reset();
    }

    /** ns at a percentile of those since {@link #reset}; only when nothing is under way. */
    double at(final double percentile) {
        return all.getValueAtPercentile(percentile);
    }
}
