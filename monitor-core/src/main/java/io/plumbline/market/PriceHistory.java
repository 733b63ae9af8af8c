package io.plumbline.market;

/**
 * The versions of one reference price: each value with the time in which it was the current one. A
 * ring that covers a window of time and grows up to a limit; past the limit the oldest version goes
 * and {@link #coveredFromNs()} says so. Engine thread.
 *
 * <p>Index 0 is the current version, 1 the one before, up to {@code size() - 1}.
 */
public final class PriceHistory {
    /** The most versions kept; what is older counts as not covered. */
    public static final int LIMIT = 8_192;

    private static final int FIRST_CAPACITY = 32;

    private final long windowNs;
    private final int limit;
    private final Past past;
    private long[] mantissas;
    private int[] exponents;
    private long[] orderKeys;
    private long[] validFromNs;
    private VenueTimes times;
    private int newest = -1;
    private int size;
    private long versions;
    private long coveredFromNs = Long.MAX_VALUE;
    private long lastEventNs = MarketEvent.NONE;
    private long holeToNs = MarketEvent.NONE;
    private long lastOrderKey = MarketEvent.NONE;

    /**
     * @param windowNs how far back versions are kept
     */
    public PriceHistory(final long windowNs) {
        this(windowNs, FIRST_CAPACITY, LIMIT, new Past());
    }

    /**
     * @param first room for so many versions at first, a power of two
     * @param limit the most versions kept, a power of two
     * @param past takes what is not kept any more; null for nothing
     */
    PriceHistory(final long windowNs, final int first, final int limit, final Past past) {
        this.windowNs = windowNs;
        this.limit = limit;
        this.past = past;
        mantissas = new long[first];
        exponents = new int[first];
        orderKeys = new long[first];
        validFromNs = new long[first];
    }

    /** From here on the venue's time of each version is kept too. */
    public void keepVenueTimes() {
        times = times == null ? new VenueTimes(mantissas.length) : times;
    }

    /** The same where the venue gave no time. */
    public boolean record(final Decimal value, final long orderKey, final long receivedNs) {
        return record(value, orderKey, receivedNs, MarketEvent.NONE, MarketEvent.NONE);
    }

    /**
     * The venue says that the price is this.
     *
     * @param venueNs the venue's time of the message, ns since the epoch; NONE without one
     * @param transactNs its time of what happened, the same
     * @return whether it is a new version: a repeated value makes none
     */
    public boolean record(
            final Decimal value,
            final long orderKey,
            final long receivedNs,
            final long venueNs,
            final long transactNs) {
        lastEventNs = receivedNs;
        lastOrderKey = orderKey;
        if (times != null) {
            times.said(venueNs, transactNs);
        }
        if (size > 0 && value.sameAs(mantissas[newest], exponents[newest])) {
            return false;
        }
        if (size == 0) {
            coveredFromNs = receivedNs;
        }
        makeRoom(receivedNs);
        final long notBeforeNs = size == 0 ? receivedNs : validFromNs[newest];
        newest = (newest + 1) & (mantissas.length - 1);
        mantissas[newest] = value.mantissa();
        exponents[newest] = value.exponent();
        orderKeys[newest] = orderKey;
        validFromNs[newest] = Math.max(receivedNs, notBeforeNs);
        if (times != null) {
            times.set(newest);
        }
        size++;
        versions++;
        return true;
    }

    /** Something was missed between the last event and {@code toNs}: no proof for that time. */
    public void hole(final long toNs) {
        holeToNs = Math.max(holeToNs, toNs);
    }

    /** Versions now kept. */
    public int size() {
        return size;
    }

    /** Versions ever recorded: how far the price has moved. */
    public long versions() {
        return versions;
    }

    public long mantissa(final int index) {
        return mantissas[slot(index)];
    }

    public int exponent(final int index) {
        return exponents[slot(index)];
    }

    /** Copies the value of a version. */
    public void value(final int index, final Decimal out) {
        out.set(mantissa(index), exponent(index));
    }

    /** When the version became current. */
    public long validFromNs(final int index) {
        return validFromNs[slot(index)];
    }

    /** When the version stopped being current; MAX_VALUE for the current one. */
    public long validToNs(final int index) {
        return index == 0 ? Long.MAX_VALUE : validFromNs[slot(index - 1)];
    }

    /** Since when every version is kept; MAX_VALUE while there is none. */
    public long coveredFromNs() {
        return coveredFromNs;
    }

    /** Samples of what is not kept any more; null without. */
    public Past past() {
        return past;
    }

    /** When the venue last spoke of this price, changed or not; NONE before. */
    public long lastEventNs() {
        return lastEventNs;
    }

    /** The venue's sequence of its last word on this price; NONE before. */
    public long lastOrderKey() {
        return lastOrderKey;
    }

    /** Up to when something is known to be missing; NONE without a hole. */
    public long holeToNs() {
        return holeToNs;
    }

    /** The newest version of exactly this value that was current after {@code sinceNs}, or -1. */
    public int newestEqual(final long mantissa, final int exponent, final long sinceNs) {
        for (int i = 0; i < size && (i == 0 || validToNs(i) > sinceNs); i++) {
            final int slot = slot(i);
            if (mantissas[slot] == mantissa && exponents[slot] == exponent) {
                return i;
            }
        }
        return -1;
    }

    /** The version that was current under this order key (sequence of the venue), or -1. */
    public int atOrderKey(final long orderKey) {
        for (int i = 0; i < size; i++) {
            if (orderKeys[slot(i)] <= orderKey) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Whether version {@code index} may be what the venue meant at this time of its own, told to
     * the millisecond: its first message is not later, the next version's not earlier. Where times
     * are not kept or not known, none may.
     */
    public boolean mayBeAt(final int index, final long venueNs) {
        if (times == null || venueNs == MarketEvent.NONE) {
            return false;
        }
        return times.hasBegun(slot(index), venueNs)
                && (index == 0
                        ? times.isNotAfterLast(venueNs)
                        : times.isNotAfter(slot(index - 1), venueNs));
    }

    /** Whether this very time, to the millisecond, is that of the message that began a version. */
    public boolean beganAt(final int index, final long venueNs) {
        return times != null && venueNs != MarketEvent.NONE && times.isAt(slot(index), venueNs);
    }

    /** The version that was current at this time, or -1 when that is not covered. */
    public int at(final long timeNs) {
        for (int i = 0; i < size; i++) {
            if (validFromNs[slot(i)] <= timeNs) {
                return i;
            }
        }
        return -1;
    }

    private int slot(final int index) {
        return (newest - index + mantissas.length) & (mantissas.length - 1);
    }

    private void makeRoom(final long nowNs) {
        while (size > 1 && validToNs(size - 1) < nowNs - windowNs) {
            dropOldest();
        }
        if (size < mantissas.length) {
            return;
        }
        if (mantissas.length < limit) {
            grow();
        } else {
            dropOldest();
        }
    }

    private void dropOldest() {
        if (past != null) {
            final int oldest = slot(size - 1);
            past.add(
                    mantissas[oldest], exponents[oldest], validFromNs[oldest], validToNs(size - 1));
        }
        size--;
        coveredFromNs = validFromNs[slot(size - 1)];
    }

    private void grow() {
        final int capacity = mantissas.length * 2;
        final long[] grownMantissas = new long[capacity];
        final int[] grownExponents = new int[capacity];
        final long[] grownKeys = new long[capacity];
        final long[] grownFrom = new long[capacity];
        final VenueTimes grownTimes = times == null ? null : new VenueTimes(capacity);
        for (int i = 0; i < size; i++) {
            final int from = slot(size - 1 - i);
            grownMantissas[i] = mantissas[from];
            grownExponents[i] = exponents[from];
            grownKeys[i] = orderKeys[from];
            grownFrom[i] = validFromNs[from];
            if (grownTimes != null) {
                grownTimes.copy(i, times, from);
            }
        }
        mantissas = grownMantissas;
        exponents = grownExponents;
        orderKeys = grownKeys;
        validFromNs = grownFrom;
        times = grownTimes == null ? null : grownTimes.heard(times);
        newest = size - 1;
    }
}
