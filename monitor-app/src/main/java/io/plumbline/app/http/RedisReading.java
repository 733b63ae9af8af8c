package io.plumbline.app.http;

import io.plumbline.app.latency.LatencyView;
import io.plumbline.feed.redis.health.NodeReport;
import io.plumbline.market.SessionState;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import io.plumbline.metrics.Hop;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Every Redis under the names of the production guide: {@code /api/debug/redis-cluster}.
 *
 * @param parts where each observer of prices stands: one a server, one a shard of a Cluster
 * @param nodes each node that is asked how it is
 * @param problems why the state is not ok, one sentence each
 */
record RedisReading(
        List<Dependency> parts,
        List<RedisNodeView> nodes,
        List<String> problems,
        boolean begun,
        List<LatencyView> latency,
        long nowNs) {
    static final Shape HEALTH =
            Shape.object()
                    .text(
                            "cluster_state",
                            "ok: every watched key can be read, and every node of a Cluster says"
                                    + " ok. fail: not so, see reasons. Null before the first"
                                    + " connection, and without a Redis.")
                    .orNull()
                    .flag("connected", "Whether every part is observed.")
                    .flag("ping_success", "Whether each Redis has a node that answers.")
                    .orNull()
                    .number("ping_time_ms", "Of the slowest node that answers.")
                    .orNull()
                    .texts("reasons", "Why it is not ok.")
                    .flag("cluster_enabled", "")
                    .orNull()
                    .whole("nodes_total", "Those that are asked.")
                    .whole("nodes_answering", "")
                    .whole("cluster_slots_ok", "Null outside of a Cluster.")
                    .orNull()
                    .whole("cluster_slots_fail", "Null outside of a Cluster.")
                    .orNull();

    private static final Shape PART =
            Shape.object()
                    .text("name", "")
                    .text("state", "Of the session.")
                    .flag("connected", "")
                    .text("detail", "")
                    .number("last_answer_age", "Seconds.")
                    .orNull();

    private static final Shape NODE =
            Shape.object()
                    .text("redis", "As it is called in the configuration.")
                    .text("node", "host:port")
                    .text("role", "master or slave.")
                    .orNull()
                    .text("state", "UP, UNHEALTHY, FAIL, LOADING or DOWN.")
                    .flag("ping_success", "")
                    .number("ping_time_ms", "")
                    .orNull()
                    .whole("memory_used_bytes", "")
                    .orNull()
                    .number("memory_usage_percent", "Of maxmemory; null without a limit.")
                    .orNull()
                    .whole("connected_clients", "")
                    .orNull()
                    .whole("operations_per_second", "")
                    .orNull()
                    .whole("uptime_seconds", "")
                    .orNull()
                    .texts("problems", "Its open cases.")
                    .text("detail", "");

    private static final Shape POOL =
            Shape.object()
                    .whole("connections", "The monitor's own, where they may be listed.")
                    .orNull()
                    .whole("output_bytes", "The most that one of them has not read yet.")
                    .orNull()
                    .whole("reconnects", "Since the start.")
                    .whole("errors", "Since the start.");

    private static final Shape PERCENTILES =
            Shape.object()
                    .text("redis", "")
                    .number("p50_ms", "Since the start.")
                    .number("p99_ms", "Since the start.")
                    .number("max_ms", "Since the start.");

    private static final Shape PERFORMANCE =
            Shape.object()
                    .list("ping", "", PERCENTILES)
                    .list("round_trip", "", PERCENTILES)
                    .whole("values_read", "Since the start.")
                    .whole("writes_told", "Since the start.")
                    .whole("missed_updates", "Writes that only the sweep found, since the start.");

    static final Shape SHAPE =
            Shape.object()
                    .object("cluster_health", "", HEALTH)
                    .list("observers", "", PART)
                    .list("nodes", "", NODE)
                    .object("connection_pool", "", POOL)
                    .object("performance_metrics", "", PERFORMANCE);

    static RedisReading of(
            final MonitorView view, final List<Dependency> dependencies, final long nowNs) {
        final List<Dependency> parts =
                dependencies.stream().filter(d -> d.kind() == Dependency.Kind.REDIS).toList();
        final List<RedisNodeView> nodes = view.redisNodes();
        final List<String> problems = new ArrayList<>();
        for (final Dependency part : parts) {
            if (!observed(part)) {
                problems.add(part.name() + " is " + part.state() + ": " + part.detail());
            }
        }
        for (final RedisNodeView node : nodes) {
            if (node.state().equals("FAIL") || node.state().equals("LOADING")) {
                problems.add(node.report().node() + " is " + node.state());
            }
        }
        final boolean begun =
                parts.stream().allMatch(part -> part.lastMessageNs() > 0 || isDown(part));
        return new RedisReading(parts, nodes, problems, begun, view.latency(), nowNs);
    }

    private static boolean observed(final Dependency part) {
        return part.state().equals(SessionState.LIVE.name());
    }

    private static boolean isDown(final Dependency part) {
        return part.sinceNs() > 0 && part.state().equals(SessionState.DOWN.name());
    }

    boolean isConfigured() {
        return !parts.isEmpty();
    }

    /** ok, fail, or null where it is not known. */
    String state() {
        return parts.isEmpty() || !begun ? null : problems.isEmpty() ? "ok" : "fail";
    }

    long observedParts() {
        return parts.stream().filter(RedisReading::observed).count();
    }

    /** Whether each Redis has a node that answers; null where none is asked. */
    private Boolean pingSuccess() {
        return nodes.isEmpty()
                ? null
                : nodes.stream()
                        .map(node -> node.report().server())
                        .distinct()
                        .allMatch(
                                server ->
                                        nodes.stream()
                                                .anyMatch(
                                                        node ->
                                                                node.report().up()
                                                                        && node.report()
                                                                                .server()
                                                                                .equals(server)));
    }

    /** Of the slowest node that answers, -1 where none does. */
    long pingNs() {
        return nodes.stream()
                .filter(node -> node.report().up())
                .mapToLong(node -> node.report().pingNs())
                .max()
                .orElse(-1);
    }

    /** Appends the fields of an object that is open. */
    void append(final Json json, final Counters counters) {
        health(json.name("cluster_health").open());
        json.close().name("observers").openArray();
        for (final Dependency part : parts) {
            json.open()
                    .field("name", part.name())
                    .field("state", part.state())
                    .field("connected", observed(part))
                    .field("detail", part.detail())
                    .field("last_answer_age", FeedReading.age(part, nowNs))
                    .close();
        }
        json.closeArray().name("nodes").openArray();
        nodes.forEach(node -> node(json, node));
        json.closeArray();
        pool(json, counters);
        json.name("performance_metrics").open();
        percentiles(json.name("ping").openArray(), Hop.REDIS_PING);
        percentiles(json.closeArray().name("round_trip").openArray(), Hop.REDIS_ROUND_TRIP);
        json.closeArray()
                .field("values_read", counters.get(CounterId.REDIS_OBSERVATIONS))
                .field("writes_told", counters.get(CounterId.REDIS_NOTIFICATIONS))
                .field("missed_updates", counters.get(CounterId.REDIS_MISSED_UPDATES))
                .close();
    }

    private void health(final Json json) {
        final Boolean answered = pingSuccess();
        json.fieldOrNull("cluster_state", Objects.requireNonNullElse(state(), ""))
                .field("connected", isConfigured() && observedParts() == parts.size())
                .flag("ping_success", answered)
                .field("ping_time_ms", Scale.millis(pingNs()))
                .strings("reasons", problems)
                .flag(
                        "cluster_enabled",
                        nodes.stream().noneMatch(node -> node.report().up())
                                ? null
                                : nodes.stream().anyMatch(RedisReading::isClustered))
                .field("nodes_total", nodes.size())
                .field("nodes_answering", nodes.stream().filter(node -> node.report().up()).count())
                .fieldOrNull("cluster_slots_ok", slots("cluster_slots_ok"))
                .fieldOrNull("cluster_slots_fail", slots("cluster_slots_fail"));
    }

    private static boolean isClustered(final RedisNodeView node) {
        return !node.report().cluster().isEmpty();
    }

    /** As the first node that says so sees them. */
    private long slots(final String field) {
        return nodes.stream()
                .filter(RedisReading::isClustered)
                .mapToLong(node -> NodeReport.number(node.report().cluster(), field))
                .findFirst()
                .orElse(-1);
    }

    private static void node(final Json json, final RedisNodeView node) {
        final NodeReport report = node.report();
        json.open()
                .field("redis", report.server())
                .field("node", report.node())
                .fieldOrNull("role", report.text("role"))
                .field("state", node.state())
                .field("ping_success", report.up())
                .field("ping_time_ms", Scale.millis(report.up() ? report.pingNs() : -1))
                .fieldOrNull("memory_used_bytes", report.number("used_memory"))
                .field(
                        "memory_usage_percent",
                        report.number("used_memory") < 0
                                ? null
                                : Scale.percent(
                                        report.number("used_memory"), report.number("maxmemory")))
                .fieldOrNull("connected_clients", report.number("connected_clients"))
                .fieldOrNull("operations_per_second", report.number("instantaneous_ops_per_sec"))
                .fieldOrNull("uptime_seconds", report.number("uptime_in_seconds"))
                .strings("problems", node.problems())
                .field("detail", node.detail())
                .close();
    }

    private void pool(final Json json, final Counters counters) {
        final List<NodeReport.OwnClients> own =
                nodes.stream().map(node -> node.report().own()).filter(Objects::nonNull).toList();
        json.name("connection_pool")
                .open()
                .fieldOrNull(
                        "connections",
                        own.isEmpty()
                                ? -1
                                : own.stream().mapToLong(NodeReport.OwnClients::connections).sum())
                .fieldOrNull(
                        "output_bytes",
                        own.stream().mapToLong(NodeReport.OwnClients::outputBytes).max().orElse(-1))
                .field("reconnects", counters.get(CounterId.REDIS_RECONNECTS))
                .field("errors", counters.get(CounterId.REDIS_ERRORS))
                .close();
    }

    private void percentiles(final Json json, final Hop hop) {
        for (final LatencyView each : latency) {
            if (each.hop() == hop && each.total().count() > 0) {
                json.open()
                        .field("redis", each.name())
                        .field("p50_ms", Scale.millis(each.total().p50Ns()))
                        .field("p99_ms", Scale.millis(each.total().p99Ns()))
                        .field("max_ms", Scale.millis(each.total().maxNs()))
                        .close();
            }
        }
    }
}
