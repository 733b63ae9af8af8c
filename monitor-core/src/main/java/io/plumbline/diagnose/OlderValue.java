package io.plumbline.diagnose;

import io.plumbline.market.Past;
import io.plumbline.market.PriceHistory;

/**
 * Its own price of some time ago: the writer stands, or plays something back. Every version of the
 * window is known, and a sample of the time before it; so a value that is not found tells little,
 * and what is found must be about as old as the one before.
 */
final class OlderValue implements Explainer {
    private static final long LEAST_SPREAD_NS = 2_000_000_000L;

    @Override
    public void explain(final WrongValue wrong, final Inquiry out) {
        final Claim standing = out.find(Cause.OLDER_VALUE, -1, null);
        final long aboutNs = standing == null ? -1 : standing.ageNs;
        final long spreadNs = Math.max(LEAST_SPREAD_NS, aboutNs / 8);
        final PriceHistory own = wrong.history;
        final Past past = own.past();
        long bestNs = -1;
        long sinceNs = 0;
        int versions = 0;
        for (int i = 0; i < own.size(); i++) {
            final long ageNs = wrong.writtenNs - own.validToNs(i);
            if (own.validToNs(i) < wrong.fromNs && isNear(ageNs, aboutNs, spreadNs)) {
                versions++;
                if (bestNs < 0 && wrong.value.sameAs(own.mantissa(i), own.exponent(i))) {
                    bestNs = ageNs;
                    sinceNs = own.validFromNs(i);
                }
            }
        }
        for (int i = 0; past != null && i < past.size(); i++) {
            final long ageNs = wrong.writtenNs - past.validToNs(i);
            if (isNear(ageNs, aboutNs, spreadNs + past.spacingNs())) {
                versions++;
                if (bestNs < 0 && wrong.value.sameAs(past.mantissa(i), past.exponent(i))) {
                    bestNs = ageNs;
                    sinceNs = past.validFromNs(i);
                }
            }
        }
        if (bestNs >= 0) {
            final Claim claim =
                    out.claim(Cause.OLDER_VALUE, -1, null, 0, wrong.information(), versions, 1);
            claim.ageNs = bestNs;
            claim.sinceNs = sinceNs;
        } else if (standing != null && aboutNs + spreadNs > wrong.writtenNs - own.coveredFromNs()) {
            out.excuse(standing);
        }
    }

    private static boolean isNear(final long ageNs, final long aboutNs, final long spreadNs) {
        return aboutNs < 0 || Math.abs(ageNs - aboutNs) <= spreadNs;
    }
}
