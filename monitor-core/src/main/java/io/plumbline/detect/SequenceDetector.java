package io.plumbline.detect;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.FindingSink;
import io.plumbline.market.Channel;
import io.plumbline.market.Continuity;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.SequenceRule;

/**
 * Says what {@code Streams} found: gap, duplicate, reorder, reset. One finding per gap with the
 * exact missing range. A gap is held back for the reorder window; what arrives late within it
 * becomes SEQUENCE_REORDER and is taken out of the gap. At most {@value #HOLDS} gaps are held at
 * once; one more is told at once.
 */
public final class SequenceDetector implements Detector {
    static final String NAME = "sequence";

    private static final int HOLDS = 64;

    /** So long the other of two connections may take to fill what the first one missed. */
    private static final long FILL_NS = 1_000_000_000L;

    private static final String RECONNECT = "reconnect";

    private static final class Hold {
        boolean used;
        final MarketEvent event = new MarketEvent();
        long from;
        long to;
        long missing;
        boolean reconnect;
    }

    private final MarketState state;
    private final long reorderWindowNs;
    private final Hold[] holds = new Hold[HOLDS];
    private final LastEpochs epochs = new LastEpochs();
    private final MarketEvent message = new MarketEvent();
    private final GapRecovery recovery;
    private int held;

    /** Before this time no held gap can be due, whatever the other connection does. */
    private long earliestNs;

    /**
     * @param reorderWindowNs how long a gap may still be filled by late messages; 0 tells it at
     *     once
     */
    public SequenceDetector(final MarketState state, final long reorderWindowNs) {
        this.state = state;
        this.reorderWindowNs = reorderWindowNs;
        this.recovery = new GapRecovery(state);
        for (int i = 0; i < HOLDS; i++) {
            holds[i] = new Hold();
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void onEvent(final MarketEvent event, final long nowNs, final FindingSink findings) {
        if (held > 0 && nowNs >= earliestNs) {
            release(nowNs, findings);
        }
        if (event.connectionSequence != MarketEvent.NONE) {
            connection(event, nowNs, findings);
        }
        if (event.type == EventType.BACKFILL) {
            recovery.onAnswer(event, nowNs, findings);
        }
        if (event.type != EventType.MARKET && event.type != EventType.COPY) {
            return;
        }
        switch (event.continuity) {
            case GAP:
                hold(event, nowNs, findings);
                break;
            case DUPLICATE:
                if (event.connectionContinuity != Continuity.DUPLICATE) {
                    tell(FindingKind.SEQUENCE_DUPLICATE, event, nowNs, findings);
                }
                break;
            case REORDER:
                fill(event);
                if (event.connectionContinuity != Continuity.REORDER) {
                    tell(FindingKind.SEQUENCE_REORDER, event, nowNs, findings);
                }
                break;
            case REDUNDANT:
            case FILLED:
                fill(event);
                break;
            case RESET:
                tell(FindingKind.SEQUENCE_RESET, event, nowNs, findings);
                break;
            default:
                break;
        }
        if (event.rule != SequenceRule.NONE && event.continuity.isNews()) {
            epochs.set(event);
        }
    }

    /**
     * The venue numbers every message of the connection: a break is the connection's, whatever the
     * message is about, and is told as such once.
     */
    private void connection(final MarketEvent event, final long nowNs, final FindingSink findings) {
        message.clear();
        message.source = event.source;
        message.epoch = event.epoch;
        message.receivedNs = event.receivedNs;
        message.firstSequence = event.connectionSequence;
        message.lastSequence = event.connectionSequence;
        message.rule = SequenceRule.CONTIGUOUS;
        message.missingFrom = event.connectionSequence - event.connectionMissing;
        message.missingTo = event.connectionSequence - 1;
        switch (event.connectionContinuity) {
            case GAP:
                hold(message, nowNs, findings);
                break;
            case DUPLICATE:
                tell(FindingKind.SEQUENCE_DUPLICATE, message, nowNs, findings);
                break;
            case REORDER:
                fill(message);
                tell(FindingKind.SEQUENCE_REORDER, message, nowNs, findings);
                break;
            case RESET:
                tell(FindingKind.SEQUENCE_RESET, message, nowNs, findings);
                break;
            default:
                break;
        }
    }

    private void hold(final MarketEvent event, final long nowNs, final FindingSink findings) {
        Hold hold = null;
        for (int i = 0; i < HOLDS && windowNs(event) > 0 && hold == null; i++) {
            hold = holds[i].used ? null : holds[i];
        }
        final boolean reconnect =
                event.instrument >= 0
                        && !state.twins.isPaired(event.source)
                        && epochs.changed(event);
        if (hold == null) {
            final long missing = event.missingTo - event.missingFrom + 1;
            gap(event, event.missingFrom, event.missingTo, missing, reconnect, nowNs, findings);
            return;
        }
        hold.used = true;
        hold.event.clear();
        hold.event.instrument = event.instrument;
        hold.event.source = event.source;
        hold.event.channel = event.channel;
        hold.event.receivedNs = event.receivedNs;
        hold.event.firstSequence = event.firstSequence;
        hold.event.rule = event.rule;
        hold.from = event.missingFrom;
        hold.to = event.missingTo;
        hold.missing = event.missingTo - event.missingFrom + 1;
        hold.reconnect = reconnect;
        final long dueNs = event.receivedNs + reorderWindowNs;
        earliestNs = held == 0 ? dueNs : Math.min(earliestNs, dueNs);
        held++;
    }

    /** A connection that counts all of its messages cannot be filled by another. */
    private long windowNs(final MarketEvent event) {
        return event.instrument >= 0 && state.twins.otherIsUp(event.source)
                ? Math.max(reorderWindowNs, FILL_NS)
                : reorderWindowNs;
    }

    private void fill(final MarketEvent event) {
        if (held == 0) {
            return;
        }
        final long first =
                event.rule == SequenceRule.CHAINED
                        ? event.previousSequence + 1
                        : event.firstSequence;
        for (int i = 0; i < HOLDS; i++) {
            final Hold hold = holds[i];
            if (hold.used
                    && hold.event.instrument == event.instrument
                    && hold.event.channel == event.channel
                    && (event.instrument >= 0 || hold.event.source == event.source)
                    && first <= hold.to
                    && event.lastSequence >= hold.from) {
                final long from = Math.max(first, hold.from);
                final long to = Math.min(event.lastSequence, hold.to);
                hold.missing -= to - from + 1;
                if (from == hold.from) {
                    hold.from = to + 1;
                } else {
                    if (to < hold.to) {
                        splitOff(hold, to + 1);
                    }
                    hold.to = from - 1;
                }
                if (hold.missing <= 0 || hold.from > hold.to) {
                    hold.used = false;
                    held--;
                }
                return;
            }
        }
    }

    /**
     * What stands behind a late message becomes a gap of its own; without room it stays one count.
     */
    private void splitOff(final Hold hold, final long from) {
        for (int i = 0; i < HOLDS; i++) {
            final Hold free = holds[i];
            if (!free.used) {
                free.used = true;
                free.event.clear();
                free.event.instrument = hold.event.instrument;
                free.event.source = hold.event.source;
                free.event.channel = hold.event.channel;
                free.event.receivedNs = hold.event.receivedNs;
                free.event.firstSequence = hold.event.firstSequence;
                free.event.rule = hold.event.rule;
                free.from = from;
                free.to = hold.to;
                free.missing = hold.to - from + 1;
                free.reconnect = hold.reconnect;
                hold.missing -= free.missing;
                held++;
                return;
            }
        }
    }

    private void release(final long nowNs, final FindingSink findings) {
        earliestNs = Long.MAX_VALUE;
        for (int i = 0; i < HOLDS; i++) {
            final Hold hold = holds[i];
            if (hold.used && nowNs - hold.event.receivedNs >= windowNs(hold.event)) {
                hold.used = false;
                held--;
                gap(hold.event, hold.from, hold.to, hold.missing, hold.reconnect, nowNs, findings);
            } else if (hold.used) {
                earliestNs = Math.min(earliestNs, hold.event.receivedNs + reorderWindowNs);
            }
        }
    }

    private void gap(
            final MarketEvent event,
            final long from,
            final long to,
            final long missing,
            final boolean reconnect,
            final long nowNs,
            final FindingSink findings) {
        final Finding finding = findings.claim(FindingKind.SEQUENCE_GAP, Edge.EVENT, name(), nowNs);
        subject(finding, event)
                .with(Evidence.MISSING_FROM, from)
                .with(Evidence.MISSING_TO, to)
                .with(Evidence.MISSING_COUNT, missing)
                .with(Evidence.EXPECTED_SEQUENCE, from)
                .with(Evidence.OBSERVED_SEQUENCE, event.firstSequence)
                .with(Evidence.CAUSE, reconnect ? RECONNECT : null);
        findings.publish();
    }

    private void tell(
            final FindingKind kind,
            final MarketEvent event,
            final long nowNs,
            final FindingSink findings) {
        final Finding finding = findings.claim(kind, Edge.EVENT, name(), nowNs);
        final long newest =
                event.continuity == Continuity.RESET
                        ? event.missingFrom
                        : event.instrument < 0
                                ? state.streams.lastOfConnection(event.source, event.epoch)
                                : state.streams.last(event.instrument, event.channel);
        subject(finding, event)
                .with(Evidence.EXPECTED_SEQUENCE, newest + 1)
                .with(Evidence.OBSERVED_SEQUENCE, event.lastSequence);
        findings.publish();
    }

    private Finding subject(final Finding finding, final MarketEvent event) {
        return event.instrument < 0
                ? Subject.source(finding, state, event.source)
                : Subject.instrument(finding, state, event.instrument, event.channel);
    }

    @Override
    public void describe(final Finding finding, final StringBuilder out) {
        final String channel =
                finding.channel == Channel.NONE ? "message" : finding.channel.label();
        switch (finding.kind) {
            case SEQUENCE_GAP:
                if (finding.edge == Edge.CLOSE) {
                    GapRecovery.describe(finding, out);
                    return;
                }
                out.append("The venue's ").append(channel).append(" ids of ");
                Subject.append(out, finding)
                        .append(" jump: ")
                        .append(finding.text(Evidence.MISSING_COUNT))
                        .append(" missing, ")
                        .append(finding.text(Evidence.MISSING_FROM))
                        .append(" to ")
                        .append(finding.text(Evidence.MISSING_TO));
                if (RECONNECT.equals(finding.text(Evidence.CAUSE))) {
                    out.append(", lost while the connection was down");
                }
                break;
            case SEQUENCE_RESET:
                Subject.append(
                                out.append("The venue restarted the ids of ")
                                        .append(channel)
                                        .append(' '),
                                finding)
                        .append(" at ")
                        .append(finding.text(Evidence.OBSERVED_SEQUENCE));
                break;
            default:
                Subject.append(
                                out.append(
                                        finding.kind == FindingKind.SEQUENCE_DUPLICATE
                                                ? "Sent twice: "
                                                : "Sent late, out of order: "),
                                finding)
                        .append(' ')
                        .append(channel)
                        .append(" id ")
                        .append(finding.text(Evidence.OBSERVED_SEQUENCE));
                break;
        }
    }
}
