package io.plumbline.feed.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The nodes that take the writes of a Redis at this moment, asked once: for who looks at it now and
 * then. The thread that calls waits.
 */
public final class Primaries {
    private Primaries() {}

    /**
     * How each of them is reached; of a Cluster those that own slots, of the others the one.
     *
     * @throws IOException where nobody tells, with what each of those that were asked said
     */
    public static List<RedisSettings> of(final RedisSettings settings, final Topology topology)
            throws IOException {
        if (topology instanceof Topology.Sentinels sentinels) {
            return List.of(settings.at(master(settings, sentinels)));
        }
        return topology instanceof Topology.Cluster cluster
                ? owners(settings, cluster)
                : List.of(settings);
    }

    /** The version that the first of them that answers says it is. */
    public static AclRule.Version version(final RedisSettings settings, final Topology topology)
            throws IOException {
        final RedisSettings at = of(settings, topology).get(0);
        RedisLink link = null;
        try {
            link = RedisLink.forData(at);
            final List<?> hello = (List<?>) link.ask(Command.HELLO, "2");
            for (int i = 0; i + 1 < hello.size(); i += 2) {
                if ("version".equals(text(hello.get(i)))) {
                    return AclRule.Version.parse(text(hello.get(i + 1)));
                }
            }
            throw new IOException(at.address() + " does not say its version");
        } catch (final JedisException e) {
            throw new IOException(RedisLink.reason(e, at), e);
        } finally {
            cut(link);
        }
    }

    private static RedisNode master(final RedisSettings settings, final Topology.Sentinels at)
            throws IOException {
        final List<String> failures = new ArrayList<>();
        for (final RedisNode sentinel : at.nodes()) {
            final RedisSettings asked =
                    settings.at(sentinel).withAccess(at.access()).withDatabase(0);
            RedisLink link = null;
            try {
                link = RedisLink.forData(asked);
                return MasterWatch.master(link, at.master());
            } catch (final JedisException e) {
                failures.add(RedisLink.reason(e, asked));
            } finally {
                cut(link);
            }
        }
        throw new IOException("no sentinel tells: " + String.join("; ", failures));
    }

    private static List<RedisSettings> owners(
            final RedisSettings settings, final Topology.Cluster cluster) throws IOException {
        final List<String> failures = new ArrayList<>();
        for (final RedisNode seed : cluster.seeds()) {
            RedisLink link = null;
            try {
                link = RedisLink.forData(settings.at(seed));
                return ClusterNode.parse(
                                text(link.ask(Command.CLUSTER, "NODES")),
                                seed,
                                settings.access().tls())
                        .stream()
                        .filter(node -> !node.slots().isEmpty())
                        .map(node -> settings.at(node.node()))
                        .toList();
            } catch (final JedisException | IllegalArgumentException e) {
                failures.add(RedisLink.reason(e, settings.at(seed)));
            } finally {
                cut(link);
            }
        }
        throw new IOException("no node tells: " + String.join("; ", failures));
    }

    private static void cut(final RedisLink link) {
        if (link != null) {
            link.cut();
        }
    }

    private static String text(final Object bytes) {
        return bytes instanceof byte[] text
                ? new String(text, StandardCharsets.UTF_8)
                : String.valueOf(bytes);
    }
}
