package io.plumbline.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Orderly ends: a signal opens the latch, and the process waits for the close that follows. */
final class Termination {
    private static final long CLOSE_SECONDS = 10;

    private Termination() {}

    /**
     * Opens {@code stop} when the process is told to end, and holds that end up until {@code done}
     * opens, at most 10 s.
     */
    static void onSignal(final CountDownLatch stop, final CountDownLatch done) {
        Runtime.getRuntime().addShutdownHook(hook(stop, done));
    }

    private static Thread hook(final CountDownLatch stop, final CountDownLatch done) {
        return new Thread(
                () -> {
                    stop.countDown();
                    try {
                        done.await(CLOSE_SECONDS, TimeUnit.SECONDS);
                    } catch (final InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "shutdown");
    }
}
