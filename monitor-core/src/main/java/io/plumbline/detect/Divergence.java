package io.plumbline.detect;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.FindingSink;
import io.plumbline.market.Decimal;
import io.plumbline.market.MarketState;
import io.plumbline.market.PriceHistory;
import io.plumbline.market.Rung;
import io.plumbline.market.WatchedKeys;

/**
 * One key's divergence from its reference: PRICE_LATE or PRICE_WRONG, opened once, closed once,
 * with its largest deviation and its length. Being wrong outranks being late.
 *
 * <p>A wrong key is well with the next values that are right. A late one is not: a price that goes
 * to and fro makes many late values look current. It must prove {@value #PROMPT_PROOFS} times that
 * it follows at once, with nothing late for a while; or agree for a minute in which nothing moves.
 */
final class Divergence {
    private static final int PROMPT_PROOFS = 3;
    private static final long LATE_CLEAR_NS = 5_000_000_000L;
    private static final long AGREED_NS = 60_000_000_000L;

    private final MarketState state;
    private final WatchedKeys.WatchedKey rule;
    private final PriceHistory history;
    private final String detector;
    private final long windowNs;
    private final long clearAfterNs;
    private final Decimal reference = new Decimal();
    private final Decimal largest = new Decimal();
    private final Decimal distance = new Decimal();
    private FindingKind open;
    private long openSinceNs;
    private long lastBadNs;
    private long largestLagNs;
    private long count;
    private boolean goodSinceBad;
    private int promptProofs;

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
            final long clearAfterNs) {
        this.state = state;
        this.rule = rule;
        this.history = history;
        this.detector = detector;
        this.windowNs = windowNs;
        this.clearAfterNs = clearAfterNs;
    }

    boolean isOpen() {
        return open != null;
    }

    boolean isWrong() {
        return open == FindingKind.PRICE_WRONG;
    }

    /** A value was right; {@code prompt} when it followed its reference at once. */
    void good(final boolean prompt) {
        goodSinceBad = true;
        promptProofs += prompt ? 1 : 0;
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
                    .with(Evidence.BUDGET_NS, rule.lagBudgetNs());
            findings.publish();
        }
        largestLagNs = Math.max(largestLagNs, lagNs);
        track(value);
    }

    void wrong(
            final Decimal value,
            final long writtenNs,
            final Rung rung,
            final long nowNs,
            final FindingSink findings) {
        if (open == FindingKind.PRICE_LATE) {
            close(nowNs, "the value is wrong, not late", findings);
        }
        bad(writtenNs, nowNs);
        if (open == null) {
            final Finding finding = open(FindingKind.PRICE_WRONG, value, rung, nowNs, findings);
            Envelope.show(finding, history, value, writtenNs - windowNs);
            findings.publish();
        }
        track(value);
    }

    private void bad(final long writtenNs, final long nowNs) {
        lastBadNs = nowNs;
        goodSinceBad = false;
        promptProofs = 0;
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
        final Finding finding = findings.claim(kind, Edge.OPEN, detector, nowNs);
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
        if (open == null) {
            return;
        }
        final long quietNs = nowNs - lastBadNs;
        final boolean well;
        if (open == FindingKind.PRICE_WRONG) {
            well = goodSinceBad && quietNs > clearAfterNs;
        } else if (promptProofs >= PROMPT_PROOFS) {
            well = quietNs > Math.max(clearAfterNs, LATE_CLEAR_NS);
        } else {
            history.value(0, reference);
            well = quietNs > AGREED_NS && value.sameAs(reference);
        }
        if (well) {
            close(nowNs, null, findings);
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
        if (open == FindingKind.PRICE_LATE) {
            finding.with(Evidence.LARGEST_LAG_NS, largestLagNs);
        }
        findings.publish();
        open = null;
    }
}
