package io.plumbline.bench.figure;

import io.plumbline.bench.PhaseLines;
import java.io.Closeable;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.Jedis;

/**
 * Writes a key a thousand times a second; each value tells when it was to be written, as {@link
 * PhaseLines} reads it. On a thread of its own until it is closed.
 */
final class PacedWriter implements Closeable {
    private static final int PER_SECOND = 1_000;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long MICROSECOND_NS = 1_000;

    private final String key;
    private final String price;
    private final Thread thread;
    private volatile boolean ends;
    private volatile RuntimeException failure;

    /**
     * @param price what all values begin with
     */
    PacedWriter(final RedisHost redis, final String key, final String price) {
        this.key = key;
        this.price = price;
        thread = RedisMonitor.thread("writer", () -> write(redis));
    }

    private void write(final RedisHost redis) {
        try (Jedis client = redis.client()) {
            final long everyNs = SECOND_NS / PER_SECOND;
            for (long planNs = System.nanoTime(); !ends; planNs += everyNs) {
                for (long left = planNs - System.nanoTime(); left > 0; ) {
                    LockSupport.parkNanos(left);
                    left = planNs - System.nanoTime();
                }
                final long planUs = planNs / MICROSECOND_NS % PhaseLines.WRITE_WRAPS_US;
                client.set(key, price + String.format(Locale.ROOT, "%09d", planUs));
            }
        } catch (final RuntimeException e) {
            failure = e;
        }
    }

    void check() throws IOException {
        if (failure != null) {
            throw new IOException("the writer ended", failure);
        }
    }

    @Override
    public void close() {
        ends = true;
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
