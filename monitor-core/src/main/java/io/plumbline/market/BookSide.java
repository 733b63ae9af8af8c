package io.plumbline.market;

import java.util.Arrays;

/**
 * One side of an order book: sorted arrays, the best level at the end, so that a change near the
 * top moves little. Ranks count from the best, 0. Prices stand under one exponent for the whole
 * book; for checksums each level remembers how its digits were sent. Engine thread.
 *
 * <p>A side that may not grow any more cuts its deepest levels. From then on it knows nothing of
 * what lies at or beyond the best price it cut, and is {@link #isBlind} once it has no level left.
 */
public final class BookSide {
    /** So many levels each side may have without asking for room. */
    static final int SHARE = 64;

    private static final int START = 16;
    private static final int NEVER_SORTED = 0;
    private static final int RISING = 1;
    private static final int FALLING = 2;

    private final boolean bids;
    private final int limit;
    private final BookRoom room;

    /** Rising: the price for bids, its negative for asks. */
    private long[] keys;

    private long[] sizes;

    /** Exponents as sent: of the price in the upper half, of the size in the lower. */
    private int[] scales;

    private int count;
    private int exponent;
    private boolean cut;
    private long cutKey;
    private long cutLevels;
    private long orphanDeletes;
    private boolean loading;
    private int direction;

    BookSide(final boolean bids, final int limit, final BookRoom room) {
        this.bids = bids;
        this.limit = limit;
        this.room = room;
        keys = new long[Math.min(START, limit)];
        sizes = new long[keys.length];
        scales = new int[keys.length];
    }

    /** How many levels there are. */
    public int count() {
        return count;
    }

    /** The price of a level, exact. */
    public Decimal price(final int rank, final Decimal out) {
        return out.set(scaledPrice(rank), exponent);
    }

    /** The size of a level, exact. */
    public Decimal size(final int rank, final Decimal out) {
        return out.set(sentSize(rank), sentSizeExponent(rank));
    }

    /** The digits of the price as they were sent, trailing zeros included. */
    public long sentPrice(final int rank) {
        final int zeros = exponent - sentPriceExponent(rank);
        final long price = scaledPrice(rank);
        if (price == 0) {
            return 0;
        }
        return zeros >= 0 ? price * Decimal.power(zeros) : price / Decimal.power(-zeros);
    }

    public int sentPriceExponent(final int rank) {
        return scales[count - 1 - rank] >> 16;
    }

    /** The digits of the size as they were sent, trailing zeros included. */
    public long sentSize(final int rank) {
        return sizes[count - 1 - rank];
    }

    public int sentSizeExponent(final int rank) {
        return (short) scales[count - 1 - rank];
    }

    /** The price under the exponent that both sides share. */
    long scaledPrice(final int rank) {
        final long key = keys[count - 1 - rank];
        return bids ? key : -key;
    }

    /** Levels given up for want of room, in all. */
    long cutLevels() {
        return cutLevels;
    }

    /** Deletions of levels that were not there, in all. */
    long orphanDeletes() {
        return orphanDeletes;
    }

    /** Whether the best level, if there is one, is among those that were cut. */
    boolean isBlind() {
        return cut && count == 0;
    }

    void clear(final boolean forSnapshot) {
        count = 0;
        cut = false;
        loading = forSnapshot;
        direction = NEVER_SORTED;
    }

    /** One level of a snapshot, in any order; {@link #loaded} ends it. */
    void load(final long price, final long size, final int scale) {
        final long key = bids ? price : -price;
        if (loading && (count < keys.length || grow())) {
            if (count > 0) {
                direction |= key > keys[count - 1] ? RISING : FALLING;
                direction |= key == keys[count - 1] ? RISING : 0;
            }
            set(count++, key, size, scale);
            return;
        }
        loaded();
        if (size != 0) {
            set(key, size, scale);
        } else {
            final int at = find(key);
            if (at >= 0) {
                remove(at);
            }
        }
    }

    /** The snapshot is complete: sorts, where that is needed, and takes out what has no size. */
    void loaded() {
        if (!loading) {
            return;
        }
        loading = false;
        if (direction == FALLING) {
            for (int low = 0, high = count - 1; low < high; low++, high--) {
                swap(low, high);
            }
        } else if (direction != RISING && count > 1) {
            LevelOrder.sort(keys, sizes, scales, room.order(count), count);
        }
        int kept = 0;
        for (int i = 0; i < count; i++) {
            // Of the same price sent twice, the later one counts.
            final boolean replaced = i + 1 < count && keys[i + 1] == keys[i];
            if (!replaced && sizes[i] != 0) {
                set(kept++, keys[i], sizes[i], scales[i]);
            }
        }
        count = kept;
    }

    /** One level of a difference; size zero takes it out. */
    void put(final long price, final long size, final int scale) {
        final long key = bids ? price : -price;
        if (size != 0) {
            set(key, size, scale);
            return;
        }
        final int at = find(key);
        if (at >= 0) {
            remove(at);
        } else if (!cut || key > cutKey) {
            orphanDeletes++;
        }
    }

    /** Keeps the best {@code depth} levels: the venue itself forgets the others. */
    void truncate(final int depth) {
        if (count > depth) {
            remove(0, count - depth);
        }
    }

    private void set(final long key, final long size, final int scale) {
        if (cut && key <= cutKey) {
            cutLevels++;
            return;
        }
        final int found = find(key);
        if (found >= 0) {
            set(found, key, size, scale);
            return;
        }
        int at = -1 - found;
        if (count == keys.length && !grow()) {
            cutLevels++;
            cut = true;
            if (at == 0) {
                cutKey = key;
                return;
            }
            cutKey = keys[0];
            remove(0);
            at--;
        }
        final int behind = count - at;
        System.arraycopy(keys, at, keys, at + 1, behind);
        System.arraycopy(sizes, at, sizes, at + 1, behind);
        System.arraycopy(scales, at, scales, at + 1, behind);
        count++;
        set(at, key, size, scale);
    }

    private void set(final int at, final long key, final long size, final int scale) {
        keys[at] = key;
        sizes[at] = size;
        scales[at] = scale;
    }

    private void swap(final int a, final int b) {
        final long key = keys[a];
        final long size = sizes[a];
        final int scale = scales[a];
        set(a, keys[b], sizes[b], scales[b]);
        set(b, key, size, scale);
    }

    private void remove(final int at) {
        remove(at, 1);
    }

    private void remove(final int at, final int levels) {
        final int behind = count - at - levels;
        System.arraycopy(keys, at + levels, keys, at, behind);
        System.arraycopy(sizes, at + levels, sizes, at, behind);
        System.arraycopy(scales, at + levels, scales, at, behind);
        count -= levels;
    }

    private int find(final long key) {
        return Arrays.binarySearch(keys, 0, count, key);
    }

    private boolean grow() {
        final int capacity = Math.min(keys.length * 2, limit);
        final int more = capacity - keys.length;
        if (more <= 0 || capacity > SHARE && !room.takeBookLevels(more)) {
            return false;
        }
        keys = Arrays.copyOf(keys, capacity);
        sizes = Arrays.copyOf(sizes, capacity);
        scales = Arrays.copyOf(scales, capacity);
        return true;
    }

    /** The exponent of a book without levels. */
    void exponent(final int common) {
        exponent = common;
    }

    /** Whether every price still has 18 digits at most with so many more behind the point. */
    boolean fits(final int moreDigits) {
        final long most = Decimal.power(Decimal.MAX_DIGITS - moreDigits);
        for (int i = 0; i < count; i++) {
            if (Math.abs(keys[i]) >= most) {
                return false;
            }
        }
        return !cut || Math.abs(cutKey) < most;
    }

    void rescale(final int moreDigits) {
        final long factor = Decimal.power(moreDigits);
        for (int i = 0; i < count; i++) {
            keys[i] *= factor;
        }
        cutKey *= cut ? factor : 0;
        exponent -= moreDigits;
    }
}
