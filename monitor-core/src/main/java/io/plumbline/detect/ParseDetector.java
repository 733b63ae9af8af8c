package io.plumbline.detect;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.FindingSink;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;

/** PARSE_ERRORS: a source sends what its decoder cannot read; closes when it has stopped to. */
public final class ParseDetector implements Detector {
    private static final long CLEAR_NS = 10_000_000_000L;
    private static final int SAMPLE = 120;

    private final MarketState state;
    private final long[] sinceNs;
    private final long[] lastNs;
    private final long[] counts;

    public ParseDetector(final MarketState state) {
        this.state = state;
        final int sources = state.sources.size();
        sinceNs = new long[sources];
        lastNs = new long[sources];
        counts = new long[sources];
    }

    @Override
    public String name() {
        return "parse";
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
        if (event.type == EventType.UNPARSED) {
            final int source = event.source;
            counts[source]++;
            lastNs[source] = nowNs;
            if (sinceNs[source] == 0) {
                sinceNs[source] = nowNs;
                Subject.source(
                                findings.claim(FindingKind.PARSE_ERRORS, Edge.OPEN, name(), nowNs),
                                state,
                                source)
                        .with(Evidence.SAMPLE, event.text(SAMPLE));
                findings.publish();
            }
        } else if (event.type == EventType.TIMER) {
            for (int source = 0; source < sinceNs.length; source++) {
                if (sinceNs[source] != 0 && nowNs - lastNs[source] > CLEAR_NS) {
                    Subject.source(
                                    findings.claim(
                                            FindingKind.PARSE_ERRORS, Edge.CLOSE, name(), nowNs),
                                    state,
                                    source)
                            .with(Evidence.COUNT, counts[source])
                            .with(Evidence.LASTED_NS, nowNs - sinceNs[source]);
                    findings.publish();
                    sinceNs[source] = 0;
                    counts[source] = 0;
                }
            }
        }
    }

    @Override
    public void describe(final Finding finding, final StringBuilder out) {
        out.append("Connection ").append(finding.key).append(" of ").append(finding.venue);
        if (finding.edge == Edge.CLOSE) {
            out.append(" sends readable messages again; ")
                    .append(finding.text(Evidence.COUNT))
                    .append(" could not be read");
        } else {
            out.append(" sends what cannot be read: ").append(finding.text(Evidence.SAMPLE));
        }
    }
}
