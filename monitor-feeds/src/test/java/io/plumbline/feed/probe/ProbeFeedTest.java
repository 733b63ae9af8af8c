package io.plumbline.feed.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.feed.FeedContext;
import io.plumbline.inbound.Inbound;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.probe.Measure;
import io.plumbline.market.probe.ProbeKind;
import io.plumbline.market.probe.Reading;
import io.plumbline.metrics.Counters;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class ProbeFeedTest {
    private static final long FAST_NS = 2_000_000L;

    private final SystemClock clock = new SystemClock();
    private final List<String> told = new ArrayList<>();
    private final AtomicReference<Exception> refusal = new AtomicReference<>();
    private final AtomicReference<Exception> outage = new AtomicReference<>();
    private final AtomicInteger costly = new AtomicInteger();
    private final Counters counters = new Counters();

    @Test
    void aProbeThatFailsSaysSoOnceAndTheOthersGoOn() {
        try (ProbeFeed<String> feed = feed()) {
            refusal.set(new IllegalStateException("NOPERM: give it"));
            feed.start();
            await(() -> count("EXISTS good 1") > 5);
            assertEquals(List.of("FAILED picky : NOPERM: give it"), told("picky"));
            refusal.set(null);
            await(() -> count("EXISTS picky 1") > 2);
            assertEquals(
                    List.of("FAILED picky : NOPERM: give it", "WORKS picky : "), told("picky"));
        }
    }

    @Test
    void aLostConnectionIsToldOnceAndMadeAnew() {
        try (ProbeFeed<String> feed = feed()) {
            feed.start();
            await(() -> count("EXISTS good 1") > 2);
            outage.set(new IOException("gone"));
            await(() -> count("FAILED connection : gone") == 1);
            outage.set(null);
            await(() -> count("WORKS connection : ") == 1);
            final long before = count("EXISTS good 1");
            await(() -> count("EXISTS good 1") > before);
            assertEquals(1, count("FAILED connection : gone"));
        }
    }

    @Test
    void aConnectionLostToOneProbeIsToldWhenItHappensAgain() {
        try (ProbeFeed<String> feed = feed()) {
            costly.set(1);
            feed.start();
            await(() -> count("EXISTS picky 1") > 2);
            assertEquals(List.of(), told("FAILED"));
            costly.set(2);
            await(() -> count("WORKS picky : ") == 1);
            assertEquals(1, count("FAILED picky : too slow"));
        }
    }

    private ProbeFeed<String> feed() {
        return new ProbeFeed<>(
                new Server(),
                5,
                List.of(new Once("good"), new Once("picky")),
                new FeedContext(clock, new Collector(), counters, ProbeFeedTest::thread));
    }

    private List<String> told(final String probe) {
        synchronized (told) {
            return told.stream()
                    .filter(line -> line.startsWith("FAILED") || line.startsWith("WORKS"))
                    .filter(line -> line.contains(probe))
                    .toList();
        }
    }

    private long count(final String line) {
        synchronized (told) {
            return told.stream().filter(line::equals).count();
        }
    }

    private void await(final BooleanSupplier condition) {
        final long untilNs = clock.epochNanos() + 5_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (clock.epochNanos() > untilNs) {
                throw new AssertionError("did not come: " + told);
            }
            LockSupport.parkNanos(1_000_000L);
        }
    }

    private static Thread thread(final String role, final Runnable body) {
        final Thread thread = new Thread(body, role);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private final class Once implements Probe<String> {
        private final String name;

        Once(final String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public long everyNs() {
            return FAST_NS;
        }

        @Override
        public void run(final String server, final ProbeReport report) throws Exception {
            if (outage.get() != null) {
                throw outage.get();
            }
            if (name.equals("picky") && costly.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                throw new IOException("too slow");
            }
            if (name.equals("picky") && refusal.get() != null) {
                throw refusal.get();
            }
            report.reading(ProbeKind.PROBE_STATE, name).with(Measure.EXISTS, 1);
            report.tell();
        }
    }

    private final class Server implements ProbeServer<String> {
        @Override
        public String name() {
            return "test";
        }

        @Override
        public String open() throws Exception {
            if (outage.get() != null) {
                throw outage.get();
            }
            return "open";
        }

        @Override
        public void close(final String connection) {
            assertEquals("open", connection);
        }

        @Override
        public boolean isRefusal(final Exception failure) {
            return failure instanceof IllegalStateException;
        }

        @Override
        public String reason(final Exception failure) {
            return failure.getMessage();
        }
    }

    private final class Collector implements Inbound {
        private final Reading reading = new Reading();

        @Override
        public boolean offer(
                final InboundType type,
                final int source,
                final int epoch,
                final long stampNs,
                final byte[] bytes,
                final int offset,
                final int length) {
            assertEquals(InboundType.PROBE, type);
            assertEquals(5, source);
            reading.wrap(bytes, offset, length);
            final String what =
                    reading.has(Measure.EXISTS)
                            ? "EXISTS " + reading.target() + ' ' + reading.value(Measure.EXISTS)
                            : (reading.failed() ? "FAILED " : "WORKS ")
                                    + reading.target()
                                    + ' '
                                    + reading.item()
                                    + ": "
                                    + reading.text();
            synchronized (told) {
                told.add(what);
            }
            return true;
        }

        @Override
        public boolean offer(
                final InboundType type,
                final int source,
                final int epoch,
                final long stampNs,
                final ByteBuffer payload) {
            throw new UnsupportedOperationException("probes offer arrays");
        }
    }
}
