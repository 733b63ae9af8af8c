package io.plumbline.market;

import io.plumbline.metrics.Counters;
import java.util.Arrays;

/**
 * The order books of all instruments that have depth data. All of them share one bounded room: when
 * it is full, books keep their best levels. Engine thread.
 */
public final class Books {
    /**
     * A book that stays crossed or locked for so long is not the venue's. In recordings none is,
     * after any message; venues that tell one change in several messages need a moment.
     */
    public static final long CROSSED_NS = 1_000_000_000L;

    /** The most levels of a side. The deepest known book has 27,000. */
    public static final int SIDE_LIMIT = 32_768;

    /** A snapshot that does not come is asked for again after so long. */
    static final long ASK_AGAIN_NS = 10_000_000_000L;

    /** One that is older than the first held difference, after so long. */
    static final long ASK_NEWER_NS = 1_000_000_000L;

    private static final long LOOK_NS = 100_000_000L;
    private static final int NONE_YET = -1;
    private static final int SEVERAL = -2;

    final BookRoom room = new BookRoom(BookRoom.BOOK_LEVELS, BookRoom.HELD_LEVELS);
    final BookChecksum checksum = new BookChecksum();
    final BookTally tally = new BookTally();

    private InstrumentBook[] books = new InstrumentBook[64];
    private int[] onlyOfSource = new int[0];
    private int size;
    private long nextLookNs = Long.MIN_VALUE;
    private SnapshotRequests requests = SnapshotRequests.NONE;

    /** Who is asked for snapshots from now on; at first nobody. */
    public void requests(final SnapshotRequests to) {
        requests = to;
    }

    /** Takes a MARKET event whose continuity has been judged. */
    public void onEvent(final MarketEvent event, final long nowNs) {
        if (event.book != BookAction.SNAPSHOT && event.book != BookAction.DELTA) {
            return;
        }
        final int instrument = subject(event);
        if (event.book == BookAction.DELTA) {
            met(event.source, instrument);
        }
        // What the connection sent twice or late is in the book, or is void with its hole.
        if (instrument >= 0 && event.connectionContinuity.isNews()) {
            book(instrument).onEvent(event, nowNs);
        }
    }

    /** Depth of an instrument that nobody watches. */
    public void onUnwatched(final MarketEvent event) {
        if (event.channel == Channel.DEPTH) {
            met(event.source, SEVERAL);
        }
    }

    /**
     * The instrument that an event is about: a snapshot that names none is of the only one whose
     * differences came from its source; -1 where that is not so.
     */
    public int subject(final MarketEvent event) {
        if (event.instrument >= 0 || event.source < 0 || event.source >= onlyOfSource.length) {
            return event.instrument;
        }
        return Math.max(-1, onlyOfSource[event.source]);
    }

    private void met(final int source, final int instrument) {
        if (source < 0) {
            return;
        }
        if (source >= onlyOfSource.length) {
            final int known = onlyOfSource.length;
            onlyOfSource = Arrays.copyOf(onlyOfSource, source + 16);
            Arrays.fill(onlyOfSource, known, onlyOfSource.length, NONE_YET);
        }
        if (onlyOfSource[source] == NONE_YET) {
            onlyOfSource[source] = instrument;
        } else if (onlyOfSource[source] != instrument) {
            onlyOfSource[source] = SEVERAL;
        }
    }

    /** Messages of this connection never came: every book that it feeds is unproven. */
    public void onConnectionHole(final int source, final BookReason why, final long nowNs) {
        for (int i = 0; i < size; i++) {
            if (books[i] != null) {
                books[i].onConnectionHole(source, why, nowNs);
            }
        }
    }

    /** The monitor itself lost messages of this connection. */
    public void onOwnLoss(final int source, final long nowNs) {
        for (int i = 0; i < size; i++) {
            if (books[i] != null) {
                books[i].onOwnLoss(source, nowNs);
            }
        }
    }

    /** A connection changed its state. */
    public void onSession(final MarketEvent event, final long nowNs) {
        for (int i = 0; event.session == SessionState.DOWN && i < size; i++) {
            if (books[i] != null) {
                books[i].onConnectionDown(event.source, event.epoch, nowNs);
            }
        }
    }

    /** Time passed. */
    public void onTime(final long nowNs) {
        if (nowNs < nextLookNs) {
            return;
        }
        nextLookNs = nowNs + LOOK_NS;
        for (int i = 0; i < size; i++) {
            if (books[i] != null) {
                books[i].onTime(nowNs);
            }
        }
    }

    void ask(final InstrumentBook book, final long nowNs) {
        if (book.isFetchable()) {
            requests.wanted(book.instrument(), nowNs);
        } else {
            requests.resubscriptionWanted(book.instrument(), nowNs);
        }
    }

    /** Whether differences of this instrument wait for a snapshot that must be fetched. */
    public boolean wantsSnapshot(final int instrument) {
        final InstrumentBook book = find(instrument);
        return book != null && book.isFetchable() && book.wantsSnapshot();
    }

    /** The book of an instrument, or null where no depth was seen. */
    public InstrumentBook find(final int instrument) {
        return instrument >= 0 && instrument < size ? books[instrument] : null;
    }

    /** One above the largest id of an instrument with a book. */
    public int size() {
        return size;
    }

    /** Adds what happened since the last call to the counters that other threads read. */
    public void count(final Counters counters) {
        tally.flush(counters);
    }

    private InstrumentBook book(final int instrument) {
        if (instrument >= books.length) {
            books = Arrays.copyOf(books, Math.max(instrument + 1, books.length * 2));
        }
        if (books[instrument] == null) {
            books[instrument] =
                    new InstrumentBook(instrument, this, new OrderBook(SIDE_LIMIT, room));
            size = Math.max(size, instrument + 1);
        }
        return books[instrument];
    }
}
