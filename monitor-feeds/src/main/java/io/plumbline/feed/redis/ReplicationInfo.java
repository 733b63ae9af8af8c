package io.plumbline.feed.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Protocol.Command;

/**
 * {@code INFO replication} of one server, taken apart: whether its stream may be joined without a
 * full synchronisation, and where.
 *
 * @param role {@code master} or {@code slave}
 * @param linkUp of a replica: whether it hears its primary
 * @param replicationId the history that it is in
 * @param formerId the history that it was in up to {@code formerOffset}
 * @param offset the last byte of its history
 * @param backlogActive whether it keeps the last part of its history
 * @param firstByte the first byte that is kept
 * @param countsReplicas whether its writes depend on how many replicas answer ({@code
 *     min-replicas-to-write}): a tap would be counted as one
 * @param replicas those that are online and can be connected to
 */
record ReplicationInfo(
        String role,
        boolean linkUp,
        String replicationId,
        String formerId,
        long formerOffset,
        long offset,
        boolean backlogActive,
        long firstByte,
        boolean countsReplicas,
        List<RedisNode> replicas) {

    private static final String NO_ID = "0000000000000000000000000000000000000000";

    /** Asks a server. */
    static ReplicationInfo ask(final RedisLink link) {
        return parse(
                new String((byte[]) link.ask(Command.INFO, "replication"), StandardCharsets.UTF_8));
    }

    /** Reads the text of {@code INFO replication}; what is missing counts as not there. */
    static ReplicationInfo parse(final String text) {
        final Map<String, String> lines = new HashMap<>();
        final List<RedisNode> replicas = new ArrayList<>();
        for (final String line : text.split("\r?\n")) {
            final int colon = line.indexOf(':');
            if (colon > 0) {
                final String name = line.substring(0, colon);
                lines.put(name, line.substring(colon + 1));
                if (name.matches("slave\\d+")) {
                    replica(line.substring(colon + 1), replicas);
                }
            }
        }
        return new ReplicationInfo(
                lines.getOrDefault("role", ""),
                "up".equals(lines.get("master_link_status")),
                lines.getOrDefault("master_replid", ""),
                lines.getOrDefault("master_replid2", NO_ID),
                number(lines.get("second_repl_offset")),
                number(lines.get("master_repl_offset")),
                "1".equals(lines.get("repl_backlog_active")),
                number(lines.get("repl_backlog_first_byte_offset")),
                lines.containsKey("min_slaves_good_slaves"),
                List.copyOf(replicas));
    }

    boolean isReplica() {
        return role.equals("slave");
    }

    /** Why its stream cannot be joined at all, "" where it can. */
    String refusal() {
        if (replicationId.isEmpty()) {
            return "INFO replication does not tell a replication id";
        }
        if (isReplica() && !linkUp) {
            return "the replica has lost its primary (master_link_status is not up)";
        }
        if (!backlogActive) {
            return "repl_backlog_active is 0: it keeps no history before a replica has attached"
                    + " once, and joining it would make it fork";
        }
        if (!isReplica() && countsReplicas && replicas.isEmpty()) {
            return "min-replicas-to-write counts replicas, and the tap would be counted as one:"
                    + " it attaches to a replica only, and none is online";
        }
        return "";
    }

    /** Why it cannot go on behind {@code place} without a full synchronisation, "" if it can. */
    String refusal(final ReplicationPlace place) {
        final String joining = refusal();
        if (!joining.isEmpty()) {
            return joining;
        }
        final long next = place.offset() + 1;
        final boolean sameHistory =
                place.replicationId().equals(replicationId)
                        || (place.replicationId().equals(formerId)
                                && !formerId.equals(NO_ID)
                                && next <= formerOffset);
        if (!sameHistory) {
            return "its history is another one since a failover or a restart";
        }
        if (next < firstByte || next > offset + 1) {
            return "offset " + next + " is outside its backlog, " + firstByte + " to " + offset;
        }
        return "";
    }

    /** The end of its history, in whatever database that is. */
    ReplicationPlace now() {
        return new ReplicationPlace(replicationId, offset, CommandEffects.UNKNOWN_DATABASE);
    }

    /** Those that other monitors are, or that hear nothing now, are passed over. */
    private static void replica(final String text, final List<RedisNode> replicas) {
        final Map<String, String> parts = new HashMap<>();
        for (final String part : text.split(",")) {
            final int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(part.substring(0, equals), part.substring(equals + 1));
            }
        }
        final long port = number(parts.get("port"));
        final String host = parts.getOrDefault("ip", "");
        if (!host.isBlank() && port > 0 && port < 65_536 && "online".equals(parts.get("state"))) {
            replicas.add(new RedisNode(host, (int) port));
        }
    }

    private static long number(final String text) {
        return text != null && text.matches("-?\\d{1,18}") ? Long.parseLong(text) : -1;
    }
}
