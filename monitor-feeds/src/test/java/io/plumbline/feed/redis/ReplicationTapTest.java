package io.plumbline.feed.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.redis.server.RedisBinary;
import io.plumbline.feed.redis.server.RedisProcess;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.KeyState;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.Resolution;
import io.plumbline.market.Rung;
import io.plumbline.metrics.CounterId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.params.ClientKillParams;
import redis.clients.jedis.params.SetParams;

/** The replication tap on real servers: a primary with one replica. */
@Tag("servers")
final class ReplicationTapTest {
    private static final int KEYS = 10;
    private static final int WRITES_PER_SECOND = 15_000;
    private static final int SECONDS = 6;
    private static final int BURST = 150;

    @TempDir private Path folder;

    /** A primary, its replica, and what they have done before the tap came. */
    private static final class Pair implements AutoCloseable {
        private final RedisProcess primary;
        private final RedisProcess replica;

        Pair(final RedisBinary binary, final Path folder) throws IOException {
            binary.assumePresent();
            primary = new RedisProcess(binary, folder, List.of()).start();
            replica =
                    new RedisProcess(
                            binary,
                            folder,
                            List.of(
                                    "replicaof 127.0.0.1 " + primary.port(),
                                    "repl-ping-replica-period 1"));
        }

        RedisSettings settings() {
            return RedisSettings.parse("redis://127.0.0.1:" + primary.port())
                    .withRung(RungChoice.REPLICATION);
        }

        String forks() {
            return "sync_full "
                    + primary.info("sync_full")
                    + '/'
                    + replica.info("sync_full")
                    + ", total_forks "
                    + primary.info("total_forks")
                    + '/'
                    + replica.info("total_forks");
        }

        @Override
        public void close() {
            replica.close();
            primary.close();
        }
    }

    private Pair pair(final RedisBinary binary) throws IOException {
        final Pair pair = new Pair(binary, folder);
        pair.replica.start();
        for (int i = 0; !pair.replica.info("master_link_status").equals("up"); i++) {
            assertTrue(i < 1_000, "the replica does not come up");
            LockSupport.parkNanos(20_000_000L);
        }
        for (int i = 0; !pair.primary.info("slave0").contains("state=online"); i++) {
            assertTrue(i < 1_000, "the replica is not online");
            LockSupport.parkNanos(20_000_000L);
        }
        return pair;
    }

    @ParameterizedTest
    @EnumSource(RedisBinary.class)
    void everyWriteOfHotKeysIsSeenAlsoAcrossALostConnection(final RedisBinary binary)
            throws IOException {
        try (Pair pair = pair(binary);
                RedisRig rig = new RedisRig(pair.settings(), RedisRig.plain(KEYS))) {
            final String before = pair.forks();
            rig.startFeed().awaitRung(Rung.REPLICATION);
            assertEquals(1, ours(pair.replica).size(), "it prefers the replica");
            assertEquals(0, ours(pair.primary).size());
            final int mark = rig.mark();
            final Map<String, List<String>> written = new HashMap<>();
            final int total = WRITES_PER_SECOND * SECONDS;
            int killed = 0;
            final long startNs = rig.clock.epochNanos();
            try (Jedis jedis = pair.primary.client();
                    Pipeline pipeline = jedis.pipelined()) {
                for (int i = 0; i < total; i++) {
                    final String key = "pms:price:S" + i % KEYS;
                    final String value = Integer.toString(1_000_000 + i);
                    pipeline.set(key, value);
                    written.computeIfAbsent(key, any -> new ArrayList<>()).add(value);
                    if (i % BURST == BURST - 1) {
                        pipeline.sync();
                        final long dueNs = startNs + 1_000_000_000L * i / WRITES_PER_SECOND;
                        LockSupport.parkNanos(Math.max(0, dueNs - rig.clock.epochNanos()));
                    }
                    if (i % (2 * WRITES_PER_SECOND) == WRITES_PER_SECOND) {
                        killed += cut(pair.replica);
                    }
                }
                pipeline.sync();
            }
            final double tookS = (rig.clock.epochNanos() - startNs) / 1e9;
            rig.await(
                    "the last value",
                    10_000,
                    () -> seen(rig, mark).values().stream().mapToInt(List::size).sum() >= total);
            final Map<String, List<String>> seen = seen(rig, mark);
            final long right = seen.values().stream().mapToInt(List::size).sum();
            System.out.printf(
                    "replication tap, %s %d: %d writes in %.1f s over %d keys, %d seen with their"
                            + " value in order, connection cut %d times, resumed %d, breaks %d,"
                            + " missed %d; before: %s; after: %s%n",
                    binary,
                    binary.major(),
                    total,
                    tookS,
                    KEYS,
                    right,
                    killed,
                    rig.counters.get(CounterId.REDIS_STREAM_RESUMES),
                    rig.counters.get(CounterId.REDIS_STREAM_BREAKS),
                    rig.counters.get(CounterId.REDIS_MISSED_UPDATES),
                    before,
                    pair.forks());
            assertEquals(written, seen, "every value, in order, once");
            assertEquals(before, pair.forks());
            assertEquals(3, killed);
            assertEquals(3, rig.counters.get(CounterId.REDIS_STREAM_RESUMES));
            assertEquals(0, rig.counters.get(CounterId.REDIS_STREAM_BREAKS));
            assertEquals(0, rig.counters.get(CounterId.REDIS_MISSED_UPDATES));
            assertEquals(List.of(), rig.facts(mark));
            rig.awaitRightView();
        }
    }

    @ParameterizedTest
    @EnumSource(RedisBinary.class)
    void whateverIsDoneToTheKeysIsKnown(final RedisBinary binary) throws IOException {
        final Map<String, String> keys = new HashMap<>(RedisRig.plain(6));
        keys.put("pms:hash:H", "hash:price,seq=seq,time=ts");
        try (Pair pair = pair(binary);
                RedisRig rig = new RedisRig(pair.settings(), keys)) {
            rig.writer().set("pms:price:S0", "1.5");
            rig.startFeed().awaitRung(Rung.REPLICATION);
            final int mark = rig.mark();
            final Jedis writer = rig.writer();
            writer.set("pms:price:S0", "2.5", SetParams.setParams().px(60_000));
            writer.set("pms:price:S0", "3.5", SetParams.setParams().keepTtl());
            writer.hset("pms:hash:H", Map.of("price", "3", "seq", "9", "ts", "1700000000.5"));
            writer.hset("pms:hash:H", "price", "4");
            final RedisRig.Seen hash = await(rig, mark, "pms:hash:H", "4");
            assertEquals(9, hash.sequence(), "the fields that were not written stay");
            final RedisRig.Seen kept = await(rig, mark, "pms:price:S0", "3.5");
            assertEquals(Resolution.EVERY_WRITE, kept.resolution());
            assertEquals(Rung.REPLICATION, kept.rung());
            assertNotEquals(MarketEvent.NONE, kept.place());
            assertTrue(Math.abs(kept.expiresAtNs() - kept.stampNs() - 60_000_000_000L) < 2e9);
            writer.append("pms:price:S0", "1");
            final RedisRig.Seen read = await(rig, mark, "pms:price:S0", "3.51");
            assertEquals(Resolution.LATEST_VALUE, read.resolution());
            writer.set("tmp", "7.5");
            writer.rename("tmp", "pms:price:S1");
            await(rig, mark, "pms:price:S1", "7.5");
            writer.mset("pms:price:S2", "1", "pms:price:S3", "2");
            await(rig, mark, "pms:price:S3", "2");
            try (Transaction transaction = writer.multi()) {
                transaction.set("pms:price:S4", "1");
                transaction.set("pms:price:S4", "2");
                transaction.exec();
            }
            await(rig, mark, "pms:price:S4", "2");
            assertTrue(
                    rig.seen().stream()
                            .noneMatch(
                                    s -> "pms:price:S4".equals(s.key()) && s.price().equals("1")),
                    "nobody could read the first value of the transaction");
            writer.eval("redis.call('SET', KEYS[1], '8.5')", List.of("pms:price:S5"), List.of());
            await(rig, mark, "pms:price:S5", "8.5");
            writer.select(3);
            writer.set("pms:price:S5", "9");
            writer.del("pms:price:S4");
            writer.select(0);
            writer.set("pms:price:S1", "5", SetParams.setParams().px(150));
            rig.awaitTold(
                    "S1 expired",
                    mark,
                    s -> s.state() == KeyState.EXPIRED && "pms:price:S1".equals(s.key()));
            writer.del("pms:price:S2");
            rig.awaitTold(
                    "S2 deleted",
                    mark,
                    s -> s.state() == KeyState.DELETED && "pms:price:S2".equals(s.key()));
            rig.awaitRightView();
            writer.flushAll();
            rig.awaitTold("flush", mark, s -> s.state() == KeyState.FLUSHED);
            rig.awaitTold(
                    "all gone", mark, s -> rig.view().values().stream().allMatch(v -> v == null));
            writer.select(1);
            writer.set("pms:price:S0", "6.5");
            writer.select(0);
            writer.swapDB(0, 1);
            await(rig, mark, "pms:price:S0", "6.5");
            assertEquals(List.of(), rig.facts(mark));
            assertEquals(0, rig.counters.get(CounterId.REDIS_MISSED_UPDATES));
        }
    }

    @ParameterizedTest
    @EnumSource(RedisBinary.class)
    void refusesWithoutABacklogAndClimbsWhenThereIsOne(final RedisBinary binary)
            throws IOException {
        try (Pair pair = new Pair(binary, folder);
                RedisRig rig = new RedisRig(pair.settings(), RedisRig.plain(3))) {
            pair.primary.client().configSet("notify-keyspace-events", "K$ghxe");
            rig.startFeed().awaitRung(Rung.NOTIFICATION);
            rig.awaitFact("OBSERVER_DEGRADED", 0);
            assertEquals("0", pair.primary.info("sync_full"));
            assertEquals("0", pair.primary.info("total_forks"));
            assertTrue(
                    rig.feed().probe().toString().contains("repl_backlog_active is 0"),
                    rig.feed().probe().toString());
            pair.replica.start();
            rig.await("the climb", 20_000, () -> rig.feed().probe().rung() == Rung.REPLICATION);
            rig.awaitFact("OBSERVER_RECOVERED", 0);
            assertEquals("1", pair.primary.info("sync_full"), "the replica's own");
            rig.writer().set("pms:price:S0", "5");
            rig.awaitTold("S0", 0, s -> "5".equals(s.price()));
        }
    }

    @ParameterizedTest
    @EnumSource(RedisBinary.class)
    void fallsWhenItsPlaceIsNoLongerInTheBacklogAndComesBack(final RedisBinary binary)
            throws IOException {
        try (Pair pair = pair(binary);
                RedisRig rig = new RedisRig(pair.settings(), RedisRig.plain(3))) {
            rig.startFeed().awaitRung(Rung.REPLICATION);
            final int mark = rig.mark();
            rig.writer().set("pms:price:S0", "1");
            await(rig, mark, "pms:price:S0", "1");
            pair.replica.kill();
            rig.awaitFact("OBSERVER_DEGRADED", mark);
            rig.writer().set("pms:price:S0", "2");
            rig.await(
                    "the tap is at the primary",
                    20_000,
                    () ->
                            rig.feed().probe().rung() == Rung.REPLICATION
                                    && ours(pair.primary).size() == 1);
            rig.awaitRightView();
            rig.writer().set("pms:price:S0", "3");
            assertEquals(Rung.REPLICATION, await(rig, mark, "pms:price:S0", "3").rung());
            assertEquals("1", pair.primary.info("sync_full"));
            assertEquals(1, rig.counters.get(CounterId.REDIS_STREAM_BREAKS));
            rig.awaitFact("OBSERVER_RECOVERED", mark);
        }
    }

    private static RedisRig.Seen await(
            final RedisRig rig, final int mark, final String key, final String price) {
        rig.awaitTold(key, mark, s -> key.equals(s.key()) && price.equals(s.price()));
        return rig.seen().stream()
                .skip(mark)
                .filter(s -> key.equals(s.key()) && price.equals(s.price()))
                .findFirst()
                .orElseThrow();
    }

    /** Values per key, as they were told. */
    private static Map<String, List<String>> seen(final RedisRig rig, final int mark) {
        final Map<String, List<String>> seen = new HashMap<>();
        for (final RedisRig.Seen each : rig.since(mark, InboundType.REDIS_VALUE)) {
            if (each.resolution() == Resolution.EVERY_WRITE) {
                seen.computeIfAbsent(each.key(), any -> new ArrayList<>()).add(each.price());
            }
        }
        return seen;
    }

    /** Ids of the connections over which we tap {@code redis}. */
    private static List<String> ours(final RedisProcess redis) {
        try (Jedis jedis = redis.client()) {
            return jedis.clientList()
                    .lines()
                    .filter(line -> line.contains("name=plumbline") && line.contains("flags=S"))
                    .map(line -> line.substring(3, line.indexOf(' ')))
                    .toList();
        }
    }

    private static int cut(final RedisProcess redis) {
        final List<String> ids = ours(redis);
        try (Jedis jedis = redis.client()) {
            ids.forEach(id -> jedis.clientKill(ClientKillParams.clientKillParams().id(id)));
        }
        return ids.size();
    }
}
