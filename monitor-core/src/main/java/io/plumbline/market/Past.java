package io.plumbline.market;

/**
 * A sample of the versions that a {@link PriceHistory} no longer keeps: at most {@value #ROOM},
 * over all the time since the start. When it is full every other one goes, and from then on they
 * are taken twice as far apart. Engine thread.
 */
public final class Past {
    private static final int ROOM = 64;
    private static final long FIRST_SPACING_NS = 1_000_000_000L;

    private long[] mantissas;
    private int[] exponents;
    private long[] fromNs;
    private long[] toNs;
    private int size;
    private long spacingNs = FIRST_SPACING_NS;

    void add(final long mantissa, final int exponent, final long validFromNs, final long endNs) {
        if (size > 0 && validFromNs - fromNs[size - 1] < spacingNs) {
            return;
        }
        if (mantissas == null) {
            mantissas = new long[ROOM];
            exponents = new int[ROOM];
            fromNs = new long[ROOM];
            toNs = new long[ROOM];
        } else if (size == ROOM) {
            thin();
        }
        mantissas[size] = mantissa;
        exponents[size] = exponent;
        fromNs[size] = validFromNs;
        toNs[size] = endNs;
        size++;
    }

    private void thin() {
        size = ROOM / 2;
        for (int i = 0; i < size; i++) {
            mantissas[i] = mantissas[2 * i];
            exponents[i] = exponents[2 * i];
            fromNs[i] = fromNs[2 * i];
            toNs[i] = toNs[2 * i];
        }
        spacingNs *= 2;
    }

    /** Versions now kept; 0 is the oldest. */
    public int size() {
        return size;
    }

    /** How far they are apart at least. */
    public long spacingNs() {
        return spacingNs;
    }

    public long mantissa(final int index) {
        return mantissas[index];
    }

    public int exponent(final int index) {
        return exponents[index];
    }

    public long validFromNs(final int index) {
        return fromNs[index];
    }

    public long validToNs(final int index) {
        return toNs[index];
    }
}
