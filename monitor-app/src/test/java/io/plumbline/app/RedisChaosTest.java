package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.finding.Edge;
import io.plumbline.finding.FindingKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.util.SafeEncoder;

/**
 * What happens to a real Redis, under a monitor that watches it and a writer that does its best:
 * told as what it is, soon, and never as a wrong price.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisChaosTest {
    private static final long TOLD_WITHIN_NS = TimeUnit.SECONDS.toNanos(3);
    private static final Set<FindingKind> HONEST =
            EnumSet.of(
                    FindingKind.OBSERVER_DEGRADED,
                    FindingKind.REDIS_DOWN,
                    FindingKind.REDIS_SLOW,
                    FindingKind.REDIS_RESTARTED,
                    FindingKind.KEY_DELETED,
                    FindingKind.KEY_MISSING);

    private LiveRig rig;
    private int mark;
    private long brokenNs;

    @BeforeAll
    void start(@TempDir final Path folder) throws Exception {
        rig =
                new LiveRig(
                        folder,
                        "detectors:\n"
                                + "  price: {frozenFor: 1500ms}\n"
                                + "  staleness: {connection: 10s, symbol: 10s}\n"
                                + "http: {port: 0}\n");
    }

    @AfterAll
    void stop() throws IOException {
        if (rig != null) {
            rig.close();
        }
    }

    @BeforeEach
    void calm() {
        awaitWell();
        Await.pass(1_500);
        mark = rig.mark();
    }

    @AfterEach
    void wellAgain() throws IOException {
        awaitWell();
        rig.pauseMarket(true);
        try {
            Await.until(
                    "the view to equal Redis",
                    5,
                    () -> rig.redisValues().equals(rig.apiColumn("redisPrice")),
                    () -> rig.redisValues() + " but " + last());
        } finally {
            rig.pauseMarket(false);
        }
        Await.pass(500);
        final List<LiveRig.Seen> dishonest =
                rig.since(mark).stream().filter(f -> !HONEST.contains(f.kind())).toList();
        assertEquals(List.of(), dishonest);
    }

    @Test
    void killedAndRestarted() throws IOException {
        broken();
        kill();
        awaitTold(EnumSet.of(FindingKind.REDIS_DOWN));
        Await.pass(3_500);
        rig.stage.restartRedis();
    }

    @Test
    void restartedAtOnce() throws IOException {
        broken();
        kill();
        rig.stage.restartRedis();
        awaitTold(
                EnumSet.of(
                        FindingKind.REDIS_DOWN,
                        FindingKind.OBSERVER_DEGRADED,
                        FindingKind.KEY_DELETED));
    }

    @Test
    void notificationsSwitchedOff() {
        try (Jedis jedis = rig.redis()) {
            broken();
            jedis.configSet("notify-keyspace-events", "");
            awaitTold(EnumSet.of(FindingKind.OBSERVER_DEGRADED));
            Await.pass(2_500);
            jedis.configSet("notify-keyspace-events", "K$ghxe");
        }
    }

    @Test
    void subscriberKilled() {
        ask("CLIENT", "KILL", "TYPE", "pubsub");
        awaitTold(EnumSet.of(FindingKind.OBSERVER_DEGRADED));
    }

    @Test
    void flushed() {
        ask("FLUSHALL");
        final LiveRig.Seen told =
                awaitTold(EnumSet.of(FindingKind.KEY_DELETED, FindingKind.OBSERVER_DEGRADED));
        if (told.kind() == FindingKind.KEY_DELETED) {
            assertEquals("flushed", told.cause(), told.toString());
        }
    }

    @Test
    void flushedWhileTheMarketRests() {
        rig.pauseMarket(true);
        try {
            ask("FLUSHALL");
            assertEquals("flushed", awaitTold(EnumSet.of(FindingKind.KEY_DELETED)).cause());
        } finally {
            rig.pauseMarket(false);
        }
    }

    @Test
    void standsStillForTwoSeconds() {
        ask("DEBUG", "SLEEP", "2");
        awaitTold(EnumSet.of(FindingKind.REDIS_SLOW, FindingKind.REDIS_DOWN));
    }

    @Test
    void standsStillForFourSeconds() {
        ask("DEBUG", "SLEEP", "4");
        awaitTold(EnumSet.of(FindingKind.REDIS_SLOW, FindingKind.REDIS_DOWN));
    }

    private Object last() {
        try {
            return rig.apiColumn("redisPrice");
        } catch (final IOException e) {
            return e;
        }
    }

    private void kill() {
        final long process;
        try (Jedis jedis = rig.redis()) {
            process =
                    jedis.info("server")
                            .lines()
                            .filter(line -> line.startsWith("process_id:"))
                            .mapToLong(line -> Long.parseLong(line.substring(11).trim()))
                            .findFirst()
                            .orElseThrow();
        }
        final ProcessHandle server = ProcessHandle.of(process).orElseThrow();
        assertTrue(server.destroyForcibly());
        server.onExit().join();
    }

    /** Sends it and does not wait for the answer. */
    private void ask(final String command, final String... arguments) {
        broken();
        try (Connection connection =
                new Connection(
                        new HostAndPort("127.0.0.1", rig.stage.redisPort()),
                        DefaultJedisClientConfig.builder().serverDefaultProtocol().build())) {
            connection.setSoTimeout(10_000);
            connection.sendCommand(() -> SafeEncoder.encode(command), arguments);
            connection.getOne();
        }
    }

    private void broken() {
        brokenNs = rig.clock.epochNanos();
    }

    private void awaitWell() {
        Await.until(
                "everything to be well",
                30,
                () -> rig.allLive() && rig.onNotifications() && rig.open().isEmpty(),
                rig::state);
    }

    private LiveRig.Seen awaitTold(final Set<FindingKind> kinds) {
        Await.until("one of " + kinds, 10, () -> told(kinds) != null, rig::state);
        final LiveRig.Seen told = told(kinds);
        final long delayNs = told.atNs() - brokenNs;
        assertTrue(delayNs <= TOLD_WITHIN_NS, told.kind() + " after " + delayNs + " ns");
        return told;
    }

    private LiveRig.Seen told(final Set<FindingKind> kinds) {
        return rig.since(mark).stream()
                .filter(f -> f.edge() == Edge.OPEN && kinds.contains(f.kind()))
                .findFirst()
                .orElse(null);
    }
}
