package io.plumbline.feed.redis;

import io.plumbline.inbound.Inbound;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.KeyState;
import io.plumbline.market.MonitorFact;
import io.plumbline.market.Rung;
import io.plumbline.market.SessionState;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import io.plumbline.time.EpochNanoClock;

/**
 * Offers what was seen to the inbound door. Data thread only, so all messages of this source stand
 * in one order. An observation that finds no room is forgotten in the views and told anew by the
 * next read.
 */
final class Observer {
    private static final long HEARTBEAT_INTERVAL_NS = 250_000_000L;

    private final int source;
    private final Inbound inbound;
    private final Counters counters;
    private final EpochNanoClock clock;
    private final KeyReader reader;
    private final KeyViews views;
    private final ObservationWriter writer = new ObservationWriter();
    private final byte[] nothing = {};
    private volatile int epoch;
    private long heartbeatDueNs;

    Observer(
            final int source,
            final Inbound inbound,
            final Counters counters,
            final EpochNanoClock clock,
            final KeyReader reader,
            final KeyViews views) {
        this.source = source;
        this.inbound = inbound;
        this.counters = counters;
        this.clock = clock;
        this.reader = reader;
        this.views = views;
    }

    /** Whether more may be told now by who can wait with it. */
    boolean hasRoomToSpare() {
        return inbound.hasRoomToSpare();
    }

    int epoch() {
        return epoch;
    }

    void nextEpoch() {
        epoch++;
    }

    /**
     * Tells row {@code i} of {@code batch}, which was told with its value, and remembers it.
     *
     * @param place its place in what told it, NONE without one
     */
    void told(
            final ReadBatch batch,
            final int i,
            final Rung rung,
            final long writtenAfterNs,
            final long place) {
        writer.told(place);
        value(batch, i, rung, writtenAfterNs);
    }

    /** Tells the {@code i}th answer of {@code batch} and remembers it. */
    void value(final ReadBatch batch, final int i, final Rung rung, final long writtenAfterNs) {
        final int key = batch.ids[i];
        final byte[] name = reader.name(key);
        final int length;
        if (batch.states[i] == ReadBatch.PRESENT) {
            length =
                    writer.present(
                            name,
                            rung,
                            writtenAfterNs,
                            batch.expiresAtNs[i],
                            batch.values[i],
                            batch.sequences[i],
                            batch.times[i]);
        } else if (batch.states[i] == ReadBatch.WRONG_TYPE) {
            length = writer.wrongType(name, rung, writtenAfterNs, batch.expiresAtNs[i]);
        } else {
            length = writer.absent(name, rung, writtenAfterNs);
        }
        views.take(batch, i);
        counters.increment(CounterId.REDIS_OBSERVATIONS);
        if (!offer(InboundType.REDIS_VALUE, batch.repliedNs, length)) {
            views.forget(key);
        }
    }

    /**
     * Whether the {@code i}th answer says that another node has the key: told once where it was
     * seen here, and forgotten.
     */
    boolean elsewhere(final ReadBatch batch, final int i) {
        final boolean elsewhere = batch.states[i] == ReadBatch.ELSEWHERE;
        if (elsewhere) {
            left(batch.ids[i], batch.repliedNs);
        }
        return elsewhere;
    }

    /** The key is another node's now. */
    void left(final int key, final long stampNs) {
        if (!views.unseen(key)) {
            views.forget(key);
            event(reader.name(key), KeyState.MOVED, Rung.SWEEP, stampNs);
        }
    }

    /** Tells the {@code i}th answer found without a push: written since the read before. */
    void found(final ReadBatch batch, final int i, final Rung rung) {
        value(batch, i, rung, views.readNs(batch.ids[i]));
    }

    /** Tells the kinds of mention that came with a key: what happened to it. */
    void events(final int key, final int kinds, final Rung rung, final long stampNs) {
        if ((kinds & DirtyKeys.DELETED) != 0) {
            event(reader.name(key), KeyState.DELETED, rung, stampNs);
        }
        if ((kinds & DirtyKeys.EXPIRED) != 0) {
            event(reader.name(key), KeyState.EXPIRED, rung, stampNs);
        }
        if ((kinds & DirtyKeys.EVICTED) != 0) {
            event(reader.name(key), KeyState.EVICTED, rung, stampNs);
        }
    }

    void flushed(final Rung rung, final long stampNs) {
        event(null, KeyState.FLUSHED, rung, stampNs);
    }

    void session(final SessionState state, final String reason) {
        inbound.offer(InboundType.SESSION, source, epoch, clock.epochNanos(), state + " " + reason);
    }

    void fact(final MonitorFact fact, final String detail) {
        inbound.offer(InboundType.MONITOR, source, epoch, clock.epochNanos(), fact + " " + detail);
    }

    /** A proof of life: at most four a second go on. */
    void heartbeat(final long nowNs) {
        if (nowNs >= heartbeatDueNs) {
            heartbeatDueNs = nowNs + HEARTBEAT_INTERVAL_NS;
            inbound.offer(InboundType.HEARTBEAT, source, epoch, nowNs, nothing, 0, 0);
        }
    }

    private void event(
            final byte[] name, final KeyState state, final Rung rung, final long stampNs) {
        offer(InboundType.REDIS_EVENT, stampNs, writer.event(name, rung, state));
    }

    private boolean offer(final InboundType type, final long stampNs, final int length) {
        return inbound.offer(type, source, epoch, stampNs, writer.buffer(), 0, length);
    }
}
