package io.plumbline.metrics;

import java.util.concurrent.atomic.AtomicLongArray;

/** One counter per {@link CounterId}; any thread may add, any may read. */
public final class Counters {
    /** Longs between two counters, so that threads counting different facts do not share a line. */
    private static final int STRIDE = 8;

    private final AtomicLongArray values =
            new AtomicLongArray((CounterId.values().length + 1) * STRIDE);

    public void increment(final CounterId id) {
        add(id, 1);
    }

    public void add(final CounterId id, final long amount) {
        values.getAndAdd((id.ordinal() + 1) * STRIDE, amount);
    }

    /** Cheaper, for a counter that only the calling thread ever adds to. */
    public void incrementAlone(final CounterId id) {
        final int at = (id.ordinal() + 1) * STRIDE;
        values.lazySet(at, values.getPlain(at) + 1);
    }

    public long get(final CounterId id) {
        return values.get((id.ordinal() + 1) * STRIDE);
    }
}
