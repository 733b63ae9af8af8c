package io.plumbline.detect;

import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingSink;
import io.plumbline.market.Board;
import io.plumbline.market.Board.Column;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventType;
import io.plumbline.market.Freshness;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.Observations;
import io.plumbline.market.PriceHistory;
import io.plumbline.market.Verdict;
import io.plumbline.market.WatchedKeys;

/**
 * Finds nothing: keeps the board, and counts for how long each key was verified, unverifiable or
 * quiet. "No alert" must never mean "no data".
 */
public final class CoverageKeeper implements Detector {
    private static final long INTERVAL_NS = 200_000_000L;

    private final MarketState state;
    private final Board board;
    private final long[] verifiedNs;
    private final long[] unverifiableNs;
    private final long[] quietNs;
    private final long[] row = Board.row();
    private final int[] venues;
    private long lastNs;

    public CoverageKeeper(final MarketState state, final Board board) {
        this.state = state;
        this.board = board;
        final int keys = state.keys.size();
        verifiedNs = new long[keys];
        unverifiableNs = new long[keys];
        quietNs = new long[keys];
        venues = new int[keys];
        for (final WatchedKeys.WatchedKey key : state.keys.all()) {
            venues[key.id()] =
                    state.subscriptions.source(
                            key.instrument(),
                            state.references.channel(key.instrument(), key.field()));
        }
    }

    @Override
    public String name() {
        return "coverage";
    }

    @Override
    public boolean hearsMarket() {
        return false;
    }

    @Override
    public boolean hearsValues() {
        return false;
    }

    @Override
    public void onEvent(final MarketEvent event, final long nowNs, final FindingSink findings) {
        if (event.type != EventType.TIMER || nowNs - lastNs < INTERVAL_NS) {
            return;
        }
        final long passedNs = lastNs == 0 ? 0 : nowNs - lastNs;
        lastNs = nowNs;
        for (int id = 0; id < verifiedNs.length; id++) {
            count(id, nowNs, passedNs);
            write(id, nowNs);
        }
    }

    private void count(final int id, final long nowNs, final long passedNs) {
        final Verdict verdict = state.observations.key(id).verdict;
        final int instrument = state.keys.key(id).instrument();
        final Freshness.State freshness = state.freshness.state(instrument);
        if (verdict == Verdict.UNSEEN
                || verdict == Verdict.UNVERIFIABLE
                || verdict == Verdict.ABSENT
                || venues[id] >= 0 && !state.twins.isCarried(venues[id])
                || !state.sight.isSeen(state.holders.of(id), nowNs)
                || freshness == Freshness.State.STALE
                || freshness == Freshness.State.UNSEEN) {
            unverifiableNs[id] += passedNs;
        } else if (freshness == Freshness.State.QUIET) {
            quietNs[id] += passedNs;
        } else {
            verifiedNs[id] += passedNs;
        }
    }

    private void write(final int id, final long nowNs) {
        final WatchedKeys.WatchedKey key = state.keys.key(id);
        final Observations.Observation seen = state.observations.key(id);
        final PriceHistory history = state.references.history(key.instrument(), key.field());
        final boolean known = history != null && history.size() > 0;
        put(Column.REFERENCE_GIVEN, known ? 1 : 0);
        put(Column.REFERENCE_MANTISSA, known ? history.mantissa(0) : 0);
        put(Column.REFERENCE_EXPONENT, known ? history.exponent(0) : 0);
        put(Column.REFERENCE_AT_NS, known ? history.lastEventNs() : 0);
        final Decimal tick = state.instruments.tick(key.instrument());
        put(Column.TICK_MANTISSA, tick.mantissa());
        put(Column.TICK_EXPONENT, tick.exponent());
        put(Column.VALUE_GIVEN, seen.value.isGiven() ? 1 : 0);
        put(Column.VALUE_MANTISSA, seen.value.mantissa());
        put(Column.VALUE_EXPONENT, seen.value.exponent());
        put(Column.VERDICT, seen.verdict.ordinal());
        put(Column.RUNG, seen.rung.ordinal());
        put(Column.LAG_NS, seen.lagNs);
        put(Column.OBSERVED_AT_NS, seen.receivedNs == MarketEvent.NONE ? 0 : seen.receivedNs);
        put(Column.EXPIRES_AT_NS, seen.expiresAtNs);
        put(Column.VERIFIED_NS, verifiedNs[id]);
        put(Column.UNVERIFIABLE_NS, unverifiableNs[id]);
        put(Column.QUIET_NS, quietNs[id]);
        put(Column.FRESHNESS, state.freshness.state(key.instrument()).ordinal());
        put(Column.SEEN, state.sight.isSeen(state.holders.of(id), nowNs) ? 1 : 0);
        board.write(id, row);
    }

    private void put(final Column column, final long value) {
        row[column.ordinal()] = value;
    }

    @Override
    public void describe(final Finding finding, final StringBuilder out) {
        out.append(finding.kind);
    }
}
