package io.plumbline.app;

import io.plumbline.app.alert.Alert;
import io.plumbline.app.alert.OutboxListener;
import io.plumbline.finding.Edge;
import io.plumbline.finding.FindingKind;
import io.plumbline.inbound.ConsumerFaults;
import io.plumbline.inbound.Inbound;
import io.plumbline.inbound.InboundType;
import io.plumbline.inbound.Watchdog;
import io.plumbline.journal.JournalEvents;
import io.plumbline.market.MonitorFact;
import io.plumbline.market.Sources;
import io.plumbline.time.EpochNanoClock;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The monitor's troubles with itself, each on the way that still works: facts about the journal
 * enter the one order; a stuck consumer or a pager that fails wait for the desk's next tick. Any
 * thread.
 */
final class SelfReports implements ConsumerFaults, Watchdog.Listener, OutboxListener {
    private static final Logger LOG = LoggerFactory.getLogger(SelfReports.class);

    /** Reports that may wait for the desk's next tick; one more is only logged. */
    private static final int WAITING = 1_024;

    private record Report(FindingKind kind, Edge edge, String key, String detail) {}

    private final EpochNanoClock clock;
    private final Runnable fatal;
    private final Queue<Report> waiting = new ArrayBlockingQueue<>(WAITING);
    private final Set<String> stalled = ConcurrentHashMap.newKeySet();

    /**
     * @param fatal told once when the process can no longer be trusted
     */
    SelfReports(final EpochNanoClock clock, final Runnable fatal) {
        this.clock = clock;
        this.fatal = fatal;
    }

    /** Hands everything that waits to the desk. Desk clock's thread. */
    void tellAll(final DeskRoom room, final long nowNs) {
        for (Report report = waiting.poll(); report != null; report = waiting.poll()) {
            room.raise(report.kind, report.edge, report.key, report.detail, nowNs);
        }
    }

    /** Never waits and never enters the desk: whoever reports may be what the desk waits for. */
    private void raise(
            final FindingKind kind, final Edge edge, final String key, final String detail) {
        if (!waiting.offer(new Report(kind, edge, key, detail))) {
            LOG.error("too many reports wait: {} {} {}: {}", kind, edge.label(), key, detail);
        }
    }

    @Override
    public void onFault(final String role, final Throwable thrown) {
        LOG.error("{} failed on one message and goes on", role, thrown);
    }

    @Override
    public void onFatal(final String role, final Error error) {
        LOG.error("{} cannot go on", role, error);
        fatal.run();
    }

    @Override
    public void stalled(final String role, final long backlog) {
        stalled.add(role);
        raise(FindingKind.MONITOR_STALLED, Edge.OPEN, role, backlog + " messages wait");
    }

    @Override
    public void recovered(final String role) {
        stalled.remove(role);
        raise(FindingKind.MONITOR_STALLED, Edge.CLOSE, role, "");
    }

    /** Nothing of the process ran for so long, this included. Desk clock's thread. */
    void stood(final long forNs) {
        raise(
                FindingKind.MONITOR_STALLED,
                Edge.EVENT,
                "process",
                "for " + forNs / 100_000_000L / 10.0 + " s");
    }

    /** Consumers that stand still now. */
    Set<String> stalled() {
        return Set.copyOf(stalled);
    }

    @Override
    public void onFailed(final String channel, final Alert alert, final String reason) {
        // A channel that refuses would be told of that, refuse it, and be told of that.
        if (alert.kind().equals(FindingKind.DELIVERY_FAILED.name())) {
            return;
        }
        raise(FindingKind.DELIVERY_FAILED, Edge.EVENT, channel, reason);
    }

    @Override
    public void onStoreFault(final String reason) {
        raise(FindingKind.DISK_FULL, Edge.OPEN, "outbox", reason);
    }

    @Override
    public void onStoreRecovered() {
        raise(FindingKind.DISK_FULL, Edge.CLOSE, "outbox", "");
    }

    /** What the journal says of itself, as messages like any other. */
    JournalEvents journalInto(final Inbound inbound) {
        return new JournalEvents() {
            private void offer(final MonitorFact fact, final String detail) {
                LOG.warn("journal: {} {}", fact, detail);
                inbound.offer(
                        InboundType.MONITOR,
                        Sources.MONITOR,
                        0,
                        clock.epochNanos(),
                        fact + " " + detail);
            }

            @Override
            public void faulted(final String detail) {
                offer(MonitorFact.JOURNAL_FAULT, detail);
            }

            @Override
            public void recovered(final String detail) {
                offer(MonitorFact.JOURNAL_RECOVERED, detail);
            }

            @Override
            public void diskFull(final String detail) {
                offer(MonitorFact.DISK_FULL, detail);
            }

            @Override
            public void diskRecovered(final String detail) {
                offer(MonitorFact.DISK_RECOVERED, detail);
            }
        };
    }
}
