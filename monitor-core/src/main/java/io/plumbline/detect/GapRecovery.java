package io.plumbline.detect;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.FindingSink;
import io.plumbline.market.Channel;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;

/**
 * What became of gaps that were asked for over REST: the answers of one gap come in order, and with
 * the last one the gap's finding is closed with how much of it was recovered. The trades themselves
 * stay evidence: they are too late to be a reference.
 */
final class GapRecovery {
    /** The gap of one source that answers are coming for. */
    private static final class Asked {
        int instrument = -1;
        Channel channel = Channel.NONE;
        long from;
        long recovered;

        boolean is(final MarketEvent event) {
            return event.instrument == instrument
                    && event.channel == channel
                    && event.missingFrom == from;
        }

        void begin(final MarketEvent event) {
            instrument = event.instrument;
            channel = event.channel;
            from = event.missingFrom;
            recovered = 0;
        }
    }

    private final MarketState state;

    /** Venues answer at the same time, each for one gap after the other. */
    private final Asked[] bySource;

    GapRecovery(final MarketState state) {
        this.state = state;
        bySource = new Asked[state.sources.size()];
        for (int source = 0; source < bySource.length; source++) {
            bySource[source] = new Asked();
        }
    }

    /** Takes a BACKFILL event. */
    void onAnswer(final MarketEvent event, final long nowNs, final FindingSink findings) {
        if (event.instrument < 0) {
            return;
        }
        final Asked asked = bySource[event.source];
        if (!asked.is(event)) {
            asked.begin(event);
        }
        asked.recovered += event.count;
        if (event.lastSequence < event.missingTo) {
            return;
        }
        final Finding finding =
                findings.claim(FindingKind.SEQUENCE_GAP, Edge.CLOSE, SequenceDetector.NAME, nowNs);
        Subject.instrument(finding, state, asked.instrument, asked.channel)
                .with(Evidence.MISSING_FROM, event.missingFrom)
                .with(Evidence.MISSING_TO, event.missingTo)
                .with(Evidence.MISSING_COUNT, event.missingTo - event.missingFrom + 1)
                .with(Evidence.RECOVERED, asked.recovered);
        findings.publish();
        asked.instrument = -1;
    }

    static void describe(final Finding finding, final StringBuilder out) {
        out.append("Of the missing ").append(finding.channel.label()).append("s of ");
        Subject.append(out, finding)
                .append(", ")
                .append(finding.text(Evidence.MISSING_FROM))
                .append(" to ")
                .append(finding.text(Evidence.MISSING_TO))
                .append(", ")
                .append(finding.text(Evidence.RECOVERED))
                .append(" of ")
                .append(finding.text(Evidence.MISSING_COUNT))
                .append(" were fetched from the venue afterwards");
    }
}
