package io.plumbline.feed.redis;

import java.util.concurrent.locks.LockSupport;

/** The body of the push thread: runs one push connection after another, as the ladder says. */
final class PushReader implements Runnable {
    private volatile PushRung next;
    private volatile PushRung running;
    private volatile Thread thread;
    private volatile boolean closed;

    /** Data thread: {@code rung} is to run now; the one before has ended. */
    void assign(final PushRung rung) {
        next = rung;
        LockSupport.unpark(thread);
    }

    /** Any thread: ends the connection and the thread. */
    void close() {
        closed = true;
        final PushRung waiting = next;
        final PushRung open = running;
        if (waiting != null) {
            waiting.cut();
        }
        if (open != null) {
            open.cut();
        }
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        while (!closed) {
            final PushRung rung = next;
            if (rung == null) {
                LockSupport.park(this);
            } else {
                running = rung;
                next = null;
                rung.run();
            }
        }
    }
}
