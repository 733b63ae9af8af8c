package io.plumbline.diagnose;

import io.plumbline.market.Decimal;
import io.plumbline.market.PriceHistory;

/** Its own price with fewer digits after the point, cut or rounded off. */
final class Truncated implements Explainer {
    private static final int FEWEST_DIGITS = 2;
    private static final int MOST_CUT = 17;

    private final Decimal cut = new Decimal();

    @Override
    public void explain(final WrongValue wrong, final Inquiry out) {
        final PriceHistory own = wrong.history;
        final Claim standing = out.find(Cause.TRUNCATED, -1, null);
        if (standing == null && Weight.digits(wrong.value.mantissa()) < FEWEST_DIGITS) {
            return;
        }
        final int kept =
                standing == null
                        ? wrong.value.exponent()
                        : Math.min(standing.power, wrong.value.exponent());
        final int tries = wrong.tries(own);
        for (int attempt = 1; attempt <= tries; attempt++) {
            final int i = wrong.version(own, attempt);
            if (i < 0) {
                continue;
            }
            if (isCut(wrong.value, own.mantissa(i), own.exponent(i), kept)) {
                if (standing != null) {
                    standing.power = kept;
                }
                final Claim claim =
                        out.claim(Cause.TRUNCATED, -1, null, kept, wrong.information(), attempt, 2);
                own.value(i, claim.equal);
                claim.sinceNs = own.validFromNs(i);
                return;
            }
        }
    }

    private boolean isCut(
            final Decimal value, final long mantissa, final int exponent, final int kept) {
        if (kept <= exponent || kept - exponent > MOST_CUT) {
            return false;
        }
        long unit = 1;
        for (int i = exponent; i < kept; i++) {
            unit *= 10;
        }
        return cut.set(mantissa / unit, kept).sameAs(value)
                || cut.set((mantissa + unit / 2) / unit, kept).sameAs(value);
    }
}
