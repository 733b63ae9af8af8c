package io.plumbline.detect;

import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.Severity;
import io.plumbline.market.Decimal;
import io.plumbline.market.PriceHistory;

/**
 * The lowest and the highest reference of the window. A wrong value inside it looks like conflation
 * or a mix-up of fields (a ticket); one outside was never the price (a page).
 */
final class Envelope {
    private Envelope() {}

    static void show(
            final Finding finding,
            final PriceHistory history,
            final Decimal value,
            final long sinceNs) {
        final Decimal low = new Decimal();
        final Decimal high = new Decimal();
        final Decimal version = new Decimal();
        for (int i = 0; i < history.size() && (i == 0 || history.validToNs(i) > sinceNs); i++) {
            history.value(i, version);
            if (!low.isGiven() || version.compareTo(low) < 0) {
                low.set(version);
            }
            if (!high.isGiven() || version.compareTo(high) > 0) {
                high.set(version);
            }
        }
        finding.with(Evidence.ENVELOPE_LOW, low).with(Evidence.ENVELOPE_HIGH, high);
        if (low.isGiven() && value.compareTo(low) >= 0 && value.compareTo(high) <= 0) {
            finding.severity = Severity.MEDIUM;
        }
    }
}
