package io.plumbline.inbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.dsl.ProducerType;
import io.plumbline.inbound.RingFixture.Collector;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
final class PaceTest {
    /** From this size on a role may nap. */
    private static final int CELLS = 16_384;

    private static final byte[] PAYLOAD = {1, 2, 3};

    private final RingFixture fixture = new RingFixture();
    private final Collector unhurried = new Collector();
    private final Collector engine = new Collector();

    @ParameterizedTest
    @EnumSource(Pace.class)
    void shouldTakeEverythingAndEnd(final Pace pace) {
        final InboundRing ring = fixture.ring(CELLS, 16, 1);
        ring.start(
                new InboundRing.Role("journal", unhurried, Pace.NAPS),
                new InboundRing.Role("engine", engine, pace));
        for (int i = 0; i < 5_000; i++) {
            assertTrue(ring.offer(InboundType.FRAME_BINARY, 0, 1, i, PAYLOAD, 0, PAYLOAD.length));
        }
        assertEquals(
                new Shutdown(5_000, Map.of("journal", 5_000L, "engine", 5_000L), true),
                ring.close(RingFixture.TIMEOUT_NS));
        assertEquals(unhurried.seen, engine.seen);
        assertEquals(List.of(), fixture.faults);
    }

    @ParameterizedTest
    @EnumSource(Pace.class)
    void shouldWakeForTheNextMessageAndSurviveInterrupts(final Pace pace) {
        final InboundRing ring = fixture.ring(CELLS, 16, 1);
        ring.start(new InboundRing.Role("engine", engine, pace));
        for (int i = 1; i <= 5; i++) {
            final long count = i;
            fixture.threads.forEach(Thread::interrupt);
            assertTrue(ring.offer(InboundType.FRAME_BINARY, 0, 1, i, PAYLOAD, 0, PAYLOAD.length));
            RingFixture.await("message " + i, () -> ring.remaining() == ring.capacity());
            assertEquals(count, ring.published());
        }
        assertTrue(ring.close(RingFixture.TIMEOUT_NS).complete());
        assertEquals(5, engine.seen.size());
        for (final Thread thread : fixture.threads) {
            RingFixture.await("the end of " + thread.getName(), () -> !thread.isAlive());
            assertFalse(thread.isAlive());
        }
    }

    /** Ten seconds of sleep between looks: whoever is not woken is late. */
    @Test
    void shouldBeWokenByTheProducer() {
        final ParkingWaitStrategy waiting = new ParkingWaitStrategy(10_000_000_000L);
        final RingBuffer<long[]> ring =
                RingBuffer.create(ProducerType.MULTI, () -> new long[1], 1_024, waiting);
        final SequenceBarrier barrier = ring.newBarrier();
        final Sequence taken = new Sequence();
        final Thread consumer =
                fixture.start(
                        "consumer",
                        () -> {
                            try {
                                while (taken.get() < 20_000) {
                                    taken.set(barrier.waitFor(taken.get() + 1));
                                }
                            } catch (final Exception e) {
                                fixture.faults.add(e.toString());
                            }
                        });
        ring.addGatingSequences(taken);
        final long fromNs = System.nanoTime();
        for (int i = 0; i <= 20_000; i++) {
            ring.publish(ring.next());
            if (i % 50 == 0) {
                final long sent = i;
                RingFixture.await("message " + i, () -> taken.get() >= sent);
            }
        }
        RingFixture.await("the end", () -> !consumer.isAlive());
        assertTrue(System.nanoTime() - fromNs < 9_000_000_000L, "somebody slept on");
        assertEquals(List.of(), fixture.faults);
    }
}
