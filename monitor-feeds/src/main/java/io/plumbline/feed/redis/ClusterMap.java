package io.plumbline.feed.redis;

import java.util.Arrays;
import java.util.List;

/**
 * Which part observes which slot, and at which node: as far as is known now. Never changes; a new
 * one is published.
 */
final class ClusterMap {
    /** No part: nobody owns the slot, or there are more shards than parts. */
    static final int NOBODY = -1;

    private final int[] partOfSlot;
    private final RedisNode[] nodeOfPart;
    private final List<RedisNode> known;
    private final int unobserved;

    /**
     * @param nodeOfPart null for a part that has no shard
     * @param known all nodes, replicas too: who can be asked for the next map
     * @param unobserved how many shards found no part
     */
    ClusterMap(
            final int[] partOfSlot,
            final RedisNode[] nodeOfPart,
            final List<RedisNode> known,
            final int unobserved) {
        this.partOfSlot = partOfSlot.clone();
        this.nodeOfPart = nodeOfPart.clone();
        this.known = List.copyOf(known);
        this.unobserved = unobserved;
    }

    int part(final int slot) {
        return partOfSlot[slot];
    }

    /** The node of a part's shard that takes writes; null without one. */
    RedisNode node(final int part) {
        return nodeOfPart[part];
    }

    /** The part that is at this node, or {@link #NOBODY}. */
    int partAt(final RedisNode node) {
        for (int part = 0; part < nodeOfPart.length; part++) {
            if (node.equals(nodeOfPart[part])) {
                return part;
            }
        }
        return NOBODY;
    }

    List<RedisNode> known() {
        return known;
    }

    int unobserved() {
        return unobserved;
    }

    /** Whether nothing that a part acts on differs. */
    boolean same(final ClusterMap other) {
        return other != null
                && Arrays.equals(partOfSlot, other.partOfSlot)
                && Arrays.equals(nodeOfPart, other.nodeOfPart)
                && unobserved == other.unobserved;
    }
}
