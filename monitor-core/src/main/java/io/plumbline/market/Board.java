package io.plumbline.market;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What the engine now thinks of every watched key, for readers on other threads (the API, the
 * gate). One writer, the engine; readers copy a row and try again when it was being written (a
 * seqlock per row), so neither ever waits for the other.
 */
public final class Board {
    /** Columns of a row, in order. */
    public enum Column {
        REFERENCE_MANTISSA,
        REFERENCE_EXPONENT,
        REFERENCE_GIVEN,
        TICK_MANTISSA,
        TICK_EXPONENT,
        VALUE_MANTISSA,
        VALUE_EXPONENT,
        VALUE_GIVEN,
        VERDICT,
        RUNG,
        LAG_NS,
        REFERENCE_AT_NS,
        OBSERVED_AT_NS,
        EXPIRES_AT_NS,
        VERIFIED_NS,
        UNVERIFIABLE_NS,
        QUIET_NS,
        /** A {@link Freshness.State} of the venue's data. */
        FRESHNESS,
        /** Whether the Redis that holds the key is seen. */
        SEEN
    }

    private static final int COLUMNS = Column.values().length;
    private static final int WIDTH = COLUMNS + 1;

    private final AtomicLongArray cells;
    private final int rows;

    public Board(final int keys) {
        rows = keys;
        cells = new AtomicLongArray(Math.max(1, keys) * WIDTH);
    }

    public int rows() {
        return rows;
    }

    /** Writes one row. Engine thread. */
    public void write(final int row, final long[] values) {
        final int base = row * WIDTH;
        final long version = cells.getPlain(base);
        cells.setOpaque(base, version + 1);
        // No reader may see a new value under the old version; full fences would cost ten times
        // this.
        VarHandle.storeStoreFence();
        for (int i = 0; i < COLUMNS; i++) {
            cells.setOpaque(base + 1 + i, values[i]);
        }
        cells.setRelease(base, version + 2);
    }

    /** Copies one row into {@code out}, which has a place per column. Any thread. */
    public void read(final int row, final long[] out) {
        final int base = row * WIDTH;
        long before;
        do {
            before = cells.get(base);
            for (int i = 0; i < COLUMNS; i++) {
                out[i] = cells.get(base + 1 + i);
            }
        } while ((before & 1) != 0 || cells.get(base) != before);
    }

    /** A row's scratch space. */
    public static long[] row() {
        return new long[COLUMNS];
    }
}
