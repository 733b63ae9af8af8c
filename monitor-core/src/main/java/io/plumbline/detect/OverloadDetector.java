package io.plumbline.detect;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.FindingSink;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;

/**
 * MONITOR_OVERLOADED: the monitor's own ring was full and messages of a source were dropped. Told
 * as such, and never as the venue's gap. Closes when nothing was dropped for a while.
 */
public final class OverloadDetector implements Detector {
    private static final long CLEAR_NS = 10_000_000_000L;

    private final MarketState state;
    private final long[] sinceNs;
    private final long[] lastNs;
    private final long[] dropped;

    public OverloadDetector(final MarketState state) {
        this.state = state;
        final int sources = state.sources.size();
        sinceNs = new long[sources];
        lastNs = new long[sources];
        dropped = new long[sources];
    }

    @Override
    public String name() {
        return "overload";
    }

    @Override
    public boolean hearsMarket() {
        return false;
    }

    @Override
    public boolean hearsValues() {
        return false;
    }

    @Override
    public void onEvent(final MarketEvent event, final long nowNs, final FindingSink findings) {
        if (event.type == EventType.DROPPED) {
            final int source = event.source;
            lastNs[source] = nowNs;
            dropped[source] += event.count;
            if (sinceNs[source] == 0) {
                sinceNs[source] = nowNs;
                tell(Edge.OPEN, source, nowNs, findings);
            }
        } else if (event.type == EventType.TIMER) {
            for (int source = 0; source < sinceNs.length; source++) {
                if (sinceNs[source] != 0 && nowNs - lastNs[source] > CLEAR_NS) {
                    tell(Edge.CLOSE, source, nowNs, findings);
                    sinceNs[source] = 0;
                    dropped[source] = 0;
                }
            }
        }
    }

    private void tell(
            final Edge edge, final int source, final long nowNs, final FindingSink findings) {
        final Finding finding = findings.claim(FindingKind.MONITOR_OVERLOADED, edge, name(), nowNs);
        Subject.source(finding, state, source)
                .with(Evidence.COUNT, dropped[source])
                .with(Evidence.LASTED_NS, nowNs - sinceNs[source]);
        findings.publish();
    }

    @Override
    public void describe(final Finding finding, final StringBuilder out) {
        out.append("The monitor ")
                .append(finding.edge == Edge.OPEN ? "drops" : "dropped")
                .append(" messages of ")
                .append(finding.venue.isEmpty() ? finding.key : finding.venue)
                .append(" (")
                .append(finding.text(Evidence.COUNT))
                .append(" so far): its own ring is full; verdicts on them are missing");
    }
}
