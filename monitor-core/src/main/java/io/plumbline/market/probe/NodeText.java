package io.plumbline.market.probe;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What Redis says of itself in words, as numbers: INFO, CLUSTER INFO and CLUSTER NODES. Reads
 * {@link Reading#bytes} in place and allocates nothing. One thread.
 *
 * <p>What is not in the text stays "not given": a server that does not say how many keys it evicted
 * has not said 0. Fields and words by redis.io/commands/info and cluster-info, measured on 6.2 and
 * 7.0.
 */
public final class NodeText {
    /** How the value of a field becomes a number. */
    private enum Form {
        /** A whole number. */
        NUMBER,
        /** A decimal number, in hundredths. */
        HUNDREDTHS,
        /** 1 for the one good word, else 0. */
        WORD,
        /** 0 for the one word, else 1. */
        NOT_WORD,
        /** A number that stands for the text. */
        HASH
    }

    private record Field(Measure measure, Form form, byte[] word) {}

    private static final int REPLICA_PREFIX = 5;

    /** Letters of a node's id. */
    private static final int ID = 40;

    private static final byte[] STATE = ascii("state");
    private static final byte[] ONLINE = ascii("online");
    private static final byte[] OFFSET = ascii("offset");
    private static final byte[] LAG = ascii("lag");
    private static final byte[] PORT = ascii("port");
    private static final byte[] FAIL = ascii("fail");
    private static final byte[] PFAIL = ascii("fail?");
    private static final byte[] DISCONNECTED = ascii("disconnected");

    private final NameTable names = new NameTable(128);
    private final List<Field> fields = new ArrayList<>();
    private byte[] bytes;
    private long slowestOffset;

    public NodeText() {
        number("used_memory", Measure.MEMORY_USED);
        number("maxmemory", Measure.MEMORY_MOST);
        number("evicted_keys", Measure.EVICTED);
        number("expired_keys", Measure.EXPIRED);
        number("rejected_connections", Measure.REJECTED_CONNECTIONS);
        number("client_output_buffer_limit_disconnections", Measure.OUTPUT_BUFFER_KILLS);
        number("total_commands_processed", Measure.COMMANDS);
        number("instantaneous_ops_per_sec", Measure.OPERATIONS_PER_SECOND);
        number("loading", Measure.LOADING);
        number("uptime_in_seconds", Measure.UPTIME_S);
        number("blocked_clients", Measure.BLOCKED_CLIENTS);
        number("connected_clients", Measure.CLIENTS);
        number("maxclients", Measure.MOST_CLIENTS);
        number("master_last_io_seconds_ago", Measure.PRIMARY_HEARD_S);
        number("master_link_down_since_seconds", Measure.LINK_DOWN_S);
        number("master_repl_offset", Measure.REPLICATION_OFFSET);
        number("connected_slaves", Measure.REPLICAS);
        number("cluster_enabled", Measure.CLUSTERED);
        number("cluster_slots_assigned", Measure.SLOTS_ASSIGNED);
        number("cluster_slots_ok", Measure.SLOTS_OK);
        number("cluster_slots_pfail", Measure.SLOTS_PFAIL);
        number("cluster_slots_fail", Measure.SLOTS_FAIL);
        number("cluster_size", Measure.CLUSTER_SIZE);
        number("cluster_known_nodes", Measure.KNOWN_NODES);
        field("mem_fragmentation_ratio", Measure.FRAGMENTATION_PERCENT, Form.HUNDREDTHS, "");
        field("role", Measure.PRIMARY, Form.WORD, "master");
        field("master_link_status", Measure.LINK_UP, Form.WORD, "up");
        field("rdb_last_bgsave_status", Measure.SNAPSHOT_OK, Form.WORD, "ok");
        field("aof_last_write_status", Measure.LOG_WRITE_OK, Form.WORD, "ok");
        field("aof_last_bgrewrite_status", Measure.LOG_REWRITE_OK, Form.WORD, "ok");
        field("cluster_state", Measure.CLUSTER_OK, Form.WORD, "ok");
        field("maxmemory_policy", Measure.EVICTS, Form.NOT_WORD, "noeviction");
        field("run_id", Measure.RUN, Form.HASH, "");
    }

    private void number(final String name, final Measure measure) {
        field(name, measure, Form.NUMBER, "");
    }

    private void field(
            final String name, final Measure measure, final Form form, final String word) {
        names.intern(name);
        fields.add(new Field(measure, form, word.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Sets the measures that the text of {@code reading} gives. */
    public void read(final Reading reading) {
        bytes = reading.bytes;
        slowestOffset = Long.MAX_VALUE;
        final int end = reading.textOffset + reading.textLength;
        int at = reading.textOffset;
        while (at < end) {
            int lineEnd = at;
            while (lineEnd < end && bytes[lineEnd] != '\n') {
                lineEnd++;
            }
            final int trimmed = lineEnd > at && bytes[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
            line(reading, at, trimmed);
            at = lineEnd + 1;
        }
        if (slowestOffset != Long.MAX_VALUE && reading.has(Measure.REPLICATION_OFFSET)) {
            reading.set(
                    Measure.REPLICA_BEHIND_BYTES,
                    Math.max(0, reading.value(Measure.REPLICATION_OFFSET) - slowestOffset));
        }
        bytes = null;
    }

    private void line(final Reading reading, final int from, final int to) {
        final int colon = find(':', from, to);
        final int space = find(' ', from, to);
        if (space < colon && space - from == ID) {
            node(reading, space + 1, to);
        } else if (colon < to) {
            final int id = names.find(bytes, from, colon - from);
            if (id >= 0) {
                value(reading, fields.get(id), colon + 1, to);
            } else if (isReplica(from, colon)) {
                replica(reading, colon + 1, to);
            }
        }
    }

    private void value(final Reading reading, final Field field, final int from, final int to) {
        switch (field.form) {
            case NUMBER:
                set(reading, field.measure, number(from, to, 0));
                break;
            case HUNDREDTHS:
                set(reading, field.measure, number(from, to, 2));
                break;
            case WORD:
                reading.set(field.measure, is(field.word, from, to) ? 1 : 0);
                break;
            case NOT_WORD:
                reading.set(field.measure, is(field.word, from, to) ? 0 : 1);
                break;
            case HASH:
                long hash = 0;
                for (int i = from; i < to; i++) {
                    hash = 31 * hash + bytes[i];
                }
                reading.set(field.measure, hash & Long.MAX_VALUE);
                break;
            default:
                throw new IllegalStateException(field.form.name());
        }
    }

    private static void set(final Reading reading, final Measure measure, final long value) {
        if (value >= 0) {
            reading.set(measure, value);
        }
    }

    /** {@code slave0}, {@code slave12}: a primary's line about one replica. */
    private boolean isReplica(final int from, final int to) {
        return to - from > REPLICA_PREFIX
                && bytes[from] == 's'
                && bytes[from + 1] == 'l'
                && bytes[from + REPLICA_PREFIX - 1] == 'e'
                && bytes[from + REPLICA_PREFIX] >= '0'
                && bytes[from + REPLICA_PREFIX] <= '9';
    }

    /**
     * {@code ip=10.0.0.2,port=6379,state=online,offset=123,lag=0}. What listens nowhere only reads
     * along and is no replica.
     */
    private void replica(final Reading reading, final int from, final int to) {
        boolean online = false;
        long offset = -1;
        long lag = -1;
        boolean tap = false;
        int at = from;
        while (at < to) {
            final int comma = find(',', at, to);
            final int equals = find('=', at, comma);
            if (is(STATE, at, equals)) {
                online = is(ONLINE, equals + 1, comma);
            } else if (is(OFFSET, at, equals)) {
                offset = number(equals + 1, comma, 0);
            } else if (is(LAG, at, equals)) {
                lag = number(equals + 1, comma, 0);
            } else if (is(PORT, at, equals)) {
                tap = number(equals + 1, comma, 0) == 0;
            }
            at = comma + 1;
        }
        if (tap) {
            return;
        }
        add(reading, Measure.REPLICAS_NOT_ONLINE, online ? 0 : 1);
        if (online && lag >= 0) {
            final long before = reading.value(Measure.REPLICA_UNHEARD_S, -1);
            reading.set(Measure.REPLICA_UNHEARD_S, Math.max(before, lag));
        }
        if (online && offset >= 0) {
            slowestOffset = Math.min(slowestOffset, offset);
        }
    }

    /** {@code address flags primary ping pong epoch link slots}, after the id. */
    private void node(final Reading reading, final int from, final int to) {
        final int address = find(' ', from, to);
        final int flags = Math.min(to, address + 1);
        final int flagsEnd = find(' ', flags, to);
        add(reading, Measure.NODES_FAIL, has(FAIL, flags, flagsEnd) ? 1 : 0);
        add(reading, Measure.NODES_PFAIL, has(PFAIL, flags, flagsEnd) ? 1 : 0);
        int link = flagsEnd;
        for (int i = 0; i < 4; i++) {
            link = find(' ', Math.min(to, link + 1), to);
        }
        final int linkFrom = Math.min(to, link + 1);
        final boolean unlinked = is(DISCONNECTED, linkFrom, find(' ', linkFrom, to));
        add(reading, Measure.NODES_UNLINKED, unlinked ? 1 : 0);
    }

    private static void add(final Reading reading, final Measure measure, final int more) {
        reading.set(measure, reading.value(measure, 0) + more);
    }

    /** Whether one of the words between commas is this. */
    private boolean has(final byte[] word, final int from, final int to) {
        int at = from;
        while (at < to) {
            final int comma = find(',', at, to);
            if (is(word, at, comma)) {
                return true;
            }
            at = comma + 1;
        }
        return false;
    }

    private boolean is(final byte[] word, final int from, final int to) {
        return Arrays.equals(bytes, from, Math.max(from, to), word, 0, word.length);
    }

    /** Where {@code what} stands, {@code to} where it does not. */
    private int find(final char what, final int from, final int to) {
        int at = from;
        while (at < to && bytes[at] != what) {
            at++;
        }
        return Math.min(at, to);
    }

    /** Digits times 10^{@code decimals}, further ones cut; -1 where it is no such number. */
    private long number(final int from, final int to, final int decimals) {
        long value = 0;
        int left = decimals;
        boolean point = false;
        for (int i = from; i < to; i++) {
            if (bytes[i] == '.' && decimals > 0 && !point) {
                point = true;
            } else if (bytes[i] < '0' || bytes[i] > '9' || value > Long.MAX_VALUE / 1_000) {
                return -1;
            } else if (!point || left > 0) {
                value = value * 10 + (bytes[i] - '0');
                left -= point ? 1 : 0;
            }
        }
        for (; left > 0; left--) {
            value *= 10;
        }
        return from < to ? value : -1;
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
