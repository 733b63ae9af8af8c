package io.plumbline.app.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.plumbline.feed.redis.health.ClusterPeer;
import io.plumbline.feed.redis.health.NodeReport;
import java.util.HashMap;
import java.util.Map;

/** {@code /api/redis}: the nodes of every Redis, units in the names, null for what is not known. */
final class RedisAnswers {
    private final MonitorView view;

    RedisAnswers(final MonitorView view) {
        this.view = view;
    }

    Answer answer(final Query query) {
        final Json json = new Json().open().name("nodes").openArray();
        view.redisNodes().forEach(node -> node(json, node));
        return Answer.json(HttpResponseStatus.OK, json.closeArray().close());
    }

    private static void node(final Json json, final RedisNodeView node) {
        final NodeReport report = node.report();
        json.open()
                .field("redis", report.server())
                .field("node", report.node())
                .field("state", node.state())
                .field("healthy", node.healthy())
                .field("detail", node.detail())
                .strings("problems", node.problems())
                .time("asked", report.atNs());
        if (report.up()) {
            process(json, report);
            memory(json, report);
            replication(json, report);
            persistence(json, report);
            clients(json, report);
            cluster(json, report);
            slow(json, report);
            json.strings("refused", report.refused());
        }
        json.close();
    }

    private static void process(final Json json, final NodeReport report) {
        json.field("pingNs", report.pingNs())
                .field("version", report.text("redis_version"))
                .field("runId", report.text("run_id"));
        number(json, "uptimeSeconds", report, "uptime_in_seconds");
        json.field("loading", report.number("loading") > 0);
        number(json, "operationsPerSecond", report, "instantaneous_ops_per_sec");
        number(json, "commands", report, "total_commands_processed");
        json.fieldOrNull(
                "notifyKeyspaceEvents", report.notifyFlags() == null ? "" : report.notifyFlags());
    }

    private static void memory(final Json json, final NodeReport report) {
        json.name("memory").open();
        number(json, "usedBytes", report, "used_memory");
        number(json, "mostBytes", report, "maxmemory");
        json.fieldOrNull("policy", report.text("maxmemory_policy"))
                .fieldOrNull("fragmentation", report.text("mem_fragmentation_ratio"));
        number(json, "evictedKeys", report, "evicted_keys");
        number(json, "expiredKeys", report, "expired_keys");
        rate(json, "evictedPerSecond", report, "evicted_keys");
        rate(json, "expiredPerSecond", report, "expired_keys");
        json.close();
    }

    private static void replication(final Json json, final NodeReport report) {
        json.name("replication").open().fieldOrNull("role", report.text("role"));
        number(json, "offsetBytes", report, "master_repl_offset");
        if (report.text("role").equals("slave")) {
            json.field("primary", report.text("master_host") + ':' + report.text("master_port"))
                    .field("link", report.text("master_link_status"));
            number(json, "heardSecondsAgo", report, "master_last_io_seconds_ago");
            number(json, "linkDownSeconds", report, "master_link_down_since_seconds");
        }
        json.name("replicas").openArray();
        for (int i = 0; !report.text("slave" + i).isEmpty(); i++) {
            replica(json, report, report.text("slave" + i));
        }
        json.closeArray().close();
    }

    /** {@code ip=10.0.0.2,port=6379,state=online,offset=123,lag=0}. */
    private static void replica(final Json json, final NodeReport report, final String line) {
        final Map<String, String> fields = new HashMap<>();
        for (final String part : line.split(",")) {
            final int equals = part.indexOf('=');
            if (equals > 0) {
                fields.put(part.substring(0, equals), part.substring(equals + 1));
            }
        }
        final long offset = NodeReport.number(fields, "offset");
        final long head = report.number("master_repl_offset");
        json.open()
                .field("node", fields.get("ip") + ":" + fields.get("port"))
                .fieldOrNull("state", fields.getOrDefault("state", ""))
                .fieldOrNull(
                        "behindBytes", offset < 0 || head < 0 ? -1 : Math.max(0, head - offset))
                .fieldOrNull("heardSecondsAgo", NodeReport.number(fields, "lag"))
                .close();
    }

    private static void persistence(final Json json, final NodeReport report) {
        json.name("persistence")
                .open()
                .fieldOrNull("lastSnapshot", report.text("rdb_last_bgsave_status"))
                .fieldOrNull("lastLogWrite", report.text("aof_last_write_status"))
                .fieldOrNull("lastLogRewrite", report.text("aof_last_bgrewrite_status"))
                .close();
    }

    private static void clients(final Json json, final NodeReport report) {
        json.name("clients").open();
        number(json, "connected", report, "connected_clients");
        number(json, "most", report, "maxclients");
        number(json, "blocked", report, "blocked_clients");
        number(json, "rejected", report, "rejected_connections");
        number(json, "outputBufferKills", report, "client_output_buffer_limit_disconnections");
        if (report.own() == null) {
            json.name("ours").raw("null");
        } else {
            json.name("ours")
                    .open()
                    .field("name", report.own().name())
                    .field("connections", report.own().connections())
                    .field("outputBytes", report.own().outputBytes())
                    .close();
        }
        json.close();
    }

    private static void cluster(final Json json, final NodeReport report) {
        if (report.cluster().isEmpty()) {
            json.name("cluster").raw("null");
            return;
        }
        json.name("cluster").open().field("state", report.cluster().get("cluster_state"));
        count(json, "slotsAssigned", report, "cluster_slots_assigned");
        count(json, "slotsOk", report, "cluster_slots_ok");
        count(json, "slotsPfail", report, "cluster_slots_pfail");
        count(json, "slotsFail", report, "cluster_slots_fail");
        count(json, "size", report, "cluster_size");
        count(json, "knownNodes", report, "cluster_known_nodes");
        json.name("nodes").openArray();
        for (final ClusterPeer peer : report.peers()) {
            json.open()
                    .field("id", peer.id())
                    .fieldOrNull("node", peer.address())
                    .strings("flags", peer.flags())
                    .fieldOrNull("primary", peer.primary())
                    .field("linked", peer.linked())
                    .field("slots", peer.slots())
                    .close();
        }
        json.closeArray().close();
    }

    private static void slow(final Json json, final NodeReport report) {
        if (report.slow() == null) {
            json.name("slow").raw("null");
            return;
        }
        json.name("slow").open().field("length", report.slow().length());
        json.name("latest").openArray();
        for (final NodeReport.SlowLog.Slow entry : report.slow().latest()) {
            json.open()
                    .field("id", entry.id())
                    .time("at", entry.atS() * 1_000_000_000L)
                    .field("tookUs", entry.tookUs())
                    .field("command", entry.command())
                    .close();
        }
        json.closeArray().close();
    }

    private static void number(
            final Json json, final String name, final NodeReport report, final String field) {
        json.fieldOrNull(name, report.number(field));
    }

    private static void count(
            final Json json, final String name, final NodeReport report, final String field) {
        json.fieldOrNull(name, NodeReport.number(report.cluster(), field));
    }

    private static void rate(
            final Json json, final String name, final NodeReport report, final String counter) {
        json.fieldOrNull(name, report.perSecond().getOrDefault(counter, -1L));
    }
}
