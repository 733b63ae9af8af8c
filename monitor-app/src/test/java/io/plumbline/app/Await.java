package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Bounded polling for what another thread or process does. */
final class Await {
    private static final long PAUSE_NS = 50_000_000;

    private Await() {}

    /** Returns when {@code condition} holds; fails with {@code state} when it does not in time. */
    static void until(
            final String what,
            final long seconds,
            final Callable<Boolean> condition,
            final Supplier<?> state) {
        final long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < TimeUnit.SECONDS.toNanos(seconds)) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (final Exception e) {
                throw new AssertionError("while waiting for: " + what, e);
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
        fail("waited " + seconds + " s in vain for: " + what + "; " + state.get());
    }

    /** Lets this much time go by: for what must not happen meanwhile. */
    static void pass(final long millis) {
        final long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < TimeUnit.MILLISECONDS.toNanos(millis)) {
            LockSupport.parkNanos(PAUSE_NS);
        }
    }
}
