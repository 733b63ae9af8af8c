package io.plumbline.inbound;

import java.util.concurrent.atomic.AtomicLongArray;

/** What the full ring swallowed, by source, until a message of that source has told it. */
final class PendingDrops {
    /** Longs from source to source, so that two of them do not share a cache line. */
    private static final int STRIDE = 8;

    private static final int EPOCH = 1;

    private final int sources;
    private final AtomicLongArray slots;

    PendingDrops(final int sources) {
        this.sources = sources;
        this.slots = new AtomicLongArray((sources + 1) * STRIDE);
    }

    int sources() {
        return sources;
    }

    void add(final int source, final int epoch) {
        slots.setOpaque(slot(source) + EPOCH, epoch);
        slots.getAndAdd(slot(source), 1);
    }

    long pending(final int source) {
        return slots.get(slot(source));
    }

    /** The connection over which the last dropped message came. */
    int epoch(final int source) {
        return (int) slots.getOpaque(slot(source) + EPOCH);
    }

    /** Takes what is pending; more than an int holds stays for the next message. */
    int take(final int source) {
        final int slot = slot(source);
        if (slots.getPlain(slot) == 0) {
            return 0;
        }
        final long all = slots.getAndSet(slot, 0);
        final int told = (int) Math.min(all, Integer.MAX_VALUE);
        if (told < all) {
            slots.getAndAdd(slot, all - told);
        }
        return told;
    }

    private static int slot(final int source) {
        return (source + 1) * STRIDE;
    }
}
