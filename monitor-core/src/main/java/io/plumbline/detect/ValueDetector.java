package io.plumbline.detect;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.FindingSink;
import io.plumbline.market.EventType;
import io.plumbline.market.KeyState;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.ValueFault;

/** VALUE_MALFORMED: what stands in the key is no price; closes with the next value that is. */
public final class ValueDetector implements Detector {
    private static final int SAMPLE = 80;

    private final MarketState state;
    private final long[] sinceNs;

    public ValueDetector(final MarketState state) {
        this.state = state;
        sinceNs = new long[state.keys.size()];
    }

    @Override
    public String name() {
        return "value";
    }

    @Override
    public boolean hearsMarket() {
        return false;
    }

    @Override
    public void onEvent(final MarketEvent event, final long nowNs, final FindingSink findings) {
        if (event.type != EventType.KEY_VALUE || event.key < 0) {
            return;
        }
        final boolean malformed =
                event.keyState == KeyState.PRESENT && event.valueFault != ValueFault.NONE;
        if (malformed && sinceNs[event.key] == 0) {
            sinceNs[event.key] = nowNs;
            final Finding finding =
                    findings.claim(FindingKind.VALUE_MALFORMED, Edge.OPEN, name(), nowNs);
            Subject.key(finding, state, event.key)
                    .with(Evidence.CAUSE, event.valueFault.sentence())
                    .with(Evidence.SAMPLE, event.text(SAMPLE));
            Sight.show(finding, state, event.key);
            findings.publish();
        } else if (!malformed && sinceNs[event.key] != 0) {
            final Finding finding =
                    findings.claim(FindingKind.VALUE_MALFORMED, Edge.CLOSE, name(), nowNs);
            Subject.key(finding, state, event.key)
                    .with(Evidence.LASTED_NS, nowNs - sinceNs[event.key]);
            Sight.show(finding, state, event.key);
            findings.publish();
            sinceNs[event.key] = 0;
        }
    }

    @Override
    public void describe(final Finding finding, final StringBuilder out) {
        out.append("Redis key ").append(finding.key);
        if (finding.edge == Edge.CLOSE) {
            Subject.duration(
                    out.append(" holds a price again after "),
                    finding.number(Evidence.LASTED_NS, 0));
        } else {
            out.append(" holds no price: ")
                    .append(finding.text(Evidence.CAUSE))
                    .append(": ")
                    .append(finding.text(Evidence.SAMPLE));
        }
    }
}
