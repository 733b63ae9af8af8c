package io.plumbline.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.plumbline.inbound.RingFixture;
import io.plumbline.inbound.Shutdown;
import io.plumbline.metrics.CounterId;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class FindingRingTest {
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(30);

    private final RingFixture fixture = new RingFixture();
    private final List<String> seen = new ArrayList<>();

    @Test
    void shouldHandOverEveryFindingInOrderWithItsEvidence() {
        final FindingRing ring = ring(64, this::collect);
        for (int i = 0; i < 40; i++) {
            raise(ring, "sequence", i);
        }
        final Shutdown shutdown = ring.close(TIMEOUT_NS);
        assertEquals(new Shutdown(40, Map.of("desk", 40L), true), shutdown);
        final List<String> expected = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            expected.add("sequence SEQUENCE_GAP EVENT MEDIUM at " + i + " count " + i + " lost 0");
        }
        assertEquals(expected, seen);
        assertEquals(40, fixture.counters.get(CounterId.FINDINGS));
    }

    @Test
    void shouldDropWhenFullAndTellTheNextFindingOfTheSameDetector() throws InterruptedException {
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch open = new CountDownLatch(1);
        final FindingRing ring =
                ring(
                        4,
                        finding -> {
                            entered.countDown();
                            awaitQuietly(open);
                            collect(finding);
                        });
        for (int i = 0; i < 4; i++) {
            raise(ring, "sequence", i);
        }
        entered.await();
        raise(ring, "sequence", 4);
        raise(ring, "sequence", 5);
        raise(ring, "price", 6);
        assertEquals(3, fixture.counters.get(CounterId.FINDINGS_DROPPED));
        open.countDown();
        RingFixture.await("room", () -> ring.remaining() == 4);
        raise(ring, "sequence", 7);
        raise(ring, "sequence", 8);
        raise(ring, "price", 9);
        assertTrue(ring.close(TIMEOUT_NS).complete());
        assertEquals(
                List.of(
                        "sequence SEQUENCE_GAP EVENT MEDIUM at 7 count 7 lost 2",
                        "sequence SEQUENCE_GAP EVENT MEDIUM at 8 count 8 lost 0",
                        "price SEQUENCE_GAP EVENT MEDIUM at 9 count 9 lost 1"),
                seen.subList(4, 7));
    }

    @Test
    void shouldPassOnBatchEndsAndSurviveAHandlerThatThrows() {
        final int[] batches = new int[1];
        final FindingRing ring =
                ring(
                        16,
                        new FindingHandler() {
                            @Override
                            public void onFinding(final Finding finding) {
                                collect(finding);
                                throw new IllegalStateException("desk");
                            }

                            @Override
                            public void onBatchEnd() {
                                batches[0]++;
                            }
                        });
        raise(ring, "sequence", 1);
        raise(ring, "sequence", 2);
        assertTrue(ring.close(TIMEOUT_NS).complete());
        assertEquals(2, seen.size());
        assertEquals(List.of("desk: desk", "desk: desk"), fixture.faults);
        assertTrue(batches[0] > 0);
    }

    @Test
    void shouldGiveUpOnAStuckHandlerAndCountWhatComesAfterTheEnd() throws InterruptedException {
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch open = new CountDownLatch(1);
        final FindingRing ring =
                ring(
                        4,
                        finding -> {
                            entered.countDown();
                            awaitQuietly(open);
                        });
        raise(ring, "sequence", 1);
        raise(ring, "sequence", 2);
        entered.await();
        final Shutdown shutdown = ring.close(100_000_000);
        assertEquals(new Shutdown(2, Map.of("desk", 0L), false), shutdown);
        raise(ring, "sequence", 3);
        assertEquals(1, fixture.counters.get(CounterId.FINDINGS_DROPPED));
        open.countDown();
        assertThrows(IllegalStateException.class, ring::start);
    }

    @Test
    void shouldForgetADraftThatIsGivenUp() {
        final FindingRing ring = ring(16, this::collect);
        ring.claim(FindingKind.PRICE_WRONG, Edge.OPEN, "price", 1).with(Evidence.COUNT, 99);
        raise(ring, "sequence", 2);
        assertTrue(ring.close(TIMEOUT_NS).complete());
        assertEquals(List.of("sequence SEQUENCE_GAP EVENT MEDIUM at 2 count 2 lost 0"), seen);
    }

    @Test
    void shouldAllocateNothingPerFinding() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final FindingRing ring = ring(64, finding -> {});
        pump(ring, 20_000);
        final long me = Thread.currentThread().getId();
        final long before = threads.getThreadAllocatedBytes(me);
        pump(ring, 20_000);
        final long allocated = threads.getThreadAllocatedBytes(me) - before;
        assertTrue(ring.close(TIMEOUT_NS).complete());
        assertFalse(allocated > 10_000, "allocated " + allocated);
    }

    private static void pump(final FindingRing ring, final int count) {
        for (int i = 0; i < count; i++) {
            while (ring.remaining() < 8) {
                Thread.onSpinWait();
            }
            raise(ring, "sequence", i);
        }
    }

    private FindingRing ring(final int cells, final FindingHandler handler) {
        final FindingRing ring =
                new FindingRing("desk", cells, handler, fixture.counters, fixture::start, fixture);
        ring.start();
        return ring;
    }

    private static void raise(final FindingRing ring, final String detector, final long atNs) {
        ring.claim(FindingKind.SEQUENCE_GAP, Edge.EVENT, detector, atNs).with(Evidence.COUNT, atNs);
        ring.publish();
    }

    private void collect(final Finding finding) {
        seen.add(
                finding.detector
                        + " "
                        + finding.kind
                        + " "
                        + finding.edge
                        + " "
                        + finding.severity
                        + " at "
                        + finding.atNs
                        + " count "
                        + finding.text(Evidence.COUNT)
                        + " lost "
                        + finding.droppedBefore);
    }

    private static void awaitQuietly(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
