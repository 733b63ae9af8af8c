package io.plumbline.feed.redis;

import io.plumbline.market.Rung;
import io.plumbline.metrics.CounterId;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The replication tap: the server's own stream of writes, every one of them, in order, with its
 * offset. It is joined where it stands now, or exactly where the life before this one ended.
 *
 * <p>When the data thread does not keep up, this thread stops reading, and TCP and the server's
 * replica buffer hold the rest; when the server gives up on it, the next life goes on at the last
 * offset. What arrives late by our own doing is dated back to when we last were up to date.
 */
final class ReplicationRung extends PushRung {
    private static final long ACKNOWLEDGE_NS = 1_000_000_000L;

    private final ToldWrites writes;
    private final RedisNode address;
    private final ReplicationPlace given;
    private final byte[] buffer = new byte[64 * 1_024];
    private final Deque<long[]> targets = new ArrayDeque<>();
    private volatile ReplicationLink link;
    private volatile ReplicationPlace place;
    private volatile long parsed;
    private volatile boolean proven;
    private volatile boolean databaseKnown;
    private ReplicationParser parser;
    private CommandEffects effects;
    private String history;
    private long caughtUpNs;
    private boolean behind;
    private long acknowledgeDueNs;
    private long processed;
    private long answered;

    /**
     * @param address the replica or primary to attach to
     * @param given where to go on; null for where its stream stands now
     * @param caughtUpNs until when everything is known: no write of the stream is older
     */
    ReplicationRung(
            final PushContext context,
            final RedisNode address,
            final ReplicationPlace given,
            final long caughtUpNs) {
        super(context);
        this.address = address;
        this.given = given;
        this.caughtUpNs = caughtUpNs;
        writes = context.writes();
        place = given;
        processed = Long.MIN_VALUE;
    }

    @Override
    Rung rung() {
        return Rung.REPLICATION;
    }

    /** Whom it is attached to. */
    RedisNode address() {
        return address;
    }

    @Override
    void open() throws IOException {
        final ReplicationLink opened = ReplicationLink.open(context.settings(), address);
        link = opened;
        ReplicationPlace begin = given;
        if (begin == null) {
            begin = opened.info().now();
            if (opened.holdsNothingBut(context.settings().database())) {
                begin =
                        new ReplicationPlace(
                                begin.replicationId(),
                                begin.offset(),
                                context.settings().database());
            }
        }
        history = opened.join(begin);
        parser = new ReplicationParser(begin.offset());
        effects =
                new CommandEffects(
                        context.keys(),
                        context.formats(),
                        context.settings().database(),
                        begin,
                        context.serverOffsetNs(),
                        this::take);
        behind = given != null;
        databaseKnown = effects.isDatabaseKnown();
        parsed = begin.offset();
        place = effects.resume(history);
    }

    @Override
    void receive() throws IOException {
        final int count = link.read(buffer);
        final long nowNs = context.clock().epochNanos();
        if (proven) {
            effects.proven();
        }
        if (count > 0) {
            effects.arrived(nowNs);
            try {
                parser.take(buffer, 0, count, effects);
                parsed = parser.offset();
            } finally {
                place = effects.resume(history);
                databaseKnown = effects.isDatabaseKnown();
                context.dirty().wake();
            }
        }
        if (!link.isBehind()) {
            behind = false;
            caughtUpNs = nowNs;
        }
        if (nowNs >= acknowledgeDueNs) {
            acknowledgeDueNs = nowNs + ACKNOWLEDGE_NS;
            link.acknowledge();
        }
    }

    private void take(final ToldWrite write) {
        context.counters().increment(CounterId.REDIS_NOTIFICATIONS);
        final ToldWrite dated = behind ? write.writtenAfter(caughtUpNs) : write;
        if (!writes.offer(dated)) {
            behind = true;
            context.counters().increment(CounterId.REDIS_STREAM_STALLS);
            writes.put(dated, this::isCut);
        }
    }

    @Override
    void disconnect() {
        final ReplicationLink open = link;
        if (open != null) {
            open.close();
        }
    }

    /** Data thread: asks where the server's history ends now. After a failover it is another. */
    @Override
    void ping(final long number, final RedisLink data) {
        final ReplicationInfo info = ReplicationInfo.ask(data);
        if (info.replicationId().equals(place.replicationId())) {
            targets.add(new long[] {number, info.offset()});
        } else {
            cut();
        }
    }

    @Override
    boolean canGoOn() {
        return place != null;
    }

    @Override
    PushRung next() {
        return new ReplicationRung(context, address, place, caughtUpNs);
    }

    /** Data thread. */
    @Override
    long pong() {
        while (!targets.isEmpty() && processed >= targets.peek()[1]) {
            answered = targets.poll()[0];
        }
        return answered;
    }

    /** Any thread: up to which offset writes were handed over. */
    long parsed() {
        return parsed;
    }

    /** Data thread: every write up to this offset was told. */
    void processed(final long offset) {
        processed = Math.max(processed, offset);
    }

    long processed() {
        return processed;
    }

    /** Whether it is known in which database the stream is. */
    boolean isDatabaseKnown() {
        return databaseKnown;
    }

    /** Data thread: a value of the stream was found in the watched database. */
    void prove() {
        proven = true;
    }
}
