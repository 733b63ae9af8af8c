package io.plumbline.app.report;

import io.plumbline.market.Decimal;
import java.util.Arrays;

/**
 * The least and the greatest value of each column of time, exact decimals. A column begins with the
 * value that holds at its beginning, so that a value that stands still is seen standing.
 */
final class Band {
    private static final short ABSENT = Short.MIN_VALUE;
    private static final int LONGEST_PLAIN = 18;

    private final long[] low;
    private final long[] high;
    private final short[] lowExponent;
    private final short[] highExponent;

    Band(final int columns) {
        low = new long[columns];
        high = new long[columns];
        lowExponent = new short[columns];
        highExponent = new short[columns];
        Arrays.fill(lowExponent, ABSENT);
        Arrays.fill(highExponent, ABSENT);
    }

    /** Empties a column and begins it with {@code value}, which may be not given. */
    void begin(final int column, final Decimal value) {
        lowExponent[column] = ABSENT;
        add(column, value);
    }

    void add(final int column, final Decimal value) {
        if (value.isGiven()) {
            add(column, value.mantissa(), (short) value.exponent());
        }
    }

    private void add(final int column, final long mantissa, final short exponent) {
        final boolean first = lowExponent[column] == ABSENT;
        if (first || Decimal.compare(mantissa, exponent, low[column], lowExponent[column]) < 0) {
            low[column] = mantissa;
            lowExponent[column] = exponent;
        }
        if (first || Decimal.compare(mantissa, exponent, high[column], highExponent[column]) > 0) {
            high[column] = mantissa;
            highExponent[column] = exponent;
        }
    }

    /** Makes {@code column} what column {@code fromColumn} of {@code from} is. */
    void take(final int column, final Band from, final int fromColumn) {
        low[column] = from.low[fromColumn];
        high[column] = from.high[fromColumn];
        lowExponent[column] = from.lowExponent[fromColumn];
        highExponent[column] = from.highExponent[fromColumn];
    }

    /** Widens {@code column} by another one of this band. */
    void widen(final int column, final int other) {
        if (lowExponent[other] != ABSENT) {
            add(column, low[other], lowExponent[other]);
            add(column, high[other], highExponent[other]);
        }
    }

    boolean isGiven(final int column) {
        return lowExponent[column] != ABSENT;
    }

    /** The least value as a number of JSON. */
    String low(final int column) {
        return number(low[column], lowExponent[column]);
    }

    /** The greatest value as a number of JSON. */
    String high(final int column) {
        return number(high[column], highExponent[column]);
    }

    /** Plain where that is short: a value of 1e9999 must not take ten thousand digits. */
    private static String number(final long mantissa, final short exponent) {
        return Math.abs(exponent) <= LONGEST_PLAIN
                ? Decimal.text(mantissa, exponent)
                : mantissa + "e" + exponent;
    }

    /** Whether both columns say the same. */
    boolean same(final int a, final int b) {
        return lowExponent[a] == lowExponent[b]
                && (lowExponent[a] == ABSENT
                        || low[a] == low[b]
                                && high[a] == high[b]
                                && highExponent[a] == highExponent[b]);
    }
}
