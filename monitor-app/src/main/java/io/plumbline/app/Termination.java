package io.plumbline.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Orderly ends: a signal opens the latch, and the process waits for the close that follows. */
final class Termination {
    private static final long CLOSE_SECONDS = 10;

    private Termination() {}

    /**
     * Opens {@code stop} when the process is told to end, holds that end up until {@code done}
     * opens, at most 10 s, and then ends with code 0: being told to stop is no failure. Does
     * nothing when {@code done} is open already: the process ends by itself, with its own code.
     */
    static void onSignal(final CountDownLatch stop, final CountDownLatch done) {
        Runtime.getRuntime().addShutdownHook(hook(stop, done));
    }

    private static Thread hook(final CountDownLatch stop, final CountDownLatch done) {
        return new Thread(
                () -> {
                    if (done.getCount() == 0) {
                        return;
                    }
                    stop.countDown();
                    try {
                        if (done.await(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                            Runtime.getRuntime().halt(ExitCode.OK);
                        }
                    } catch (final InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "shutdown");
    }
}
