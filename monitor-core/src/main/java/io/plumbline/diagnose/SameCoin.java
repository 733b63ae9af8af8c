package io.plumbline.diagnose;

import io.plumbline.market.PriceHistory;
import io.plumbline.market.References;

/**
 * The same field of another instrument of the same coin: on another market, on another exchange, or
 * in another currency. Three explainers of one kind, each with its own relation.
 */
final class SameCoin implements Explainer {
    /** What the other instrument is to the key's own. */
    @FunctionalInterface
    interface Relation {
        boolean holds(int own, int other);
    }

    private final Cause cause;
    private final Kinship kinship;
    private final References references;
    private final Relation relation;

    SameCoin(
            final Cause cause,
            final Kinship kinship,
            final References references,
            final Relation relation) {
        this.cause = cause;
        this.kinship = kinship;
        this.references = references;
        this.relation = relation;
    }

    /** The same pair on another market of the exchange: spot for perpetual. */
    static SameCoin onOtherMarket(final Kinship kinship, final References references) {
        return new SameCoin(
                Cause.OTHER_MARKET,
                kinship,
                references,
                (own, other) ->
                        kinship.isSamePair(own, other) && kinship.isSameExchange(own, other));
    }

    /** The same pair on another exchange. */
    static SameCoin onOtherVenue(final Kinship kinship, final References references) {
        return new SameCoin(
                Cause.OTHER_VENUE,
                kinship,
                references,
                (own, other) ->
                        kinship.isSamePair(own, other) && !kinship.isSameExchange(own, other));
    }

    /** The same coin in another currency. */
    static SameCoin inOtherCurrency(final Kinship kinship, final References references) {
        return new SameCoin(
                Cause.WRONG_QUOTE,
                kinship,
                references,
                (own, other) -> !kinship.isSamePair(own, other));
    }

    @Override
    public void explain(final WrongValue wrong, final Inquiry out) {
        final int[] all = kinship.of(wrong.instrument);
        for (final int other : all) {
            final PriceHistory history = references.history(other, wrong.field);
            if (other == wrong.instrument
                    || history == null
                    || !relation.holds(wrong.instrument, other)) {
                continue;
            }
            final int attempt = wrong.same(history);
            if (attempt > 0) {
                out.claim(cause, other, null, 0, wrong.information(), attempt, all.length).sinceNs =
                        history.validFromNs(wrong.version(history, attempt));
            }
        }
    }
}
