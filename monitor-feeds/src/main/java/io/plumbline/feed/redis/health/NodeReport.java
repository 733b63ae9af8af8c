package io.plumbline.feed.redis.health;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The last that was learned of one node of a Redis, as it said it. Immutable: any thread.
 *
 * @param server the Redis it belongs to
 * @param node host:port
 * @param up whether it answered
 * @param reason why not, else ""
 * @param atNs when it was asked, ns since the epoch
 * @param pingNs from a ping to its answer, ns
 * @param info the fields of INFO
 * @param cluster the fields of CLUSTER INFO; empty outside a Cluster
 * @param peers the nodes that it knows of
 * @param perSecond how fast the counters of INFO grew since the reading before
 * @param slow its slow log; null where it may not be read
 * @param own the monitor's own connections there; null where they may not be listed
 * @param notifyFlags notify-keyspace-events; null where it may not be read
 * @param refused what it refuses, and why
 */
public record NodeReport(
        String server,
        String node,
        boolean up,
        String reason,
        long atNs,
        long pingNs,
        Map<String, String> info,
        Map<String, String> cluster,
        List<ClusterPeer> peers,
        Map<String, Long> perSecond,
        SlowLog slow,
        OwnClients own,
        String notifyFlags,
        List<String> refused) {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    /**
     * @param length entries now in the log
     * @param latest newest first
     */
    public record SlowLog(long length, List<Slow> latest) {
        /** One slow command by its name: its arguments may hold secrets. */
        public record Slow(long id, long atS, long tookUs, String command) {}
    }

    /**
     * @param name as CLIENT LIST shows them
     * @param connections how many there are
     * @param outputBytes the most that one of them has not read yet
     */
    public record OwnClients(String name, int connections, long outputBytes) {}

    /** A node that does not answer. */
    public static NodeReport down(
            final String server, final String node, final String reason, final long atNs) {
        return new NodeReport(
                server, node, false, reason, atNs, 0, Map.of(), Map.of(), List.of(), Map.of(), null,
                null, null, List.of());
    }

    /** A field of INFO as a number, -1 where it is none. */
    public long number(final String field) {
        return number(info, field);
    }

    /** A field as a number, -1 where it is none. */
    public static long number(final Map<String, String> fields, final String field) {
        final String text = fields.get(field);
        return text == null || !NUMBER.matcher(text).matches() ? -1 : Long.parseLong(text);
    }

    public String text(final String field) {
        return info.getOrDefault(field, "");
    }
}
