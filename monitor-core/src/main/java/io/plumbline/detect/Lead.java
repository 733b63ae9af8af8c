package io.plumbline.detect;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.FindingSink;
import io.plumbline.market.Decimal;
import io.plumbline.market.MarketState;

/**
 * How far writers are ahead of our own socket: the news of it, and what it teaches of the grace.
 */
final class Lead {
    private static final long LONGEST_GRACE_NS = 2_000_000_000L;

    /** A writer that is always ahead is told of once a minute. */
    private static final long EVERY_NS = 60_000_000_000L;

    private final MarketState state;
    private final String detector;
    private long skewNs;

    Lead(final MarketState state, final String detector) {
        this.state = state;
        this.detector = detector;
    }

    /** A tick passes; how long a value that nothing explains may wait for our own feed. */
    long graceNs(final long leastNs) {
        skewNs -= skewNs >> 10;
        return Math.min(LONGEST_GRACE_NS, Math.max(leastNs, 2 * skewNs));
    }

    /** The key showed {@code value} so long before our feed did. */
    void ahead(
            final PriceKey key,
            final Decimal value,
            final long aheadNs,
            final long nowNs,
            final FindingSink findings) {
        skewNs = Math.max(skewNs, aheadNs);
        final boolean due = key.aheadToldNs == 0 || nowNs - key.aheadToldNs > EVERY_NS;
        if (aheadNs > key.rule.lagBudgetNs() && due) {
            key.aheadToldNs = nowNs;
            final Finding finding =
                    findings.claim(FindingKind.PRICE_AHEAD, Edge.EVENT, detector, nowNs);
            Subject.key(finding, state, key.rule.id())
                    .with(Evidence.FIELD, key.rule.field().label())
                    .with(Evidence.OBSERVED, value)
                    .with(Evidence.LAG_NS, -aheadNs);
            Sight.show(finding, state, key.rule.id());
            findings.publish();
        }
    }
}
