package io.plumbline.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.inbound.Inbound;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.SessionState;
import io.plumbline.market.Sources;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import io.plumbline.time.SystemClock;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TimerFeedTest {
    private static final long TICK_NS = 5_000_000L;

    private record Tick(InboundType type, int source, int epoch, long stampNs, long wallNs) {}

    /** Keeps ticks; the timer's thread writes, the test reads. */
    private static final class Ticks implements Inbound {
        private final List<Tick> ticks = new CopyOnWriteArrayList<>();

        @Override
        public boolean offer(
                final InboundType type,
                final int source,
                final int epoch,
                final long stampNs,
                final byte[] bytes,
                final int offset,
                final int length) {
            return offer(
                    type, source, epoch, stampNs, ByteBuffer.wrap(bytes, offset, length).slice());
        }

        @Override
        public boolean offer(
                final InboundType type,
                final int source,
                final int epoch,
                final long stampNs,
                final ByteBuffer payload) {
            assertEquals(Long.BYTES, payload.remaining());
            ticks.add(new Tick(type, source, epoch, stampNs, payload.getLong(0)));
            return true;
        }
    }

    @Test
    void shouldTickOnAGridCarryingTheWallClock() throws Exception {
        final Ticks ticks = new Ticks();
        final AtomicLong wall = new AtomicLong(1_000);
        final AtomicReference<Thread> thread = new AtomicReference<>();
        final TimerFeed timer =
                new TimerFeed(
                        context(ticks, new Counters(), thread),
                        TICK_NS,
                        wall::incrementAndGet,
                        List.of());
        timer.start();
        new CollectedInbound().eventually(() -> ticks.ticks.size() >= 20);
        assertEquals(SessionState.LIVE, timer.status().state());
        timer.close();
        assertFalse(thread.get().isAlive());
        assertEquals(SessionState.DOWN, timer.status().state());

        final List<Tick> seen = List.copyOf(ticks.ticks);
        final long firstNs = seen.get(0).stampNs();
        for (int i = 0; i < seen.size(); i++) {
            final Tick tick = seen.get(i);
            assertEquals(
                    new Tick(InboundType.TIMER, Sources.TIMER, 0, tick.stampNs(), 1_001 + i), tick);
            // Never early, and at most one per slot of the grid: late ticks do not push later ones.
            final long slot = (tick.stampNs() - firstNs) / TICK_NS;
            assertTrue(slot >= i, "tick " + i + " in slot " + slot);
        }
    }

    @Test
    void shouldGoOnWhenATaskFails() {
        final Counters counters = new Counters();
        final List<Long> calls = new CopyOnWriteArrayList<>();
        final TimerFeed timer =
                new TimerFeed(
                        context(new Ticks(), counters, new AtomicReference<>()),
                        TICK_NS,
                        () -> 0,
                        List.of(
                                now -> {
                                    throw new IllegalStateException("on purpose");
                                },
                                calls::add));
        timer.start();
        new CollectedInbound().eventually(() -> calls.size() >= 2);
        timer.close();
        assertTrue(counters.get(CounterId.FEED_ERRORS) >= 2);
        assertTrue(calls.get(1) - calls.get(0) >= 900_000_000L, () -> calls.toString());
    }

    private static FeedContext context(
            final Inbound inbound, final Counters counters, final AtomicReference<Thread> thread) {
        return new FeedContext(
                new SystemClock(),
                inbound,
                counters,
                (role, body) -> {
                    thread.set(new Thread(body, role));
                    thread.get().setDaemon(true);
                    thread.get().start();
                    return thread.get();
                });
    }
}
