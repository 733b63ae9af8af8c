package io.plumbline.market;

import java.util.Arrays;

/**
 * Where every stream (instrument x channel) stands in its sequence, and every connection whose
 * venue numbers all of its messages; sets {@link MarketEvent#continuity} and {@link
 * MarketEvent#connectionContinuity}. The baseline follows the venue's ids over reconnects and over
 * two overlapping connections. Engine thread.
 *
 * <p>Ids that go back are told apart like this: inside a hole passed before, a reorder; over
 * another connection than the newest id, a redundant copy or what fills the hole; with a venue time
 * later than the newest one, or several times in a row, a reset; where ids have holes by nature, a
 * reorder; else a duplicate. A snapshot is a beginning, not a step: what went before is void, and
 * only a count that falls on the same connection is a reset.
 */
public final class Streams {
    private static final int CHANNELS = Channel.values().length;

    /** Holes that are remembered per stream to tell a late message from a duplicate. */
    private static final int HOLES = 4;

    /** So many ids in a row that go back, without a venue time, are a new count. */
    private static final int RESET_AFTER = 3;

    /** The same across two connections, where one may lag behind the other. */
    private static final int RESET_AFTER_OTHER_EPOCH = 1_000;

    private static final class Stream {
        long last = MarketEvent.NONE;
        int epoch;
        int source;
        long venueNs = MarketEvent.NONE;
        int ownLosses;
        int backwards;
        long backwardLast;
        int nextHole;

        /** What is missing, from and to in turns; null before the first hole. */
        long[] holes;
    }

    private Stream[] streams = new Stream[64 * CHANNELS];
    private Stream[] connections = new Stream[16];
    private final MarketEvent message = new MarketEvent();
    private int[] ownLosses = new int[16];

    /** The monitor lost messages of this source: the next break on its streams is our own. */
    public void ownLoss(final int source) {
        if (source >= ownLosses.length) {
            ownLosses = Arrays.copyOf(ownLosses, source + 16);
        }
        ownLosses[source]++;
    }

    /** The newest id of a stream, or NONE. */
    public long last(final int instrument, final Channel channel) {
        final int index = instrument * CHANNELS + channel.ordinal();
        return index < streams.length && streams[index] != null
                ? streams[index].last
                : MarketEvent.NONE;
    }

    /** The newest number of a connection, or NONE. */
    public long lastOfConnection(final int source, final int epoch) {
        final int slot = 2 * source + (epoch & 1);
        return slot < connections.length && connections[slot] != null
                ? connections[slot].last
                : MarketEvent.NONE;
    }

    /** Judges a MARKET event and moves the baseline. */
    public void onEvent(final MarketEvent event) {
        if (event.rule == SequenceRule.NONE || event.instrument < 0) {
            return;
        }
        final Stream stream = stream(event.instrument, event.channel);
        judge(stream, event);
    }

    /**
     * The same for a stream that two connections carry together: who is behind is only behind, and
     * a new count begins when it is told so ({@link #restart}).
     */
    void merge(final MarketEvent event) {
        final Stream stream = stream(event.instrument, event.channel);
        if (stream.last == MarketEvent.NONE || event.lastSequence > stream.last) {
            judge(stream, event);
        } else if (isRepeated(stream, event)) {
            event.continuity = Continuity.REPEATED;
        } else if (inHole(stream, event.lastSequence)) {
            event.continuity = isOther(stream, event) ? Continuity.FILLED : Continuity.REORDER;
        } else {
            event.continuity = Continuity.REDUNDANT;
        }
    }

    /** Whether all of these ids are among what is missing. */
    boolean lacks(final MarketEvent event, final long from, final long to) {
        final Stream stream = stream(event.instrument, event.channel);
        for (int i = 0; stream.holes != null && i < 2 * HOLES; i += 2) {
            if (from >= stream.holes[i] && to <= stream.holes[i + 1]) {
                return true;
            }
        }
        return false;
    }

    /** The count of a stream that two connections carry begins anew with this event. */
    void restart(final MarketEvent event) {
        reset(stream(event.instrument, event.channel), event);
    }

    /**
     * Judges the number that a message has among all of its connection: plus one each, from
     * anywhere on a new connection.
     */
    public void onConnectionSequence(final MarketEvent event) {
        // Two connections of a source live while one is changed for the other, each with its count.
        final int slot = 2 * event.source + (event.epoch & 1);
        if (slot >= connections.length) {
            connections = Arrays.copyOf(connections, slot + 16);
        }
        Stream connection = connections[slot];
        if (connection == null || connection.epoch != event.epoch) {
            connection = new Stream();
            connections[slot] = connection;
        }
        message.source = event.source;
        message.epoch = event.epoch;
        message.venueNs = MarketEvent.NONE;
        message.firstSequence = event.connectionSequence;
        message.lastSequence = event.connectionSequence;
        message.rule = SequenceRule.CONTIGUOUS;
        message.book = BookAction.NONE;
        message.continuity = Continuity.UNJUDGED;
        judge(connection, message);
        event.connectionContinuity = message.continuity;
        event.connectionMissing =
                message.continuity == Continuity.GAP || message.continuity == Continuity.OWN_LOSS
                        ? message.missingTo - message.missingFrom + 1
                        : 0;
    }

    private void judge(final Stream stream, final MarketEvent event) {
        if (stream.last == MarketEvent.NONE) {
            event.continuity = Continuity.FIRST;
            advance(stream, event);
        } else if (event.book == BookAction.SNAPSHOT) {
            snapshot(stream, event);
        } else if (isChained(stream, event) && event.lastSequence < stream.last) {
            reset(stream, event);
        } else if (isRepeated(stream, event)) {
            event.continuity = Continuity.REPEATED;
        } else if (event.lastSequence <= stream.last) {
            backward(stream, event);
        } else {
            forward(stream, event);
        }
    }

    /** Another connection's snapshot that is behind what is known says nothing. */
    private void snapshot(final Stream stream, final MarketEvent event) {
        if (event.lastSequence >= stream.last || event.source == stream.source) {
            if (event.lastSequence < stream.last && event.epoch == stream.epoch) {
                reset(stream, event);
            } else {
                event.continuity = Continuity.FIRST;
                forgetHoles(stream);
                advance(stream, event);
            }
        } else {
            event.continuity = Continuity.REDUNDANT;
        }
    }

    /** Whether the event says itself that it follows the newest one, whatever its own number. */
    private static boolean isChained(final Stream stream, final MarketEvent event) {
        return event.rule == SequenceRule.CHAINED && event.previousSequence == stream.last;
    }

    private static boolean isRepeated(final Stream stream, final MarketEvent event) {
        return event.lastSequence == stream.last
                && (event.rule == SequenceRule.NOT_DECREASING || isChained(stream, event));
    }

    private void reset(final Stream stream, final MarketEvent event) {
        event.continuity = Continuity.RESET;
        event.missingFrom = stream.last;
        forgetHoles(stream);
        advance(stream, event);
    }

    private static void forgetHoles(final Stream stream) {
        for (int i = 0; stream.holes != null && i < 2 * HOLES; i += 2) {
            stream.holes[i] = 1;
            stream.holes[i + 1] = 0;
        }
    }

    private void forward(final Stream stream, final MarketEvent event) {
        final long reached =
                event.rule == SequenceRule.CHAINED
                        ? event.previousSequence
                        : event.firstSequence - 1;
        if (mayHaveNoHoles(event.rule) && reached > stream.last) {
            event.missingFrom = stream.last + 1;
            event.missingTo = reached;
            if (stream.holes == null) {
                stream.holes = new long[2 * HOLES];
                forgetHoles(stream);
            }
            stream.holes[2 * stream.nextHole] = stream.last + 1;
            stream.holes[2 * stream.nextHole + 1] = reached;
            stream.nextHole = (stream.nextHole + 1) % HOLES;
            event.continuity =
                    stream.ownLosses != ownLosses(event.source)
                            ? Continuity.OWN_LOSS
                            : Continuity.GAP;
        } else {
            event.continuity = Continuity.NEXT;
        }
        advance(stream, event);
    }

    private static boolean mayHaveNoHoles(final SequenceRule rule) {
        return rule == SequenceRule.CONTIGUOUS || rule == SequenceRule.CHAINED;
    }

    private void backward(final Stream stream, final MarketEvent event) {
        final boolean otherConnection = isOther(stream, event);
        if (inHole(stream, event.lastSequence)) {
            event.continuity = otherConnection ? Continuity.FILLED : Continuity.REORDER;
            return;
        }
        final boolean newer =
                event.venueNs != MarketEvent.NONE
                        && stream.venueNs != MarketEvent.NONE
                        && event.venueNs > stream.venueNs;
        stream.backwards = event.lastSequence > stream.backwardLast ? stream.backwards + 1 : 1;
        stream.backwardLast = event.lastSequence;
        final int limit = otherConnection ? RESET_AFTER_OTHER_EPOCH : RESET_AFTER;
        final boolean timeless = event.venueNs == MarketEvent.NONE;
        if (newer || (timeless && stream.backwards >= limit)) {
            reset(stream, event);
        } else if (otherConnection) {
            event.continuity = Continuity.REDUNDANT;
        } else if (!mayHaveNoHoles(event.rule) && event.lastSequence < stream.last) {
            event.continuity = Continuity.REORDER;
        } else {
            event.continuity = Continuity.DUPLICATE;
        }
    }

    private static boolean isOther(final Stream stream, final MarketEvent event) {
        return stream.epoch != event.epoch || stream.source != event.source;
    }

    private void advance(final Stream stream, final MarketEvent event) {
        stream.last = event.lastSequence;
        stream.epoch = event.epoch;
        stream.source = event.source;
        stream.ownLosses = ownLosses(event.source);
        stream.backwards = 0;
        stream.backwardLast = MarketEvent.NONE;
        if (event.venueNs != MarketEvent.NONE) {
            stream.venueNs = event.venueNs;
        }
    }

    private static boolean inHole(final Stream stream, final long id) {
        final long[] holes = stream.holes;
        for (int i = 0; holes != null && i < 2 * HOLES; i += 2) {
            if (id >= holes[i] && id <= holes[i + 1]) {
                if (id == holes[i]) {
                    holes[i]++;
                } else if (id == holes[i + 1]) {
                    holes[i + 1]--;
                }
                return true;
            }
        }
        return false;
    }

    private int ownLosses(final int source) {
        return source < ownLosses.length ? ownLosses[source] : 0;
    }

    private Stream stream(final int instrument, final Channel channel) {
        final int index = instrument * CHANNELS + channel.ordinal();
        if (index >= streams.length) {
            streams = Arrays.copyOf(streams, Math.max(index + CHANNELS, streams.length * 2));
        }
        if (streams[index] == null) {
            streams[index] = new Stream();
        }
        return streams[index];
    }
}
