package io.plumbline.market;

import io.plumbline.metrics.CounterId;

/** What happened to one book, and by way of the tally to all of them: engine thread. */
public final class BookCounts {
    private final BookTally tally;
    private long snapshots;
    private long deltas;
    private long dropped;
    private long checksumsPassed;
    private long checksumsFailed;
    private long crossed;
    private long orphanDeletes;
    private long cutLevels;

    BookCounts(final BookTally tally) {
        this.tally = tally;
    }

    void snapshot() {
        snapshots++;
    }

    void deltas(final long more) {
        deltas += more;
    }

    void dropped(final long more) {
        dropped += more;
    }

    void checksum(final boolean agrees) {
        if (agrees) {
            checksumsPassed++;
            tally.add(CounterId.BOOK_CHECKSUMS_PASSED, 1);
        } else {
            checksumsFailed++;
            tally.add(CounterId.BOOK_CHECKSUMS_FAILED, 1);
        }
    }

    void crossed() {
        crossed++;
    }

    void proven(final boolean again) {
        tally.add(CounterId.BOOKS_PROVEN, 1);
        tally.add(CounterId.BOOK_RESYNCS, again ? 1 : 0);
    }

    void waitRestarted() {
        tally.add(CounterId.BOOK_WAITS_RESTARTED, 1);
    }

    /** Takes over what the book itself counts. */
    void levels(final OrderBook book) {
        tally.add(CounterId.BOOK_ORPHAN_DELETES, book.orphanDeletes() - orphanDeletes);
        tally.add(CounterId.BOOK_LEVELS_CUT, book.cutLevels() - cutLevels);
        orphanDeletes = book.orphanDeletes();
        cutLevels = book.cutLevels();
    }

    /** Snapshots taken over. */
    public long snapshots() {
        return snapshots;
    }

    /** Differences that changed the book. */
    public long deltas() {
        return deltas;
    }

    /** Differences that did not: older than the snapshot, sent twice, or of no use. */
    public long dropped() {
        return dropped;
    }

    public long checksumsPassed() {
        return checksumsPassed;
    }

    public long checksumsFailed() {
        return checksumsFailed;
    }

    /** Events after which the book was crossed or locked. */
    public long crossedEvents() {
        return crossed;
    }
}
