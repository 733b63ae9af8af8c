package io.plumbline.feed.redis;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Writes on their way from the push thread to the data thread, in order. Bounded by {@link
 * #CAPACITY} writes, each of at most {@link RedisObservation#LONGEST_VALUE} bytes and two short
 * ones. When full, a producer that can stop reading waits, and TCP pushes back; one that cannot,
 * drops and counts.
 */
final class ToldWrites {
    static final int CAPACITY = 8_192;

    private static final long RECHECK_MS = 50;

    private final ArrayBlockingQueue<ToldWrite> queue = new ArrayBlockingQueue<>(CAPACITY);

    /**
     * Push thread: waits for room.
     *
     * @param over ends the wait with CancellationException, and nothing put
     */
    void put(final ToldWrite write, final BooleanSupplier over) {
        try {
            while (!queue.offer(write, RECHECK_MS, TimeUnit.MILLISECONDS)) {
                if (over.getAsBoolean()) {
                    throw new CancellationException("nobody takes it any more");
                }
            }
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }

    /** Push thread: whether there was room. */
    boolean offer(final ToldWrite write) {
        return queue.offer(write);
    }

    /** Data thread: the next one, null for none. */
    ToldWrite poll() {
        return queue.poll();
    }

    /** Data thread: forgets what an earlier life of the connection told. */
    void clear() {
        queue.clear();
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }
}
