package io.plumbline.detect;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.FindingSink;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.probe.ProbeKind;
import io.plumbline.market.probe.Reading;
import java.util.HashSet;
import java.util.Set;

/**
 * OBSERVER_DEGRADED: a probe cannot read what it should, so nothing is known of it. Such readings
 * are rare: told when it begins and when it ends.
 */
public final class ProbeDetector implements Detector {
    private static final int MOST = 1_024;

    private final MarketState state;
    private final Set<String> open = new HashSet<>();

    public ProbeDetector(final MarketState state) {
        this.state = state;
    }

    @Override
    public String name() {
        return "probe";
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
        if (event.type != EventType.PROBE || event.reading.kind != ProbeKind.PROBE_STATE) {
            return;
        }
        if (isNodesHealth(event.source)) {
            return;
        }
        final Reading reading = event.reading;
        final String item = reading.item();
        final String key =
                state.sources.source(event.source).name()
                        + ' '
                        + reading.target()
                        + (item.isEmpty() ? "" : " " + item);
        final boolean changed =
                reading.failed() ? open.size() < MOST && open.add(key) : open.remove(key);
        if (changed) {
            final Finding finding =
                    findings.claim(
                            FindingKind.OBSERVER_DEGRADED,
                            reading.failed() ? Edge.OPEN : Edge.CLOSE,
                            name(),
                            nowNs);
            finding.key = key;
            if (reading.failed()) {
                finding.with(Evidence.DETAIL, reading.text());
            }
            findings.publish();
        }
    }

    /** A node that is not reached is its detector's, beside what the observer says of it. */
    private boolean isNodesHealth(final int source) {
        for (int i = 0; i < state.surroundings.nodes.size(); i++) {
            if (state.surroundings.nodes.get(i).source() == source) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void describe(final Finding finding, final StringBuilder out) {
        if (finding.edge == Edge.CLOSE) {
            out.append("A probe can read again what it should (").append(finding.key).append(')');
        } else {
            out.append("A probe cannot read what it should (")
                    .append(finding.key)
                    .append("): ")
                    .append(finding.text(Evidence.DETAIL));
        }
    }
}
