package io.plumbline.inbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.inbound.RingFixture.Collector;
import io.plumbline.inbound.RingFixture.Gate;
import io.plumbline.inbound.RingFixture.Seen;
import io.plumbline.metrics.CounterId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
final class InboundRingTest {
    private final RingFixture fixture = new RingFixture();
    private final Collector journal = new Collector();
    private final Collector engine = new Collector();

    @ParameterizedTest
    @EnumSource(WaitKind.class)
    void shouldShowEveryMessageToEveryRoleInOneOrder(final WaitKind waitKind) {
        final InboundRing ring = fixture.ring(64, 16, 3, waitKind);
        start(ring);
        final List<Seen> offered = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            final String text = "x".repeat(i % 70) + i;
            while (!offerText(ring, i % 3, text)) {
                throw new AssertionError("dropped " + i);
            }
            offered.add(Seen.text(i % 3, 0, text));
            RingFixture.await("room", () -> ring.remaining() > 32);
        }
        final Shutdown shutdown = ring.close(RingFixture.TIMEOUT_NS);
        assertEquals(new Shutdown(200, Map.of("journal", 200L, "engine", 200L), true), shutdown);
        assertEquals(offered, journal.seen);
        assertEquals(offered, engine.seen);
        assertTrue(engine.batches > 0);
        assertEquals(200, fixture.count(CounterId.INBOUND_MESSAGES));
        assertEquals(List.of(), fixture.faults);
    }

    @Test
    void concurrentProducersOfMessagesOfAnyLength() throws InterruptedException {
        final long seed = 20261123;
        final InboundRing ring = fixture.ring(256, 32, 4);
        start(ring);
        final int perProducer = 20_000;
        final List<List<Seen>> accepted = new ArrayList<>();
        final List<Thread> producers = new ArrayList<>();
        final long[] refused = new long[4];
        for (int p = 0; p < 4; p++) {
            final int source = p;
            final List<Seen> mine = new ArrayList<>();
            accepted.add(mine);
            producers.add(
                    fixture.start(
                            "producer-" + p,
                            () -> {
                                final Random random = new Random(seed + source);
                                int missing = 0;
                                for (int i = 0; i < perProducer; i++) {
                                    final byte[] payload = new byte[random.nextInt(200)];
                                    random.nextBytes(payload);
                                    final boolean room =
                                            ring.offer(
                                                    InboundType.FRAME_BINARY,
                                                    source,
                                                    2,
                                                    i,
                                                    ByteBuffer.wrap(payload));
                                    if (room) {
                                        mine.add(
                                                new Seen(
                                                        InboundType.FRAME_BINARY,
                                                        source,
                                                        2,
                                                        missing,
                                                        i,
                                                        java.util.Arrays.hashCode(payload),
                                                        payload.length));
                                        missing = 0;
                                    } else {
                                        missing++;
                                        refused[source]++;
                                    }
                                }
                            }));
        }
        for (final Thread producer : producers) {
            producer.join();
        }
        final Shutdown shutdown = ring.close(RingFixture.TIMEOUT_NS);
        final String label = "seed " + seed;
        assertTrue(shutdown.complete(), label);
        assertEquals(journal.seen, engine.seen, label);
        for (int p = 0; p < 4; p++) {
            final int source = p;
            assertEquals(
                    accepted.get(p),
                    engine.seen.stream().filter(seen -> seen.source() == source).toList(),
                    label);
        }
        final long dropped = IntStream.range(0, 4).mapToLong(p -> refused[p]).sum();
        assertEquals(dropped, fixture.count(CounterId.INBOUND_DROPPED), label);
        assertEquals(4 * perProducer - dropped, shutdown.published(), label);
    }

    @Test
    void shouldTellEachSourceWhatItLostWhenTheRingWasFull() throws InterruptedException {
        final Gate gate = new Gate();
        final InboundRing ring = fixture.ring(8, 16, 3);
        ring.start(new InboundRing.Role("engine", gate));
        assertTrue(offerText(ring, 0, "first"));
        gate.awaitEntered();
        for (int i = 0; i < 7; i++) {
            assertTrue(offerText(ring, 0, "fits " + i));
        }
        for (int i = 0; i < 5; i++) {
            assertFalse(offerText(ring, 1, "lost"));
        }
        assertFalse(offerText(ring, 2, "lost"));
        assertEquals(0, ring.remaining());
        assertEquals(List.of(0L, 5L, 1L), pending(ring));
        ring.flushDrops(9);
        assertEquals(List.of(0L, 5L, 1L), pending(ring));
        assertEquals(6, fixture.count(CounterId.INBOUND_DROPPED));

        gate.open.countDown();
        RingFixture.await("room", () -> ring.remaining() == 8);
        assertTrue(offerText(ring, 1, "after"));
        assertTrue(offerText(ring, 1, "and on"));
        ring.flushDrops(9);
        ring.flushDrops(10);
        assertEquals(List.of(0L, 0L, 0L), pending(ring));
        assertTrue(ring.close(RingFixture.TIMEOUT_NS).complete());
        assertEquals(
                List.of(
                        Seen.text(1, 5, "after"),
                        Seen.text(1, 0, "and on"),
                        new Seen(InboundType.HEARTBEAT, 2, 1, 1, 9, 1, 0)),
                gate.collector.seen.subList(8, 11));
    }

    @Test
    void shouldDropWhatIsLongerThanTheRingTakes() {
        final InboundRing ring =
                new InboundRing(
                        new InboundRing.Settings(8, 16, WaitKind.BLOCKING, 50),
                        1,
                        fixture.counters,
                        fixture::start,
                        fixture);
        start(ring);
        assertFalse(offerText(ring, 0, "x".repeat(51)));
        assertTrue(offerText(ring, 0, "x".repeat(50)));
        final InboundRing small = new RingFixture().ring(8, 16, 1);
        small.start(new InboundRing.Role("engine", new Collector()));
        assertFalse(offerText(small, 0, "x".repeat(65)));
        assertTrue(offerText(small, 0, "x".repeat(64)));
        assertTrue(small.close(RingFixture.TIMEOUT_NS).complete());
        assertTrue(ring.close(RingFixture.TIMEOUT_NS).complete());
        assertEquals(List.of(Seen.text(0, 1, "x".repeat(50))), engine.seen);
    }

    @Test
    void shouldRefuseAndCountBeforeStartAndAfterClose() {
        final InboundRing ring = fixture.ring(8, 16, 1);
        assertFalse(offerText(ring, 0, "early"));
        start(ring);
        assertTrue(offerText(ring, 0, "in time"));
        final Shutdown shutdown = ring.close(RingFixture.TIMEOUT_NS);
        assertFalse(offerText(ring, 0, "late"));
        assertEquals(shutdown, ring.close(RingFixture.TIMEOUT_NS));
        assertEquals(List.of(Seen.text(0, 1, "in time")), engine.seen);
        assertEquals(2, fixture.count(CounterId.INBOUND_DROPPED));
    }

    @Test
    void shouldLeaveTheBufferWhereItWas() {
        final InboundRing ring = fixture.ring(16, 16, 1);
        start(ring);
        final ByteBuffer direct = ByteBuffer.allocateDirect(100);
        for (int i = 0; i < 100; i++) {
            direct.put(i, (byte) i);
        }
        direct.position(20).limit(80);
        assertTrue(ring.offer(InboundType.FRAME_BINARY, 0, 1, 7, direct));
        assertEquals(20, direct.position());
        assertEquals(80, direct.limit());
        final byte[] heap = new byte[100];
        direct.duplicate().clear().get(heap);
        assertTrue(ring.offer(InboundType.FRAME_BINARY, 0, 1, 7, heap, 20, 60));
        ring.close(RingFixture.TIMEOUT_NS);
        assertEquals(2, engine.seen.size());
        assertEquals(engine.seen.get(0), engine.seen.get(1));
    }

    @Test
    void shouldRejectBadArgumentsBeforeItClaims() {
        final InboundRing ring = fixture.ring(8, 16, 1);
        start(ring);
        assertThrows(IndexOutOfBoundsException.class, () -> offerText(ring, 1, "no such source"));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> ring.offer(InboundType.FRAME_TEXT, 0, 1, 7, new byte[4], 2, 3));
        assertThrows(
                NullPointerException.class, () -> ring.offer(null, 0, 1, 7, new byte[4], 0, 4));
        assertTrue(offerText(ring, 0, "goes on"));
        assertTrue(ring.close(RingFixture.TIMEOUT_NS).complete());
        assertEquals(List.of(Seen.text(0, 0, "goes on")), engine.seen);
    }

    @Test
    void shouldGoOnAfterWhateverAHandlerThrows() {
        final InboundRing ring = fixture.ring(64, 16, 1);
        ring.start(
                new InboundRing.Role(
                        "engine",
                        message -> {
                            engine.onMessage(message);
                            switch (message.text()) {
                                case "exception" -> throw new IllegalStateException("exception");
                                case "assertion" -> throw new AssertionError("assertion");
                                case "memory" -> throw new OutOfMemoryError("memory");
                                case "linkage" -> throw new NoClassDefFoundError("linkage");
                                default -> {}
                            }
                        }),
                new InboundRing.Role("journal", new ThrowsAtBatchEnd()));
        for (final String text : List.of("exception", "assertion", "memory", "linkage", "fine")) {
            assertTrue(offerText(ring, 0, text));
        }
        final Shutdown shutdown = ring.close(RingFixture.TIMEOUT_NS);
        assertEquals(new Shutdown(5, Map.of("engine", 5L, "journal", 5L), true), shutdown);
        assertEquals(5, engine.seen.size());
        assertEquals(
                List.of(
                        "engine: exception",
                        "engine: assertion",
                        "engine fatal: memory",
                        "engine fatal: linkage"),
                fixture.faults.stream().filter(fault -> fault.startsWith("engine")).toList());
        assertTrue(fixture.faults.contains("journal: batch end"));
        assertEquals(fixture.faults.size(), fixture.count(CounterId.ENGINE_FAULTS));
    }

    private static final class ThrowsAtBatchEnd implements InboundHandler {
        @Override
        public void onMessage(final InboundMessage message) {}

        @Override
        public void onBatchEnd() {
            throw new IllegalStateException("batch end");
        }
    }

    @Test
    void shouldNotLoseItsPlaceWhenInterrupted() {
        final InboundRing ring = fixture.ring(64, 16, 1);
        start(ring);
        final List<Seen> offered = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            fixture.threads.forEach(Thread::interrupt);
            RingFixture.await("room", () -> ring.remaining() > 8);
            assertTrue(offerText(ring, 0, "n" + i));
            offered.add(Seen.text(0, 0, "n" + i));
        }
        assertTrue(ring.close(RingFixture.TIMEOUT_NS).complete());
        assertEquals(offered, engine.seen);
        assertEquals(offered, journal.seen);
    }

    @Test
    void shouldGiveUpOnAStuckConsumerAndSayWhatItLeft() throws InterruptedException {
        final Gate gate = new Gate();
        final InboundRing ring = fixture.ring(8, 16, 1);
        ring.start(new InboundRing.Role("stuck", gate), new InboundRing.Role("engine", engine));
        for (int i = 0; i < 8; i++) {
            assertTrue(offerText(ring, 0, "n" + i));
        }
        gate.awaitEntered();
        final Shutdown shutdown = ring.close(200_000_000);
        assertEquals(new Shutdown(8, Map.of("stuck", 0L, "engine", 8L), false), shutdown);
        gate.open.countDown();
        for (final Thread thread : fixture.threads) {
            thread.join();
        }
        assertEquals(1, gate.collector.seen.size());
    }

    @Test
    void shouldEndExactlyWhileProducersKeepOffering() throws InterruptedException {
        for (int round = 0; round < 50; round++) {
            final RingFixture each = new RingFixture();
            final Collector collector = new Collector();
            final InboundRing ring = each.ring(32, 16, 2);
            ring.start(new InboundRing.Role("engine", collector));
            final AtomicBoolean stop = new AtomicBoolean();
            final CountDownLatch running = new CountDownLatch(2);
            final long[] accepted = new long[2];
            final List<Thread> producers = new ArrayList<>();
            for (int p = 0; p < 2; p++) {
                final int source = p;
                producers.add(
                        each.start(
                                "producer",
                                () -> {
                                    while (!stop.get()) {
                                        if (offerText(ring, source, "some more than one cell")) {
                                            accepted[source]++;
                                        }
                                        running.countDown();
                                    }
                                }));
            }
            running.await();
            final Shutdown shutdown = ring.close(RingFixture.TIMEOUT_NS);
            stop.set(true);
            for (final Thread producer : producers) {
                producer.join();
            }
            final long all = accepted[0] + accepted[1];
            assertEquals(new Shutdown(all, Map.of("engine", all), true), shutdown);
            assertEquals(all, collector.seen.size());
        }
    }

    @Test
    void shouldNameTheChoicesOfAnUnknownWait() {
        assertEquals(WaitKind.BUSY_SPIN, WaitKind.named("busy-spin"));
        final String message =
                assertThrows(IllegalArgumentException.class, () -> WaitKind.named("spin"))
                        .getMessage();
        assertTrue(message.contains("'spin'") && message.contains("timeout-blocking"), message);
    }

    private void start(final InboundRing ring) {
        ring.start(
                new InboundRing.Role("journal", journal), new InboundRing.Role("engine", engine));
    }

    private static boolean offerText(final InboundRing ring, final int source, final String text) {
        return ring.offer(InboundType.FRAME_TEXT, source, 1, 7, text);
    }

    private static List<Long> pending(final InboundRing ring) {
        return List.of(ring.pendingDrops(0), ring.pendingDrops(1), ring.pendingDrops(2));
    }
}
