package io.plumbline.detect;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.FindingSink;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.metrics.LatencyRecorder;

/**
 * FEED_LAGGING: messages arrive, but with an old venue time. The clock offset of a connection is
 * the smallest (received - venue) of the last minutes; only the excess over it is latency. The
 * first seconds of a connection are its backlog and are not judged.
 */
public final class LagDetector implements Detector {
    private static final long SETTLE_NS = 10_000_000_000L;
    private static final long OFFSET_WINDOW_NS = 300_000_000_000L;

    private final MarketState state;
    private final long openNs;
    private final long forNs;
    private final LatencyRecorder[] recorders;
    private final Connection[] connections;

    private static final class Connection {
        int epoch = -1;
        long settledNs;
        long windowStartNs;
        long smallestNs = Long.MAX_VALUE;
        long previousSmallestNs = Long.MAX_VALUE;
        long laggingSinceNs;
        long fineSinceNs;
        long worstNs;
        boolean open;
    }

    /**
     * @param openNs excess latency that is lagging; half of it is fine again
     * @param forNs how long every message must be so
     * @param recorders by source id, for the excess of each message; null where none is kept
     */
    public LagDetector(
            final MarketState state,
            final long openNs,
            final long forNs,
            final LatencyRecorder[] recorders) {
        this.state = state;
        this.openNs = openNs;
        this.forNs = forNs;
        this.recorders = recorders.clone();
        connections = new Connection[state.sources.size()];
        for (int i = 0; i < connections.length; i++) {
            connections[i] = new Connection();
        }
    }

    @Override
    public String name() {
        return "lag";
    }

    @Override
    public boolean hearsValues() {
        return false;
    }

    @Override
    public void onEvent(final MarketEvent event, final long nowNs, final FindingSink findings) {
        if (event.type != EventType.MARKET && event.type != EventType.COPY
                || event.venueNs == MarketEvent.NONE) {
            return;
        }
        final Connection connection = connections[event.source];
        if (connection.epoch != event.epoch) {
            connection.epoch = event.epoch;
            connection.settledNs = nowNs + SETTLE_NS;
        }
        final long rawNs = event.receivedNs - event.venueNs;
        if (!connection.open && nowNs - connection.windowStartNs > OFFSET_WINDOW_NS) {
            connection.previousSmallestNs =
                    connection.windowStartNs == 0 ? rawNs : connection.smallestNs;
            connection.smallestNs = rawNs;
            connection.windowStartNs = nowNs;
        }
        connection.smallestNs = Math.min(connection.smallestNs, rawNs);
        final long excessNs =
                rawNs - Math.min(connection.smallestNs, connection.previousSmallestNs);
        if (recorders[event.source] != null) {
            recorders[event.source].record(excessNs);
        }
        if (nowNs >= connection.settledNs) {
            judge(event.source, connection, excessNs, nowNs, findings);
        }
    }

    private void judge(
            final int source,
            final Connection connection,
            final long excessNs,
            final long nowNs,
            final FindingSink findings) {
        if (excessNs > openNs) {
            connection.fineSinceNs = 0;
            connection.worstNs = Math.max(connection.worstNs, excessNs);
            if (connection.laggingSinceNs == 0) {
                connection.laggingSinceNs = nowNs;
            } else if (!connection.open && nowNs - connection.laggingSinceNs > forNs) {
                connection.open = true;
                final Finding finding =
                        findings.claim(FindingKind.FEED_LAGGING, Edge.OPEN, name(), nowNs);
                Subject.source(finding, state, source)
                        .with(Evidence.LAG_NS, excessNs)
                        .with(Evidence.THRESHOLD_NS, openNs);
                findings.publish();
            }
        } else if (excessNs < openNs / 2) {
            connection.laggingSinceNs = connection.open ? connection.laggingSinceNs : 0;
            if (connection.fineSinceNs == 0) {
                connection.fineSinceNs = nowNs;
            } else if (connection.open && nowNs - connection.fineSinceNs > forNs) {
                connection.open = false;
                final Finding finding =
                        findings.claim(FindingKind.FEED_LAGGING, Edge.CLOSE, name(), nowNs);
                Subject.source(finding, state, source)
                        .with(Evidence.LASTED_NS, nowNs - connection.laggingSinceNs)
                        .with(Evidence.LARGEST_LAG_NS, connection.worstNs);
                findings.publish();
                connection.laggingSinceNs = 0;
                connection.worstNs = 0;
            }
        }
    }

    @Override
    public void describe(final Finding finding, final StringBuilder out) {
        out.append("Connection ").append(finding.key).append(" of ").append(finding.venue);
        if (finding.edge == Edge.CLOSE) {
            Subject.duration(
                    out.append(" is up to date again after "),
                    finding.number(Evidence.LASTED_NS, 0));
        } else {
            Subject.duration(out.append(" delivers old data: "), finding.number(Evidence.LAG_NS, 0))
                    .append(" behind the venue's own time");
        }
    }
}
