package io.plumbline.market;

import java.util.Arrays;

/**
 * The newest first copies of one stream that two connections carry: by number where the two count
 * alike, else by venue time and values. A fixed number is remembered; a second copy that comes
 * later than that is still known to be one, only not how late it is. Engine thread.
 */
final class FirstCopies {
    /** Copies that are remembered: a power of two. */
    static final int REMEMBERED = 32;

    private static final int NOBODY = -1;

    private final long[] last = new long[REMEMBERED];
    private final long[] first = new long[REMEMBERED];
    private final long[] digests = new long[REMEMBERED];
    private final long[] receivedNs = new long[REMEMBERED];
    private final long[] mantissas = new long[REMEMBERED];
    private final int[] exponents = new int[REMEMBERED];
    private final int[] sources = new int[REMEMBERED];
    private int next;

    FirstCopies() {
        Arrays.fill(sources, NOBODY);
    }

    /** The place of the other connection's copy of the same number, or -1. */
    int sameNumber(final MarketEvent event) {
        final int place = place(event.lastSequence);
        return sources[place] != NOBODY
                        && sources[place] != event.source
                        && last[place] == event.lastSequence
                        && first[place] == event.firstSequence
                ? place
                : -1;
    }

    void rememberNumber(final MarketEvent event, final long digest) {
        put(place(event.lastSequence), event, digest);
    }

    /** The place of the other connection's oldest copy with this digest, taken once; or -1. */
    int takeSame(final MarketEvent event, final long digest) {
        for (int i = 0; i < REMEMBERED; i++) {
            final int place = next + i & REMEMBERED - 1;
            if (digests[place] == digest
                    && sources[place] != NOBODY
                    && sources[place] != event.source) {
                sources[place] = NOBODY;
                return place;
            }
        }
        return -1;
    }

    void remember(final MarketEvent event, final long digest) {
        put(next, event, digest);
        next = next + 1 & REMEMBERED - 1;
    }

    long digest(final int place) {
        return digests[place];
    }

    long receivedNs(final int place) {
        return receivedNs[place];
    }

    /** The price that the copy brought, or its bid. */
    void price(final int place, final Decimal to) {
        to.set(mantissas[place], exponents[place]);
    }

    private void put(final int place, final MarketEvent event, final long digest) {
        final Decimal price = event.price.isGiven() ? event.price : event.bid;
        last[place] = event.lastSequence;
        first[place] = event.firstSequence;
        digests[place] = digest;
        receivedNs[place] = event.receivedNs;
        mantissas[place] = price.mantissa();
        exponents[place] = price.exponent();
        sources[place] = event.source;
    }

    private static int place(final long number) {
        return (int) (number & REMEMBERED - 1);
    }

    /** What the event says, as one number: equal for copies, whatever the order of its levels. */
    static long digest(final MarketEvent event) {
        long digest = event.book.ordinal();
        digest = with(digest, event.price);
        digest = with(digest, event.quantity);
        digest = with(digest, event.bid);
        digest = with(digest, event.ask);
        digest = with(digest, event.mark);
        digest = with(digest, event.index);
        long levels = 0;
        for (int i = 0; i < event.levels.count(); i++) {
            long level = event.levels.isBid(i) ? 1 : 2;
            level = with(level, event.levels.price(i), event.levels.priceExponent(i));
            levels += with(level, event.levels.size(i), event.levels.sizeExponent(i));
        }
        return mixed(digest + levels);
    }

    /** The same with the venue's time, for what has no number of its own. */
    static long timedDigest(final MarketEvent event) {
        return mixed(digest(event) + event.venueNs);
    }

    private static long with(final long digest, final Decimal value) {
        return value.isGiven()
                ? with(digest, value.mantissa(), value.exponent())
                : mixed(digest + 1);
    }

    private static long with(final long digest, final long mantissa, final int exponent) {
        return mixed(mixed(digest + mantissa) + exponent);
    }

    /** Every bit of the result depends on every bit of the argument. */
    private static long mixed(final long bits) {
        long mixed = (bits ^ bits >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return (mixed ^ mixed >>> 31) + 0x9e3779b97f4a7c15L;
    }
}
