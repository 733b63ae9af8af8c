package io.plumbline.app;

import io.plumbline.app.http.Coverage;
import io.plumbline.app.http.SymbolStatus;
import io.plumbline.app.watch.Watch;
import io.plumbline.market.Board;
import io.plumbline.market.Board.Column;
import io.plumbline.market.Decimal;
import io.plumbline.market.Freshness;
import io.plumbline.market.Instruments;
import io.plumbline.market.Rung;
import io.plumbline.market.Verdict;
import io.plumbline.market.WatchedKeys;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** The engine's board with names, as a list that is at most half a second old. Any thread. */
final class SymbolBoard {
    private static final long FRESH_NS = 500_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int TICK_DIGITS = 3;
    private static final int BPS_DIGITS = 4;

    private final Watch watch;
    private final Board board;
    private List<SymbolStatus> latest = List.of();
    private long latestNs = Long.MIN_VALUE;

    SymbolBoard(final Watch watch, final Board board) {
        this.watch = watch;
        this.board = board;
    }

    int size() {
        return board.rows();
    }

    synchronized List<SymbolStatus> read(final long nowNs) {
        if (latestNs == Long.MIN_VALUE || nowNs - latestNs > FRESH_NS) {
            final List<SymbolStatus> rows = new ArrayList<>(board.rows());
            final long[] row = Board.row();
            for (int id = 0; id < board.rows(); id++) {
                board.read(id, row);
                rows.add(status(watch.keys().key(id), row, nowNs));
            }
            latest = List.copyOf(rows);
            latestNs = nowNs;
        }
        return latest;
    }

    private SymbolStatus status(
            final WatchedKeys.WatchedKey key, final long[] row, final long nowNs) {
        final Instruments.Instrument instrument = watch.instruments().instrument(key.instrument());
        final Decimal reference =
                decimal(
                        row,
                        Column.REFERENCE_GIVEN,
                        Column.REFERENCE_MANTISSA,
                        Column.REFERENCE_EXPONENT);
        final Decimal value =
                decimal(row, Column.VALUE_GIVEN, Column.VALUE_MANTISSA, Column.VALUE_EXPONENT);
        final boolean both = reference.isGiven() && value.isGiven();
        final Decimal tick =
                new Decimal()
                        .set(at(row, Column.TICK_MANTISSA), (int) at(row, Column.TICK_EXPONENT));
        return new SymbolStatus(
                instrument.venue(),
                instrument.symbol(),
                key.name(),
                key.field(),
                reference.toString(),
                value.toString(),
                both && tick.signum() != 0 ? ticks(value, reference, tick) : "",
                both && reference.signum() != 0 ? bps(value, reference) : "",
                Verdict.values()[(int) at(row, Column.VERDICT)].name(),
                at(row, Column.LAG_NS),
                age(nowNs, at(row, Column.REFERENCE_AT_NS)),
                age(nowNs, at(row, Column.OBSERVED_AT_NS)),
                new Coverage(
                        at(row, Column.VERIFIED_NS) / SECOND_NS,
                        at(row, Column.UNVERIFIABLE_NS) / SECOND_NS,
                        at(row, Column.QUIET_NS) / SECOND_NS,
                        0),
                Freshness.State.values()[(int) at(row, Column.FRESHNESS)],
                at(row, Column.SEEN) != 0,
                Rung.ofOrdinal((int) at(row, Column.RUNG)));
    }

    private static Decimal decimal(
            final long[] row, final Column given, final Column mantissa, final Column exponent) {
        final Decimal decimal = new Decimal();
        return at(row, given) == 0
                ? decimal
                : decimal.set(at(row, mantissa), (int) at(row, exponent));
    }

    private static String ticks(final Decimal value, final Decimal reference, final Decimal tick) {
        return value.toBigDecimal()
                .subtract(reference.toBigDecimal())
                .divide(tick.toBigDecimal(), TICK_DIGITS, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String bps(final Decimal value, final Decimal reference) {
        final BigDecimal difference = value.toBigDecimal().subtract(reference.toBigDecimal());
        return difference
                .movePointRight(4)
                .divide(reference.toBigDecimal().abs(), BPS_DIGITS, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static long at(final long[] row, final Column column) {
        return row[column.ordinal()];
    }

    private static long age(final long nowNs, final long atNs) {
        return atNs <= 0 ? -1 : Math.max(0, nowNs - atNs);
    }
}
