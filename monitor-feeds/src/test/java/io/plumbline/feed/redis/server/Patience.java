package io.plumbline.feed.redis.server;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits, within bounds, for what servers do. */
final class Patience {
    private static final long PAUSE_NS = 10_000_000;

    private Patience() {}

    /**
     * Returns when {@code condition} holds; one that throws does not hold yet.
     *
     * @throws AssertionError with {@code state} when it does not hold in time
     */
    static void await(
            final String what,
            final long seconds,
            final Callable<Boolean> condition,
            final Supplier<?> state) {
        final long startNs = System.nanoTime();
        Exception last = null;
        while (System.nanoTime() - startNs < TimeUnit.SECONDS.toNanos(seconds)) {
            try {
                if (condition.call()) {
                    return;
                }
                last = null;
            } catch (final Exception notYet) {
                last = notYet;
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
        throw new AssertionError(
                what + " did not come within " + seconds + " s; " + state.get(), last);
    }
}
