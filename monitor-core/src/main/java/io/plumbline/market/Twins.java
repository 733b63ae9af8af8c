package io.plumbline.market;

import io.plumbline.market.CopyCounts.Count;
import java.util.Arrays;

/**
 * Streams that two connections carry at once: the first copy of a message is the news, the second
 * one is known already. Engine thread.
 *
 * <p>Each connection's count is judged by itself first ({@link #judge}): that says what is wrong
 * with the connection, and its order book follows it. Then the copies are told apart ({@link
 * #merge}): by number where both connections count alike; else by venue time and values, each copy
 * matched with one of the other connection's. What can be matched with none and is older than the
 * newest is dropped too: it is late whatever it is.
 *
 * <p>A jump of the first copy is a gap of the stream until the other connection fills it. A new
 * count of one connection begins it for both; what the other still sends of the old one is dropped.
 */
public final class Twins {
    private static final int CHANNELS = Channel.values().length;
    private static final int NOBODY = -1;

    /** So long the other connection may still send the old count after a reset. */
    private static final long OLD_COUNT_NS = 10_000_000_000L;

    /** A whole connection that said nothing for so long may be mute. */
    private static final long DELIVERS_NS = 5_000_000_000L;

    /** A stream without number and time follows the connection that spoke in the last second. */
    private static final long LEAD_NS = 1_000_000_000L;

    /** Two connections that each lost something within this time may have lost the same. */
    private static final long SAME_LOSS_NS = 2_000_000_000L;

    /** One stream, as both connections carry it; by side where they differ. */
    private static final class Merged {
        final FirstCopies copies = new FirstCopies();
        final int[] counts = new int[2];
        final int[] epochs = {NOBODY, NOBODY};
        final long[] gapNs = {MarketEvent.NONE, MarketEvent.NONE};
        int count;
        long countSinceNs;
        int leader = NOBODY;
        long leaderNs;
        long newest = MarketEvent.NONE;
        int gapSource = NOBODY;
    }

    private final Sources sources;
    private final Sessions sessions;
    private final Streams streams;
    private final Streams[] own = {new Streams(), new Streams()};
    private final CopyCounts counts;
    private Merged[] merged = new Merged[64 * CHANNELS];
    private Continuity ownContinuity = Continuity.UNJUDGED;
    private boolean fell;
    private long missedFrom;
    private long missedTo;
    private int missedBy = NOBODY;
    private long lateNs = MarketEvent.NONE;
    private boolean differs;
    private final Decimal firstPrice = new Decimal();

    Twins(final Sources sources, final Sessions sessions, final Streams streams) {
        this.sources = sources;
        this.sessions = sessions;
        this.streams = streams;
        counts = new CopyCounts(sources.size());
    }

    /** Whether another connection carries the same streams as this one. */
    public boolean isPaired(final int source) {
        return source >= 0 && sources.twin(source) >= 0;
    }

    /** The first of the two connections, or the only one. */
    public int primary(final int source) {
        final int twin = sources.twin(source);
        return twin >= 0 ? Math.min(source, twin) : source;
    }

    /** Whether what this connection carries still arrives: over it or over the other one. */
    public boolean isCarried(final int source) {
        return sessions.isUp(source) || otherIsUp(source);
    }

    /** Whether there is another connection with the same streams, and it is up. */
    public boolean otherIsUp(final int source) {
        final int twin = sources.twin(source);
        return twin >= 0 && sessions.isUp(twin);
    }

    /** Whether there is another connection with the same streams, and it has just brought data. */
    public boolean otherDelivers(final int source, final long nowNs) {
        return otherIsUp(source) && nowNs - sessions.lastDataNs(sources.twin(source)) < DELIVERS_NS;
    }

    /** When data of these streams last arrived, over either connection. */
    public long lastDataNs(final int source) {
        final int twin = sources.twin(source);
        final long dataNs = sessions.lastDataNs(source);
        return twin < 0 ? dataNs : Math.max(dataNs, sessions.lastDataNs(twin));
    }

    /** What the connections are worth; any thread reads it. */
    public CopyCounts counts() {
        return counts;
    }

    /** The monitor lost messages of this source: the next break on its streams is our own. */
    public void ownLoss(final int source) {
        streams.ownLoss(source);
        if (isPaired(source)) {
            streams.ownLoss(sources.twin(source));
            own[side(source)].ownLoss(source);
        }
    }

    /** Judges a MARKET event by what came before on its own connection. */
    public void judge(final MarketEvent event) {
        if (!isPaired(event.source)) {
            streams.onEvent(event);
            return;
        }
        final Streams mine = own[side(event.source)];
        final long before =
                event.instrument < 0
                        ? MarketEvent.NONE
                        : mine.last(event.instrument, event.channel);
        mine.onEvent(event);
        ownContinuity = event.continuity;
        fell =
                ownContinuity == Continuity.RESET
                        || ownContinuity == Continuity.FIRST
                                && before != MarketEvent.NONE
                                && event.lastSequence < before;
    }

    /**
     * Tells whether a judged event of a paired connection is news of its stream: one that is not
     * becomes a COPY. The continuity is then the stream's, over both connections.
     */
    public void merge(final MarketEvent event) {
        missedBy = NOBODY;
        lateNs = MarketEvent.NONE;
        differs = false;
        if (event.instrument < 0) {
            return;
        }
        final Merged stream = merged(event.instrument, event.channel);
        final boolean byNumber = event.rule != SequenceRule.NONE && !event.countedPerConnection;
        if (byNumber) {
            byNumber(stream, event);
        } else {
            byValues(stream, event);
        }
        final int side = side(event.source);
        if (ownContinuity == Continuity.GAP) {
            stream.gapNs[side] = event.receivedNs;
        }
        stream.epochs[side] = event.epoch;
        final boolean repeated =
                event.continuity == Continuity.REPEATED && ownContinuity == Continuity.REPEATED;
        if (event.continuity.isNews()) {
            counts.add(event.source, Count.FIRSTS, 1);
        } else if (!repeated) {
            copy(event);
        }
    }

    private void copy(final MarketEvent event) {
        event.type = EventType.COPY;
        if (ownContinuity == Continuity.DUPLICATE || ownContinuity == Continuity.REORDER) {
            event.continuity = ownContinuity;
        } else if (event.continuity != Continuity.FILLED) {
            event.continuity = Continuity.REDUNDANT;
        }
        counts.add(event.source, Count.DUPLICATES, 1);
        if (lateNs != MarketEvent.NONE) {
            counts.add(event.source, Count.TIMED, 1);
            counts.add(event.source, Count.LATE_NS, lateNs);
        }
        if (differs) {
            counts.add(event.source, Count.DIFFERENT, 1);
        }
    }

    private void byNumber(final Merged stream, final MarketEvent event) {
        final int side = side(event.source);
        final long gapFrom = event.missingFrom;
        final long gapTo = event.missingTo;
        event.continuity = Continuity.UNJUDGED;
        if (fell && stream.counts[side] == stream.count) {
            stream.counts[side] = ++stream.count;
            stream.countSinceNs = event.receivedNs;
            streams.restart(event);
        } else if (fell) {
            stream.counts[side] = stream.count;
            streams.merge(event);
        } else if (stream.counts[side] < stream.count
                && otherIsUp(event.source)
                && event.receivedNs - stream.countSinceNs < OLD_COUNT_NS) {
            event.continuity = Continuity.REDUNDANT;
        } else {
            stream.counts[side] = stream.count;
            streams.merge(event);
        }
        if (event.continuity.isNews()) {
            stream.copies.rememberNumber(event, FirstCopies.digest(event));
        } else {
            compare(stream, event);
        }
        if (event.continuity == Continuity.GAP) {
            stream.gapSource = event.source;
        } else if (event.continuity == Continuity.OWN_LOSS) {
            stream.gapSource = NOBODY;
        } else if (event.continuity == Continuity.FILLED && stream.gapSource != event.source) {
            filled(stream, event);
        } else if (ownContinuity == Continuity.GAP
                && stream.epochs[side] == event.epoch
                && !streams.lacks(event, gapFrom, gapTo)) {
            missed(event.source, gapFrom, gapTo);
        }
    }

    private void compare(final Merged stream, final MarketEvent event) {
        final int place = stream.copies.sameNumber(event);
        if (place < 0) {
            return;
        }
        lateNs = event.receivedNs - stream.copies.receivedNs(place);
        final boolean comparable =
                event.rule != SequenceRule.NOT_DECREASING && event.book != BookAction.SNAPSHOT;
        if (comparable && stream.copies.digest(place) != FirstCopies.digest(event)) {
            differs = true;
            stream.copies.price(place, firstPrice);
        }
    }

    private void byValues(final Merged stream, final MarketEvent event) {
        if (!ownContinuity.isNews()) {
            return;
        }
        final long digest = FirstCopies.timedDigest(event);
        final int place = stream.copies.takeSame(event, digest);
        if (place >= 0) {
            lateNs = event.receivedNs - stream.copies.receivedNs(place);
        }
        if (place >= 0 || isBehind(stream, event)) {
            event.continuity = Continuity.REDUNDANT;
        } else {
            stream.copies.remember(event, digest);
            stream.newest = Math.max(stream.newest, order(event));
            stream.leader = event.source;
            stream.leaderNs = event.receivedNs;
        }
        if (ownContinuity == Continuity.GAP && otherHasIt(stream, event)) {
            if (event.continuity == Continuity.GAP) {
                event.continuity = Continuity.NEXT;
            }
            if (stream.epochs[side(event.source)] == event.epoch) {
                missed(event.source, event.missingFrom, event.missingTo);
            }
        }
    }

    /** Whether the other connection is ahead of what it does not know. */
    private boolean isBehind(final Merged stream, final MarketEvent event) {
        if (stream.leader == NOBODY || stream.leader == event.source || !otherIsUp(event.source)) {
            return false;
        }
        final long order = order(event);
        return order == MarketEvent.NONE
                ? event.receivedNs - stream.leaderNs < LEAD_NS
                : order < stream.newest;
    }

    private static long order(final MarketEvent event) {
        return event.venueNs != MarketEvent.NONE || event.countedPerConnection
                ? event.venueNs
                : event.lastSequence;
    }

    /** Where each counts for itself, the other one's numbers cannot say what it has. */
    private boolean otherHasIt(final Merged stream, final MarketEvent event) {
        final long lostNs = stream.gapNs[1 - side(event.source)];
        return otherIsUp(event.source)
                && (lostNs == MarketEvent.NONE || event.receivedNs - lostNs > SAME_LOSS_NS);
    }

    /** What the monitor itself had lost is no connection's fault. */
    private void filled(final Merged stream, final MarketEvent event) {
        if (stream.gapSource != NOBODY) {
            missed(stream.gapSource, event.firstSequence, event.lastSequence);
        }
    }

    private void missed(final int source, final long from, final long to) {
        missedBy = source;
        missedFrom = from;
        missedTo = to;
        counts.add(source, Count.MISSED, to - from + 1);
    }

    /** Of the event merged last: how much later than the first copy it came; NONE if not known. */
    public long lateNs() {
        return lateNs;
    }

    /** Of the event merged last: whether it has the first copy's number and other values. */
    public boolean differs() {
        return differs;
    }

    /** The price or bid of the first copy, where they differ. */
    public Decimal firstPrice() {
        return firstPrice;
    }

    /** By the event merged last: which connection lacks what the other one brought, or -1. */
    public int missedBy() {
        return missedBy;
    }

    public long missedFrom() {
        return missedFrom;
    }

    public long missedTo() {
        return missedTo;
    }

    private int side(final int source) {
        return source == primary(source) ? 0 : 1;
    }

    private Merged merged(final int instrument, final Channel channel) {
        final int index = instrument * CHANNELS + channel.ordinal();
        if (index >= merged.length) {
            merged = Arrays.copyOf(merged, Math.max(index + CHANNELS, merged.length * 2));
        }
        if (merged[index] == null) {
            merged[index] = new Merged();
        }
        return merged[index];
    }
}
