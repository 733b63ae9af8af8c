package io.plumbline.diagnose;

import io.plumbline.market.Decimal;
import io.plumbline.market.Field;
import io.plumbline.market.PriceHistory;
import io.plumbline.market.References;

/** Another field of the same instrument: bid for ask, mark or index for last, mid. */
final class OtherField implements Explainer {
    private static final Field[] FIELDS = Field.values();

    /** So many versions of bid and of ask are paired for a mid that nobody keeps. */
    private static final int MOST_PAIRED = 32;

    private final References references;
    private final Decimal bid = new Decimal();
    private final Decimal ask = new Decimal();
    private final Decimal mid = new Decimal();

    OtherField(final References references) {
        this.references = references;
    }

    @Override
    public void explain(final WrongValue wrong, final Inquiry out) {
        for (final Field field : FIELDS) {
            final PriceHistory history = references.history(wrong.instrument, field);
            if (field == wrong.field) {
                continue;
            }
            if (history != null) {
                final int attempt = wrong.same(history);
                if (attempt > 0) {
                    claim(wrong, out, field, attempt).sinceNs =
                            history.validFromNs(wrong.version(history, attempt));
                }
            } else if (field == Field.MID) {
                mid(wrong, out);
            }
        }
    }

    private static Claim claim(
            final WrongValue wrong, final Inquiry out, final Field field, final int versions) {
        return out.claim(
                Cause.OTHER_FIELD, -1, field, 0, wrong.information(), versions, FIELDS.length - 1L);
    }

    private void mid(final WrongValue wrong, final Inquiry out) {
        final PriceHistory bids = references.history(wrong.instrument, Field.BID);
        final PriceHistory asks = references.history(wrong.instrument, Field.ASK);
        if (bids == null || asks == null || bids.size() == 0 || asks.size() == 0) {
            return;
        }
        final int bidTries = Math.min(MOST_PAIRED, wrong.tries(bids));
        final int askTries = Math.min(MOST_PAIRED, wrong.tries(asks));
        for (int i = 1; i <= bidTries; i++) {
            for (int j = 1; j <= askTries; j++) {
                final int ofBid = wrong.version(bids, i);
                final int ofAsk = wrong.version(asks, j);
                if (ofBid >= 0 && ofAsk >= 0 && isMid(wrong.value, bids, ofBid, asks, ofAsk)) {
                    claim(wrong, out, Field.MID, Math.max(i, j)).sinceNs =
                            Math.max(bids.validFromNs(ofBid), asks.validFromNs(ofAsk));
                    return;
                }
            }
        }
    }

    private boolean isMid(
            final Decimal value,
            final PriceHistory bids,
            final int ofBid,
            final PriceHistory asks,
            final int ofAsk) {
        bids.value(ofBid, bid);
        asks.value(ofAsk, ask);
        return bids.validFromNs(ofBid) <= asks.validToNs(ofAsk)
                && asks.validFromNs(ofAsk) <= bids.validToNs(ofBid)
                && mid.setMid(bid, ask).sameAs(value);
    }
}
