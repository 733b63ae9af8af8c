package io.plumbline.diagnose;

import io.plumbline.market.Decimal;
import io.plumbline.market.PriceHistory;

/** Its own price, after binary arithmetic: noise in the last digits, or a float of 32 bits. */
final class FloatNoise implements Explainer {
    /** No other value comes so near to the price without being on its grid. */
    private static final int CERTAIN = 60;

    private final Decimal version = new Decimal();

    @Override
    public void explain(final WrongValue wrong, final Inquiry out) {
        final PriceHistory own = wrong.history;
        final int tries = wrong.tries(own);
        for (int attempt = 1; attempt <= tries; attempt++) {
            final int i = wrong.version(own, attempt);
            if (i < 0) {
                continue;
            }
            own.value(i, version);
            final Cause cause = Precision.noise(wrong.value.toBigDecimal(), version.toBigDecimal());
            if (cause != null) {
                final boolean far = wrong.value.exponent() < version.exponent() - 2;
                final Claim claim =
                        out.claim(
                                cause,
                                -1,
                                null,
                                0,
                                far ? CERTAIN : wrong.information(),
                                attempt,
                                2);
                claim.equal.set(version);
                claim.sinceNs = own.validFromNs(i);
                return;
            }
        }
    }
}
