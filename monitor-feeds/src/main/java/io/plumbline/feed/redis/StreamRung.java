package io.plumbline.feed.redis;

import io.plumbline.market.Rung;
import io.plumbline.metrics.CounterId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisClusterException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * The writer's own stream, read on from the last id: every entry in order, and nothing lost by a
 * dropped connection until the stream is trimmed. Never a consumer group, whose reads are writes.
 * In a Cluster every part reads it from the shard that has it, wherever that moves.
 *
 * <p>The proof: Redis counts what was ever added (7.0 and later). Where the last id is read and
 * less was read than added, the rest was trimmed or deleted unread. The writer's own sequence
 * proves the same on any version.
 */
final class StreamRung extends PushRung {
    private static final int MOST = 1_000;
    private static final String BLOCK_MS = "50";
    private static final long PROOF_NS = 1_000_000_000L;
    private static final int MOST_HOPS = 3;

    private final String stream;
    private final ToldEntries entries;
    private final boolean goesOn;
    private volatile RedisLink link;
    private RedisNode at;
    private boolean ahead;
    private volatile long asked;
    private volatile long pong;
    private volatile StreamPlace place;
    private StreamPlace proof;
    private long proofDueNs;
    private long read;
    private StreamPlace base;
    private boolean behind;
    private long caughtUpNs;
    private long answered;

    StreamRung(final PushContext context) {
        super(context);
        final RedisOffers.Stream source = context.settings().offers().stream();
        stream = source.key();
        entries = new ToldEntries(context, source.entry());
        goesOn = false;
    }

    /** A life that goes on where {@code before} ended. */
    private StreamRung(final StreamRung before) {
        super(before.context);
        stream = before.stream;
        entries = before.entries;
        goesOn = true;
        place = before.place;
        base = before.base;
        read = before.read;
        caughtUpNs = before.caughtUpNs;
        behind = true;
    }

    @Override
    Rung rung() {
        return Rung.STREAM;
    }

    @Override
    boolean canGoOn() {
        return place != null;
    }

    @Override
    PushRung next() {
        return new StreamRung(this);
    }

    @Override
    void open() {
        connect(context.settings().node());
        if (!goesOn) {
            base = end();
            place = base;
        }
    }

    private void connect(final RedisNode node) {
        at = node;
        final RedisLink opened = RedisLink.forPush(context.settings().at(node), false);
        link = opened;
        if (isCut()) {
            opened.cut();
        }
    }

    /** Asks who has the stream now; what has gathered while it was looked for is late by us. */
    private Object ask(final Command command, final String... arguments) {
        for (int hop = 0; ; hop++) {
            try {
                if (ahead) {
                    link.ask(Command.ASKING);
                }
                return link.ask(command, arguments);
            } catch (final JedisRedirectionException elsewhere) {
                if (hop == MOST_HOPS || isCut()) {
                    throw elsewhere;
                }
                final HostAndPort target = elsewhere.getTargetNode();
                final String host = target.getHost().isEmpty() ? at.host() : target.getHost();
                link.cut();
                connect(new RedisNode(host, target.getPort()));
                ahead = elsewhere instanceof JedisAskDataException;
                behind = true;
            } catch (final JedisDataException refused) {
                if (isPassing(refused)) {
                    throw new JedisConnectionException(refused.getMessage(), refused);
                }
                throw refused;
            }
        }
    }

    /** A primary that became a replica meanwhile, or a Cluster that is down for a moment. */
    private static boolean isPassing(final JedisDataException refused) {
        return refused instanceof JedisClusterException
                || String.valueOf(refused.getMessage()).startsWith("UNBLOCKED");
    }

    private StreamPlace end() {
        return StreamPlace.end((List<?>) ask(Command.XINFO, "STREAM", stream));
    }

    @Override
    void receive() {
        final long before = asked;
        final Object reply =
                ask(
                        Command.XREAD,
                        "COUNT",
                        Integer.toString(MOST),
                        "BLOCK",
                        BLOCK_MS,
                        "STREAMS",
                        stream,
                        place.id());
        final long nowNs = context.clock().epochNanos();
        final boolean proving = proof != null;
        final List<?> found =
                reply == null ? List.of() : (List<?>) ((List<?>) ((List<?>) reply).get(0)).get(1);
        for (final Object entry : found) {
            take((List<?>) entry, nowNs);
        }
        if (found.size() < MOST) {
            if (proving && proof != null) {
                settle();
            }
            behind = false;
            caughtUpNs = nowNs;
            pong = before;
        }
        lose(entries.takeLost());
        if (proof == null && nowNs >= proofDueNs) {
            proofDueNs = nowNs + PROOF_NS;
            prove();
        }
        context.dirty().wake();
    }

    private void take(final List<?> entry, final long nowNs) {
        final List<?> fields = (List<?>) entry.get(1);
        final StreamPlace at =
                StreamPlace.parse(new String((byte[]) entry.get(0), StandardCharsets.US_ASCII), -1);
        if (proof != null && at.compareTo(proof) > 0) {
            settle();
        }
        context.counters().increment(CounterId.REDIS_NOTIFICATIONS);
        final ToldWrite write = entries.read(name -> field(fields, name), nowNs);
        if (write != null) {
            final ToldWrite dated = behind ? write.writtenAfter(caughtUpNs) : write;
            if (!context.writes().offer(dated)) {
                behind = true;
                context.counters().increment(CounterId.REDIS_STREAM_STALLS);
                context.writes().put(dated, this::isCut);
            }
        }
        read++;
        place = at;
        if (proof != null && at.compareTo(proof) == 0) {
            settle();
        }
    }

    /**
     * Asks how many entries were added; judged when as much is read. A stream that ends before what
     * was read was deleted and made anew.
     */
    private void prove() {
        final StreamPlace end = end();
        if (end.compareTo(place) < 0) {
            base = new StreamPlace(0, 0, 0);
            place = base;
            read = 0;
            return;
        }
        if (end.added() >= 0 && base.added() >= 0) {
            proof = end;
            if (place.compareTo(end) >= 0) {
                settle();
            }
        }
    }

    /** Everything up to the proof's id that still stood there was read. */
    private void settle() {
        final long missing = proof.added() - base.added() - read;
        if (missing > 0) {
            lose(missing);
        }
        base = proof;
        read = 0;
        proof = null;
    }

    private static byte[] field(final List<?> fields, final byte[] name) {
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            if (Arrays.equals((byte[]) fields.get(i), name)) {
                return (byte[]) fields.get(i + 1);
            }
        }
        return null;
    }

    @Override
    void disconnect() {
        final RedisLink open = link;
        if (open != null) {
            open.cut();
        }
    }

    /** Answered by a read that began later and found the end of the stream. */
    @Override
    void ping(final long number, final RedisLink data) {
        asked = number;
    }

    @Override
    long pong() {
        final long told = pong;
        if (context.writes().isEmpty()) {
            answered = told;
        }
        return answered;
    }
}
