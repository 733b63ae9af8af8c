package io.plumbline.diagnose;

import io.plumbline.market.Decimal;
import io.plumbline.market.Field;
import io.plumbline.market.PriceHistory;
import io.plumbline.market.References;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Its own price in another currency whose rate is watched, though the price in that currency is
 * not. Two markets are never at one price, so five basis points are allowed; a rate within a
 * percent of one explains nothing, and that values keep their ratio tells little more than one.
 */
final class OtherCurrency implements Explainer {
    private static final BigDecimal ALLOWED = new BigDecimal("0.0005");
    private static final BigDecimal NEAREST = new BigDecimal("0.01");
    private static final int FIRST = 33;
    private static final int FURTHER = 6;

    private final Kinship kinship;
    private final References references;
    private final Decimal rate = new Decimal();

    OtherCurrency(final Kinship kinship, final References references) {
        this.kinship = kinship;
        this.references = references;
    }

    @Override
    public void explain(final WrongValue wrong, final Inquiry out) {
        final String own = kinship.pair(wrong.instrument).quote();
        final int[] rates = kinship.rates(own);
        if (rates.length == 0 || wrong.expected.signum() <= 0) {
            return;
        }
        final BigDecimal ratio =
                wrong.value
                        .toBigDecimal()
                        .divide(wrong.expected.toBigDecimal(), MathContext.DECIMAL64);
        for (final int pair : rates) {
            final PriceHistory history = references.history(pair, Field.LAST);
            final int version = history == null ? -1 : history.at(wrong.toNs);
            if (version < 0 || kinship.isSameCoin(wrong.instrument, pair)) {
                continue;
            }
            history.value(version, rate);
            final boolean times = kinship.pair(pair).base().equals(own);
            if (rate.signum() > 0 && fits(ratio, times)) {
                final boolean known = out.find(Cause.WRONG_QUOTE, pair, Field.LAST) != null;
                out.claim(
                                Cause.WRONG_QUOTE,
                                pair,
                                Field.LAST,
                                times ? 1 : -1,
                                known ? FURTHER : FIRST,
                                1,
                                rates.length)
                        .equal
                        .set(rate);
            }
        }
    }

    private boolean fits(final BigDecimal ratio, final boolean times) {
        final BigDecimal price = rate.toBigDecimal();
        final BigDecimal factor =
                times ? price : BigDecimal.ONE.divide(price, MathContext.DECIMAL64);
        return factor.subtract(BigDecimal.ONE).abs().compareTo(NEAREST) >= 0
                && ratio.subtract(factor).abs().compareTo(factor.multiply(ALLOWED)) <= 0;
    }
}
