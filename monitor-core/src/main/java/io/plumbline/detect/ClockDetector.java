package io.plumbline.detect;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.FindingSink;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;

/**
 * CLOCK_STEP: the wall clock jumped against the monotonic one between two ticks. Our own durations
 * are monotonic and stay right; comparisons with other machines' clocks are not.
 */
public final class ClockDetector implements Detector {
    private static final long STEP_NS = 100_000_000L;

    private long offsetNs = MarketEvent.NONE;

    @Override
    public String name() {
        return "clock";
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
        if (event.type != EventType.TIMER || event.venueNs == MarketEvent.NONE) {
            return;
        }
        final long currentNs = event.venueNs - event.receivedNs;
        if (offsetNs != MarketEvent.NONE && Math.abs(currentNs - offsetNs) > STEP_NS) {
            findings.claim(FindingKind.CLOCK_STEP, Edge.EVENT, name(), nowNs)
                    .with(Evidence.STEP_NS, currentNs - offsetNs);
            findings.publish();
        }
        offsetNs = currentNs;
    }

    @Override
    public void describe(final Finding finding, final StringBuilder out) {
        out.append("The wall clock of this machine jumped by ");
        final long stepNs = finding.number(Evidence.STEP_NS, 0);
        Subject.duration(out.append(stepNs < 0 ? "-" : ""), Math.abs(stepNs));
    }
}
