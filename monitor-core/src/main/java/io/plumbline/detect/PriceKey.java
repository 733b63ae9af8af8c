package io.plumbline.detect;

import io.plumbline.diagnose.Diagnosis;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.PriceHistory;
import io.plumbline.market.WatchedKeys;

/** What the price detector keeps of one key. */
final class PriceKey {
    final WatchedKeys.WatchedKey rule;

    /** The versions that it is judged by; null where there are none. */
    final PriceHistory history;

    /** The connection that carries them, the first of two; -1 for none. */
    final int source;

    final Suspects suspects = new Suspects();
    final Divergence divergence;
    long lastGoodNs = MarketEvent.NONE;
    long aheadToldNs;

    private PriceKey(
            final WatchedKeys.WatchedKey rule,
            final PriceHistory history,
            final int source,
            final Divergence divergence) {
        this.rule = rule;
        this.history = history;
        this.source = source;
        this.divergence = divergence;
    }

    static PriceKey of(
            final MarketState state,
            final WatchedKeys.WatchedKey rule,
            final Diagnosis diagnosis,
            final String detector,
            final long windowNs,
            final long clearAfterNs) {
        final PriceHistory history = state.references.history(rule.instrument(), rule.field());
        return new PriceKey(
                rule,
                history,
                state.subscriptions.source(
                        rule.instrument(),
                        state.references.channel(rule.instrument(), rule.field())),
                new Divergence(
                        state,
                        rule,
                        history,
                        detector,
                        windowNs,
                        clearAfterNs,
                        new Investigation(state, rule, history, diagnosis)));
    }
}
