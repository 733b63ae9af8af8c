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

/** A Redis whose primaries change, under a whole monitor and a writer that follows. */
@Tag("servers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FailoverChaos<S extends PriceServers> {
    /** What nodes that die, stand still and change places may cause to be said: no price. */
    static final FindingKind[] ALLOWED = {
        REDIS_MOVED,
        REDIS_DOWN,
        REDIS_SLOW,
        OBSERVER_DEGRADED,
        FindingKind.CLUSTER_UNHEALTHY,
        FindingKind.REPLICATION_BROKEN,
        FindingKind.REDIS_RESTARTED,
        // That our own feed was held up, which the machine does when many nodes vote at once.
        FindingKind.PRICE_AHEAD
    };

    static final int PER_SECOND = 500;

    S servers;
    ChaosRig rig;

    /** By which rung it is observed, as in a configuration. */
    String rung() {
        return "notification";
    }

    abstract S open(RedisBinary binary, Path folder) throws IOException;

    /** Waits until all nodes live and follow their primaries. */
    abstract void awaitWell();

    /** Who takes the writes of the first key now. */
    abstract RedisProcess primary();

    /** Another takes over and nothing dies; returns when it takes writes. */
    abstract void failOver(RedisProcess primary);

    /** Another takes over from the dead; returns when it takes writes. */
    abstract void kill(RedisProcess primary);

    @BeforeAll
    void start(@TempDir final Path folder) throws Exception {
        servers = open(RedisBinary.INSTALLED.assumePresent(), folder.resolve("servers"));
        rig = new ChaosRig(folder.resolve("monitor"), servers, rung(), PER_SECOND);
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
        awaitWell();
        rig.calm(rung());
    }

    @Test
    void failedOverByCommand() {
        rig.broken();
        failOver(primary());
        rig.awaitBack(rig.clock.epochNanos());
        rig.assertOnly(ALLOWED);
    }

    @Test
    void primaryKilled() throws IOException {
        final RedisProcess primary = primary();
        rig.broken();
        try {
            kill(primary);
            final long servedNs = rig.clock.epochNanos();
            rig.awaitTold(REDIS_DOWN, REDIS_MOVED);
            rig.awaitBack(servedNs);
        } finally {
            primary.start();
        }
        rig.assertOnly(ALLOWED);
    }

    /** The old primary does not know, when it thaws, that there is another. */
    @Test
    void primaryFrozenForTenSeconds() throws IOException {
        final RedisProcess primary = primary();
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
}
