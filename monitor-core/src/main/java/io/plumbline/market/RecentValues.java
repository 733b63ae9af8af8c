package io.plumbline.market;

import java.util.Arrays;

/**
 * Which instruments lately had a price of these digits: a table by the hash of the mantissa, four
 * places to a row, in which the newest takes the place of the oldest. What it says must be looked
 * up in the instrument's own {@link PriceHistory}: it forgets, and it may be out of date. Engine
 * thread; four bytes a place, one row touched per new version.
 */
public final class RecentValues {
    /** Instruments that may share a row. */
    public static final int WAYS = 4;

    private static final int PLACES_PER_LANE = 16;
    private static final int MOST_ROWS = 1 << 20;

    /** Fewer digits than three explain nothing. */
    private static final long LEAST_MANTISSA = 100;

    private final int[] places;
    private final int mask;

    /**
     * @param lanes how many prices are kept
     */
    RecentValues(final int lanes) {
        int rows = 1;
        while (rows * WAYS < lanes * PLACES_PER_LANE && rows < MOST_ROWS) {
            rows *= 2;
        }
        places = new int[rows * WAYS];
        Arrays.fill(places, -1);
        mask = rows - 1;
    }

    void add(final long mantissa, final int instrument) {
        if (mantissa < LEAST_MANTISSA) {
            return;
        }
        final int row = row(mantissa);
        int last = row + WAYS - 1;
        for (int i = row; i < last; i++) {
            if (places[i] == instrument) {
                last = i;
            }
        }
        System.arraycopy(places, row, places, row + 1, last - row);
        places[row] = instrument;
    }

    /**
     * An instrument that may have had a price of this mantissa, or -1.
     *
     * @param way 0 for the newest, up to {@link #WAYS} - 1
     */
    public int instrument(final long mantissa, final int way) {
        return places[row(mantissa) + way];
    }

    private int row(final long mantissa) {
        final long mixed = mantissa * 0x9E37_79B9_7F4A_7C15L;
        return ((int) (mixed >>> 32) & mask) * WAYS;
    }
}
