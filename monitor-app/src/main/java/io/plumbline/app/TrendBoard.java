package io.plumbline.app;

import io.plumbline.app.http.Trend;
import io.plumbline.app.watch.Watch;
import io.plumbline.market.Board;
import io.plumbline.market.Board.Column;
import io.plumbline.market.Decimal;
import io.plumbline.market.WatchedKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The last minutes of every key for people who look at one: a sample a second within a fixed amount
 * of memory, so the more keys, the shorter. One thread records, any thread reads.
 */
final class TrendBoard {
    private static final long EVERY_NS = 1_000_000_000L;
    private static final int LONGS = 6;
    private static final int MOST_SAMPLES = 900;
    private static final long BUDGET_LONGS = 4L << 20;

    private final Board board;
    private final Map<String, Integer> ids = new HashMap<>();
    private final int samples;
    private final long[][] rings;
    private final long[] row = Board.row();
    private long recorded;
    private long dueNs = Long.MIN_VALUE;

    TrendBoard(final Watch watch, final Board board) {
        this.board = board;
        for (final WatchedKeys.WatchedKey key : watch.keys().all()) {
            ids.putIfAbsent(key.name(), key.id());
        }
        final long each = BUDGET_LONGS / LONGS / Math.max(1, board.rows());
        samples = (int) Math.max(10, Math.min(MOST_SAMPLES, each));
        rings = new long[board.rows()][];
    }

    /** Takes a sample of every key when a second has passed. */
    synchronized void record(final long nowNs) {
        if (nowNs < dueNs) {
            return;
        }
        dueNs = nowNs + EVERY_NS;
        final int at = (int) (recorded % samples) * LONGS;
        recorded++;
        for (int id = 0; id < rings.length; id++) {
            if (rings[id] == null) {
                rings[id] = new long[samples * LONGS];
            }
            board.read(id, row);
            final long[] ring = rings[id];
            ring[at] = nowNs;
            ring[at + 1] = row[Column.REFERENCE_MANTISSA.ordinal()];
            ring[at + 2] =
                    row[Column.REFERENCE_GIVEN.ordinal()] == 0
                            ? Long.MIN_VALUE
                            : row[Column.REFERENCE_EXPONENT.ordinal()];
            ring[at + 3] = row[Column.VALUE_MANTISSA.ordinal()];
            ring[at + 4] =
                    row[Column.VALUE_GIVEN.ordinal()] == 0
                            ? Long.MIN_VALUE
                            : row[Column.VALUE_EXPONENT.ordinal()];
            ring[at + 5] = row[Column.LAG_NS.ordinal()];
        }
    }

    /** Of one key, or null where it is not watched. */
    synchronized Trend of(final String key) {
        final Integer id = ids.get(key);
        if (id == null) {
            return null;
        }
        final List<Trend.Sample> all = new ArrayList<>();
        for (long n = Math.max(0, recorded - samples); n < recorded; n++) {
            final long[] ring = rings[id];
            final int at = (int) (n % samples) * LONGS;
            all.add(
                    new Trend.Sample(
                            ring[at],
                            decimal(ring[at + 1], ring[at + 2]),
                            decimal(ring[at + 3], ring[at + 4]),
                            ring[at + 5]));
        }
        return new Trend(all);
    }

    private static String decimal(final long mantissa, final long exponent) {
        return exponent == Long.MIN_VALUE
                ? ""
                : new Decimal().set(mantissa, (int) exponent).toString();
    }
}
