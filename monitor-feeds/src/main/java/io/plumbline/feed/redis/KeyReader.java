package io.plumbline.feed.redis;

import io.plumbline.market.MarketEvent;
import io.plumbline.market.WatchedKeys;
import io.plumbline.metrics.LatencyRecorder;
import io.plumbline.time.EpochNanoClock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * Reads batches of keys with their deadlines, one pipelined round trip each: MGET for strings,
 * HMGET for hashes, PEXPIRETIME (Redis 7.0 and later) or PTTL for those that are timed. Data thread
 * only.
 */
final class KeyReader {
    private static final long MILLISECOND_NS = 1_000_000L;
    private static final long RELATIVE_TOLERANCE_NS = 20 * MILLISECOND_NS;
    private static final long OFFSET_INTERVAL_NS = 10_000_000_000L;
    private static final long NO_TTL = -1;
    private static final long NO_KEY = -2;

    private final byte[][] names;
    private final List<ValueFormat> formats;
    private final List<byte[][]> fields = new ArrayList<>();
    private final EpochNanoClock clock;
    private final LatencyRecorder roundTrips;
    private final Territory territory;
    private RedisLink link;
    private boolean absolute;
    private boolean tellsTime;
    private volatile long offsetNs;
    private long offsetDueNs;
    private long slowestNs;

    KeyReader(
            final WatchedKeys keys,
            final List<ValueFormat> formats,
            final Territory territory,
            final EpochNanoClock clock,
            final LatencyRecorder roundTrips) {
        this.formats = formats;
        this.territory = territory;
        this.clock = clock;
        this.roundTrips = roundTrips;
        names = new byte[keys.size()][];
        for (int id = 0; id < names.length; id++) {
            names[id] = RedisLink.bytes(keys.key(id).name());
            fields.add(fieldsOf(formats.get(id)));
        }
    }

    byte[] name(final int key) {
        return names[key];
    }

    /**
     * Takes a fresh connection into use and finds out how deadlines are read on it: by asking for a
     * watched key, because a minimal ACL allows no other.
     */
    void attach(final RedisLink fresh) {
        link = fresh;
        absolute = false;
        tellsTime = true;
        measureOffset();
        try {
            absolute = tellsTime && knowsAbsolute(fresh);
        } catch (final JedisDataException refused) {
            absolute = false;
        }
    }

    private void measureOffset() {
        try {
            offsetNs = link.clockOffsetNs(clock);
            offsetDueNs = clock.epochNanos() + OFFSET_INTERVAL_NS;
        } catch (final JedisConnectionException lost) {
            throw lost;
        } catch (final JedisDataException refused) {
            tellsTime = false;
            offsetNs = 0;
        }
    }

    private boolean knowsAbsolute(final RedisLink fresh) {
        try {
            fresh.sendCommand(Command.PEXPIRETIME, names[0]);
            fresh.getOne();
            return true;
        } catch (final JedisRedirectionException elsewhere) {
            return true;
        }
    }

    /** The longest round trip since the last call, 0 for none. */
    long takeSlowest() {
        final long slowest = slowestNs;
        slowestNs = 0;
        return slowest;
    }

    /** The server's clock minus ours; 0 where it does not tell the time. Any thread. */
    long serverOffsetNs() {
        return offsetNs;
    }

    /** Fills {@code batch}; throws JedisException when Redis does not answer or refuses. */
    void read(final ReadBatch batch) {
        if (batch.size == 0) {
            return;
        }
        if (tellsTime && clock.epochNanos() >= offsetDueNs) {
            measureOffset();
        }
        batch.sentNs = clock.epochNanos();
        if (territory.isWhole()) {
            readTogether(batch);
        } else {
            readEach(batch);
        }
    }

    private void readTogether(final ReadBatch batch) {
        int strings = 0;
        int requests = 0;
        final CommandArguments mget = new CommandArguments(Command.MGET);
        for (int i = 0; i < batch.size; i++) {
            if (fields.get(batch.ids[i]) == null) {
                mget.add(names[batch.ids[i]]);
                strings++;
            }
        }
        if (strings > 0) {
            link.sendCommand(mget);
            requests++;
        }
        for (int i = 0; i < batch.size; i++) {
            final byte[][] hash = fields.get(batch.ids[i]);
            if (hash != null) {
                link.sendCommand(Command.HMGET, hash);
                requests++;
            }
        }
        for (int i = 0; i < batch.size; i++) {
            requests += batch.timed[i] ? askDeadline(batch.ids[i]) : 0;
        }
        final List<Object> replies = link.getMany(requests);
        replied(batch);
        if (!take(batch, replies, strings)) {
            Arrays.fill(batch.timed, true);
            readTogether(batch);
        }
    }

    private int askDeadline(final int key) {
        link.sendCommand(absolute ? Command.PEXPIRETIME : Command.PTTL, names[key]);
        return 1;
    }

    /** In a Cluster every key stands for itself: its slot may be on the move. */
    private void readEach(final ReadBatch batch) {
        final Command deadline = absolute ? Command.PEXPIRETIME : Command.PTTL;
        int requests = 2 * batch.size;
        for (int i = 0; i < batch.size; i++) {
            final byte[][] hash = fields.get(batch.ids[i]);
            requests += ask(batch, i);
            if (hash == null) {
                link.sendCommand(Command.GET, names[batch.ids[i]]);
            } else {
                link.sendCommand(Command.HMGET, hash);
            }
            requests += ask(batch, i);
            link.sendCommand(deadline, names[batch.ids[i]]);
        }
        final List<Object> replies = link.getMany(requests);
        replied(batch);
        int next = 0;
        for (int i = 0; i < batch.size; i++) {
            next += batch.asking[i] ? 1 : 0;
            final Object value = replies.get(next++);
            next += batch.asking[i] ? 1 : 0;
            takeEach(batch, i, value, replies.get(next++));
        }
    }

    private int ask(final ReadBatch batch, final int i) {
        if (batch.asking[i]) {
            link.sendCommand(Command.ASKING);
        }
        return batch.asking[i] ? 1 : 0;
    }

    /** That a key is absent, only the owner of its slot can say. */
    private void takeEach(
            final ReadBatch batch, final int i, final Object value, final Object ttl) {
        batch.expiresAtNs[i] = expiresAt(ttl, batch.repliedNs);
        batch.values[i] = null;
        batch.sequences[i] = null;
        batch.times[i] = null;
        final Object redirection = value instanceof JedisRedirectionException ? value : ttl;
        if (redirection instanceof JedisRedirectionException where) {
            batch.states[i] = ReadBatch.ELSEWHERE;
            territory.redirected(batch.ids[i], where);
        } else if (fields.get(batch.ids[i]) != null) {
            hash(batch, i, value, exists(ttl));
        } else if (wrongType(value)) {
            batch.states[i] = ReadBatch.WRONG_TYPE;
        } else {
            batch.values[i] = (byte[]) answered(value);
            batch.states[i] = batch.values[i] == null ? ReadBatch.ABSENT : ReadBatch.PRESENT;
        }
        if (batch.states[i] == ReadBatch.ABSENT) {
            batch.expiresAtNs[i] = MarketEvent.NONE;
            batch.states[i] = batch.asking[i] ? ReadBatch.ELSEWHERE : ReadBatch.ABSENT;
        }
    }

    private void replied(final ReadBatch batch) {
        batch.repliedNs = clock.epochNanos();
        roundTrips.record(batch.repliedNs - batch.sentNs);
        slowestNs = Math.max(slowestNs, Math.max(1, batch.repliedNs - batch.sentNs));
        batch.deadlineToleranceNs =
                absolute
                        ? MILLISECOND_NS + Math.abs(batch.repliedNs - batch.sentNs)
                        : RELATIVE_TOLERANCE_NS + (batch.repliedNs - batch.sentNs);
    }

    /**
     * Whether all is known now: a key without a value may be there all the same, which only its
     * deadline tells.
     */
    private boolean take(final ReadBatch batch, final List<Object> replies, final int strings) {
        boolean known = true;
        final List<?> plain = strings > 0 ? (List<?>) answered(replies.get(0)) : List.of();
        int nextPlain = 0;
        int nextHash = strings > 0 ? 1 : 0;
        int nextDeadline = nextHash + batch.size - strings;
        for (int i = 0; i < batch.size; i++) {
            Object ttl = null;
            if (batch.timed[i]) {
                ttl = replies.get(nextDeadline++);
                batch.expiresAtNs[i] = expiresAt(ttl, batch.repliedNs);
            }
            batch.sequences[i] = null;
            batch.times[i] = null;
            if (fields.get(batch.ids[i]) == null) {
                batch.values[i] = (byte[]) plain.get(nextPlain++);
                batch.states[i] = batch.values[i] == null ? ReadBatch.ABSENT : ReadBatch.PRESENT;
                if (batch.values[i] == null && exists(ttl)) {
                    doubt(batch, i);
                }
            } else {
                hash(batch, i, replies.get(nextHash++), exists(ttl));
            }
            if (batch.states[i] == ReadBatch.ABSENT) {
                batch.expiresAtNs[i] = MarketEvent.NONE;
                known &= batch.timed[i];
            }
        }
        return known;
    }

    /** MGET says nil for another type too, but the key has a TTL reply: GET tells which it is. */
    private void doubt(final ReadBatch batch, final int i) {
        link.sendCommand(Command.GET, names[batch.ids[i]]);
        final Object reply = link.getMany(1).get(0);
        if (wrongType(reply)) {
            batch.states[i] = ReadBatch.WRONG_TYPE;
        } else {
            batch.values[i] = (byte[]) answered(reply);
            batch.states[i] = batch.values[i] == null ? ReadBatch.ABSENT : ReadBatch.PRESENT;
        }
    }

    private void hash(
            final ReadBatch batch, final int i, final Object reply, final boolean exists) {
        batch.values[i] = null;
        if (wrongType(reply)) {
            batch.states[i] = ReadBatch.WRONG_TYPE;
            return;
        }
        final ValueFormat format = formats.get(batch.ids[i]);
        final List<?> parts = (List<?>) answered(reply);
        int next = 0;
        batch.values[i] = (byte[]) parts.get(next++);
        boolean any = batch.values[i] != null;
        if (!format.sequence().isEmpty()) {
            batch.sequences[i] = (byte[]) parts.get(next++);
            any |= batch.sequences[i] != null;
        }
        if (!format.time().isEmpty()) {
            batch.times[i] = (byte[]) parts.get(next);
            any |= batch.times[i] != null;
        }
        batch.states[i] = any || exists ? ReadBatch.PRESENT : ReadBatch.ABSENT;
    }

    private long expiresAt(final Object reply, final long repliedNs) {
        if (!(reply instanceof Long) || (Long) reply == NO_KEY) {
            return MarketEvent.NONE;
        }
        final long ttl = (Long) reply;
        if (ttl == NO_TTL) {
            return MarketEvent.NEVER;
        }
        final long nanos = ttl * MILLISECOND_NS;
        if (nanos / MILLISECOND_NS != ttl) {
            return MarketEvent.NEVER;
        }
        return absolute ? nanos - offsetNs : repliedNs + nanos;
    }

    private static boolean exists(final Object ttl) {
        return ttl instanceof Long && (Long) ttl != NO_KEY;
    }

    private static boolean wrongType(final Object reply) {
        return reply instanceof JedisDataException
                && String.valueOf(((JedisDataException) reply).getMessage())
                        .startsWith("WRONGTYPE");
    }

    private static Object answered(final Object reply) {
        if (reply instanceof JedisDataException) {
            throw (JedisDataException) reply;
        }
        return reply;
    }

    private byte[][] fieldsOf(final ValueFormat format) {
        if (format.kind() != ValueFormat.Kind.HASH) {
            return null;
        }
        final List<byte[]> arguments = new ArrayList<>();
        arguments.add(names[fields.size()]);
        arguments.add(RedisLink.bytes(format.price()));
        if (!format.sequence().isEmpty()) {
            arguments.add(RedisLink.bytes(format.sequence()));
        }
        if (!format.time().isEmpty()) {
            arguments.add(RedisLink.bytes(format.time()));
        }
        return arguments.toArray(byte[][]::new);
    }
}
