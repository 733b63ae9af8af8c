package io.plumbline.feed.redis.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.redis.RedisNode;
import io.plumbline.feed.redis.RedisSettings;
import io.plumbline.feed.redis.Topology;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.KeyState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClusterClient;

/** Every shard of a Cluster is observed; slots and primaries change hands and no key is lost. */
@Tag("servers")
final class ClusterFeedTest {
    private static final int KEYS = 300;
    private static final int SLOTS_MOVED = 1_000;

    @TempDir private Path folder;
    private ClusterRig rig;
    private ObservedRedis observed;
    private RedisClusterClient writer;

    @BeforeEach
    void start() throws IOException {
        rig =
                new ClusterRig(
                                RedisBinary.INSTALLED.assumePresent(),
                                folder,
                                List.of(
                                        "notify-keyspace-events K$ghxe",
                                        // Else a failover may make any node refuse for a moment.
                                        "cluster-require-full-coverage no"))
                        .start();
        writer = writer();
        write("1");
        observed = observe(16).awaitLive(3);
        observed.await("first values", 5, () -> observed.view().equals(values("1")));
    }

    @AfterEach
    void stop() {
        if (observed != null) {
            observed.close();
            writer.close();
        }
        if (rig != null) {
            rig.close();
        }
    }

    @Test
    void shouldFollowAFailoverOfOneShard() {
        final Map<String, Integer> before = observed.holders();
        final int mark = observed.mark();
        final RedisProcess old = rig.owner("px:S0");
        final RedisProcess heir = rig.failOver(old);
        write("2");
        observed.await("values after it", 3, () -> observed.view().equals(values("2")));
        observed.await("the move", 3, () -> observed.facts(mark, "REDIS_MOVED").size() == 1);
        assertTrue(
                observed.facts(mark, "REDIS_MOVED").get(0).contains("to " + heir.address()),
                () -> observed.facts(mark) + "");
        assertEquals(List.of(), observed.facts(mark, "REDIS_DOWN"));
        assertEquals(before, observed.holders(), "a part stands for a shard, not for a node");
        assertEquals(Set.of(), absentOrDeleted(mark));
        final int later = observed.mark();
        write("3");
        observed.await("further values", 3, () -> observed.view().equals(values("3")));
        final List<String> told =
                observed.since(later).stream()
                        .filter(each -> each.type() == InboundType.REDIS_VALUE)
                        .map(ObservedRedis.Told::key)
                        .toList();
        assertEquals(KEYS, told.size(), "no write is told twice, though two nodes know of it");
    }

    @Test
    void shouldFollowSlotsUnderWrites() throws InterruptedException {
        final Map<String, Integer> before = observed.holders();
        final int mark = observed.mark();
        final RedisProcess from = rig.owner("px:S0");
        final RedisProcess to =
                rig.primaries().stream().filter(node -> node != from).findFirst().orElseThrow();
        final AtomicBoolean on = new AtomicBoolean(true);
        final AtomicInteger writes = new AtomicInteger();
        final Thread load =
                new Thread(
                        () -> {
                            while (on.get()) {
                                final int i = writes.getAndIncrement();
                                writer.set("px:S" + i % KEYS, Integer.toString(i));
                            }
                        });
        load.start();
        rig.reshard(rig.owned(from).subList(0, SLOTS_MOVED), from, to);
        on.set(false);
        load.join();
        observed.await("view equals MGET", 3, () -> observed.view().equals(truth()));
        assertEquals(Set.of(), absentOrDeleted(mark), "a slot that moves deletes nothing");
        assertNotEquals(before, observed.holders());
        assertEquals(List.of(), observed.facts(mark, "REDIS_DOWN"));
        assertEquals(List.of(), observed.facts(mark, "OBSERVER_DEGRADED"));
        final int later = observed.mark();
        write("9");
        observed.await("values where they are now", 3, () -> observed.view().equals(values("9")));
        writer.del("px:S0");
        observed.await(
                "a deletion that is one", 3, () -> absentOrDeleted(later).equals(Set.of("px:S0")));
    }

    @Test
    void shouldFollowAKeyThatIsAheadOfItsSlot() {
        final RedisProcess from = rig.owner("px:S0");
        final RedisProcess to =
                rig.primaries().stream().filter(node -> node != from).findFirst().orElseThrow();
        final int slot = redis.clients.jedis.util.JedisClusterCRC16.getSlot("px:S0");
        final int mark = observed.mark();
        try (Jedis source = from.client();
                Jedis target = to.client()) {
            target.clusterSetSlotImporting(slot, source.clusterMyId());
            source.clusterSetSlotMigrating(slot, target.clusterMyId());
            source.migrate("127.0.0.1", to.port(), "px:S0", 0, 1_000);
            target.sendCommand(redis.clients.jedis.Protocol.Command.ASKING);
            target.set("px:S0", "asked");
            observed.await("the value", 3, () -> "asked".equals(observed.view().get("px:S0")));
            assertEquals(Set.of(), absentOrDeleted(mark));
        }
    }

    @Test
    void shouldSeeTheOthersWhileOneNodeStandsStill() throws IOException {
        final RedisProcess frozen = rig.owner("px:S0");
        final Map<String, String> others = new HashMap<>(values("2"));
        final Set<String> silent = new HashSet<>();
        final Integer part = observed.holders().get("px:S0");
        observed.holders()
                .forEach(
                        (key, holder) -> {
                            if (holder.equals(part)) {
                                others.remove(key);
                                silent.add(key);
                            }
                        });
        assertFalse(silent.isEmpty());
        final int mark = observed.mark();
        frozen.freeze();
        try {
            try (RedisClusterClient live = writer) {
                others.forEach(live::set);
            }
            observed.await(
                    "values of the others",
                    2,
                    () ->
                            observed.since(mark).stream()
                                    .filter(each -> each.type() == InboundType.REDIS_VALUE)
                                    .collect(
                                            Collectors.toMap(
                                                    ObservedRedis.Told::key,
                                                    ObservedRedis.Told::value,
                                                    (old, now) -> now))
                                    .equals(others));
        } finally {
            frozen.thaw();
        }
    }

    @Test
    void shouldSayThatAnHeirTellsLessThanItsPredecessor() {
        final RedisProcess old = rig.owner("px:S0");
        try (Jedis heir = rig.replicaOf(old).client()) {
            heir.configSet("notify-keyspace-events", "");
            final int mark = observed.mark();
            rig.failOver(old);
            observed.await(
                    "less",
                    5,
                    () ->
                            observed.facts(mark, "OBSERVER_DEGRADED").stream()
                                    .anyMatch(
                                            fact ->
                                                    fact.contains(
                                                            "tracking instead of notification")));
            heir.configSet("notify-keyspace-events", "K$ghxe");
            observed.await(
                    "as before", 15, () -> observed.facts(mark, "OBSERVER_RECOVERED").size() == 1);
        }
    }

    /** Nobody reads or writes: a slot without an owner makes every node refuse all. */
    @Test
    void shouldBeBlindAtEveryShardWhileTheClusterIsDown() {
        for (final RedisProcess node : rig.nodes()) {
            try (Jedis jedis = node.client()) {
                jedis.configSet("cluster-require-full-coverage", "yes");
            }
        }
        final int mark = observed.mark();
        final RedisProcess from = rig.owner("px:S0");
        final int slot = rig.owned(from).get(0);
        slots(Protocol.ClusterKeyword.DELSLOTS, slot, rig.nodes());
        final long sinceNs = observed.clock.epochNanos();
        observed.await("down", 3, () -> observed.facts(mark, "REDIS_DOWN").size() == 3);
        for (final ObservedRedis.Told each : observed.since(mark)) {
            if (each.text().startsWith("REDIS_DOWN")) {
                assertTrue(each.text().contains("CLUSTERDOWN"), each.text());
                final long tookNs = each.stampNs() - sinceNs;
                assertTrue(tookNs < 500_000_000L, tookNs / 1_000_000L + " ms");
            }
        }
        slots(Protocol.ClusterKeyword.ADDSLOTS, slot, List.of(from));
        observed.await("up", 3, () -> observed.facts(mark, "REDIS_UP").size() == 3);
        observed.awaitLive(3);
        assertEquals(Set.of(), absentOrDeleted(mark));
    }

    private static void slots(
            final Protocol.ClusterKeyword change, final int slot, final List<RedisProcess> nodes) {
        for (final RedisProcess node : nodes) {
            try (Jedis jedis = node.client()) {
                jedis.sendCommand(Protocol.Command.CLUSTER, change.name(), Integer.toString(slot));
            }
        }
    }

    @Test
    void shouldSayThatItObservesTooFew() {
        try (ObservedRedis few = observe(2)) {
            few.await(
                    "the warning",
                    10,
                    () ->
                            few.facts(0, "OBSERVER_DEGRADED").stream()
                                    .anyMatch(fact -> fact.contains("maxNodes is 2")));
        }
    }

    private Set<String> absentOrDeleted(final int mark) {
        return observed.since(mark).stream()
                .filter(
                        each ->
                                each.state() == KeyState.DELETED
                                        || each.state() == KeyState.FLUSHED
                                        || each.state() == KeyState.ABSENT)
                .map(each -> each.key() == null ? "everything" : each.key())
                .collect(Collectors.toSet());
    }

    private ObservedRedis observe(final int parts) {
        final List<RedisNode> seeds = new ArrayList<>();
        for (final String address : rig.addresses().split(",")) {
            seeds.add(RedisNode.parse(address));
        }
        return new ObservedRedis(
                RedisSettings.parse("redis://127.0.0.1"),
                new Topology.Cluster(seeds.subList(0, 2), parts),
                List.copyOf(values("").keySet()));
    }

    private RedisClusterClient writer() {
        final Set<HostAndPort> nodes =
                rig.nodes().stream().map(RedisProcess::address).collect(Collectors.toSet());
        return RedisClusterClient.builder().nodes(nodes).build();
    }

    private void write(final String value) {
        values(value).forEach(writer::set);
    }

    private Map<String, String> truth() {
        final Map<String, String> truth = values("");
        truth.replaceAll((key, nothing) -> writer.get(key));
        return truth;
    }

    private static Map<String, String> values(final String value) {
        final Map<String, String> values = new HashMap<>();
        for (int i = 0; i < KEYS; i++) {
            values.put("px:S" + i, value);
        }
        return values;
    }
}
