package io.plumbline.market;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What each of two connections with the same streams is worth: written by the engine, read by any
 * thread.
 */
public final class CopyCounts {
    /** One thing that is counted of a connection. */
    public enum Count {
        /** Copies that came first: what would be missing or later without this connection. */
        FIRSTS,
        /** Copies that the other connection had brought already. */
        DUPLICATES,
        /** Duplicates of which it is known how much later they came. */
        TIMED,
        /** The sum of that, ns. */
        LATE_NS,
        /** Messages that only the other connection brought. */
        MISSED,
        /** Copies with the same number and other values. */
        DIFFERENT
    }

    private static final int COUNTS = Count.values().length;

    private final AtomicLongArray counts;

    CopyCounts(final int sources) {
        counts = new AtomicLongArray(sources * COUNTS);
    }

    void add(final int source, final Count count, final long more) {
        final int cell = source * COUNTS + count.ordinal();
        counts.setRelease(cell, counts.getPlain(cell) + more);
    }

    public long get(final int source, final Count count) {
        return counts.getAcquire(source * COUNTS + count.ordinal());
    }
}
