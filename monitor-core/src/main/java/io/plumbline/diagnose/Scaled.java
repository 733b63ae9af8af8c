package io.plumbline.diagnose;

import io.plumbline.market.PriceHistory;

/**
 * Its own price times or divided by 10^n; where n is what the contract counts (1000PEPE), that is
 * said instead.
 */
final class Scaled implements Explainer {
    private static final int FACTORS = 18;

    private final Kinship kinship;

    Scaled(final Kinship kinship) {
        this.kinship = kinship;
    }

    @Override
    public void explain(final WrongValue wrong, final Inquiry out) {
        final PriceHistory own = wrong.history;
        final int tries = wrong.tries(own);
        for (int attempt = 1; attempt <= tries; attempt++) {
            final int i = wrong.version(own, attempt);
            if (i < 0) {
                continue;
            }
            final int power = wrong.value.exponent() - own.exponent(i);
            if (own.mantissa(i) == wrong.value.mantissa() && power != 0) {
                final int counted = kinship.pair(wrong.instrument).power();
                final boolean multiplier = counted != 0 && Math.abs(power) == counted;
                final Claim claim =
                        out.claim(
                                multiplier ? Cause.CONTRACT_MULTIPLIER : Cause.SCALED,
                                -1,
                                null,
                                power,
                                wrong.information(),
                                attempt,
                                FACTORS);
                own.value(i, claim.equal);
                claim.sinceNs = own.validFromNs(i);
                return;
            }
        }
    }
}
