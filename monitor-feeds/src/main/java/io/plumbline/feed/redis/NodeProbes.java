package io.plumbline.feed.redis;

import io.plumbline.time.EpochNanoClock;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;

/** Asks all nodes of a Redis which rungs they allow. The thread that calls it waits. */
public final class NodeProbes {
    private NodeProbes() {}

    /**
     * Every node that keys may be observed at: the server, the master that sentinels name now, or
     * the primaries of a Cluster.
     *
     * @param keys watched keys, at least one
     * @param hashes whether some of them are hashes
     */
    public static List<RungReport> ask(
            final RedisSettings settings,
            final Topology topology,
            final List<String> keys,
            final boolean hashes,
            final EpochNanoClock clock) {
        final List<RungReport> reports = new ArrayList<>();
        try {
            for (final RedisNode node : nodes(settings, topology)) {
                reports.add(RungProbe.ask(settings.at(node), keys, hashes, clock));
            }
        } catch (final JedisException failure) {
            reports.add(RungReport.failed(settings.node(), RedisLink.reason(failure, settings)));
        }
        return List.copyOf(reports);
    }

    private static List<RedisNode> nodes(final RedisSettings settings, final Topology topology) {
        final RedisSettings place = new RedisProbeServer(settings, topology).place();
        if (!(topology instanceof Topology.Cluster)) {
            return List.of(place.node());
        }
        final RedisLink link = RedisLink.forData(place);
        try {
            return ClusterNode.parse(
                            RungProbe.text(link.ask(Command.CLUSTER, "NODES")),
                            place.node(),
                            settings.access().tls())
                    .stream()
                    .filter(node -> node.primary() && !node.slots().isEmpty())
                    .map(ClusterNode::node)
                    .toList();
        } finally {
            link.cut();
        }
    }
}
