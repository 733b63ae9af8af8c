package io.plumbline.detect;

import io.plumbline.diagnose.Cause;
import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.FindingSink;
import io.plumbline.finding.Severity;
import io.plumbline.market.Decimal;
import io.plumbline.market.MarketState;
import io.plumbline.market.PriceHistory;
import io.plumbline.market.Rung;
import io.plumbline.market.WatchedKeys;

/**
 * One key's divergence from its reference: PRICE_LATE or PRICE_WRONG, opened once, closed once,
 * with its largest deviation and its length. Being wrong outranks being late.
 *
 * <p>The cause of a wrong value may take some values to be sure of: an EVENT tells when it is known
 * or turns out to be another, and the CLOSE has the last word.
 */
final class Divergence {
    private final MarketState state;
    private final WatchedKeys.WatchedKey rule;
    private final PriceHistory history;
    private final String detector;
    private final long windowNs;
    private final Recovery recovery;
    private final Investigation investigation;
    private final Decimal reference = new Decimal();
    private final Decimal earlier = new Decimal();
    private final Decimal largest = new Decimal();
    private final Decimal distance = new Decimal();
    private FindingKind open;
    private Severity severity;
    private long openSinceNs;
    private long largestLagNs;
    private long count;

    /**
     * @param windowNs how far back the envelope of a wrong value reaches
     * @param clearAfterNs how long everything must be well before it closes
     */
    Divergence(
            final MarketState state,
            final WatchedKeys.WatchedKey rule,
            final PriceHistory history,
            final String detector,
            final long windowNs,
            final long clearAfterNs,
            final Investigation investigation) {
        this.investigation = investigation;
        this.state = state;
        this.rule = rule;
        this.history = history;
        this.detector = detector;
        this.windowNs = windowNs;
        recovery = new Recovery(clearAfterNs);
    }

    boolean isOpen() {
        return open != null;
    }

    boolean isWrong() {
        return open == FindingKind.PRICE_WRONG;
    }

    /** A value was right; {@code prompt} when it followed its reference at once. */
    void good(final boolean prompt) {
        recovery.good(prompt);
    }

    void late(
            final Decimal value,
            final long lagNs,
            final long lagAtMostNs,
            final long writtenNs,
            final Rung rung,
            final long nowNs,
            final FindingSink findings) {
        bad(writtenNs, nowNs);
        if (open == null) {
            final Finding finding = open(FindingKind.PRICE_LATE, value, rung, nowNs, findings);
            finding.with(Evidence.LAG_NS, lagNs)
                    .with(Evidence.LAG_AT_MOST_NS, lagAtMostNs)
                    .with(Evidence.BUDGET_NS, rule.lagBudgetNs())
                    .with(Evidence.CAUSE, Cause.OLDER_VALUE.name());
            findings.publish();
        }
        largestLagNs = Math.max(largestLagNs, lagNs);
        track(value);
    }

    /**
     * @param waiting further values of the key that nothing explains so far
     */
    void wrong(
            final Decimal value,
            final long writtenNs,
            final long observedNs,
            final Rung rung,
            final Suspects waiting,
            final long nowNs,
            final FindingSink findings) {
        if (open == FindingKind.PRICE_LATE) {
            close(nowNs, "the value is wrong, not late", findings);
        }
        bad(writtenNs, nowNs);
        investigation.take(value, reference, writtenNs, observedNs);
        if (open == null) {
            for (int i = 0; i < waiting.size(); i++) {
                if (!waiting.isLate(i)) {
                    history.value(Math.max(0, history.at(waiting.writtenNs(i))), earlier);
                    investigation.take(
                            waiting.value(i), earlier, waiting.writtenNs(i), waiting.observedNs(i));
                }
            }
            final Finding finding = open(FindingKind.PRICE_WRONG, value, rung, nowNs, findings);
            investigation.show(finding);
            Envelope.show(finding, history, value, writtenNs - windowNs);
            severity = finding.severity;
            findings.publish();
        } else if (investigation.isNews()) {
            final Finding finding =
                    claim(FindingKind.PRICE_WRONG, Edge.EVENT, value, rung, nowNs, findings);
            investigation.show(finding);
            finding.severity = severity;
            findings.publish();
        }
        track(value);
    }

    private void bad(final long writtenNs, final long nowNs) {
        recovery.bad(nowNs);
        count++;
        history.value(Math.max(0, history.at(writtenNs)), reference);
    }

    private Finding open(
            final FindingKind kind,
            final Decimal value,
            final Rung rung,
            final long nowNs,
            final FindingSink findings) {
        open = kind;
        openSinceNs = nowNs;
        largest.clear();
        largestLagNs = 0;
        count = 1;
        return claim(kind, Edge.OPEN, value, rung, nowNs, findings);
    }

    private Finding claim(
            final FindingKind kind,
            final Edge edge,
            final Decimal value,
            final Rung rung,
            final long nowNs,
            final FindingSink findings) {
        final Finding finding = findings.claim(kind, edge, detector, nowNs);
        Subject.key(finding, state, rule.id())
                .with(Evidence.FIELD, rule.field().label())
                .with(Evidence.EXPECTED, reference)
                .with(Evidence.OBSERVED, value);
        Sight.show(finding, state, rule.id(), rung);
        return Deviation.show(finding, value, reference, state.instruments.tick(rule.instrument()));
    }

    private void track(final Decimal value) {
        final Decimal ticks =
                Deviation.ticks(
                        value, reference, state.instruments.tick(rule.instrument()), distance);
        if (ticks.isGiven() && (!largest.isGiven() || ticks.compareTo(largest) > 0)) {
            largest.set(ticks);
        }
    }

    /** Closes when all is well again; {@code value} is what the key shows now. */
    void clear(final Decimal value, final long nowNs, final FindingSink findings) {
        if (open != null) {
            history.value(0, reference);
            if (recovery.isOver(open, value.sameAs(reference), nowNs)) {
                close(nowNs, null, findings);
            }
        }
    }

    void close(final long nowNs, final String detail, final FindingSink findings) {
        if (open == null) {
            return;
        }
        final Finding finding = findings.claim(open, Edge.CLOSE, detector, nowNs);
        Subject.key(finding, state, rule.id())
                .with(Evidence.LASTED_NS, nowNs - openSinceNs)
                .with(Evidence.COUNT, count)
                .with(Evidence.LARGEST_DEVIATION_TICKS, largest)
                .with(Evidence.DETAIL, detail);
        Sight.show(finding, state, rule.id());
        if (open == FindingKind.PRICE_LATE) {
            finding.with(Evidence.LARGEST_LAG_NS, largestLagNs);
        } else {
            investigation.show(finding.with(Evidence.FIELD, rule.field().label()));
        }
        findings.publish();
        investigation.clear();
        open = null;
    }
}
