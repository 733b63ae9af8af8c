package io.plumbline.app;

import io.plumbline.feed.sim.PriceCommand;
import io.plumbline.feed.sim.PriceSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import redis.clients.jedis.Jedis;

/** One writer of every {@link WritingStyle}, each with a thread and a connection of its own. */
final class WriterFleet implements PriceSink, AutoCloseable {
    private static final int QUEUE = 10_000;
    private static final long POLL_MS = 200;
    private static final long CLOSE_MS = 5_000;

    private final List<Writer> writers = new ArrayList<>();
    private final AtomicLong written = new AtomicLong();
    private volatile Throwable failure;
    private volatile boolean running = true;

    WriterFleet(final Supplier<Jedis> connect) {
        for (final WritingStyle style : WritingStyle.values()) {
            writers.add(new Writer(style, connect));
        }
    }

    WriterFleet start() {
        writers.forEach(Writer::start);
        return this;
    }

    @Override
    public void write(final PriceCommand command) {
        for (final Writer writer : writers) {
            if (!writer.queue.offer(command)) {
                failure = new IllegalStateException(writer.style + " cannot keep up");
            }
        }
    }

    /** Prices that stand in Redis, of all styles together. */
    long written() {
        return written.get();
    }

    /** What went wrong with a writer, which spoils the run; or null. */
    Throwable failure() {
        return failure;
    }

    @Override
    public void close() {
        running = false;
        for (final Writer writer : writers) {
            try {
                writer.thread.join(CLOSE_MS);
            } catch (final InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private final class Writer {
        private final WritingStyle style;
        private final Supplier<Jedis> connect;
        private final BlockingQueue<PriceCommand> queue = new ArrayBlockingQueue<>(QUEUE);
        private Thread thread;

        Writer(final WritingStyle style, final Supplier<Jedis> connect) {
            this.style = style;
            this.connect = connect;
        }

        void start() {
            thread = Monitor.background("writer-" + style, this::run);
        }

        private void run() {
            try (Jedis redis = connect.get()) {
                final List<PriceCommand> batch = new ArrayList<>();
                while (running) {
                    final PriceCommand first = queue.poll(POLL_MS, TimeUnit.MILLISECONDS);
                    if (first != null) {
                        TimeUnit.MILLISECONDS.sleep(style.gathersMs());
                        batch.clear();
                        batch.add(first);
                        queue.drainTo(batch);
                        style.write(redis, batch);
                        written.addAndGet(batch.size());
                    }
                }
            } catch (final InterruptedException closing) {
                Thread.currentThread().interrupt();
            } catch (final RuntimeException broken) {
                failure = broken;
            }
        }
    }
}
