package io.plumbline.app;

import io.plumbline.app.desk.Desk;
import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingHandler;
import io.plumbline.finding.FindingKind;
import io.plumbline.inbound.Threads;
import io.plumbline.time.EpochNanoClock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets three threads share the desk: the finding ring's consumer, the tick, and whoever must report
 * a fault of the monitor itself (watchdog, outbox), who cannot wait for a stuck engine.
 */
final class DeskRoom implements FindingHandler {
    private static final Logger LOG = LoggerFactory.getLogger(DeskRoom.class);
    private static final long PATIENCE_MS = 500;

    /** The detector that findings about the monitor itself are told by. */
    static final String DETECTOR = "self";

    private final Desk desk;
    private final GateRoom gate;
    private final EpochNanoClock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Finding own = new Finding();

    /**
     * @param gate judged after what the desk takes in
     */
    DeskRoom(final Desk desk, final GateRoom gate, final EpochNanoClock clock) {
        this.desk = desk;
        this.gate = gate;
        this.clock = clock;
    }

    @Override
    public void onFinding(final Finding finding) {
        lock.lock();
        try {
            desk.onFinding(finding);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onBatchEnd() {
        lock.lock();
        try {
            desk.onBatchEnd();
            gate.onFindings(clock.epochNanos());
        } finally {
            lock.unlock();
        }
    }

    /**
     * @param evidence whether everything has been live that could prove the cases of before a
     *     restart; until then they stand
     */
    void onTick(final long nowNs, final boolean evidence) {
        lock.lock();
        try {
            if (!evidence) {
                desk.awaitEvidence(nowNs);
            }
            desk.onTick(nowNs);
            gate.judge(nowNs);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Reports a fault of the monitor itself; logged only when the desk is the one that is stuck.
     */
    void raise(
            final FindingKind kind,
            final Edge edge,
            final String key,
            final String detail,
            final long nowNs) {
        LOG.warn("{} {} {}: {}", kind, edge.label(), key, detail);
        try {
            if (lock.tryLock(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                try {
                    own.clear();
                    own.kind = kind;
                    own.edge = edge;
                    own.severity = kind.severity();
                    own.detector = DETECTOR;
                    own.key = key;
                    own.atNs = nowNs;
                    own.with(Evidence.DETAIL, detail);
                    desk.onFinding(own);
                    desk.onBatchEnd();
                } finally {
                    lock.unlock();
                }
            } else {
                LOG.error("the desk does not move: {} could not be told", kind);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Begins to tell of the gate where nobody asks. */
    void start(final Threads threads) {
        gate.start(threads);
    }

    /**
     * Lets somebody change the desk, and pages what follows from it.
     *
     * @return false where the desk is stuck, and nothing was done
     */
    boolean change(final Consumer<Desk> change) {
        try {
            if (!lock.tryLock(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                return false;
            }
            try {
                change.accept(desk);
                return true;
            } finally {
                lock.unlock();
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void close() {
        lock.lock();
        try {
            gate.close();
            desk.close();
        } finally {
            lock.unlock();
        }
    }

    /** The sentence for a finding that {@link #raise} made. */
    static void describe(final Finding finding, final StringBuilder out) {
        switch (finding.kind) {
            case MONITOR_STALLED:
                if (finding.edge == Edge.EVENT) {
                    out.append("The whole monitor stood still and watched nothing");
                } else {
                    out.append("The monitor's ").append(finding.key).append(" thread ");
                    out.append(finding.edge == Edge.CLOSE ? "moves again" : "stands still");
                }
                break;
            case DELIVERY_FAILED:
                out.append("An alert could not be delivered by ").append(finding.key);
                break;
            default:
                out.append(
                        finding.edge == Edge.CLOSE
                                ? "The alert outbox is durable again"
                                : "The alert outbox is not durable: alerts are held in memory");
                break;
        }
        final String detail = finding.text(Evidence.DETAIL);
        if (!detail.isEmpty() && !"?".equals(detail)) {
            out.append(": ").append(detail);
        }
    }
}
