package io.plumbline.feed.redis;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Writes on their way from exactly one push thread to one data thread, in order, without locks: at
 * a million a second two of them for each write cost more than reading it. Bounded by {@link
 * #CAPACITY} writes, each of at most {@link RedisObservation#LONGEST_VALUE} bytes and two short
 * ones. When full, a producer that can stop reading waits, and TCP pushes back; one that cannot,
 * drops and counts.
 */
final class ToldWrites {
    static final int CAPACITY = 8_192;

    private static final long RECHECK_NS = 1_000_000L;

    /** Places of the next write in {@link #next}, so far apart that they share no cache line. */
    private static final int TO_PUT = 16;

    private static final int TO_TAKE = 48;

    private final AtomicReferenceArray<ToldWrite> ring = new AtomicReferenceArray<>(CAPACITY);
    private final int[] next = new int[64];

    /**
     * Push thread: waits for room.
     *
     * @param over ends the wait with CancellationException, and nothing put
     */
    void put(final ToldWrite write, final BooleanSupplier over) {
        while (!offer(write)) {
            LockSupport.parkNanos(this, RECHECK_NS);
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("interrupted");
            }
            if (over.getAsBoolean()) {
                throw new CancellationException("nobody takes it any more");
            }
        }
    }

    /** Push thread: whether there was room. */
    boolean offer(final ToldWrite write) {
        final int place = next[TO_PUT];
        if (ring.getAcquire(place) != null) {
            return false;
        }
        ring.setRelease(place, write);
        next[TO_PUT] = place + 1 & CAPACITY - 1;
        return true;
    }

    /** Data thread: the next one, null for none. */
    ToldWrite poll() {
        final int place = next[TO_TAKE];
        final ToldWrite write = ring.getAcquire(place);
        if (write != null) {
            ring.setRelease(place, null);
            next[TO_TAKE] = place + 1 & CAPACITY - 1;
        }
        return write;
    }

    /** Data thread: forgets what an earlier life of the connection told. */
    void clear() {
        while (!isEmpty()) {
            poll();
        }
    }

    /** Data thread. */
    boolean isEmpty() {
        return ring.getAcquire(next[TO_TAKE]) == null;
    }
}
