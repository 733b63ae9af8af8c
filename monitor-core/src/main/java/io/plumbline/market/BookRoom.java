package io.plumbline.market;

/**
 * The memory of all order books together, in levels. Every side of a book has a small share that it
 * never asks for; what goes beyond comes from here, first come, first served. When it is used up,
 * books keep their best levels and the deeper ones are cut, and a wait for a snapshot begins anew.
 * Engine thread.
 */
final class BookRoom {
    /** 20 bytes each: 30 MB. */
    static final int BOOK_LEVELS = 1_500_000;

    /** Levels of differences that wait for a snapshot, 25 bytes each: 25 MB. */
    static final int HELD_LEVELS = 1_000_000;

    private int bookLevels;
    private int heldLevels;
    private int[] order = new int[64];

    BookRoom(final int bookLevels, final int heldLevels) {
        this.bookLevels = bookLevels;
        this.heldLevels = heldLevels;
    }

    boolean takeBookLevels(final int levels) {
        if (levels > bookLevels) {
            return false;
        }
        bookLevels -= levels;
        return true;
    }

    boolean takeHeldLevels(final int levels) {
        if (levels > heldLevels) {
            return false;
        }
        heldLevels -= levels;
        return true;
    }

    void giveHeldLevels(final int levels) {
        heldLevels += levels;
    }

    /** A place to sort in, shared by all books: valid until the next call. */
    int[] order(final int levels) {
        if (levels > order.length) {
            order = new int[Math.max(levels, order.length * 2)];
        }
        for (int i = 0; i < levels; i++) {
            order[i] = i;
        }
        return order;
    }
}
