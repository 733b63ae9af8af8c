package io.plumbline.market;

import java.util.Arrays;

/**
 * The venue's own times of the versions of a price, by their slot in {@link PriceHistory}, in whole
 * milliseconds: what a writer embeds has often been through a float or a millisecond. A message may
 * have two times, when it was sent and when it happened, and a writer may have taken either: both
 * are kept, the earlier and the later. Engine thread.
 */
final class VenueTimes {
    private static final long MILLISECOND_NS = 1_000_000L;

    private final long[] earlier;
    private final long[] later;
    private long saidEarlier = MarketEvent.NONE;
    private long saidLater = MarketEvent.NONE;
    private long last = MarketEvent.NONE;

    VenueTimes(final int capacity) {
        earlier = new long[capacity];
        later = new long[capacity];
        Arrays.fill(earlier, MarketEvent.NONE);
        Arrays.fill(later, MarketEvent.NONE);
    }

    /** A message, whether it changes the price or not. */
    void said(final long venueNs, final long transactNs) {
        final long one = millis(venueNs == MarketEvent.NONE ? transactNs : venueNs);
        final long other = millis(transactNs == MarketEvent.NONE ? venueNs : transactNs);
        saidEarlier = Math.min(one, other);
        saidLater = Math.max(one, other);
        last = saidLater == MarketEvent.NONE ? last : Math.max(last, saidLater);
    }

    /** It began the version in this slot. */
    void set(final int slot) {
        earlier[slot] = saidEarlier;
        later[slot] = saidLater;
    }

    void copy(final int slot, final VenueTimes from, final int fromSlot) {
        earlier[slot] = from.earlier[fromSlot];
        later[slot] = from.later[fromSlot];
    }

    VenueTimes heard(final VenueTimes from) {
        last = from.last;
        return this;
    }

    boolean hasBegun(final int slot, final long venueNs) {
        return earlier[slot] != MarketEvent.NONE && earlier[slot] <= millis(venueNs);
    }

    boolean isNotAfter(final int slot, final long venueNs) {
        return later[slot] != MarketEvent.NONE && millis(venueNs) <= later[slot];
    }

    boolean isNotAfterLast(final long venueNs) {
        return last != MarketEvent.NONE && millis(venueNs) <= last;
    }

    boolean isAt(final int slot, final long venueNs) {
        return earlier[slot] != MarketEvent.NONE
                && (earlier[slot] == millis(venueNs) || later[slot] == millis(venueNs));
    }

    private static long millis(final long ns) {
        return ns == MarketEvent.NONE ? MarketEvent.NONE : Math.floorDiv(ns, MILLISECOND_NS);
    }
}
