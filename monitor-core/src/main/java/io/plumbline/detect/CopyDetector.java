package io.plumbline.detect;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.FindingSink;
import io.plumbline.market.Channel;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.Twins;
import io.plumbline.metrics.LatencyRecorder;
import java.util.Arrays;

/**
 * FEEDS_DISAGREE: two connections that carry the same streams do not say the same. One of them
 * missed what the other brought: about that connection, and no gap of the symbol. Or both gave one
 * message the same number and other values: about the symbol. Opened once, closed when nothing of
 * it came for {@link #CLEAR_NS}, with the count. How much later second copies come is recorded.
 */
public final class CopyDetector implements Detector {
    /** So long two connections must agree again. */
    public static final long CLEAR_NS = 60_000_000_000L;

    private static final int CHANNELS = Channel.values().length;
    private static final long LOOK_NS = 1_000_000_000L;
    private static final String MISSED = "missed";
    private static final String DIFFERENT = "different";

    /** What opens, lasts and closes: by its place in a growing list. */
    private static final class Quarrels {
        long[] sinceNs = new long[64];
        long[] lastNs = new long[64];
        long[] counts = new long[64];

        /** Whether it opens one. */
        boolean add(final int place, final long more, final long nowNs) {
            if (place >= sinceNs.length) {
                final int length = Math.max(place + CHANNELS, sinceNs.length * 2);
                sinceNs = Arrays.copyOf(sinceNs, length);
                lastNs = Arrays.copyOf(lastNs, length);
                counts = Arrays.copyOf(counts, length);
            }
            final boolean opens = counts[place] == 0;
            sinceNs[place] = opens ? nowNs : sinceNs[place];
            lastNs[place] = nowNs;
            counts[place] += more;
            return opens;
        }

        boolean isOver(final int place, final long nowNs) {
            return counts[place] > 0 && nowNs - lastNs[place] >= CLEAR_NS;
        }
    }

    private final MarketState state;
    private final LatencyRecorder[] recorders;
    private final Quarrels missed = new Quarrels();
    private final Quarrels different = new Quarrels();
    private int open;
    private long lookedNs;

    /**
     * @param recorders by source id, for how much later its second copies come; null where none is
     *     kept
     */
    public CopyDetector(final MarketState state, final LatencyRecorder[] recorders) {
        this.state = state;
        this.recorders = recorders.clone();
    }

    @Override
    public String name() {
        return "copies";
    }

    @Override
    public boolean hearsValues() {
        return false;
    }

    @Override
    public void onEvent(final MarketEvent event, final long nowNs, final FindingSink findings) {
        if (event.type == EventType.TIMER) {
            if (open > 0 && nowNs - lookedNs >= LOOK_NS) {
                lookedNs = nowNs;
                close(nowNs, findings);
            }
        } else if ((event.type == EventType.MARKET || event.type == EventType.COPY)
                && event.instrument >= 0
                && state.twins.isPaired(event.source)) {
            judge(event, nowNs, findings);
        }
    }

    private void judge(final MarketEvent event, final long nowNs, final FindingSink findings) {
        final Twins twins = state.twins;
        if (twins.lateNs() != MarketEvent.NONE && recorders[event.source] != null) {
            recorders[event.source].record(twins.lateNs());
        }
        if (twins.missedBy() >= 0) {
            final long count = twins.missedTo() - twins.missedFrom() + 1;
            if (missed.add(twins.missedBy(), count, nowNs)) {
                open++;
                missed(event, count, nowNs, findings);
            }
        }
        if (twins.differs()
                && different.add(event.instrument * CHANNELS + event.channel.ordinal(), 1, nowNs)) {
            open++;
            different(event, nowNs, findings);
        }
    }

    private void missed(
            final MarketEvent event,
            final long count,
            final long nowNs,
            final FindingSink findings) {
        final Finding finding = claim(Edge.OPEN, nowNs, findings);
        final int by = state.twins.missedBy();
        Subject.source(finding, state, by)
                .with(Evidence.CAUSE, MISSED)
                .with(
                        Evidence.CONNECTION,
                        state.sources.source(state.sources.twin(by)).connection())
                .with(Evidence.SAMPLE, state.instruments.instrument(event.instrument).symbol())
                .with(Evidence.MISSING_FROM, state.twins.missedFrom())
                .with(Evidence.MISSING_TO, state.twins.missedTo())
                .with(Evidence.MISSING_COUNT, count);
        finding.channel = event.channel;
        findings.publish();
    }

    private void different(final MarketEvent event, final long nowNs, final FindingSink findings) {
        final Finding finding = claim(Edge.OPEN, nowNs, findings);
        Subject.instrument(finding, state, event.instrument, event.channel)
                .with(Evidence.CAUSE, DIFFERENT)
                .with(Evidence.CONNECTION, state.sources.source(event.source).connection())
                .with(Evidence.SEQUENCE, event.lastSequence);
        if (event.price.isGiven() || event.bid.isGiven()) {
            finding.with(Evidence.EXPECTED, state.twins.firstPrice())
                    .with(Evidence.OBSERVED, event.price.isGiven() ? event.price : event.bid);
        }
        findings.publish();
    }

    private void close(final long nowNs, final FindingSink findings) {
        for (int source = 0; source < missed.counts.length; source++) {
            if (missed.isOver(source, nowNs)) {
                closed(
                        Subject.source(claim(Edge.CLOSE, nowNs, findings), state, source),
                        missed,
                        source,
                        MISSED,
                        findings);
            }
        }
        for (int place = 0; place < different.counts.length; place++) {
            if (different.isOver(place, nowNs)) {
                final Finding finding =
                        Subject.instrument(
                                claim(Edge.CLOSE, nowNs, findings),
                                state,
                                place / CHANNELS,
                                Channel.values()[place % CHANNELS]);
                closed(finding, different, place, DIFFERENT, findings);
            }
        }
    }

    private void closed(
            final Finding finding,
            final Quarrels of,
            final int place,
            final String cause,
            final FindingSink findings) {
        finding.with(Evidence.CAUSE, cause)
                .with(Evidence.LASTED_NS, of.lastNs[place] - of.sinceNs[place])
                .with(Evidence.COUNT, of.counts[place]);
        findings.publish();
        of.counts[place] = 0;
        open--;
    }

    private Finding claim(final Edge edge, final long nowNs, final FindingSink findings) {
        return findings.claim(FindingKind.FEEDS_DISAGREE, edge, name(), nowNs);
    }

    @Override
    public void describe(final Finding finding, final StringBuilder out) {
        final boolean lost = MISSED.equals(finding.text(Evidence.CAUSE));
        if (finding.edge == Edge.CLOSE) {
            Subject.append(out.append("Both connections agree again about "), finding)
                    .append(": ")
                    .append(finding.text(Evidence.COUNT))
                    .append(lost ? " messages missed by one" : " messages with other values");
        } else if (lost) {
            out.append("Connection ")
                    .append(finding.key)
                    .append(" of ")
                    .append(finding.venue)
                    .append(" missed what ")
                    .append(finding.text(Evidence.CONNECTION))
                    .append(" brought: ")
                    .append(finding.text(Evidence.MISSING_COUNT))
                    .append(' ')
                    .append(finding.channel.label())
                    .append(" of ")
                    .append(finding.text(Evidence.SAMPLE))
                    .append(", ")
                    .append(finding.text(Evidence.MISSING_FROM))
                    .append(" to ")
                    .append(finding.text(Evidence.MISSING_TO));
        } else {
            Subject.append(
                            out.append("Two connections disagree about ")
                                    .append(finding.channel.label())
                                    .append(" id ")
                                    .append(finding.text(Evidence.SEQUENCE))
                                    .append(" of "),
                            finding)
                    .append(": first ")
                    .append(finding.text(Evidence.EXPECTED))
                    .append(", over ")
                    .append(finding.text(Evidence.CONNECTION))
                    .append(' ')
                    .append(finding.text(Evidence.OBSERVED));
        }
    }
}
