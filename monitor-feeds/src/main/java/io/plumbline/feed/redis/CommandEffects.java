package io.plumbline.feed.redis;

import io.plumbline.feed.redis.ToldWrite.Kind;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.WatchedKeys;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What a replicated command did to the watched keys. Commands that are not understood and name a
 * watched key anywhere make it be read again; so does everything that cannot be known from the
 * command alone. Push thread only.
 *
 * <p>Commands between MULTI and EXEC are one step: of several writes of a key only the last state
 * could be read by anyone.
 */
final class CommandEffects implements ReplicationParser.Sink {
    /** The database is not told before the next SELECT. */
    static final int UNKNOWN_DATABASE = -1;

    /** More in one transaction are not taken one by one: all keys are read instead. */
    static final int LARGEST_TRANSACTION = 4_096;

    /** A deadline that cannot be read from the command. */
    private static final long UNREADABLE = MarketEvent.NONE + 1;

    private static final long MILLISECOND_NS = 1_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;

    private final WatchedKeys keys;
    private final List<HashFields> fields;
    private final int watched;
    private final LongSupplier serverOffsetNs;
    private final Consumer<ToldWrite> out;
    private final List<ToldWrite> transaction = new ArrayList<>();
    private int database;
    private boolean open;
    private boolean overflown;
    private int resumeDatabase;
    private long resumeOffset;
    private long stampNs;

    /**
     * @param watched the database of the watched keys
     * @param begin where the stream begins
     * @param serverOffsetNs the server's clock minus ours
     */
    CommandEffects(
            final WatchedKeys keys,
            final List<ValueFormat> formats,
            final int watched,
            final ReplicationPlace begin,
            final LongSupplier serverOffsetNs,
            final Consumer<ToldWrite> out) {
        this.keys = keys;
        fields = formats.stream().map(HashFields::of).toList();
        this.watched = watched;
        database = begin.database();
        resumeDatabase = database;
        resumeOffset = begin.offset();
        this.serverOffsetNs = serverOffsetNs;
        this.out = out;
    }

    /** Commands from here on arrived at {@code nowNs}. */
    void arrived(final long nowNs) {
        stampNs = nowNs;
    }

    /** It is proven that the stream is in the watched database. */
    void proven() {
        if (database == UNKNOWN_DATABASE) {
            database = watched;
            resumeDatabase = open ? resumeDatabase : watched;
        }
    }

    boolean isDatabaseKnown() {
        return database != UNKNOWN_DATABASE;
    }

    /** Where to go on after a lost connection: never in the middle of a transaction. */
    ReplicationPlace resume(final String replicationId) {
        return new ReplicationPlace(replicationId, resumeOffset, resumeDatabase);
    }

    @Override
    public void onCommand(final ReplicatedCommand command, final long endOffset) {
        final String name = command.name();
        switch (name) {
            case "SELECT":
                database = (int) command.number(1);
                break;
            case "MULTI":
                open = true;
                break;
            case "EXEC":
                commit(endOffset);
                break;
            case "PING":
            case "REPLCONF":
            case "PUBLISH":
            case "SPUBLISH":
                break;
            case "FLUSHALL":
                emit(ToldWrite.of(Kind.FLUSHED, -1, endOffset, stampNs));
                break;
            case "SWAPDB":
                if (command.number(1) == watched || command.number(2) == watched) {
                    emit(ToldWrite.of(Kind.EVERYTHING, -1, endOffset, stampNs));
                }
                break;
            case "COPY":
            case "MOVE":
                readMentioned(command, 1, endOffset);
                break;
            default:
                if (database == watched || database == UNKNOWN_DATABASE) {
                    here(name, command, endOffset);
                }
                break;
        }
        if (!open) {
            resumeOffset = endOffset;
            resumeDatabase = database;
        }
    }

    /** A command in the watched database. */
    private void here(final String name, final ReplicatedCommand command, final long end) {
        if (!command.isWhole() || name.isEmpty()) {
            cut(name, command, end);
            return;
        }
        switch (name) {
            case "SET":
                set(command, end);
                break;
            case "GETSET":
            case "SETNX":
                string(command, 1, 2, MarketEvent.NEVER, end);
                break;
            case "SETEX":
                string(command, 1, 3, relative(command.number(2), SECOND_NS), end);
                break;
            case "PSETEX":
                string(command, 1, 3, relative(command.number(2), MILLISECOND_NS), end);
                break;
            case "MSET":
            case "MSETNX":
                for (int i = 1; i + 1 < command.size(); i += 2) {
                    string(command, i, i + 1, MarketEvent.NEVER, end);
                }
                break;
            case "HSET":
            case "HMSET":
            case "HSETNX":
                hash(command, end);
                break;
            case "DEL":
            case "UNLINK":
            case "GETDEL":
                for (int i = 1; i < command.size(); i++) {
                    tell(Kind.GONE, find(command, i), end);
                }
                break;
            case "EXPIRE":
                deadline(command, relative(command.number(2), SECOND_NS), end);
                break;
            case "PEXPIRE":
                deadline(command, relative(command.number(2), MILLISECOND_NS), end);
                break;
            case "EXPIREAT":
                deadline(command, absolute(command.number(2), SECOND_NS), end);
                break;
            case "PEXPIREAT":
                deadline(command, absolute(command.number(2), MILLISECOND_NS), end);
                break;
            case "PERSIST":
                deadline(command, MarketEvent.NEVER, end);
                break;
            case "RENAME":
            case "RENAMENX":
                tell(Kind.GONE, find(command, 1), end);
                tell(Kind.READ_AGAIN, find(command, 2), end);
                break;
            case "FLUSHDB":
                emit(ToldWrite.of(Kind.FLUSHED, -1, end, stampNs));
                break;
            case "EVAL":
            case "EVALSHA":
            case "FCALL":
                emit(ToldWrite.of(Kind.EVERYTHING, -1, end, stampNs));
                break;
            default:
                readMentioned(command, 1, end);
                break;
        }
    }

    /** Not all of it was kept: what is certain is only which keys it may have touched. */
    private void cut(final String name, final ReplicatedCommand command, final long end) {
        if ((name.equals("SET") || name.startsWith("H")) && command.isKept(1)) {
            tell(Kind.READ_AGAIN, find(command, 1), end);
        } else {
            emit(ToldWrite.of(Kind.EVERYTHING, -1, end, stampNs));
        }
    }

    private void set(final ReplicatedCommand command, final long end) {
        if (command.size() < 3) {
            return;
        }
        final int key = find(command, 1);
        if (key < 0) {
            return;
        }
        long expiresAtNs = MarketEvent.NEVER;
        for (int i = 3; i < command.size(); i++) {
            final String option = command.upper(i);
            final boolean timed = i + 1 < command.size();
            if (option.equals("KEEPTTL")) {
                expiresAtNs = MarketEvent.NONE;
            } else if (option.equals("PXAT") && timed) {
                i++;
                expiresAtNs = absolute(command.number(i), MILLISECOND_NS);
            } else if (option.equals("EXAT") && timed) {
                i++;
                expiresAtNs = absolute(command.number(i), SECOND_NS);
            } else if (option.equals("PX") && timed) {
                i++;
                expiresAtNs = relative(command.number(i), MILLISECOND_NS);
            } else if (option.equals("EX") && timed) {
                i++;
                expiresAtNs = relative(command.number(i), SECOND_NS);
            } else if (!option.equals("NX") && !option.equals("XX") && !option.equals("GET")) {
                tell(Kind.READ_AGAIN, key, end);
                return;
            }
        }
        string(command, 1, 2, expiresAtNs, end);
    }

    private void string(
            final ReplicatedCommand command,
            final int keyAt,
            final int valueAt,
            final long expiresAtNs,
            final long end) {
        final int key = valueAt < command.size() ? find(command, keyAt) : -1;
        if (key < 0) {
            return;
        }
        if (!fields.get(key).isString()
                || expiresAtNs == UNREADABLE
                || command.length(valueAt) > RedisObservation.LONGEST_VALUE) {
            tell(Kind.READ_AGAIN, key, end);
        } else {
            emit(ToldWrite.value(key, command.copy(valueAt), expiresAtNs, end, stampNs));
        }
    }

    private void hash(final ReplicatedCommand command, final long end) {
        final int key = find(command, 1);
        if (key < 0) {
            return;
        }
        final HashFields named = fields.get(key);
        if (named.isString()) {
            tell(Kind.READ_AGAIN, key, end);
            return;
        }
        int given = 0;
        byte[] value = null;
        byte[] sequence = null;
        byte[] time = null;
        for (int i = 2; i + 1 < command.size(); i += 2) {
            if (command.length(i + 1) > RedisObservation.LONGEST_VALUE) {
                tell(Kind.READ_AGAIN, key, end);
                return;
            }
            if (HashFields.isAt(command, i, named.value())) {
                value = command.copy(i + 1);
                given |= ToldWrite.VALUE;
            }
            if (HashFields.isAt(command, i, named.sequence())) {
                sequence = command.copy(i + 1);
                given |= ToldWrite.SEQUENCE;
            }
            if (HashFields.isAt(command, i, named.time())) {
                time = command.copy(i + 1);
                given |= ToldWrite.TIME;
            }
        }
        emit(
                new ToldWrite(
                        Kind.CHANGED,
                        key,
                        given,
                        value,
                        sequence,
                        time,
                        MarketEvent.NONE,
                        end,
                        stampNs,
                        stampNs,
                        true));
    }

    private void deadline(final ReplicatedCommand command, final long expiresAtNs, final long end) {
        final int key = find(command, 1);
        if (key < 0) {
            return;
        }
        if (expiresAtNs == UNREADABLE) {
            tell(Kind.READ_AGAIN, key, end);
        } else {
            emit(ToldWrite.deadline(key, expiresAtNs, end, stampNs));
        }
    }

    private void readMentioned(final ReplicatedCommand command, final int from, final long end) {
        if (!command.isWhole()) {
            emit(ToldWrite.of(Kind.EVERYTHING, -1, end, stampNs));
            return;
        }
        for (int i = from; i < command.size(); i++) {
            tell(Kind.READ_AGAIN, find(command, i), end);
        }
    }

    private int find(final ReplicatedCommand command, final int i) {
        return command.isKept(i)
                ? keys.find(command.bytes(), command.start(i), command.length(i))
                : -1;
    }

    private void tell(final Kind kind, final int key, final long end) {
        if (key >= 0) {
            emit(ToldWrite.of(kind, key, end, stampNs));
        }
    }

    private void emit(final ToldWrite certain) {
        final ToldWrite write =
                database == UNKNOWN_DATABASE && certain.key() >= 0 ? certain.maybe() : certain;
        if (!open) {
            out.accept(write);
        } else if (transaction.size() < LARGEST_TRANSACTION) {
            transaction.add(write);
        } else {
            overflown = true;
        }
    }

    private void commit(final long end) {
        open = false;
        final Set<Integer> later = new HashSet<>();
        for (int i = transaction.size() - 1; i >= 0; i--) {
            final ToldWrite write = transaction.get(i);
            if (write.key() >= 0 && !later.add(write.key())) {
                transaction.set(i, write.unseen());
            }
        }
        transaction.forEach(out);
        transaction.clear();
        if (overflown) {
            overflown = false;
            out.accept(ToldWrite.of(Kind.EVERYTHING, -1, end, stampNs));
        }
    }

    private long relative(final long amount, final long unitNs) {
        if (amount < 0) {
            return UNREADABLE;
        }
        return amount > (Long.MAX_VALUE - stampNs) / unitNs
                ? MarketEvent.NEVER
                : stampNs + amount * unitNs;
    }

    /** NEVER where it lies beyond what can be said: Redis allows such deadlines. */
    private long absolute(final long amount, final long unitNs) {
        if (amount < 0) {
            return UNREADABLE;
        }
        return amount > Long.MAX_VALUE / unitNs
                ? MarketEvent.NEVER
                : amount * unitNs - serverOffsetNs.getAsLong();
    }
}
