package io.plumbline.feed.redis;

import java.util.List;

/** How the nodes of a Redis belong together. */
public sealed interface Topology {
    /** One server, at the address of its {@link RedisSettings}. */
    record Standalone() implements Topology {}

    /**
     * A master that sentinels know by a name.
     *
     * @param nodes sentinels, at least one; asked one after another until one answers
     * @param access as whom and how the sentinels are asked
     */
    record Sentinels(String master, List<RedisNode> nodes, RedisSettings.Access access)
            implements Topology {
        public Sentinels {
            nodes = List.copyOf(nodes);
            if (nodes.isEmpty() || master.isBlank()) {
                throw new IllegalArgumentException("name a master and at least one sentinel");
            }
        }
    }

    /**
     * A Redis Cluster.
     *
     * @param seeds some of its nodes, at least one
     * @param maxParts how many shards are observed at most, each as a source of its own
     */
    record Cluster(List<RedisNode> seeds, int maxParts) implements Topology {
        public Cluster {
            seeds = List.copyOf(seeds);
            if (seeds.isEmpty() || maxParts < 1) {
                throw new IllegalArgumentException("name at least one node and allow one part");
            }
        }
    }
}
