package io.plumbline.finding;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.dsl.ProducerType;
import io.plumbline.inbound.ConsumerFaults;
import io.plumbline.inbound.ConsumerGroup;
import io.plumbline.inbound.Pace;
import io.plumbline.inbound.Progress;
import io.plumbline.inbound.RingConsumer;
import io.plumbline.inbound.Shutdown;
import io.plumbline.inbound.Threads;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import java.lang.invoke.VarHandle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Findings on their way from the engine's thread to the desk's. The engine never waits: when the
 * ring is full the finding is dropped and counted, and the next one of the same detector carries
 * how many. Nothing is allocated per finding unless one is dropped.
 */
public final class FindingRing implements FindingSink {
    private final RingBuffer<Finding> ring;
    private final ConsumerGroup group;
    private final Counters counters;
    private final Threads threads;
    private final long countedBefore;

    /** Engine thread: a draft of its own, so that one given up halfway claims no cell. */
    private final Finding draft = new Finding();

    /** Engine thread: by detector; holds at most one entry for each. */
    private final Map<String, Integer> dropped = new HashMap<>();

    private volatile boolean accepting;
    private Shutdown shutdown;

    /**
     * @param role the name of the consumer and its thread
     * @param cells how many findings fit, a power of two
     * @param counters nobody else may count FINDINGS in them
     * @param threads makes the consumer's thread
     * @param faults told of what the handler throws; it is counted as ENGINE_FAULTS
     */
    public FindingRing(
            final String role,
            final int cells,
            final FindingHandler handler,
            final Counters counters,
            final Threads threads,
            final ConsumerFaults faults) {
        // One thread publishes, but only a multi-producer's claim is seen by close().
        this.ring =
                RingBuffer.create(
                        ProducerType.MULTI, Finding::new, cells, new BlockingWaitStrategy());
        this.counters = counters;
        this.threads = threads;
        this.countedBefore = counters.get(CounterId.FINDINGS);
        this.group =
                new ConsumerGroup(
                        ring,
                        List.of(
                                new RingConsumer(
                                        role,
                                        Pace.WOKEN,
                                        ring,
                                        new Intake(ring, handler),
                                        faults,
                                        counters)));
    }

    /** Starts the consumer; from here on findings are accepted. Once. */
    public synchronized void start() {
        if (accepting || shutdown != null) {
            throw new IllegalStateException("the finding ring was started before");
        }
        group.start(threads);
        accepting = true;
    }

    @Override
    public Finding claim(
            final FindingKind kind, final Edge edge, final String detector, final long nowNs) {
        return InlineFindings.draft(draft, kind, edge, detector, nowNs);
    }

    @Override
    public void publish() {
        if (!put()) {
            counters.increment(CounterId.FINDINGS_DROPPED);
            dropped.merge(draft.detector, 1, Integer::sum);
        }
    }

    private boolean put() {
        if (!accepting) {
            return false;
        }
        final long sequence;
        try {
            sequence = ring.tryNext();
        } catch (final InsufficientCapacityException full) {
            return false;
        }
        final Finding cell = ring.get(sequence);
        // Asked again after the claim, and counted before it is published: see InboundRing.close.
        final boolean filled = accepting;
        if (filled) {
            cell.copyFrom(draft);
            cell.droppedBefore = dropped.isEmpty() ? 0 : takeDropped();
            counters.increment(CounterId.FINDINGS);
        } else {
            cell.clear();
        }
        ring.publish(sequence);
        return filled;
    }

    private int takeDropped() {
        final Integer count = dropped.remove(draft.detector);
        return count == null ? 0 : count;
    }

    /** The consumer, for the watchdog. */
    public List<? extends Progress> progress() {
        return group.consumers();
    }

    public int capacity() {
        return ring.getBufferSize();
    }

    /** Findings that would fit now. */
    public long remaining() {
        return ring.remainingCapacity();
    }

    /** Findings accepted since the ring was made. */
    public long published() {
        return counters.get(CounterId.FINDINGS) - countedBefore;
    }

    /**
     * Stops accepting, waits until everything accepted is handled and ends the consumer's thread;
     * gives up on it after {@code timeoutNs}. Any thread; the engine should have ended before.
     */
    public synchronized Shutdown close(final long timeoutNs) {
        if (shutdown == null) {
            final boolean started = accepting;
            accepting = false;
            VarHandle.fullFence();
            shutdown =
                    started
                            ? group.close(ring.getCursor(), this::published, timeoutNs)
                            : new Shutdown(0, Map.of(), true);
        }
        return shutdown;
    }

    private record Intake(RingBuffer<Finding> ring, FindingHandler handler)
            implements RingConsumer.Intake {
        @Override
        public int size(final long first, final long available) {
            return ring.get(first).kind == null ? VOID : 1;
        }

        @Override
        public void take(final long first) {
            handler.onFinding(ring.get(first));
        }

        @Override
        public void onBatchEnd() {
            handler.onBatchEnd();
        }
    }
}
