package io.plumbline.feed.redis.around;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.probe.Probe;
import io.plumbline.feed.probe.ProbeReport;
import io.plumbline.feed.redis.NameScan;
import io.plumbline.feed.redis.NameWalk;
import io.plumbline.feed.redis.ProbeLink;
import io.plumbline.feed.redis.RedisNode;
import io.plumbline.feed.redis.RedisProbeServer;
import io.plumbline.feed.redis.RedisSettings;
import io.plumbline.feed.redis.Topology;
import io.plumbline.feed.redis.server.ClusterRig;
import io.plumbline.feed.redis.server.RedisBinary;
import io.plumbline.feed.redis.server.RedisProcess;
import io.plumbline.market.naming.KeyNames;
import io.plumbline.market.probe.Measure;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Walks over the names of a Cluster meet those of every shard, also while shards change. */
@Tag("servers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterWalkTest {
    private static final int MANY = 6_000;
    private static final long FAILED_OVER_WITHIN_NS = 30_000_000_000L;

    private final ToldReadings readings = new ToldReadings();
    private final ProbeReport report = readings.report(new SystemClock());
    private final Map<Integer, Jedis> clients = new HashMap<>();
    private ClusterRig rig;
    private RedisProbeServer server;
    private ProbeLink link;

    @BeforeAll
    void start(@TempDir final Path folder) throws IOException {
        rig = new ClusterRig(RedisBinary.INSTALLED.assumePresent(), folder, List.of()).start();
        server =
                new RedisProbeServer(
                        RedisSettings.parse("redis://127.0.0.1").withName("main"),
                        new Topology.Cluster(
                                Stream.of(rig.addresses().split(","))
                                        .map(RedisNode::parse)
                                        .toList(),
                                3));
    }

    @BeforeEach
    void connect() {
        rig.awaitWell();
        link = server.open();
    }

    @AfterEach
    void empty() {
        server.close(link);
        clients.values().forEach(Jedis::close);
        clients.clear();
        rig.awaitWell();
        for (final RedisProcess primary : rig.primaries()) {
            try (Jedis jedis = primary.client()) {
                jedis.flushAll();
            }
        }
    }

    @AfterAll
    void stop() {
        if (rig != null) {
            rig.close();
        }
    }

    private void at(final String key, final Consumer<Jedis> ask) {
        final RedisProcess owner = rig.owner(key);
        try (Jedis jedis = owner.client()) {
            ask.accept(jedis);
        }
    }

    private Set<String> setMany() {
        final Set<String> names = new HashSet<>();
        final List<RedisProcess> owners = rig.primaries();
        final int[] ownerOfSlot = new int[ClusterRig.SLOTS];
        for (int i = 0; i < owners.size(); i++) {
            for (final int slot : rig.owned(owners.get(i))) {
                ownerOfSlot[slot] = i;
            }
        }
        for (int i = 0; i < MANY; i++) {
            final String name = "session:" + i;
            final int owner = ownerOfSlot[JedisClusterCRC16.getSlot(name)];
            clients.computeIfAbsent(owner, each -> owners.get(each).client()).set(name, "1");
            names.add(name);
        }
        return names;
    }

    /** Which of the primaries these names were found at. */
    private RedisProcess placeOf(final List<String> names) {
        return rig.owner(names.get(0));
    }

    @Test
    void aSlotThatMovesToANodeThatWasWalkedIsWalkedThere() {
        final Set<String> names = setMany();
        final NameWalk walk = new NameWalk("*");
        final List<String> met = new ArrayList<>(walk.step(link));
        final RedisProcess first = placeOf(met);
        RedisProcess now = first;
        while (now == first) {
            final List<String> step = walk.step(link);
            met.addAll(step);
            now = placeOf(step);
        }
        final RedisProcess second = now;
        final RedisProcess third =
                rig.primaries().stream()
                        .filter(each -> each != first && each != second)
                        .findFirst()
                        .orElseThrow();
        rig.reshard(rig.owned(third).subList(0, 200), third, first);
        rig.reshard(rig.owned(second).subList(0, 200), second, first);
        while (!walk.atEnd()) {
            met.addAll(walk.step(link));
        }
        assertTrue(walk.whole());
        assertEquals(new TreeSet<>(names), new TreeSet<>(met));
        // Only what was met at the second before it moved may have been met again.
        assertTrue(met.size() - names.size() < 600, met.size() + " of " + names.size());
    }

    @Test
    void aNodeThatDiesOnTheWayIsWalkedAtItsHeir() throws IOException {
        final Set<String> names = setMany();
        final NameWalk walk = new NameWalk("session:*");
        final Set<String> met = new TreeSet<>(walk.step(link));
        final RedisProcess dying = placeOf(List.copyOf(met));
        rig.kill(dying);
        try {
            walkOn(walk, met);
            // A walk without an heir yet is not whole, and says so.
            final long deadlineNs = System.nanoTime() + FAILED_OVER_WITHIN_NS;
            while (!walk.whole()) {
                assertTrue(System.nanoTime() < deadlineNs, "no whole walk");
                met.clear();
                walkOn(walk, met);
            }
            assertEquals(new TreeSet<>(names), met);
        } finally {
            dying.start();
        }
    }

    /** To the end of this walk, or through a new one where it is at its end. */
    private void walkOn(final NameWalk walk, final Set<String> met) {
        do {
            try {
                met.addAll(walk.step(link));
            } catch (final JedisConnectionException asThatNodeIsDead) {
                server.close(link);
                link = server.open();
            }
        } while (!walk.atEnd());
    }

    @Test
    void misnamedKeysOfEveryShardAreFoundWithTheirNodeAndFollowed() throws Exception {
        final KeyNames names = new KeyNames();
        final Set<String> wrong = new TreeSet<>();
        for (int i = 0; i < 20; i++) {
            final String symbol = "COIN" + i + "/USDT:USDT";
            names.add(
                    "pms:price:" + symbol,
                    symbol,
                    List.of(new KeyNames.Form("COIN" + i + "/USDT", "no settlement")));
            wrong.add("pms:price:COIN" + i + "USDT");
            at("pms:price:" + symbol, jedis -> jedis.set("pms:price:" + symbol, "1"));
        }
        wrong.forEach(name -> at(name, jedis -> jedis.set(name, "2")));
        final NameScan scan = new NameScan(names, 0);
        final Map<String, String> nodes = new HashMap<>();
        run(scan, 4, each -> nodes.put(each.target(), each.node()));
        assertEquals(wrong, new TreeSet<>(nodes.keySet()));
        wrong.forEach(name -> assertEquals(rig.owner(name).address().toString(), nodes.get(name)));
        assertEquals(3, new HashSet<>(nodes.values()).size());

        final String moving = wrong.iterator().next();
        final RedisProcess from = rig.owner(moving);
        final RedisProcess to =
                rig.primaries().stream().filter(each -> each != from).findFirst().orElseThrow();
        rig.reshard(List.of(JedisClusterCRC16.getSlot(moving)), from, to);
        run(scan, 4, each -> nodes.put(each.target(), each.node()));
        assertEquals(to.address().toString(), nodes.get(moving));

        at(moving, jedis -> jedis.del(moving));
        final Set<String> gone = new HashSet<>();
        run(
                scan,
                4,
                each -> {
                    if (each.value(Measure.EXISTS) == 0) {
                        gone.add(each.target());
                    }
                });
        assertEquals(Set.of(moving), gone);
    }

    /** A key that was moved already while its slot has not changed hands is read where it is. */
    @Test
    void aKeyThatHasGoneAheadOfItsSlotIsRead() {
        final String key = "pms:risk:acc-1";
        at(key, jedis -> jedis.set(key, "{}"));
        final RedisProcess from = rig.owner(key);
        final RedisProcess to =
                rig.primaries().stream().filter(each -> each != from).findFirst().orElseThrow();
        final int slot = JedisClusterCRC16.getSlot(key);
        try (Jedis source = from.client();
                Jedis target = to.client()) {
            target.clusterSetSlotImporting(slot, source.clusterMyId());
            source.clusterSetSlotMigrating(slot, target.clusterMyId());
            source.migrate("127.0.0.1", to.port(), key, 0, 1_000);
            assertEquals("{}", ProbeLink.text(link.ask(Command.GET, key)));
            assertEquals(to.address().toString(), link.answered());
            target.clusterSetSlotNode(slot, target.clusterMyId());
            source.clusterSetSlotNode(slot, target.clusterMyId());
        }
    }

    @Test
    void cachedValuesAndSnapshotsOfEveryShard() throws Exception {
        final Set<String> risks = new TreeSet<>();
        for (int i = 0; i < 30; i++) {
            final String risk = "pms:risk:acc-" + i;
            risks.add(risk);
            at(risk, jedis -> jedis.set(risk, "{\"a\":1}", SetParams.setParams().ex(100)));
            final String cached = "cache:" + i;
            at(cached, jedis -> jedis.set(cached, "x", SetParams.setParams().ex(100)));
        }
        at("cache:7", jedis -> jedis.persist("cache:7"));
        final Map<String, String> nodes = new HashMap<>();
        run(
                new SnapshotProbe("pms:risk:{id}", List.of(), 0),
                1,
                each -> nodes.put(each.item(), each.node()));
        assertEquals(risks, new TreeSet<>(nodes.keySet()));
        risks.forEach(key -> assertEquals(rig.owner(key).address().toString(), nodes.get(key)));

        run(
                new NoExpiryProbe("cache:*", 0),
                1,
                each -> {
                    assertEquals(30, each.value(Measure.LENGTH));
                    assertEquals(1, each.value(Measure.WITHOUT_TTL));
                    assertEquals("cache:7", each.text());
                    assertEquals(rig.owner("cache:7").address().toString(), each.node());
                });
    }

    private void run(
            final Probe<ProbeLink> probe, final int times, final Consumer<AroundRig.Told> taken)
            throws Exception {
        for (int i = 0; i < times; i++) {
            readings.run(probe, link, report).forEach(taken);
        }
    }
}
