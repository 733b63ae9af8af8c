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
    private static final int MOST_SAMPLES = 900;
    private static final long BUDGET_BYTES = 14L << 20;
    private static final long NS_PER_US = 1_000;

    /** What stands for an exponent where there is no price. */
    private static final short NONE = Short.MIN_VALUE;

    /** The samples of one key, the oldest overwritten by the newest. */
    private static final class Ring {
        /** Two longs, two shorts and an int a sample. */
        static final int SAMPLE_BYTES = 24;

        final long[] references;
        final long[] values;
        final short[] referenceExponents;
        final short[] valueExponents;
        final int[] lagsUs;

        Ring(final int samples) {
            references = new long[samples];
            values = new long[samples];
            referenceExponents = new short[samples];
            valueExponents = new short[samples];
            lagsUs = new int[samples];
        }
    }

    private final Board board;
    private final Map<String, Integer> ids = new HashMap<>();
    private final int samples;
    private final long[] atNs;
    private final Ring[] rings;
    private final long[] row = Board.row();
    private long recorded;
    private long dueNs = Long.MIN_VALUE;

    TrendBoard(final Watch watch, final Board board) {
        this.board = board;
        for (final WatchedKeys.WatchedKey key : watch.keys().all()) {
            ids.putIfAbsent(key.name(), key.id());
        }
        final long each = BUDGET_BYTES / Ring.SAMPLE_BYTES / Math.max(1, board.rows());
        samples = (int) Math.max(10, Math.min(MOST_SAMPLES, each));
        atNs = new long[samples];
        rings = new Ring[board.rows()];
    }

    /** Takes a sample of every key when a second has passed. */
    synchronized void record(final long nowNs) {
        if (nowNs < dueNs) {
            return;
        }
        dueNs = nowNs + EVERY_NS;
        final int at = (int) (recorded % samples);
        recorded++;
        atNs[at] = nowNs;
        for (int id = 0; id < rings.length; id++) {
            if (rings[id] == null) {
                rings[id] = new Ring(samples);
            }
            board.read(id, row);
            final Ring ring = rings[id];
            ring.references[at] = row[Column.REFERENCE_MANTISSA.ordinal()];
            ring.referenceExponents[at] =
                    exponent(Column.REFERENCE_GIVEN, Column.REFERENCE_EXPONENT);
            ring.values[at] = row[Column.VALUE_MANTISSA.ordinal()];
            ring.valueExponents[at] = exponent(Column.VALUE_GIVEN, Column.VALUE_EXPONENT);
            ring.lagsUs[at] =
                    (int) Math.min(Integer.MAX_VALUE, row[Column.LAG_NS.ordinal()] / NS_PER_US);
        }
    }

    private short exponent(final Column given, final Column exponent) {
        return row[given.ordinal()] == 0 ? NONE : (short) row[exponent.ordinal()];
    }

    /** Of one key, or null where it is not watched. */
    synchronized Trend of(final String key) {
        final Integer id = ids.get(key);
        if (id == null) {
            return null;
        }
        final List<Trend.Sample> all = new ArrayList<>();
        for (long n = Math.max(0, recorded - samples); n < recorded; n++) {
            final Ring ring = rings[id];
            final int at = (int) (n % samples);
            all.add(
                    new Trend.Sample(
                            atNs[at],
                            decimal(ring.references[at], ring.referenceExponents[at]),
                            decimal(ring.values[at], ring.valueExponents[at]),
                            ring.lagsUs[at] * NS_PER_US));
        }
        return new Trend(all);
    }

    private static String decimal(final long mantissa, final short exponent) {
        return exponent == NONE ? "" : new Decimal().set(mantissa, exponent).toString();
    }
}
