package io.plumbline.detect;

import io.plumbline.diagnose.Cause;
import io.plumbline.diagnose.Claim;
import io.plumbline.diagnose.Diagnosis;
import io.plumbline.diagnose.Inquiry;
import io.plumbline.diagnose.WrongValue;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.market.Decimal;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.PriceHistory;
import io.plumbline.market.WatchedKeys;

/**
 * Why one key is wrong: asks the diagnosis about each of its wrong values, remembers what was told
 * of the cause, and shows it in findings. A key that was never wrong costs nothing.
 */
final class Investigation {
    private static final long LEAST_SKEW_NS = 250_000_000L;

    /** A cause that keeps changing is told this often; the CLOSE has the last word. */
    private static final int MOST_NEWS = 3;

    private final MarketState state;
    private final WatchedKeys.WatchedKey rule;
    private final PriceHistory history;
    private final Diagnosis diagnosis;
    private Inquiry inquiry;
    private WrongValue wrong;
    private Cause told;
    private int news;
    private long takenNs;

    Investigation(
            final MarketState state,
            final WatchedKeys.WatchedKey rule,
            final PriceHistory history,
            final Diagnosis diagnosis) {
        this.state = state;
        this.rule = rule;
        this.history = history;
        this.diagnosis = diagnosis;
    }

    /**
     * One more wrong value; one that was taken before is not taken again.
     *
     * @param expected the reference when it was written
     * @param observedNs when it was seen, after {@code writtenNs}
     */
    void take(
            final Decimal value,
            final Decimal expected,
            final long writtenNs,
            final long observedNs) {
        if (inquiry == null) {
            inquiry = diagnosis.inquiry();
            wrong = new WrongValue();
            wrong.instrument = rule.instrument();
            wrong.field = rule.field();
            wrong.history = history;
        }
        if (observedNs <= takenNs) {
            return;
        }
        takenNs = observedNs;
        final long skewNs = Math.max(LEAST_SKEW_NS, rule.lagBudgetNs());
        wrong.value.set(value);
        wrong.expected.set(expected);
        wrong.tick.set(state.instruments.tick(rule.instrument()));
        wrong.writtenNs = writtenNs;
        wrong.fromNs = writtenNs - skewNs;
        wrong.toNs = observedNs + skewNs;
        diagnosis.ask(inquiry, wrong);
    }

    /** Whether another cause is believed than was told, and it is still worth telling. */
    boolean isNews() {
        return told != inquiry.cause() && news < MOST_NEWS;
    }

    /** Puts the cause that is believed now, with what speaks for it. */
    void show(final Finding finding) {
        news += told == null ? 0 : 1;
        told = inquiry.cause();
        finding.with(Evidence.CAUSE, told.name());
        final Claim claim = inquiry.believed();
        if (claim == null) {
            return;
        }
        if (claim.instrument() >= 0) {
            final Instruments.Instrument whose = state.instruments.instrument(claim.instrument());
            finding.with(Evidence.CAUSE_VENUE, whose.venue())
                    .with(Evidence.CAUSE_INSTRUMENT, whose.symbol());
        }
        if (told == Cause.WRONG_QUOTE && claim.field() != null) {
            finding.with(Evidence.CAUSE_RATE, claim.equal());
        } else {
            finding.with(Evidence.CAUSE_FIELD, claim.field() == null ? null : claim.field().label())
                    .with(Evidence.CAUSE_PRICE, claim.equal());
        }
        if (told == Cause.SCALED || told == Cause.CONTRACT_MULTIPLIER) {
            finding.with(Evidence.CAUSE_FACTOR, 1, claim.power());
        }
        if (claim.ageNs() != MarketEvent.NONE) {
            finding.with(Evidence.AGE_NS, claim.ageNs());
        }
        finding.with(Evidence.CAUSE_SINCE_NS, claim.sinceNs())
                .with(Evidence.CAUSE_VALUES, claim.agreed());
    }

    /** The key is well again. */
    void clear() {
        if (inquiry != null) {
            inquiry.clear();
        }
        told = null;
        news = 0;
    }
}
