package io.plumbline.app;

import static io.plumbline.finding.FindingKind.OBSERVER_DEGRADED;
import static io.plumbline.finding.FindingKind.REDIS_DOWN;
import static io.plumbline.finding.FindingKind.REDIS_MOVED;
import static io.plumbline.finding.FindingKind.REDIS_SLOW;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.feed.redis.server.RedisBinary;
import io.plumbline.feed.redis.server.RedisProcess;
import io.plumbline.finding.FindingKind;
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

/** A master that changes, under a whole monitor and a writer that asks the sentinels. */
@Tag("servers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SentinelChaosTest {
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

    private SentinelServers servers;
    private ChaosRig rig;

    @BeforeAll
    void start(@TempDir final Path folder) throws Exception {
        servers =
                new SentinelServers(
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
        servers.rig.awaitReplicas();
        rig.calm(RUNG);
    }

    @Test
    void failedOverByCommand() {
        rig.broken();
        servers.rig.failOver();
        rig.awaitBack(rig.clock.epochNanos());
        rig.assertOnly(ALLOWED);
    }

    @Test
    void masterKilled() throws IOException {
        final RedisProcess master = servers.rig.master();
        rig.broken();
        try {
            servers.rig.killMaster();
            final long mastersNs = rig.clock.epochNanos();
            rig.awaitTold(REDIS_DOWN, REDIS_MOVED);
            rig.awaitBack(mastersNs);
        } finally {
            master.start();
        }
        rig.assertOnly(ALLOWED);
    }

    /** The old master does not know, when it thaws, that there is another. */
    @Test
    void masterFrozenForTenSeconds() throws IOException {
        final RedisProcess master = servers.rig.master();
        rig.broken();
        master.freeze();
        try {
            rig.awaitTold(REDIS_DOWN, REDIS_SLOW, REDIS_MOVED);
            Await.pass(10_000 - (rig.clock.epochNanos() - rig.brokenNs()) / 1_000_000L);
            rig.awaitBack(rig.clock.epochNanos());
        } finally {
            master.thaw();
        }
        Await.pass(3_000);
        rig.awaitBack(rig.clock.epochNanos());
        rig.assertOnly(ALLOWED);
    }
}
