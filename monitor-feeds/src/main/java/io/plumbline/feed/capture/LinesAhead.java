package io.plumbline.feed.capture;

import io.plumbline.inbound.Threads;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Lines that a thread of its own unpacks and cuts ahead, in batches of which there are a few: while
 * none is free it waits. The reader sees what it would see of the lines themselves, one by one, a
 * failure in its place too.
 */
final class LinesAhead implements Lines {
    private static final int BATCHES = 8;

    private final Lines lines;
    private final Threads threads;
    private final BlockingQueue<LineBatch> free = new ArrayBlockingQueue<>(BATCHES + 1);
    private final BlockingQueue<LineBatch> filled = new ArrayBlockingQueue<>(BATCHES + 1);
    private volatile boolean closed;

    // The reader's.
    private Thread thread;
    private LineBatch batch = new LineBatch();
    private int at;

    /**
     * @param threads makes the thread, with the first line that is asked for
     */
    LinesAhead(final Lines lines, final Threads threads) {
        this.lines = lines;
        this.threads = threads;
    }

    @Override
    public Step next() throws IOException {
        if (thread == null) {
            for (int i = 0; i < BATCHES; i++) {
                free.add(new LineBatch());
            }
            thread = threads.start("replay-unpack", this::readAhead);
        }
        at++;
        while (at >= batch.size()) {
            if (batch.last) {
                at = batch.size();
                batch.rethrow();
                return Step.END;
            }
            final LineBatch read = batch;
            batch = take(filled);
            free.add(read);
            at = 0;
        }
        return batch.step(at);
    }

    private static LineBatch take(final BlockingQueue<LineBatch> queue) throws IOException {
        try {
            return queue.take();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }

    /** Its own thread, until the end of the lines, a failure, or {@link #close}. */
    private void readAhead() {
        boolean more = true;
        while (more) {
            LineBatch into;
            try {
                into = take(free);
                into.clear();
            } catch (final IOException e) {
                into = new LineBatch();
                into.last = true;
                into.failure = e;
            }
            if (closed) {
                return;
            }
            if (!into.last) {
                fill(into);
            }
            more = !into.last;
            filled.add(into);
        }
    }

    private void fill(final LineBatch into) {
        try {
            while (!into.isFull() && !closed && !into.last) {
                final Step step = lines.next();
                if (step == Step.END) {
                    into.last = true;
                } else {
                    into.add(step, lines);
                }
            }
        } catch (final IOException | RuntimeException | Error e) {
            into.last = true;
            into.failure = e;
        }
        into.damage = lines.damage();
        into.taken = lines.taken();
    }

    @Override
    public byte[] bytes() {
        return batch.bytes(at);
    }

    @Override
    public int lineStart() {
        return batch.start(at);
    }

    @Override
    public int lineEnd() {
        return batch.end(at);
    }

    /** It is the last thing that an input tells. */
    @Override
    public String damage() {
        return at >= batch.size() ? batch.damage : "";
    }

    @Override
    public long taken() {
        return batch.taken;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        if (thread != null) {
            free.add(batch);
            try {
                thread.join();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        lines.close();
    }
}
