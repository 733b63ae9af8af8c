package io.plumbline.app;

import io.plumbline.app.watch.RedisServers;
import io.plumbline.app.watch.Watch;
import io.plumbline.feed.Feed;
import io.plumbline.feed.FeedContext;
import io.plumbline.feed.FeedStatus;
import io.plumbline.feed.probe.ProbeFeed;
import io.plumbline.feed.redis.RedisProbeServer;
import io.plumbline.feed.redis.RedisSettings;
import io.plumbline.feed.redis.health.HealthProbe;
import io.plumbline.feed.redis.health.NodeReport;
import io.plumbline.market.SessionState;
import io.plumbline.metrics.Counters;
import io.plumbline.metrics.Hop;
import io.plumbline.metrics.LatencyRecorder;
import java.util.ArrayList;
import java.util.List;

/** The nodes of every Redis, asked how they are: one connection and one thread a server. */
final class RedisNodes {
    private record Server(String name, RedisProbeServer reached, Feed feed, HealthProbe probe) {}

    private final List<Server> servers = new ArrayList<>();
    private final List<LatencyRecorder> recorders = new ArrayList<>();

    RedisNodes(final Watch watch, final FeedContext context, final Counters counters) {
        for (final Watch.HealthLink link : watch.health()) {
            final RedisSettings settings = RedisServers.settings(link.redis().config());
            final RedisProbeServer server =
                    new RedisProbeServer(
                            settings.withName(watch.sources().source(link.source()).connection()),
                            RedisServers.topology(link.redis().config()));
            final LatencyRecorder pings =
                    new LatencyRecorder(Hop.REDIS_PING, settings.name(), counters);
            final HealthProbe probe =
                    new HealthProbe(
                            server,
                            settings.name(),
                            link.redis().config().health().every().toNanos(),
                            pings);
            recorders.add(pings);
            servers.add(
                    new Server(
                            settings.name(),
                            server,
                            new ProbeFeed<>(server, link.source(), List.of(probe), context),
                            probe));
        }
    }

    void start() {
        servers.forEach(server -> server.feed.start());
    }

    void close() {
        for (final Server server : servers) {
            server.feed.close();
            server.probe.close();
        }
    }

    List<LatencyRecorder> recorders() {
        return recorders;
    }

    /** The Redis that the server of this run id belongs to; "" where none does. Any thread. */
    String named(final String runId) {
        if (runId.isEmpty()) {
            return "";
        }
        for (final Server server : servers) {
            for (final NodeReport node : server.probe.nodes()) {
                if (node.text("run_id").equals(runId)) {
                    return server.name;
                }
            }
        }
        return "";
    }

    /** The last that was learned of each; one that is not reached now says so. Any thread. */
    List<NodeReport> read() {
        final List<NodeReport> nodes = new ArrayList<>();
        for (final Server server : servers) {
            final FeedStatus status = server.feed.status();
            final String entry = server.reached.node().toString();
            if (status.state() != SessionState.LIVE) {
                nodes.add(NodeReport.down(server.name, entry, status.detail(), status.sinceNs()));
            }
            for (final NodeReport node : server.probe.nodes()) {
                if (status.state() == SessionState.LIVE || !node.node().equals(entry)) {
                    nodes.add(node);
                }
            }
        }
        return nodes;
    }
}
