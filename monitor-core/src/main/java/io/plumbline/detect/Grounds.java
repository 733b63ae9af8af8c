package io.plumbline.detect;

import io.plumbline.market.Freshness;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.PriceHistory;
import io.plumbline.market.SessionState;
import io.plumbline.market.WatchedKeys;

/**
 * Whether there are grounds to call a value wrong or late: the reference around its time was whole,
 * and Redis was seen. Without them a value is unverifiable.
 */
final class Grounds {
    private static final long YOUNG_NS = 1_000_000_000L;

    private final MarketState state;
    private final long[] reconnectedNs;
    private final boolean[] wasDown;

    Grounds(final MarketState state) {
        this.state = state;
        reconnectedNs = new long[state.sources.size()];
        wasDown = new boolean[reconnectedNs.length];
    }

    /**
     * Takes a SESSION event: a connection that was down leaves a hole before it, unless another
     * carried the same.
     */
    void onSession(final MarketEvent event) {
        final int source = state.twins.primary(event.source);
        if (!state.twins.isCarried(source)) {
            wasDown[source] = true;
        } else if (wasDown[source] && event.session == SessionState.SUBSCRIBED) {
            wasDown[source] = false;
            reconnectedNs[source] = event.receivedNs;
        }
    }

    /**
     * Whether the reference around {@code timeNs} is whole enough to call a value wrong.
     *
     * @param source the connection that carries it; the first of two
     */
    boolean areSound(
            final WatchedKeys.WatchedKey rule,
            final PriceHistory history,
            final int source,
            final long timeNs,
            final long nowNs) {
        final long marginNs = marginNs(rule);
        return state.sight.wasSeen(state.holders.of(rule.id()), timeNs, marginNs, nowNs)
                && state.twins.isCarried(source)
                && state.freshness.state(rule.instrument()) != Freshness.State.STALE
                && timeNs - history.coveredFromNs() >= marginNs
                && timeNs - reconnectedNs[source] >= marginNs
                && history.lastEventNs() >= reconnectedNs[source]
                && timeNs - state.freshness.recoveredNs(rule.instrument()) >= marginNs
                && history.lastEventNs() >= state.freshness.recoveredNs(rule.instrument())
                && (history.holeToNs() == MarketEvent.NONE
                        || timeNs - history.holeToNs() >= marginNs);
    }

    /** Whether Redis kept its pace around {@code timeNs}: else lateness is not its writer's. */
    boolean redisKeptPace(final WatchedKeys.WatchedKey rule, final long timeNs, final long nowNs) {
        return state.sight.wasAtPace(state.holders.of(rule.id()), timeNs, marginNs(rule), nowNs);
    }

    private static long marginNs(final WatchedKeys.WatchedKey rule) {
        return Math.max(YOUNG_NS, 2 * rule.lagBudgetNs());
    }
}
