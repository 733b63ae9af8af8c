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

    // What a version's cell holds: its mantissa first.
    private static final int EXPONENT = 1;
    private static final int ORDER_KEY = 2;
    private static final int VALID_FROM = 3;
    private static final int CELL_SHIFT = 2;

    private final long windowNs;
    private final int limit;
    private final Past past;

    /** Version by version, so that one of them lies in one cache line. */
    private long[] cells;

    private int capacity;
    private VenueTimes times;
    private int newest = -1;
    private int size;
    private long versions;
    private long coveredFromNs = Long.MAX_VALUE;

    /** When the oldest version stopped being current: asked per version, where it lies is cold. */
    private long oldestToNs = Long.MAX_VALUE;

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
        capacity = first;
        cells = new long[first << CELL_SHIFT];
    }

    /** From here on the venue's time of each version is kept too. */
    public void keepVenueTimes() {
        times = times == null ? new VenueTimes(capacity) : times;
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
        if (size > 0 && value.sameAs(cells[cell(newest)], (int) cells[cell(newest) + EXPONENT])) {
            return false;
        }
        if (size == 0) {
            coveredFromNs = receivedNs;
        }
        makeRoom(receivedNs);
        final long notBeforeNs = size == 0 ? receivedNs : cells[cell(newest) + VALID_FROM];
        newest = (newest + 1) & (capacity - 1);
        final int cell = cell(newest);
        cells[cell] = value.mantissa();
        cells[cell + EXPONENT] = value.exponent();
        cells[cell + ORDER_KEY] = orderKey;
        cells[cell + VALID_FROM] = Math.max(receivedNs, notBeforeNs);
        if (times != null) {
            times.set(newest);
        }
        size++;
        oldestToNs = size == 2 ? cells[cell + VALID_FROM] : oldestToNs;
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
        return cells[cell(slot(index))];
    }

    public int exponent(final int index) {
        return (int) cells[cell(slot(index)) + EXPONENT];
    }

    /** Copies the value of a version. */
    public void value(final int index, final Decimal out) {
        out.set(mantissa(index), exponent(index));
    }

    /** When the version became current. */
    public long validFromNs(final int index) {
        return cells[cell(slot(index)) + VALID_FROM];
    }

    /** When the version stopped being current; MAX_VALUE for the current one. */
    public long validToNs(final int index) {
        return index == 0 ? Long.MAX_VALUE : validFromNs(index - 1);
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
            final int cell = cell(slot(i));
            if (cells[cell] == mantissa && cells[cell + EXPONENT] == exponent) {
                return i;
            }
        }
        return -1;
    }

    /** The version that was current under this order key (sequence of the venue), or -1. */
    public int atOrderKey(final long orderKey) {
        for (int i = 0; i < size; i++) {
            if (cells[cell(slot(i)) + ORDER_KEY] <= orderKey) {
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
            if (validFromNs(i) <= timeNs) {
                return i;
            }
        }
        return -1;
    }

    private int slot(final int index) {
        return (newest - index + capacity) & (capacity - 1);
    }

    private static int cell(final int slot) {
        return slot << CELL_SHIFT;
    }

    private void makeRoom(final long nowNs) {
        while (size > 1 && oldestToNs < nowNs - windowNs) {
            dropOldest();
        }
        if (size < capacity) {
            return;
        }
        if (capacity < limit) {
            grow();
        } else {
            dropOldest();
        }
    }

    private void dropOldest() {
        if (past != null) {
            final int oldest = size - 1;
            past.add(mantissa(oldest), exponent(oldest), validFromNs(oldest), oldestToNs);
        }
        size--;
        coveredFromNs = validFromNs(size - 1);
        oldestToNs = validToNs(size - 1);
    }

    private void grow() {
        final int grown = capacity * 2;
        final long[] grownCells = new long[grown << CELL_SHIFT];
        final VenueTimes grownTimes = times == null ? null : new VenueTimes(grown);
        for (int i = 0; i < size; i++) {
            final int from = slot(size - 1 - i);
            System.arraycopy(cells, cell(from), grownCells, cell(i), 1 << CELL_SHIFT);
            if (grownTimes != null) {
                grownTimes.copy(i, times, from);
            }
        }
        cells = grownCells;
        capacity = grown;
        times = grownTimes == null ? null : grownTimes.heard(times);
        newest = size - 1;
    }
}
