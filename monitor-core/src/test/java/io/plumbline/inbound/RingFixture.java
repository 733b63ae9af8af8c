package io.plumbline.inbound;

import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What ring tests share: threads, faults that are collected, handlers that collect or wait. */
public final class RingFixture implements ConsumerFaults {
    static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(30);

    public final Counters counters = new Counters();
    public final List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
    public final List<String> faults = Collections.synchronizedList(new ArrayList<>());

    public Thread start(final String role, final Runnable body) {
        final Thread thread = new Thread(body, role);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
        return thread;
    }

    InboundRing ring(final int cells, final int cellBytes, final int sources) {
        return ring(cells, cellBytes, sources, WaitKind.TIMEOUT_BLOCKING);
    }

    InboundRing ring(
            final int cells, final int cellBytes, final int sources, final WaitKind waitKind) {
        return new InboundRing(
                new InboundRing.Settings(cells, cellBytes, waitKind, 1 << 20),
                sources,
                counters,
                this::start,
                this);
    }

    long count(final CounterId id) {
        return counters.get(id);
    }

    @Override
    public void onFault(final String role, final Throwable thrown) {
        faults.add(role + ": " + thrown.getMessage());
    }

    @Override
    public void onFatal(final String role, final Error error) {
        faults.add(role + " fatal: " + error.getMessage());
    }

    public static void await(final String what, final BooleanSupplier condition) {
        for (int i = 0; i < 30_000; i++) {
            if (condition.getAsBoolean()) {
                return;
            }
            LockSupport.parkNanos(1_000_000);
        }
        throw new AssertionError("waited in vain for: " + what);
    }

    /** One message as a value. */
    record Seen(
            InboundType type,
            int source,
            int epoch,
            int droppedBefore,
            long stampNs,
            int payloadHash,
            int length) {
        static Seen of(final InboundMessage message) {
            final byte[] payload =
                    Arrays.copyOfRange(
                            message.bytes, message.offset, message.offset + message.length);
            return new Seen(
                    message.type,
                    message.source,
                    message.epoch,
                    message.droppedBefore,
                    message.stampNs,
                    Arrays.hashCode(payload),
                    message.length);
        }

        static Seen text(final int source, final int droppedBefore, final String text) {
            final byte[] payload = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            return new Seen(
                    InboundType.FRAME_TEXT,
                    source,
                    1,
                    droppedBefore,
                    7,
                    Arrays.hashCode(payload),
                    payload.length);
        }
    }

    /** Collects every message; read after the ring is closed. */
    static final class Collector implements InboundHandler {
        final List<Seen> seen = new ArrayList<>();
        int batches;

        @Override
        public void onMessage(final InboundMessage message) {
            seen.add(Seen.of(message));
        }

        @Override
        public void onBatchEnd() {
            batches++;
        }
    }

    /** Stands in its first message until it is let go; then collects. */
    static final class Gate implements InboundHandler {
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch open = new CountDownLatch(1);
        final Collector collector = new Collector();

        @Override
        public void onMessage(final InboundMessage message) {
            entered.countDown();
            try {
                open.await();
            } catch (final InterruptedException e) {
                throw new IllegalStateException(e);
            }
            collector.onMessage(message);
        }

        void awaitEntered() throws InterruptedException {
            if (!entered.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("the handler never saw a message");
            }
        }
    }
}
