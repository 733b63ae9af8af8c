package io.plumbline.market;

import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;

/** What happened to all books since the last {@link #flush}: engine thread. */
final class BookTally {
    private static final CounterId[] COUNTED = {
        CounterId.BOOKS_PROVEN,
        CounterId.BOOK_RESYNCS,
        CounterId.BOOK_CHECKSUMS_PASSED,
        CounterId.BOOK_CHECKSUMS_FAILED,
        CounterId.BOOK_ORPHAN_DELETES,
        CounterId.BOOK_LEVELS_CUT,
        CounterId.BOOK_WAITS_RESTARTED
    };

    private final long[] counts = new long[CounterId.values().length];
    private boolean any;

    void add(final CounterId id, final long amount) {
        counts[id.ordinal()] += amount;
        any |= amount != 0;
    }

    /** Adds everything to the counters that other threads read. */
    void flush(final Counters counters) {
        if (!any) {
            return;
        }
        any = false;
        for (final CounterId id : COUNTED) {
            if (counts[id.ordinal()] != 0) {
                counters.add(id, counts[id.ordinal()]);
                counts[id.ordinal()] = 0;
            }
        }
    }
}
