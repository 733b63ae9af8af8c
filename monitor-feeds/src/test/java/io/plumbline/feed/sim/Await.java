package io.plumbline.feed.sim;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Bounded polling for what another thread or process does. */
final class Await {
    private static final int ATTEMPTS = 10_000;
    private static final long PAUSE_NS = 1_000_000;

    private Await() {}

    /** Returns when {@code condition} holds; fails when it does not within about 10 s. */
    static void until(final String what, final BooleanSupplier condition) {
        until(() -> what, condition);
    }

    /** The same with words that are found only when it fails. */
    static void until(final Supplier<String> what, final BooleanSupplier condition) {
        for (int i = 0; i < ATTEMPTS; i++) {
            if (condition.getAsBoolean()) {
                return;
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
        fail("waited in vain for: " + what.get());
    }

    /** Threads for tests: daemons named after their role. */
    static Thread thread(final String role, final Runnable body) {
        final Thread thread = new Thread(body, role);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
