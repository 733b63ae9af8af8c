package io.plumbline.inbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class InboundRingAllocationTest {
    private static final int WARM = 30_000;
    private static final int MEASURED = 30_000;
    private static final int LENGTH = 100;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final RingFixture fixture = new RingFixture();

    @Test
    void shouldAllocateNothingPerMessage() {
        final AtomicLong handled = new AtomicLong();
        final InboundRing ring = fixture.ring(256, 64, 2);
        ring.start(
                new InboundRing.Role("journal", message -> handled.lazySet(handled.get() + 1)),
                new InboundRing.Role("engine", message -> {}));
        final byte[] heap = new byte[LENGTH];
        final ByteBuffer direct = ByteBuffer.allocateDirect(LENGTH);
        pump(ring, heap, direct, WARM);
        final long me = Thread.currentThread().getId();
        final long producerBefore = threads.getThreadAllocatedBytes(me);
        final long journalBefore = consumerBytes(0);
        final long engineBefore = consumerBytes(1);
        pump(ring, heap, direct, MEASURED);
        final long producer = threads.getThreadAllocatedBytes(me) - producerBefore;
        final long journal = consumerBytes(0) - journalBefore;
        final long engine = consumerBytes(1) - engineBefore;
        assertTrue(ring.close(RingFixture.TIMEOUT_NS).complete());
        assertEquals(ring.published(), handled.get());
        // A constant for what reading the counter itself and a late compilation may cost.
        assertTrue(producer < 10_000, "producer allocated " + producer);
        assertTrue(journal < 10_000, "journal allocated " + journal);
        assertTrue(engine < 10_000, "engine allocated " + engine);
    }

    private long consumerBytes(final int index) {
        return threads.getThreadAllocatedBytes(fixture.threads.get(index).getId());
    }

    private static void pump(
            final InboundRing ring, final byte[] heap, final ByteBuffer direct, final int count) {
        for (int i = 0; i < count; i++) {
            while (ring.remaining() < 16) {
                Thread.onSpinWait();
            }
            ring.offer(InboundType.FRAME_TEXT, 0, 1, i, heap, 0, i % LENGTH);
            ring.offer(InboundType.FRAME_BINARY, 1, 1, i, direct);
        }
        while (ring.remaining() < ring.capacity()) {
            Thread.onSpinWait();
        }
    }
}
