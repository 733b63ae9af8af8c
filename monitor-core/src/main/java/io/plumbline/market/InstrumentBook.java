package io.plumbline.market;

/**
 * The order book of one instrument with what is known of its truth: a state machine over {@link
 * BookState}. Engine thread; what is public is for reading.
 *
 * <p>Where the venue numbers its differences, {@link Streams} has judged them, over all connections
 * that carry them. Where it does not, the book belongs to the one connection whose snapshot it is.
 */
public final class InstrumentBook {
    private final int instrument;
    private final int side;
    private final Books books;
    private final OrderBook book;
    private final BookCounts counts;
    private BookState state = BookState.EMPTY;
    private BookReason reason = BookReason.NONE;
    private SequenceRule rule = SequenceRule.NONE;

    /** Whether the venue sends snapshots in the stream, as was seen. */
    private boolean inStream;

    /** The connection that fed it last: its own, where differences have no number. */
    private int source = -1;

    private int epoch;

    /** A fetched snapshot stands in the book, and its number; the first difference joins it. */
    private boolean fetched;

    private boolean joined;
    private long snapshotNumber;

    /** Null while nothing waits. */
    private DeltaBuffer held;

    private long askAgainNs;
    private long crossedSinceNs = MarketEvent.NONE;
    private int breaks;
    private long expectedChecksum = MarketEvent.NONE;
    private long observedChecksum = MarketEvent.NONE;

    /**
     * @param side 1 for the book of a second connection that carries the same, else 0
     */
    InstrumentBook(final int instrument, final int side, final Books books, final OrderBook book) {
        this.instrument = instrument;
        this.side = side;
        this.books = books;
        this.book = book;
        this.counts = new BookCounts(books.tally);
    }

    void onEvent(final MarketEvent event, final long nowNs) {
        if (event.channel == Channel.DEPTH_SNAPSHOT) {
            onFetched(event, nowNs);
        } else if (event.book == BookAction.SNAPSHOT) {
            onSnapshot(event, nowNs);
        } else if (event.rule == SequenceRule.NONE) {
            onUnnumbered(event, nowNs);
        } else if (event.continuity.isNews()) {
            onNumbered(event, nowNs);
        } else {
            counts.dropped(1);
        }
        counts.levels(book);
    }

    /** A snapshot in the stream proves the book at once. */
    private void onSnapshot(final MarketEvent event, final long nowNs) {
        final boolean numbered = event.rule != SequenceRule.NONE;
        final boolean foreign = source >= 0 && source != event.source;
        if (event.continuity == Continuity.REDUNDANT
                || !numbered && foreign && state == BookState.PROVEN) {
            counts.dropped(1);
            return;
        }
        counts.snapshot();
        inStream = true;
        fetched = false;
        joined = true;
        rule = event.rule;
        fedBy(event);
        if (book.apply(event.levels, true)) {
            state(BookState.PROVEN, nowNs, BookReason.NONE);
            verify(event, nowNs);
        } else {
            state(BookState.GAPPED, nowNs, book.fault());
        }
    }

    /** Nothing tells whether one is missing: only the connection that it came over. */
    private void onUnnumbered(final MarketEvent event, final long nowNs) {
        final boolean own = source == event.source && epoch == event.epoch;
        if (state == BookState.EMPTY) {
            state(BookState.BUFFERING, nowNs, BookReason.NO_SNAPSHOT);
        } else if (own && isFollowing()) {
            change(event, nowNs);
            return;
        } else if (state == BookState.PROVEN && source == event.source && event.epoch > epoch) {
            state(BookState.GAPPED, nowNs, BookReason.RECONNECT);
        }
        counts.dropped(1);
    }

    private void onNumbered(final MarketEvent event, final long nowNs) {
        rule = event.rule;
        if (fetched && !joined) {
            join(event, nowNs);
            return;
        }
        final BookReason fault = broken(event);
        if (fault != BookReason.NONE) {
            if (state != BookState.EMPTY && state != BookState.BUFFERING) {
                state(BookState.GAPPED, nowNs, fault);
            }
            forgetHeld();
        }
        switch (state) {
            case PROVEN:
                change(event, nowNs);
                break;
            case EMPTY:
                hold(event);
                state(BookState.BUFFERING, nowNs, BookReason.NO_SNAPSHOT);
                break;
            case GAPPED:
                if (isFollowing()) {
                    change(event, nowNs);
                }
                hold(event);
                break;
            default:
                hold(event);
                break;
        }
    }

    /** A count that falls is no break where the event itself names the one before it. */
    private static BookReason broken(final MarketEvent event) {
        switch (event.continuity) {
            case GAP:
                return BookReason.GAP;
            case OWN_LOSS:
                return BookReason.OWN_LOSS;
            case RESET:
                return event.rule == SequenceRule.CHAINED
                                && event.previousSequence == event.missingFrom
                        ? BookReason.NONE
                        : BookReason.RESET;
            default:
                return BookReason.NONE;
        }
    }

    /** The first differences after a fetched snapshot that was ahead of the stream. */
    private void join(final MarketEvent event, final long nowNs) {
        if (Splice.isStale(rule, event.lastSequence, snapshotNumber)) {
            counts.dropped(1);
            return;
        }
        joined = true;
        if (Splice.isJoined(rule, event.firstSequence, event.previousSequence, snapshotNumber)) {
            state(BookState.PROVEN, nowNs, BookReason.NONE);
            change(event, nowNs);
        } else {
            state(BookState.GAPPED, nowNs, BookReason.GAP);
            hold(event);
        }
    }

    /** A snapshot from outside the stream: held differences that it lacks are put on top of it. */
    private void onFetched(final MarketEvent event, final long nowNs) {
        if (inStream || state == BookState.PROVEN || event.lastSequence == MarketEvent.NONE) {
            return;
        }
        final int waiting = held == null ? 0 : held.count();
        int next = 0;
        while (next < waiting && Splice.isStale(rule, held.last(next), event.lastSequence)) {
            next++;
        }
        if (next < waiting
                && !Splice.isJoined(
                        rule, held.first(next), held.previous(next), event.lastSequence)) {
            askAgainNs = nowNs + Books.ASK_NEWER_NS;
            return;
        }
        counts.snapshot();
        fetched = true;
        snapshotNumber = event.lastSequence;
        joined = next < waiting;
        if (!book.apply(event.levels, true) || joined && !held.applyFrom(next, book)) {
            fetched = false;
            state(BookState.GAPPED, nowNs, book.fault());
            return;
        }
        counts.dropped(next);
        counts.deltas(waiting - next);
        if (waiting > 0) {
            // All that was held is older: the unbroken stream leads up to the snapshot.
            state(BookState.PROVEN, nowNs, BookReason.NONE);
            judgeCrossed(nowNs);
        } else {
            state(BookState.BUFFERING, nowNs, BookReason.NO_DIFFERENCE);
        }
    }

    private void change(final MarketEvent event, final long nowNs) {
        counts.deltas(1);
        fedBy(event);
        if (book.apply(event.levels, false)) {
            verify(event, nowNs);
        } else {
            state(BookState.GAPPED, nowNs, book.fault());
        }
    }

    /** After a whole message: cut as the venue cuts, then what the venue says of the result. */
    private void verify(final MarketEvent event, final long nowNs) {
        if (event.bookDepth > 0) {
            book.truncate(event.bookDepth);
        }
        if (event.checksum != MarketEvent.NONE && event.checksumRule != ChecksumRule.NONE) {
            expectedChecksum = event.checksum;
            observedChecksum = books.checksum.of(book, event.checksumRule);
            counts.checksum(observedChecksum == expectedChecksum);
            if (observedChecksum != expectedChecksum) {
                state(BookState.GAPPED, nowNs, BookReason.CHECKSUM);
                return;
            }
        }
        judgeCrossed(nowNs);
    }

    private void judgeCrossed(final long nowNs) {
        if (!book.isCrossed()) {
            crossedSinceNs = MarketEvent.NONE;
            return;
        }
        counts.crossed();
        if (crossedSinceNs == MarketEvent.NONE) {
            crossedSinceNs = nowNs;
        }
    }

    private void hold(final MarketEvent event) {
        if (inStream || !Splice.isPossible(rule)) {
            return;
        }
        if (held == null) {
            held = new DeltaBuffer(books.room);
        }
        if (!held.add(event)) {
            held.clear();
            counts.waitRestarted();
        }
    }

    private void forgetHeld() {
        if (held != null) {
            held.clear();
        }
    }

    private void fedBy(final MarketEvent event) {
        source = event.source;
        epoch = event.epoch;
    }

    /** Messages of this connection never came. */
    void onConnectionHole(final int ofSource, final BookReason why, final long nowNs) {
        if (source == ofSource && state == BookState.PROVEN) {
            state(BookState.GAPPED, nowNs, why);
        }
    }

    /** The monitor lost messages of this connection: where none has a number, nothing else says. */
    void onOwnLoss(final int ofSource, final long nowNs) {
        if (rule == SequenceRule.NONE) {
            onConnectionHole(ofSource, BookReason.OWN_LOSS, nowNs);
        }
    }

    /** This connection is no more. */
    void onConnectionDown(final int ofSource, final int ofEpoch, final long nowNs) {
        if (source == ofSource
                && epoch == ofEpoch
                && rule == SequenceRule.NONE
                && state == BookState.PROVEN) {
            state(BookState.GAPPED, nowNs, BookReason.CONNECTION_DOWN);
        }
    }

    void onTime(final long nowNs) {
        if (state == BookState.PROVEN
                && crossedSinceNs != MarketEvent.NONE
                && nowNs - crossedSinceNs >= Books.CROSSED_NS) {
            state(BookState.GAPPED, nowNs, BookReason.CROSSED);
        }
        if (wantsSnapshot() && nowNs >= askAgainNs) {
            ask(nowNs);
        }
    }

    private void state(final BookState next, final long nowNs, final BookReason why) {
        final BookState before = state;
        breaks += next == BookState.GAPPED && (before != next || reason != why) ? 1 : 0;
        state = next;
        reason = why;
        if (next == BookState.PROVEN) {
            if (held != null) {
                held.release();
                held = null;
            }
            if (before != BookState.PROVEN) {
                crossedSinceNs = MarketEvent.NONE;
                counts.proven(before == BookState.GAPPED);
            }
            return;
        }
        if (before == BookState.PROVEN) {
            fetched = false;
        }
        if (before != next && wantsSnapshot()) {
            ask(nowNs);
        }
    }

    private void ask(final long nowNs) {
        askAgainNs = nowNs + Books.ASK_AGAIN_NS;
        books.ask(this, nowNs);
    }

    /** Whether differences still change it: proven, or crossed with nothing missing. */
    private boolean isFollowing() {
        return state == BookState.PROVEN
                || state == BookState.GAPPED && reason == BookReason.CROSSED;
    }

    /** Whether only a snapshot can help it on, and none is there. */
    boolean wantsSnapshot() {
        return state == BookState.GAPPED || state == BookState.BUFFERING && !fetched;
    }

    /** Whether its snapshots are fetched; else they come in the stream. */
    boolean isFetchable() {
        return !inStream && Splice.isPossible(rule);
    }

    public int instrument() {
        return instrument;
    }

    /** Of two books of an instrument: 0 for the first connection's, 1 for the second's. */
    public int side() {
        return side;
    }

    /** The connection that fed it last, or -1. */
    public int source() {
        return source;
    }

    public BookState state() {
        return state;
    }

    /** Why it is not proven. */
    public BookReason reason() {
        return reason;
    }

    /** The levels: as last known where the state is not PROVEN. */
    public OrderBook book() {
        return book;
    }

    /** How often it broke: tells one break from the next. */
    public int breaks() {
        return breaks;
    }

    /** The venue's last checksum, and the book's own at that time: 32 bits unsigned, or NONE. */
    public long expectedChecksum() {
        return expectedChecksum;
    }

    public long observedChecksum() {
        return observedChecksum;
    }

    public BookCounts counts() {
        return counts;
    }
}
