package io.plumbline.feed.redis.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.params.MigrateParams;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * A Cluster of three primaries with one replica each, that notices a dead node within some two
 * seconds. Which node owns a slot changes with failovers and reshards: ask {@link #owner}.
 */
public final class ClusterRig implements AutoCloseable {
    public static final int SLOTS = 16_384;
    public static final int NODE_TIMEOUT_MS = 2_000;

    private static final int PRIMARIES = 3;
    private static final int KEYS_AT_ONCE = 100;
    private static final int MIGRATE_MS = 5_000;
    private static final long FORMED_WITHIN_S = 40;
    private static final long ASK_AGAIN_NS = 5_500_000_000L;

    private final List<RedisProcess> nodes = new ArrayList<>();

    /**
     * @param folder where the nodes keep theirs
     * @param directives lines of redis.conf of every node, for example the notification flags
     */
    public ClusterRig(final RedisBinary binary, final Path folder, final List<String> directives)
            throws IOException {
        final List<String> lines = new ArrayList<>();
        lines.add("cluster-enabled yes");
        lines.add("cluster-node-timeout " + NODE_TIMEOUT_MS);
        lines.add("cluster-config-file nodes.conf");
        // A replica may take over whatever its last words with the primary were.
        lines.add("cluster-replica-validity-factor 0");
        lines.addAll(directives);
        for (int i = 0; i < 2 * PRIMARIES; i++) {
            nodes.add(new RedisProcess(binary, folder, "node", lines, List.of()));
        }
    }

    /** Starts the nodes, deals out the slots and waits until everybody calls it well. */
    public ClusterRig start() throws IOException {
        for (final RedisProcess node : nodes) {
            node.start();
        }
        for (int i = 0; i < nodes.size(); i++) {
            try (Jedis jedis = nodes.get(i).client()) {
                jedis.sendCommand(
                        Protocol.Command.CLUSTER, "SET-CONFIG-EPOCH", Integer.toString(i + 1));
                if (i < PRIMARIES) {
                    jedis.clusterAddSlots(
                            slots(i * SLOTS / PRIMARIES, (i + 1) * SLOTS / PRIMARIES));
                }
                jedis.clusterMeet("127.0.0.1", nodes.get(0).port());
            }
        }
        Patience.await(
                "six nodes that know each other",
                FORMED_WITHIN_S,
                () -> nodes.stream().allMatch(node -> known(node) == nodes.size()),
                this::state);
        for (int i = PRIMARIES; i < nodes.size(); i++) {
            try (Jedis jedis = nodes.get(i).client()) {
                jedis.clusterReplicate(id(nodes.get(i - PRIMARIES)));
            }
        }
        awaitWell();
        return this;
    }

    /** Every node, whatever its role. */
    public List<RedisProcess> nodes() {
        return List.copyOf(nodes);
    }

    /** Addresses of all nodes as a configuration names them: {@code host:port,host:port}. */
    public String addresses() {
        return nodes.stream()
                .map(node -> node.address().toString())
                .collect(Collectors.joining(","));
    }

    /** Who owns the slot of this key now, as the living primaries see it. */
    public RedisProcess owner(final String key) {
        return owner(JedisClusterCRC16.getSlot(key));
    }

    public RedisProcess owner(final int slot) {
        for (final RedisProcess node : nodes) {
            if (node.running() && isPrimary(node) && owned(node).contains(slot)) {
                return node;
            }
        }
        throw new IllegalStateException("nobody owns slot " + slot + ": " + state());
    }

    /** Living primaries that own slots. */
    public List<RedisProcess> primaries() {
        return nodes.stream()
                .filter(RedisProcess::running)
                .filter(node -> isPrimary(node) && !owned(node).isEmpty())
                .toList();
    }

    /** The living replica of a primary. */
    public RedisProcess replicaOf(final RedisProcess primary) {
        for (final RedisProcess node : nodes) {
            if (node.running()
                    && node != primary
                    && Integer.toString(primary.port()).equals(node.info("master_port"))) {
                return node;
            }
        }
        throw new IllegalStateException("no replica of " + primary + ": " + state());
    }

    /** {@code CLUSTER FAILOVER}: nothing dies. Returns the new primary once it takes writes. */
    public RedisProcess failOver(final RedisProcess primary) {
        final RedisProcess replica = replicaOf(primary);
        final long[] askedNs = {System.nanoTime() - ASK_AGAIN_NS};
        // A manual failover that the others do not vote for in 5 s is given up without a word.
        Patience.await(
                replica + " as primary",
                FORMED_WITHIN_S,
                () -> {
                    if (System.nanoTime() - askedNs[0] >= ASK_AGAIN_NS && !isPrimary(replica)) {
                        askedNs[0] = System.nanoTime();
                        try (Jedis jedis = replica.client()) {
                            jedis.clusterFailover();
                        }
                    }
                    return serves(replica);
                },
                this::state);
        return replica;
    }

    /** Kills a primary. Returns the new one once it takes writes; the old one stays dead. */
    public RedisProcess kill(final RedisProcess primary) {
        final RedisProcess replica = replicaOf(primary);
        primary.kill();
        Patience.await(
                replica + " as primary", FORMED_WITHIN_S, () -> serves(replica), this::state);
        return replica;
    }

    /**
     * Moves slots with their keys, one after another, as {@code redis-cli --cluster reshard} does:
     * IMPORTING, MIGRATING, MIGRATE of every key, then the new owner is told to all.
     */
    public void reshard(
            final Collection<Integer> slots, final RedisProcess from, final RedisProcess to) {
        final String fromId = id(from);
        final String toId = id(to);
        final List<RedisProcess> others =
                primaries().stream().filter(node -> node != from && node != to).toList();
        try (Jedis source = from.client();
                Jedis target = to.client()) {
            for (final int slot : slots) {
                target.clusterSetSlotImporting(slot, fromId);
                source.clusterSetSlotMigrating(slot, toId);
                for (List<String> keys = source.clusterGetKeysInSlot(slot, KEYS_AT_ONCE);
                        !keys.isEmpty();
                        keys = source.clusterGetKeysInSlot(slot, KEYS_AT_ONCE)) {
                    source.migrate(
                            "127.0.0.1",
                            to.port(),
                            MIGRATE_MS,
                            new MigrateParams(),
                            keys.toArray(new String[0]));
                }
                target.clusterSetSlotNode(slot, toId);
                source.clusterSetSlotNode(slot, toId);
            }
        }
        for (final RedisProcess other : others) {
            try (Jedis jedis = other.client()) {
                for (final int slot : slots) {
                    jedis.clusterSetSlotNode(slot, toId);
                }
            }
        }
    }

    /** Slots that a node owns, in order. */
    public List<Integer> owned(final RedisProcess node) {
        final List<Integer> owned = new ArrayList<>();
        final String[] words = myself(node).split(" ");
        for (int i = 8; i < words.length; i++) {
            if (!words[i].startsWith("[")) {
                final String[] range = words[i].split("-");
                final int last = Integer.parseInt(range[range.length - 1]);
                for (int slot = Integer.parseInt(range[0]); slot <= last; slot++) {
                    owned.add(slot);
                }
            }
        }
        return owned;
    }

    /** Waits until all nodes live, call the Cluster well, and every replica is in step. */
    public void awaitWell() {
        Patience.await("a Cluster that is well", FORMED_WITHIN_S, this::well, this::state);
    }

    /** What each node believes, for messages of failed tests. */
    public String state() {
        final StringBuilder state = new StringBuilder();
        for (final RedisProcess node : nodes) {
            state.append(node).append('\n');
            if (node.running()) {
                try (Jedis jedis = node.client()) {
                    state.append(jedis.clusterInfo()).append(jedis.clusterNodes());
                }
            }
        }
        return state.toString();
    }

    @Override
    public void close() {
        nodes.forEach(RedisProcess::close);
    }

    private boolean well() {
        for (final RedisProcess node : nodes) {
            try (Jedis jedis = node.client()) {
                final String info = jedis.clusterInfo();
                if (!info.contains("cluster_state:ok")
                        || !info.contains("cluster_slots_ok:" + SLOTS)
                        || jedis.clusterNodes().contains("fail")) {
                    return false;
                }
            }
            if ("slave".equals(node.info("role"))
                    && !"up".equals(node.info("master_link_status"))) {
                return false;
            }
        }
        return primaries().size() == PRIMARIES
                && primaries().stream().allMatch(node -> node.replicas() == 1);
    }

    private boolean serves(final RedisProcess node) {
        try (Jedis jedis = node.client()) {
            return isPrimary(node)
                    && !owned(node).isEmpty()
                    && jedis.clusterInfo().contains("cluster_state:ok");
        }
    }

    private static int known(final RedisProcess node) {
        try (Jedis jedis = node.client()) {
            return (int)
                    jedis.clusterNodes()
                            .lines()
                            .filter(line -> !line.contains("handshake"))
                            .count();
        }
    }

    private static boolean isPrimary(final RedisProcess node) {
        return "master".equals(node.info("role"));
    }

    private static String id(final RedisProcess node) {
        final String line = myself(node);
        return line.substring(0, line.indexOf(' '));
    }

    private static String myself(final RedisProcess node) {
        try (Jedis jedis = node.client()) {
            return jedis.clusterNodes()
                    .lines()
                    .filter(line -> line.contains("myself"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static int[] slots(final int from, final int to) {
        final int[] slots = new int[to - from];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = from + i;
        }
        return slots;
    }
}
