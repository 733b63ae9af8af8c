package io.plumbline.feed.redis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The shards of a Cluster and the parts that observe them, put together from what one node after
 * another believes. A part stands for a shard: it stays the same when a replica takes over and when
 * slots move. One thread.
 *
 * <p>Nodes learn of a change one after another, so answers contradict each other for a while. As
 * among themselves, of two that claim a slot the one with the higher configuration epoch has it;
 * and who says itself that a slot is not its own any more is believed.
 */
final class Shards {
    private final String[] owners = new String[HashSlot.COUNT];
    private final long[] epochs = new long[HashSlot.COUNT];
    private final String[] primaryOfPart;
    private final List<Set<String>> membersOfPart = new ArrayList<>();
    private final Map<String, RedisNode> addresses = new HashMap<>();
    private final Set<RedisNode> wanted = new HashSet<>();
    private List<ClusterNode> last = List.of();

    /**
     * @param parts how many shards can be observed
     */
    Shards(final int parts) {
        primaryOfPart = new String[parts];
        for (int i = 0; i < parts; i++) {
            membersOfPart.add(new HashSet<>());
        }
    }

    /** A key was said to lie at this node, which may own no slot yet: it gets a part. */
    void want(final RedisNode node) {
        wanted.add(node);
    }

    /** Takes what one node believes. */
    void take(final List<ClusterNode> nodes) {
        last = nodes;
        final Map<String, ClusterNode> byId = new HashMap<>();
        for (final ClusterNode node : nodes) {
            byId.put(node.id(), node);
            addresses.put(node.id(), node.node());
        }
        addresses.keySet().retainAll(byId.keySet());
        for (final ClusterNode node : nodes) {
            if (node.primary()) {
                for (int slot = node.slots().nextSetBit(0);
                        slot >= 0;
                        slot = node.slots().nextSetBit(slot + 1)) {
                    claim(slot, node, byId);
                }
            }
        }
    }

    private void claim(
            final int slot, final ClusterNode node, final Map<String, ClusterNode> byId) {
        final String before = owners[slot];
        final ClusterNode owner = before == null ? null : byId.get(before);
        if (owner == null
                || before.equals(node.id())
                || owner.myself()
                || node.epoch() > epochs[slot]) {
            owners[slot] = node.id();
            epochs[slot] = node.epoch();
        }
    }

    /** What all answers together come to. */
    ClusterMap map() {
        final Map<String, Integer> slotsOfPrimary = primaries();
        final Map<String, Integer> partOfPrimary = assign(slotsOfPrimary.keySet());
        final int[] partOfSlot = new int[HashSlot.COUNT];
        for (int slot = 0; slot < partOfSlot.length; slot++) {
            partOfSlot[slot] =
                    owners[slot] == null
                            ? ClusterMap.NOBODY
                            : partOfPrimary.getOrDefault(owners[slot], ClusterMap.NOBODY);
        }
        final RedisNode[] nodeOfPart = new RedisNode[primaryOfPart.length];
        partOfPrimary.forEach((id, part) -> nodeOfPart[part] = addresses.get(id));
        return new ClusterMap(
                partOfSlot,
                nodeOfPart,
                last.stream().map(ClusterNode::node).toList(),
                slotsOfPrimary.size() - partOfPrimary.size());
    }

    /** Who owns slots, in the order of their first ones; then who is wanted without any. */
    private Map<String, Integer> primaries() {
        final Map<String, Integer> primaries = new LinkedHashMap<>();
        for (final String owner : owners) {
            if (owner != null && addresses.containsKey(owner)) {
                primaries.merge(owner, 1, Integer::sum);
            }
        }
        for (final ClusterNode node : last) {
            if (node.primary() && wanted.contains(node.node())) {
                primaries.putIfAbsent(node.id(), 0);
            }
        }
        wanted.removeIf(node -> last.stream().noneMatch(known -> known.node().equals(node)));
        return primaries;
    }

    /** Those that have a part keep it, an heir takes that of its predecessor, others a free one. */
    private Map<String, Integer> assign(final Set<String> primaries) {
        final Map<String, Integer> parts = new LinkedHashMap<>();
        for (int part = 0; part < primaryOfPart.length; part++) {
            if (primaryOfPart[part] != null && primaries.contains(primaryOfPart[part])) {
                parts.put(primaryOfPart[part], part);
            }
        }
        for (final String primary : primaries) {
            for (int part = 0; part < primaryOfPart.length && !parts.containsKey(primary); part++) {
                if (membersOfPart.get(part).contains(primary) && !parts.containsValue(part)) {
                    parts.put(primary, part);
                }
            }
        }
        for (final String primary : primaries) {
            for (int part = 0; part < primaryOfPart.length && !parts.containsKey(primary); part++) {
                if (!parts.containsValue(part)) {
                    parts.put(primary, part);
                }
            }
        }
        parts.forEach(this::remember);
        return parts;
    }

    private void remember(final String primary, final int part) {
        primaryOfPart[part] = primary;
        final Set<String> members = membersOfPart.get(part);
        members.clear();
        members.add(primary);
        for (final ClusterNode node : last) {
            if (node.primaryId().equals(primary)) {
                members.add(node.id());
            }
        }
    }
}
