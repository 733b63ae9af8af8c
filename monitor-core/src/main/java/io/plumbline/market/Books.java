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

    private final Twins twins;

    /** By side: the only or first connection's books, and those of its twin. */
    private final InstrumentBook[][] books = {new InstrumentBook[64], new InstrumentBook[64]};

    /** By instrument: whether its second book is the one that serves. */
    private boolean[] second = new boolean[64];

    private int[] onlyOfSource = new int[0];
    private int size;
    private long nextLookNs = Long.MIN_VALUE;
    private SnapshotRequests requests = SnapshotRequests.NONE;

    /** Books of connections of which each carries what no other does. */
    public Books() {
        this(null);
    }

    /**
     * @param twins where two connections carry the same, each feeds a book of its own, and one that
     *     is proven serves
     */
    Books(final Twins twins) {
        this.twins = twins;
    }

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
            book(side(event.source), instrument).onEvent(event, nowNs);
            final InstrumentBook other = find(1 - side(event.source), instrument);
            if (other != null && event.type == EventType.FETCHED_BOOK) {
                other.onEvent(event, nowNs);
            }
        }
    }

    private int side(final int source) {
        return twins != null && twins.isPaired(source) && twins.primary(source) != source ? 1 : 0;
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
            final InstrumentBook book = books[side(source)][i];
            if (book != null) {
                book.onConnectionHole(source, why, nowNs);
            }
        }
    }

    /** The monitor itself lost messages of this connection. */
    public void onOwnLoss(final int source, final long nowNs) {
        for (int i = 0; i < size; i++) {
            final InstrumentBook book = books[side(source)][i];
            if (book != null) {
                book.onOwnLoss(source, nowNs);
            }
        }
    }

    /** A connection changed its state. */
    public void onSession(final MarketEvent event, final long nowNs) {
        for (int i = 0; event.session == SessionState.DOWN && i < size; i++) {
            final InstrumentBook book = books[side(event.source)][i];
            if (book != null) {
                book.onConnectionDown(event.source, event.epoch, nowNs);
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
            for (final InstrumentBook[] ofSide : books) {
                if (ofSide[i] != null) {
                    ofSide[i].onTime(nowNs);
                }
            }
        }
    }

    void ask(final InstrumentBook book, final long nowNs) {
        if (book.isFetchable()) {
            requests.wanted(book.instrument(), nowNs);
        } else {
            requests.resubscriptionWanted(book.instrument(), book.source(), nowNs);
        }
    }

    /** Whether differences of this instrument wait for a snapshot that must be fetched. */
    public boolean wantsSnapshot(final int instrument) {
        for (int side = 0; side < books.length; side++) {
            final InstrumentBook book = find(side, instrument);
            if (book != null && book.isFetchable() && book.wantsSnapshot()) {
                return true;
            }
        }
        return false;
    }

    /**
     * The book of an instrument, or null where no depth was seen. Of two the one that served before
     * as long as it is proven, then the other one.
     */
    public InstrumentBook find(final int instrument) {
        final InstrumentBook first = find(0, instrument);
        final InstrumentBook twin = find(1, instrument);
        if (first == null || twin == null) {
            return first == null ? twin : first;
        }
        final InstrumentBook served = second[instrument] ? twin : first;
        final InstrumentBook idle = second[instrument] ? first : twin;
        if (served.state() != BookState.PROVEN && idle.state() == BookState.PROVEN) {
            second[instrument] = !second[instrument];
            return idle;
        }
        return served;
    }

    /**
     * The book that one of two connections feeds.
     *
     * @param side 0 for the only or first connection, 1 for its twin
     */
    public InstrumentBook find(final int side, final int instrument) {
        return instrument >= 0 && instrument < size ? books[side][instrument] : null;
    }

    /** The book that this connection feeds. */
    public InstrumentBook fedBy(final int source, final int instrument) {
        return find(side(source), instrument);
    }

    /** One above the largest id of an instrument with a book. */
    public int size() {
        return size;
    }

    /** Adds what happened since the last call to the counters that other threads read. */
    public void count(final Counters counters) {
        tally.flush(counters);
    }

    private InstrumentBook book(final int side, final int instrument) {
        if (instrument >= books[0].length) {
            final int length = Math.max(instrument + 1, books[0].length * 2);
            books[0] = Arrays.copyOf(books[0], length);
            books[1] = Arrays.copyOf(books[1], length);
            second = Arrays.copyOf(second, length);
        }
        if (books[side][instrument] == null) {
            books[side][instrument] =
                    new InstrumentBook(instrument, side, this, new OrderBook(SIDE_LIMIT, room));
            size = Math.max(size, instrument + 1);
        }
        return books[side][instrument];
    }
}
