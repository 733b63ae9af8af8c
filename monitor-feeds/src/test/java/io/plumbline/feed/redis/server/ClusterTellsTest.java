package io.plumbline.feed.redis.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.redis.KeyPattern;
import io.plumbline.feed.redis.RedisNode;
import io.plumbline.feed.redis.RedisOffers;
import io.plumbline.feed.redis.RedisSettings;
import io.plumbline.feed.redis.Topology;
import io.plumbline.feed.redis.WriterEntry;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.KeyState;
import io.plumbline.metrics.CounterId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * Every write of a Cluster with its value and in order: by the replication stream of each shard, by
 * the writer's stream, which lies in one shard and tells of the keys of all, and by its channel.
 */
@Tag("servers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ClusterTellsTest {
    private static final int KEYS = 30;
    private static final String TOLD = "pms:prices";
    private static final WriterEntry ENTRY =
            new WriterEntry("", "s", KeyPattern.parse("px:{symbol}"), "v", "n", false);

    private static final RedisOffers TAP = new RedisOffers(true, null, null);
    private static final RedisOffers STREAM =
            new RedisOffers(false, new RedisOffers.Stream(TOLD, ENTRY), null);
    private static final RedisOffers CHANNEL =
            new RedisOffers(false, null, new RedisOffers.Channel(TOLD, ENTRY));

    private ClusterRig rig;
    private RedisClusterClient writer;
    private Jedis publisher;
    private int number;

    @BeforeAll
    void start(@TempDir final Path folder) throws IOException {
        rig =
                new ClusterRig(
                                RedisBinary.INSTALLED.assumePresent(),
                                folder,
                                List.of(
                                        "notify-keyspace-events K$ghxe",
                                        // Else a failover may make any node refuse for a moment.
                                        "cluster-require-full-coverage no"))
                        .start();
        writer =
                RedisClusterClient.builder()
                        .nodes(
                                rig.nodes().stream()
                                        .map(RedisProcess::address)
                                        .collect(Collectors.toSet()))
                        .build();
        publisher = rig.nodes().get(0).client();
        write(KEYS);
    }

    @BeforeEach
    void well() {
        rig.awaitWell();
    }

    @AfterAll
    void stop() {
        if (rig != null) {
            writer.close();
            publisher.close();
            rig.close();
        }
    }

    private ObservedRedis observe(final RedisOffers offers, final String rung) {
        final ObservedRedis observed =
                new ObservedRedis(
                        RedisSettings.parse("redis://127.0.0.1").withOffers(offers),
                        new Topology.Cluster(
                                Stream.of(rig.addresses().split(","))
                                        .map(RedisNode::parse)
                                        .toList(),
                                6),
                        keys());
        awaitRung(observed, rung);
        return observed.awaitLive(3);
    }

    private void awaitRung(final ObservedRedis observed, final String rung) {
        Patience.await(
                "three parts by " + rung,
                20,
                () ->
                        observed.feed().statuses().size() == 3
                                && observed.feed().statuses().stream()
                                        .allMatch(part -> part.detail().startsWith(rung)),
                () -> observed.feed().statuses() + "\n" + observed.facts(0) + rig.state());
    }

    private static List<String> keys() {
        final List<String> keys = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            keys.add("px:S" + i);
        }
        return keys;
    }

    /** Sets keys in turn and tells of each set. @return what was written, key by key in order */
    private Map<String, List<String>> write(final int count) {
        final Map<String, List<String>> written = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            final String value = Integer.toString(++number);
            final String symbol = "S" + number % KEYS;
            insist(() -> writer.set("px:" + symbol, value));
            final Map<String, String> entry = Map.of("s", symbol, "v", value, "n", value);
            insist(() -> writer.xadd(TOLD, StreamEntryID.NEW_ENTRY, entry));
            publisher.publish(
                    TOLD, "{\"s\":\"" + symbol + "\",\"v\":\"" + value + "\",\"n\":" + value + "}");
            written.computeIfAbsent("px:" + symbol, key -> new ArrayList<>()).add(value);
        }
        return written;
    }

    /** Until the nodes agree who the heir is, a client is sent from one to the other. */
    private static void insist(final Runnable write) {
        Patience.await(
                "the write",
                10,
                () -> {
                    write.run();
                    return true;
                },
                () -> "");
    }

    private Map<String, String> truth() {
        final Map<String, String> truth = new HashMap<>();
        keys().forEach(key -> truth.put(key, writer.get(key)));
        return truth;
    }

    /**
     * What was told of these keys, in order; a value that is only seen again is told once, and what
     * stood there before is no news.
     */
    private static Map<String, List<String>> told(
            final ObservedRedis observed,
            final int mark,
            final int before,
            final Predicate<String> which) {
        final Map<String, List<String>> told = new TreeMap<>();
        for (final ObservedRedis.Told each : observed.since(mark)) {
            if (each.type() == InboundType.REDIS_VALUE
                    && which.test(each.key())
                    && Integer.parseInt(each.value()) > before) {
                final List<String> values =
                        told.computeIfAbsent(each.key(), key -> new ArrayList<>());
                if (values.isEmpty() || !values.get(values.size() - 1).equals(each.value())) {
                    values.add(each.value());
                }
            }
        }
        return told;
    }

    private static Map<String, List<String>> of(
            final Map<String, List<String>> all, final Predicate<String> which) {
        final Map<String, List<String>> some = new TreeMap<>(all);
        some.keySet().removeIf(which.negate());
        return some;
    }

    private static Set<String> gone(final ObservedRedis observed, final int mark) {
        return observed.since(mark).stream()
                .filter(
                        each ->
                                each.state() == KeyState.DELETED
                                        || each.state() == KeyState.FLUSHED
                                        || each.state() == KeyState.ABSENT)
                .map(each -> String.valueOf(each.key()))
                .collect(Collectors.toSet());
    }

    private void sees(
            final ObservedRedis observed,
            final int mark,
            final Map<String, List<String>> written,
            final Predicate<String> which) {
        final Map<String, List<String>> expected = of(written, which);
        final int before =
                expected.values().stream()
                                .mapToInt(values -> Integer.parseInt(values.get(0)))
                                .min()
                                .orElseThrow()
                        - 1;
        try {
            observed.await(
                    "every value in its order",
                    5,
                    () -> told(observed, mark, before, which).equals(expected));
        } catch (final AssertionError late) {
            assertEquals(expected, told(observed, mark, before, which), late.getMessage());
        }
        assertEquals(Set.of(), gone(observed, mark));
    }

    @Test
    void everyWriteByTheReplicationStreamOfEachShard() {
        try (ObservedRedis observed = observe(TAP, "replication rung")) {
            final int mark = observed.mark();
            sees(observed, mark, write(3_000), key -> true);
            assertEquals(List.of(), observed.facts(mark, "OBSERVER_DEGRADED"));
            failsOver(observed, "replication rung");
            movesSlots(observed, "replication rung");
        }
    }

    @Test
    void everyWriteByTheWritersStream() {
        try (ObservedRedis observed = observe(STREAM, "stream rung")) {
            final int mark = observed.mark();
            sees(observed, mark, write(3_000), key -> true);
            assertEquals(List.of(), observed.facts(mark, "OBSERVER_DEGRADED"));
            failsOver(observed, "stream rung");
            movesSlots(observed, "stream rung");
            assertEquals(0, observed.counters.get(CounterId.REDIS_TOLD_LOST));
        }
    }

    @Test
    void everyWriteByTheWritersChannel() {
        try (ObservedRedis observed = observe(CHANNEL, "channel rung")) {
            final int mark = observed.mark();
            sees(observed, mark, write(3_000), key -> true);
            assertEquals(List.of(), observed.facts(mark, "OBSERVER_DEGRADED"));
            failsOver(observed, "channel rung");
            movesSlots(observed, "channel rung");
            assertEquals(0, observed.counters.get(CounterId.REDIS_TOLD_LOST));
        }
    }

    /**
     * The shard that has the stream gets another primary while the writer goes on: the parts of the
     * others see every write, its own part what stands there.
     */
    private void failsOver(final ObservedRedis observed, final String rung) {
        final int mark = observed.mark();
        final int slot = JedisClusterCRC16.getSlot(TOLD);
        final RedisProcess old = rig.owner(slot);
        final List<Integer> slots = rig.owned(old);
        final Predicate<String> others = key -> !slots.contains(JedisClusterCRC16.getSlot(key));
        final Map<String, List<String>> written = write(300);
        rig.failOver(old);
        write(600).forEach((key, values) -> written.get(key).addAll(values));
        observed.await("the view to equal Redis", 5, () -> observed.view().equals(truth()));
        sees(observed, mark, written, others);
        observed.await("the move", 5, () -> observed.facts(mark, "REDIS_MOVED").size() == 1);
        assertEquals(List.of(), observed.facts(mark, "REDIS_DOWN"));
        awaitRung(observed, rung);
        final int later = observed.mark();
        sees(observed, later, write(600), key -> true);
    }

    /** The stream's slot and those of some keys move on; the writer goes on. */
    private void movesSlots(final ObservedRedis observed, final String rung) {
        rig.awaitWell();
        final int mark = observed.mark();
        final RedisProcess from = rig.owner(TOLD);
        final RedisProcess to =
                rig.primaries().stream().filter(node -> node != from).findFirst().orElseThrow();
        final List<Integer> slots = new ArrayList<>();
        slots.add(JedisClusterCRC16.getSlot(TOLD));
        keys().stream()
                .map(JedisClusterCRC16::getSlot)
                .filter(rig.owned(from)::contains)
                .limit(3)
                .forEach(slots::add);
        assertTrue(slots.size() > 1);
        rig.reshard(slots, from, to);
        write(600);
        observed.await("the view to equal Redis", 5, () -> observed.view().equals(truth()));
        assertEquals(Set.of(), gone(observed, mark));
        assertEquals(List.of(), observed.facts(mark, "REDIS_DOWN"));
        awaitRung(observed, rung);
        final int later = observed.mark();
        sees(observed, later, write(600), key -> true);
    }
}
