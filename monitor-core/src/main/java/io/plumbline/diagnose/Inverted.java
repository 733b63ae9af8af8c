package io.plumbline.diagnose;

import io.plumbline.market.Decimal;
import io.plumbline.market.PriceHistory;
import java.math.BigDecimal;

/** One divided by its own price, as far as the value has digits. */
final class Inverted implements Explainer {
    /** A value so roughly rounded that it might be the inverse of anything is not looked at. */
    private static final BigDecimal ROUGHEST = new BigDecimal("0.001");

    private static final BigDecimal FINEST = new BigDecimal("1e-12");

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
            if (isInverse(wrong, version)) {
                final Claim claim =
                        out.claim(Cause.INVERTED, -1, null, 0, wrong.information(), attempt, 1);
                claim.equal.set(version);
                claim.sinceNs = own.validFromNs(i);
                return;
            }
        }
    }

    private static boolean isInverse(final WrongValue wrong, final Decimal version) {
        final Decimal value = wrong.value;
        final int magnitude =
                Weight.digits(value.mantissa())
                        + value.exponent()
                        + Weight.digits(version.mantissa())
                        + version.exponent();
        if (magnitude < 0 || magnitude > 2) {
            return false;
        }
        final BigDecimal price = version.toBigDecimal();
        BigDecimal unit = BigDecimal.ONE.scaleByPowerOfTen(value.exponent());
        if (wrong.tick.isGiven() && wrong.tick.signum() > 0 && value.onGrid(wrong.tick)) {
            unit = unit.min(wrong.tick.toBigDecimal());
        }
        final BigDecimal allowed = unit.multiply(price).max(FINEST);
        return allowed.compareTo(ROUGHEST) <= 0
                && value.toBigDecimal()
                                .multiply(price)
                                .subtract(BigDecimal.ONE)
                                .abs()
                                .compareTo(allowed)
                        <= 0;
    }
}
