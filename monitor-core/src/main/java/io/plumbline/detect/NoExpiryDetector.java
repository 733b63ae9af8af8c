package io.plumbline.detect;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.FindingSink;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.probe.Measure;
import io.plumbline.market.probe.NoExpiryRule;
import io.plumbline.market.probe.ProbeKind;
import io.plumbline.market.probe.Reading;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** KEY_NO_TTL of a pattern: keys that should expire do not; one finding for all of a pattern. */
public final class NoExpiryDetector implements Detector {
    private final Map<String, NoExpiryRule> rules = new HashMap<>();
    private final Set<NoExpiryRule> open = new HashSet<>();

    public NoExpiryDetector(final MarketState state) {
        for (final NoExpiryRule rule : state.surroundings.noExpiry) {
            rules.put(rule.source() + " " + rule.pattern(), rule);
        }
    }

    @Override
    public String name() {
        return "expiry";
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
        if (event.type != EventType.PROBE || event.reading.kind != ProbeKind.CACHED) {
            return;
        }
        final Reading reading = event.reading;
        final NoExpiryRule rule = rules.get(event.source + " " + reading.target());
        if (rule == null) {
            return;
        }
        final boolean bad = reading.value(Measure.WITHOUT_TTL, 0) > 0;
        if (bad ? open.add(rule) : open.remove(rule)) {
            final Finding finding =
                    findings.claim(
                            FindingKind.KEY_NO_TTL, bad ? Edge.OPEN : Edge.CLOSE, name(), nowNs);
            finding.key = rule.subject();
            finding.with(Evidence.COUNT, reading.value(Measure.WITHOUT_TTL, 0))
                    .with(Evidence.KEYS, reading.value(Measure.LENGTH, 0));
            if (bad) {
                finding.with(Evidence.SAMPLE, reading.text())
                        .with(Evidence.NODE, reading.nodeLength == 0 ? null : reading.node());
            }
            findings.publish();
        }
    }

    @Override
    public void describe(final Finding finding, final StringBuilder out) {
        if (finding.edge == Edge.CLOSE) {
            out.append("All keys under ").append(finding.key).append(" expire again");
        } else {
            out.append(finding.text(Evidence.COUNT))
                    .append(" of ")
                    .append(finding.text(Evidence.KEYS))
                    .append(" keys under ")
                    .append(finding.key)
                    .append(" have no expiry, for example ")
                    .append(finding.text(Evidence.SAMPLE));
            Subject.node(out, finding)
                    .append(": what they hold stays for ever (SET ... EX, or SETEX)");
        }
    }
}
