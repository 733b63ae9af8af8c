package io.plumbline.market;

import java.util.Arrays;

/**
 * Differences of one book that wait for its snapshot, in the order in which they came. Bounded by
 * {@value #MESSAGES} messages, {@value #LEVELS} levels and the room of all books together. Engine
 * thread.
 */
final class DeltaBuffer {
    static final int MESSAGES = 1_024;
    static final int LEVELS = 16_384;
    private static final int START_MESSAGES = 8;
    private static final int START_LEVELS = 64;

    private final BookRoom room;
    private final BookLevels levels = new BookLevels();
    private long[] first = new long[START_MESSAGES];
    private long[] last = new long[START_MESSAGES];
    private long[] previous = new long[START_MESSAGES];
    private int[] ends = new int[START_MESSAGES];
    private int count;
    private int granted;

    DeltaBuffer(final BookRoom room) {
        this.room = room;
    }

    int count() {
        return count;
    }

    long first(final int index) {
        return first[index];
    }

    long last(final int index) {
        return last[index];
    }

    long previous(final int index) {
        return previous[index];
    }

    /**
     * Takes a copy of the event's levels and numbers.
     *
     * @return false, with nothing taken, where there is no room
     */
    boolean add(final MarketEvent event) {
        final int more = event.levels.count();
        if (count == MESSAGES || !reserve(levels.count() + more)) {
            return false;
        }
        if (count == ends.length) {
            final int capacity = count * 2;
            first = Arrays.copyOf(first, capacity);
            last = Arrays.copyOf(last, capacity);
            previous = Arrays.copyOf(previous, capacity);
            ends = Arrays.copyOf(ends, capacity);
        }
        for (int i = 0; i < more; i++) {
            levels.begin(event.levels.isBid(i));
            levels.price(event.levels.price(i), event.levels.priceExponent(i));
            levels.size(event.levels.size(i), event.levels.sizeExponent(i));
        }
        first[count] = event.firstSequence;
        last[count] = event.lastSequence;
        previous[count] = event.previousSequence;
        ends[count] = levels.count();
        count++;
        return true;
    }

    private boolean reserve(final int needed) {
        if (needed > LEVELS) {
            return false;
        }
        int wanted = Math.max(granted, START_LEVELS);
        while (wanted < needed) {
            wanted *= 2;
        }
        if (wanted > granted) {
            if (!room.takeHeldLevels(wanted - granted)) {
                return false;
            }
            granted = wanted;
        }
        return true;
    }

    /** Applies the messages from {@code index} on, in order; false where the book is not exact. */
    boolean applyFrom(final int index, final OrderBook book) {
        final int from = index == 0 ? 0 : ends[index - 1];
        return book.apply(levels, from, levels.count(), false);
    }

    /** Begins anew; the memory stays. */
    void clear() {
        count = 0;
        levels.clear();
    }

    /** Gives its share of the room back: it is not used any more. */
    void release() {
        room.giveHeldLevels(granted);
        granted = 0;
    }
}
