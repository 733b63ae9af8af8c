package io.plumbline.market;

/**
 * The order book of one instrument: exact prices as longs under one exponent, which is lowered when
 * finer digits arrive. Allocates nothing once its arrays have grown to the book's depth. Engine
 * thread.
 *
 * <p>What it cannot hold exactly it says by {@link #fault()}; it is then no book until the next
 * snapshot.
 */
public final class OrderBook {
    private final BookSide bids;
    private final BookSide asks;
    private boolean scaled;
    private int exponent;
    private long price;
    private BookReason fault = BookReason.NONE;

    /**
     * @param limit the most levels of a side; deeper ones are cut and counted
     */
    public OrderBook(final int limit) {
        this(limit, new BookRoom(BookRoom.BOOK_LEVELS, BookRoom.HELD_LEVELS));
    }

    OrderBook(final int limit, final BookRoom room) {
        bids = new BookSide(true, limit, room);
        asks = new BookSide(false, limit, room);
    }

    public BookSide bids() {
        return bids;
    }

    public BookSide asks() {
        return asks;
    }

    /** NONE, or why this is no book until the next snapshot: INEXACT or CUT. */
    public BookReason fault() {
        return fault;
    }

    /** Deletions of levels that were not there, in all: routine on several venues. */
    public long orphanDeletes() {
        return bids.orphanDeletes() + asks.orphanDeletes();
    }

    /** Levels given up because they were too deep, in all. */
    public long cutLevels() {
        return bids.cutLevels() + asks.cutLevels();
    }

    /** Back to a book without levels. */
    public void clear() {
        clear(false);
    }

    private void clear(final boolean forSnapshot) {
        bids.clear(forSnapshot);
        asks.clear(forSnapshot);
        scaled = false;
        fault = BookReason.NONE;
    }

    /**
     * Takes over all levels, in the order in which they came.
     *
     * @param snapshot they are the whole book; else they change it
     * @return whether it is exact: see {@link #fault()}
     */
    public boolean apply(final BookLevels levels, final boolean snapshot) {
        return apply(levels, 0, levels.count(), snapshot);
    }

    /** The same for the levels from {@code from} to before {@code to}. */
    boolean apply(final BookLevels levels, final int from, final int to, final boolean snapshot) {
        if (snapshot) {
            clear(true);
        }
        for (int i = from; i < to; i++) {
            if (!scale(levels.price(i), levels.priceExponent(i)) || levels.size(i) < 0) {
                fault = BookReason.INEXACT;
                break;
            }
            final BookSide side = levels.isBid(i) ? bids : asks;
            final int scale = levels.priceExponent(i) << 16 | levels.sizeExponent(i) & 0xffff;
            if (snapshot) {
                side.load(price, levels.size(i), scale);
            } else {
                side.put(price, levels.size(i), scale);
            }
        }
        bids.loaded();
        asks.loaded();
        if (fault == BookReason.NONE && (bids.isBlind() || asks.isBlind())) {
            fault = BookReason.CUT;
        }
        return fault == BookReason.NONE;
    }

    /** Keeps the best levels of both sides, as a venue does that never deletes what falls out. */
    public void truncate(final int depth) {
        bids.truncate(depth);
        asks.truncate(depth);
    }

    /** The best bid; false, with {@code out} "not given", where there is none. */
    public boolean bestBid(final Decimal out) {
        return best(bids, out);
    }

    /** The best ask; false, with {@code out} "not given", where there is none. */
    public boolean bestAsk(final Decimal out) {
        return best(asks, out);
    }

    private static boolean best(final BookSide side, final Decimal out) {
        if (side.count() == 0) {
            out.clear();
            return false;
        }
        side.price(0, out);
        return true;
    }

    /** Whether the best bid is at the best ask (locked) or above it (crossed). */
    public boolean isCrossed() {
        return bids.count() > 0 && asks.count() > 0 && bids.scaledPrice(0) >= asks.scaledPrice(0);
    }

    /** Brings a price under the common exponent, into {@link #price}. */
    private boolean scale(final long mantissa, final int sentExponent) {
        if (mantissa == 0) {
            price = 0;
            return true;
        }
        if (scaled && sentExponent >= exponent) {
            final int zeros = sentExponent - exponent;
            if (zeros > 0 && !fits(mantissa, zeros)) {
                return false;
            }
            price = zeros == 0 ? mantissa : mantissa * Decimal.power(zeros);
            return true;
        }
        final int finer = exponent - sentExponent;
        if (scaled && finer <= Decimal.MAX_DIGITS) {
            final long divisor = Decimal.power(finer);
            price = mantissa / divisor;
            if (price * divisor == mantissa) {
                return true;
            }
        }
        price = mantissa;
        int needed = sentExponent;
        while (price % 10 == 0) {
            price /= 10;
            needed++;
        }
        return lower(needed);
    }

    private boolean lower(final int needed) {
        if (!scaled) {
            scaled = true;
            exponent = needed;
            bids.exponent(needed);
            asks.exponent(needed);
            return true;
        }
        final int more = exponent - needed;
        if (more > Decimal.MAX_DIGITS || !bids.fits(more) || !asks.fits(more)) {
            return false;
        }
        bids.rescale(more);
        asks.rescale(more);
        exponent = needed;
        return true;
    }

    private static boolean fits(final long mantissa, final int zeros) {
        return zeros <= Decimal.MAX_DIGITS
                && Math.abs(mantissa) < Decimal.power(Decimal.MAX_DIGITS - zeros);
    }
}
