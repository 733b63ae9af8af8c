package io.plumbline.app;

import static io.plumbline.finding.FindingKind.KEY_DELETED;
import static io.plumbline.finding.FindingKind.KEY_MISSING;
import static io.plumbline.finding.FindingKind.OBSERVER_DEGRADED;
import static io.plumbline.finding.FindingKind.REDIS_DOWN;
import static io.plumbline.finding.FindingKind.REDIS_RESTARTED;
import static io.plumbline.finding.FindingKind.REDIS_SLOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.redis.server.RedisBinary;
import io.plumbline.metrics.CounterId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/**
 * What can happen to a standalone Redis under a monitor that watches it by one rung and a writer
 * that does its best: told within three seconds as what it is, never as a wrong price, and three
 * seconds after Redis can answer again the monitor sees what stands in it. At the end every write
 * of all scenarios is accounted for, and the journal gives the same findings again.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RedisChaos {
    static final int PER_SECOND = 500;
    static final int PER_SECOND_FAST = 2_000;

    OneServer server;
    ChaosRig rig;

    abstract RedisBinary binary();

    /** As in a configuration. */
    abstract String rung();

    /** What this rung promises beyond that no write is silent. */
    void assertPromise(final WriteAccount account) {
        assertTrue(account.written() > 1_000, account.toString());
    }

    /** Whether this rung brings every value, of swapped databases too; it needs a replica. */
    boolean seesEveryWrite() {
        return false;
    }

    /** Ends the connection over which the monitor is told of writes. */
    abstract void killPushConnection(Jedis jedis);

    @BeforeAll
    void start(@TempDir final Path folder) throws Exception {
        server = new OneServer(binary(), folder.resolve("servers"), seesEveryWrite()).start();
        rig = new ChaosRig(folder.resolve("monitor"), server, rung(), PER_SECOND);
    }

    @AfterAll
    void stop() throws IOException {
        try {
            if (rig != null) {
                final WriteAccount account = rig.account();
                System.out.println(getClass().getSimpleName() + ": " + account);
                assertEquals(List.of(), account.silent(), account.toString());
                assertPromise(account);
                rig.close();
            }
        } finally {
            if (server != null) {
                server.close();
            }
        }
    }

    @BeforeEach
    void calm() {
        rig.calm(rung());
    }

    @Test
    void killedAndRestarted() throws IOException {
        rig.broken();
        server.redis.kill();
        rig.awaitTold(REDIS_DOWN);
        Await.pass(3_500);
        server.redis.start();
        rig.awaitBack(rig.clock.epochNanos());
        rig.assertOnly(REDIS_DOWN, REDIS_RESTARTED, OBSERVER_DEGRADED, KEY_DELETED, KEY_MISSING);
    }

    @Test
    void killedAndRestartedAtOnce() throws IOException {
        rig.broken();
        server.redis.kill();
        server.redis.start();
        rig.awaitTold(REDIS_DOWN, OBSERVER_DEGRADED, KEY_DELETED);
        rig.awaitBack(rig.clock.epochNanos());
        rig.assertOnly(REDIS_DOWN, REDIS_RESTARTED, OBSERVER_DEGRADED, KEY_DELETED, KEY_MISSING);
    }

    @Test
    @Tag("servers")
    void frozenForTenSeconds() throws IOException {
        rig.broken();
        server.redis.freeze();
        final long thawedNs;
        try {
            rig.awaitTold(REDIS_DOWN, REDIS_SLOW);
            Await.pass(8_000);
        } finally {
            thawedNs = rig.clock.epochNanos();
            server.redis.thaw();
        }
        rig.awaitBack(thawedNs);
        rig.assertOnly(REDIS_DOWN, REDIS_SLOW, OBSERVER_DEGRADED);
    }

    @Test
    void sleepsForThreeSeconds() {
        rig.broken();
        try (Jedis jedis = server.redis.client()) {
            jedis.sendCommand(() -> "DEBUG".getBytes(), "SLEEP", "3");
        }
        rig.awaitTold(REDIS_DOWN, REDIS_SLOW);
        rig.awaitBack(rig.clock.epochNanos());
        rig.assertOnly(REDIS_DOWN, REDIS_SLOW, OBSERVER_DEGRADED);
    }

    @Test
    void pushConnectionKilled() {
        killPushConnection();
        assertLossTold();
    }

    @Test
    @Tag("servers")
    void pushConnectionKilledEveryFiveSeconds() {
        for (int i = 0; i < 4; i++) {
            final long killedNs = killPushConnection();
            Await.pass(5_000 - (rig.clock.epochNanos() - killedNs) / 1_000_000L);
        }
        assertLossTold();
    }

    /** What goes on where it was cut has lost nothing, and says nothing. */
    private void assertLossTold() {
        if (seesEveryWrite()) {
            rig.assertOnly();
        } else {
            rig.awaitTold(OBSERVER_DEGRADED);
            rig.assertOnly(OBSERVER_DEGRADED);
        }
    }

    private long killPushConnection() {
        final long killedNs = rig.broken();
        try (Jedis jedis = server.redis.client()) {
            killPushConnection(jedis);
        }
        rig.awaitBack(killedNs);
        return killedNs;
    }

    @Test
    @Tag("servers")
    void everythingTakenFromItsUserAndGivenBack() {
        rig.broken();
        server.acl("resetkeys", "resetchannels", "-@all");
        rig.awaitTold(OBSERVER_DEGRADED, REDIS_DOWN);
        Await.pass(4_000);
        server.acl(OneServer.MAY);
        rig.awaitBack(rig.clock.epochNanos());
        rig.assertOnly(OBSERVER_DEGRADED, REDIS_DOWN);
    }

    @Test
    void flushed() {
        final long flushedNs = rig.broken();
        try (Jedis jedis = server.redis.client()) {
            jedis.flushAll();
        }
        rig.awaitBack(flushedNs);
        rig.assertOnly(KEY_DELETED, OBSERVER_DEGRADED);
    }

    @Test
    void flushedWhileTheWriterRests() {
        rig.rest(0);
        Await.pass(500);
        rig.broken();
        try (Jedis jedis = server.redis.client()) {
            jedis.flushAll();
            assertEquals("flushed", rig.awaitTold(KEY_DELETED).cause());
        } finally {
            rig.resume(PER_SECOND);
        }
        rig.awaitBack(rig.clock.epochNanos());
        rig.assertOnly(KEY_DELETED, OBSERVER_DEGRADED);
    }

    /** Another database comes in place of this one: every key has changed and nobody told. */
    @Test
    void swappedWithOlderValues() {
        rig.rest(0);
        Await.pass(500);
        final List<String> keys = rig.keys();
        try (Jedis jedis = server.redis.client()) {
            keys.forEach(key -> jedis.copy(key, key, 1, true));
            rig.rest(PER_SECOND_FAST);
            Await.pass(300);
            rig.rest(0);
            Await.pass(1_500);
            final long before = rig.monitor.counters().get(CounterId.REDIS_MISSED_UPDATES);
            final long swappedNs = rig.broken();
            jedis.swapDB(0, 1);
            if (!seesEveryWrite()) {
                rig.awaitTold(OBSERVER_DEGRADED);
            }
            rig.awaitBack(swappedNs);
            assertEquals(
                    seesEveryWrite() ? 0 : keys.size(),
                    rig.monitor.counters().get(CounterId.REDIS_MISSED_UPDATES) - before);
            jedis.select(1);
            jedis.flushDB();
        } finally {
            rig.resume(PER_SECOND);
        }
        rig.assertOnly(OBSERVER_DEGRADED);
    }

    @Test
    void swappedWithAnEmptyDatabase() {
        try (Jedis jedis = server.redis.client()) {
            final long swappedNs = rig.broken();
            jedis.swapDB(0, 1);
            rig.awaitBack(swappedNs);
            jedis.select(1);
            jedis.flushDB();
        }
        rig.assertOnly(KEY_DELETED, OBSERVER_DEGRADED);
    }
}
