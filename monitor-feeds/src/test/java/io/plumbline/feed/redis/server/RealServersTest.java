package io.plumbline.feed.redis.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.util.JedisClusterCRC16;

/** The servers that other tests break do what these tests take for granted. */
@Tag("servers")
final class RealServersTest {
    @TempDir private Path folder;

    private static RedisBinary installed() {
        return RedisBinary.INSTALLED.assumePresent();
    }

    @Test
    void frozenThawedKilledAndRestartedWithItsData() throws IOException {
        try (RedisProcess redis =
                new RedisProcess(installed(), folder, List.of("appendonly yes")).start()) {
            try (Jedis jedis = redis.client()) {
                jedis.set("a", "1");
                redis.freeze();
                assertThrows(JedisConnectionException.class, () -> impatient(redis).close());
                redis.thaw();
                assertEquals("1", jedis.get("a"));
            }
            final long first = redis.pid();
            redis.kill();
            assertFalse(redis.running());
            redis.start();
            assertNotEquals(first, redis.pid());
            try (Jedis jedis = redis.client()) {
                assertEquals("1", jedis.get("a"));
            }
        }
    }

    @Test
    void sentinelsFailOverByCommandAndByKill() throws IOException {
        try (SentinelRig rig =
                new SentinelRig(installed(), folder, List.of("notify-keyspace-events K$ghxe"))
                        .start()) {
            final RedisProcess first = rig.master();
            try (Jedis jedis = first.client()) {
                jedis.set("a", "1");
                assertEquals(2, jedis.waitReplicas(2, 5_000));
            }
            final RedisProcess second = rig.failOver();
            assertNotSame(first, second);
            rig.awaitReplicas();
            final RedisProcess third = rig.killMaster();
            assertNotSame(second, third);
            second.start();
            rig.awaitReplicas();
            assertSame(third, rig.master());
            try (Jedis jedis = third.client()) {
                assertEquals("1", jedis.get("a"));
            }
        }
    }

    @Test
    void clusterFailsOverAndReshards() throws IOException {
        try (ClusterRig rig = new ClusterRig(installed(), folder, List.of()).start()) {
            final RedisProcess first = rig.owner("a");
            try (Jedis jedis = first.client()) {
                jedis.set("a", "1");
            }
            final RedisProcess second = rig.failOver(first);
            rig.awaitWell();
            assertSame(second, rig.owner("a"));
            final RedisProcess third = rig.kill(second);
            assertSame(first, third);
            second.start();
            rig.awaitWell();
            final int slot = JedisClusterCRC16.getSlot("a");
            final RedisProcess other =
                    rig.primaries().stream()
                            .filter(node -> node != third)
                            .findFirst()
                            .orElseThrow();
            rig.reshard(List.of(slot, slot + 1), third, other);
            rig.awaitWell();
            assertSame(other, rig.owner("a"));
            try (Jedis jedis = other.client()) {
                assertEquals("1", jedis.get("a"));
                assertNull(jedis.get("{a}b"));
            }
        }
    }

    private static Jedis impatient(final RedisProcess redis) {
        return new Jedis(
                redis.address(),
                DefaultJedisClientConfig.builder()
                        .serverDefaultProtocol()
                        .socketTimeoutMillis(200)
                        .build());
    }
}
