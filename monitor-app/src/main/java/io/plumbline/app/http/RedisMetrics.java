package io.plumbline.app.http;

import io.plumbline.feed.redis.health.NodeReport;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.ToLongFunction;

/** The nodes of every Redis. What a node does not say has no sample. */
final class RedisMetrics implements MultiCollector {
    private static final double NANOS_PER_SECOND = 1e9;

    private final MonitorView view;

    RedisMetrics(final MonitorView view) {
        this.view = view;
    }

    @Override
    public MetricSnapshots collect() {
        final List<RedisNodeView> nodes = view.redisNodes();
        final MetricSnapshots.Builder out = MetricSnapshots.builder();
        gauge(out, nodes, "up", "1 while the node answers", n -> n.up() ? 1 : 0);
        final GaugeSnapshot.Builder pings =
                GaugeSnapshot.builder()
                        .name("plumbline_redis_node_ping_seconds")
                        .help("The last ping to the node");
        for (final RedisNodeView node : nodes) {
            if (node.report().up()) {
                pings.dataPoint(
                        point(node.report().pingNs() / NANOS_PER_SECOND, labels(node.report())));
            }
        }
        out.metricSnapshot(pings.build());
        gauges(out, nodes);
        counters(out, nodes);
        slots(out, nodes);
        return out.build();
    }

    private static void gauges(final MetricSnapshots.Builder out, final List<RedisNodeView> nodes) {
        gauge(out, nodes, "primary", "1 for a primary", n -> word(n, "role", "master"));
        gauge(out, nodes, "loading", "1 while it reads its data", n -> n.number("loading"));
        gauge(out, nodes, "uptime_seconds", "Age", n -> n.number("uptime_in_seconds"));
        gauge(out, nodes, "memory_used_bytes", "Memory in use", n -> n.number("used_memory"));
        gauge(out, nodes, "memory_limit_bytes", "0 for none", n -> n.number("maxmemory"));
        gauge(out, nodes, "clients", "Connections", n -> n.number("connected_clients"));
        gauge(out, nodes, "clients_blocked", "Waiting", n -> n.number("blocked_clients"));
        gauge(
                out,
                nodes,
                "replication_offset_bytes",
                "Bytes of the replication stream so far",
                n -> n.number("master_repl_offset"));
        gauge(
                out,
                nodes,
                "replication_link_up",
                "A replica: 1 while its primary is linked",
                n -> word(n, "master_link_status", "up"));
        gauge(out, nodes, "replicas", "A primary's", n -> n.number("connected_slaves"));
        gauge(
                out,
                nodes,
                "slow_log_entries",
                "Length of the slow log",
                n -> n.slow() == null ? -1 : n.slow().length());
        gauge(
                out,
                nodes,
                "own_output_bytes",
                "The most that one of the monitor's connections there has not read yet",
                n -> n.own() == null ? -1 : n.own().outputBytes());
        gauge(
                out,
                nodes,
                "cluster_ok",
                "1 while cluster_state is ok",
                n ->
                        n.cluster().isEmpty()
                                ? -1
                                : n.cluster().get("cluster_state").equals("ok") ? 1 : 0);
    }

    private static void counters(
            final MetricSnapshots.Builder out, final List<RedisNodeView> nodes) {
        counter(out, nodes, "evicted_keys", "Keys evicted", "evicted_keys");
        counter(out, nodes, "expired_keys", "Keys expired", "expired_keys");
        counter(out, nodes, "commands", "Commands processed", "total_commands_processed");
        counter(
                out,
                nodes,
                "rejected_connections",
                "Connections refused at maxclients",
                "rejected_connections");
        counter(
                out,
                nodes,
                "output_buffer_disconnections",
                "Clients cut because they did not read (Redis 7.4 and later)",
                "client_output_buffer_limit_disconnections");
    }

    private static void slots(final MetricSnapshots.Builder out, final List<RedisNodeView> nodes) {
        final GaugeSnapshot.Builder slots =
                GaugeSnapshot.builder()
                        .name("plumbline_redis_node_cluster_slots")
                        .help("Slots of the Cluster as the node sees them");
        for (final RedisNodeView node : nodes) {
            for (final String state : List.of("assigned", "ok", "pfail", "fail")) {
                final long count =
                        NodeReport.number(node.report().cluster(), "cluster_slots_" + state);
                if (count >= 0) {
                    slots.dataPoint(point(count, labels(node.report()).add("state", state)));
                }
            }
        }
        out.metricSnapshot(slots.build());
    }

    private static long word(final NodeReport node, final String field, final String word) {
        return node.text(field).isEmpty() ? -1 : node.text(field).equals(word) ? 1 : 0;
    }

    private static void gauge(
            final MetricSnapshots.Builder out,
            final List<RedisNodeView> nodes,
            final String name,
            final String help,
            final ToLongFunction<NodeReport> value) {
        final GaugeSnapshot.Builder gauge =
                GaugeSnapshot.builder().name("plumbline_redis_node_" + name).help(help);
        for (final RedisNodeView node : nodes) {
            final long number = value.applyAsLong(node.report());
            if (number >= 0) {
                gauge.dataPoint(point(number, labels(node.report())));
            }
        }
        out.metricSnapshot(gauge.build());
    }

    private static void counter(
            final MetricSnapshots.Builder out,
            final List<RedisNodeView> nodes,
            final String name,
            final String help,
            final String field) {
        final CounterSnapshot.Builder counter =
                CounterSnapshot.builder().name("plumbline_redis_node_" + name).help(help);
        for (final RedisNodeView node : nodes) {
            final long number = node.report().number(field);
            if (number >= 0) {
                counter.dataPoint(
                        CounterDataPointSnapshot.builder()
                                .value(number)
                                .labels(labels(node.report()))
                                .build());
            }
        }
        out.metricSnapshot(counter.build());
    }

    private static Labels labels(final NodeReport report) {
        return Labels.of("redis", report.server(), "node", report.node());
    }

    private static GaugeDataPointSnapshot point(final double value, final Labels labels) {
        return GaugeDataPointSnapshot.builder().value(value).labels(labels).build();
    }
}
