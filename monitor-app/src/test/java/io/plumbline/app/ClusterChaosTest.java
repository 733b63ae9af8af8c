package io.plumbline.app;

import static io.plumbline.finding.FindingKind.OBSERVER_DEGRADED;
import static io.plumbline.finding.FindingKind.REDIS_DOWN;
import static io.plumbline.finding.FindingKind.REDIS_MOVED;
import static io.plumbline.finding.FindingKind.REDIS_SLOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.redis.server.RedisBinary;
import io.plumbline.feed.redis.server.RedisProcess;
import io.plumbline.finding.FindingKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Primaries that change and slots that move, under a whole monitor and a writer that follows. */
@Tag("servers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ClusterChaosTest {
    private static final String RUNG = "notification";
    private static final int PER_SECOND = 500;

    /** What nodes that die, stand still and change places may cause to be said: no price. */
    private static final FindingKind[] ALLOWED = {
        REDIS_MOVED,
        REDIS_DOWN,
        REDIS_SLOW,
        OBSERVER_DEGRADED,
        FindingKind.CLUSTER_UNHEALTHY,
        FindingKind.REPLICATION_BROKEN,
        FindingKind.REDIS_RESTARTED,
        FindingKind.REDIS_CLIENTS_DROPPED
    };

    private static final int PER_SECOND_FAST = 2_000;
    private static final int SLOTS_MOVED = 1_000;

    private ClusterServers servers;
    private ChaosRig rig;

    @BeforeAll
    void start(@TempDir final Path folder) throws Exception {
        servers =
                new ClusterServers(
                        RedisBinary.INSTALLED.assumePresent(), folder.resolve("servers"));
        rig = new ChaosRig(folder.resolve("monitor"), servers, RUNG, PER_SECOND);
    }

    @AfterAll
    void stop() throws IOException {
        try {
            if (rig != null) {
                final WriteAccount account = rig.account();
                System.out.println(getClass().getSimpleName() + ": " + account);
                assertEquals(List.of(), account.silent(), account.toString());
                rig.close();
            }
        } finally {
            if (servers != null) {
                servers.close();
            }
        }
    }

    @BeforeEach
    void calm() {
        servers.rig.awaitWell();
        rig.calm(RUNG);
    }

    @Test
    void aMisnamedKeyIsFoundAtItsNode() {
        final String right = rig.keys().get(0);
        final String wrong = right.toLowerCase(Locale.ROOT);
        final RedisProcess owner = servers.rig.owner(wrong);
        rig.broken();
        try (Jedis jedis = owner.client()) {
            jedis.set(wrong, "1");
            Await.until(
                    "the wrong name",
                    15,
                    () ->
                            rig.found().stream()
                                    .anyMatch(
                                            each ->
                                                    each.kind() == FindingKind.KEY_MISNAMED
                                                            && each.sentence()
                                                                    .contains(
                                                                            wrong
                                                                                    + "\" at "
                                                                                    + owner
                                                                                            .address())),
                    rig::state);
            jedis.del(wrong);
        }
        rig.assertOnly(FindingKind.KEY_MISNAMED);
    }

    @Test
    void failedOverByCommand() {
        rig.broken();
        servers.rig.failOver(servers.rig.owner(rig.keys().get(0)));
        rig.awaitBack(rig.clock.epochNanos());
        rig.assertOnly(ALLOWED);
    }

    @Test
    void primaryKilled() throws IOException {
        final RedisProcess primary = servers.rig.owner(rig.keys().get(0));
        rig.broken();
        try {
            servers.rig.kill(primary);
            final long servedNs = rig.clock.epochNanos();
            rig.awaitTold(REDIS_DOWN, REDIS_MOVED);
            rig.awaitBack(servedNs);
        } finally {
            primary.start();
        }
        rig.assertOnly(ALLOWED);
    }

    @Test
    void primaryFrozenForTenSeconds() throws IOException {
        final RedisProcess primary = servers.rig.owner(rig.keys().get(0));
        rig.broken();
        primary.freeze();
        try {
            rig.awaitTold(REDIS_DOWN, REDIS_SLOW, REDIS_MOVED);
            Await.pass(10_000 - (rig.clock.epochNanos() - rig.brokenNs()) / 1_000_000L);
            rig.awaitBack(rig.clock.epochNanos());
        } finally {
            primary.thaw();
        }
        Await.pass(3_000);
        rig.awaitBack(rig.clock.epochNanos());
        rig.assertOnly(ALLOWED);
    }

    /** Those of watched keys among them: each is deleted here and restored there. */
    @Test
    void aThousandSlotsMoveUnderTwoThousandWritesASecond() {
        final RedisProcess from = servers.rig.owner(rig.keys().get(0));
        final RedisProcess to =
                servers.rig.primaries().stream()
                        .filter(node -> node != from)
                        .findFirst()
                        .orElseThrow();
        final List<Integer> owned = servers.rig.owned(from);
        final Set<Integer> slots = new LinkedHashSet<>();
        rig.keys().stream()
                .map(JedisClusterCRC16::getSlot)
                .filter(owned::contains)
                .forEach(slots::add);
        assertTrue(slots.size() > 1, slots.toString());
        owned.stream().takeWhile(slot -> slots.size() < SLOTS_MOVED).forEach(slots::add);
        assertEquals(SLOTS_MOVED, slots.size());
        rig.writer.rate(PER_SECOND_FAST);
        try {
            final long sinceNs = rig.broken();
            servers.rig.reshard(slots, from, to);
            final long movedNs = rig.clock.epochNanos();
            rig.awaitBack(movedNs);
            final long written = rig.writer.doneSince(sinceNs);
            System.out.println(
                    slots.size()
                            + " slots moved in "
                            + (movedNs - sinceNs) / 1_000_000L
                            + " ms, under "
                            + written
                            + " writes");
        } finally {
            rig.writer.rate(PER_SECOND);
        }
        rig.assertOnly();
    }
}
