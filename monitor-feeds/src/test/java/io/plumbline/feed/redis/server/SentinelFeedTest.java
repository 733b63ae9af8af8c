package io.plumbline.feed.redis.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.redis.RedisNode;
import io.plumbline.feed.redis.RedisSettings;
import io.plumbline.feed.redis.Topology;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/**
 * The master that sentinels name is followed: a planned switch has moved it, only a death is down.
 */
@Tag("servers")
final class SentinelFeedTest {
    private static final int KEYS = 20;

    @TempDir private Path folder;

    @Test
    void shouldFollowThePlannedSwitchAndTellADeath() throws IOException {
        try (SentinelRig rig =
                        new SentinelRig(
                                        RedisBinary.INSTALLED.assumePresent(),
                                        folder,
                                        List.of("notify-keyspace-events K$ghxe"))
                                .start();
                ObservedRedis observed = observe(rig)) {
            write(rig.master(), "1");
            observed.awaitLive(1);
            observed.await("first values", 5, () -> observed.view().equals(values("1")));

            int mark = observed.mark();
            final RedisProcess second = rig.failOver();
            write(second, "2");
            observed.await(
                    "values of the new master", 3, () -> observed.view().equals(values("2")));
            assertEquals(1, observed.facts(mark, "REDIS_MOVED").size(), observed.facts(mark) + "");
            assertEquals(List.of(), observed.facts(mark, "REDIS_DOWN"));
            assertTrue(
                    observed.facts(mark, "REDIS_MOVED")
                            .get(0)
                            .contains("to 127.0.0.1:" + second.port()));
            rig.awaitReplicas();

            mark = observed.mark();
            final RedisProcess third = rig.killMaster();
            write(third, "3");
            observed.await("values of the heir", 3, () -> observed.view().equals(values("3")));
            assertEquals(1, observed.facts(mark, "REDIS_DOWN").size(), observed.facts(mark) + "");
            assertEquals(1, observed.facts(mark, "REDIS_UP").size(), observed.facts(mark) + "");
        }
    }

    private static ObservedRedis observe(final SentinelRig rig) {
        final List<RedisNode> sentinels = new ArrayList<>();
        for (final String address : rig.sentinelAddresses().split(",")) {
            sentinels.add(RedisNode.parse(address));
        }
        return new ObservedRedis(
                RedisSettings.parse("redis://127.0.0.1"),
                new Topology.Sentinels(SentinelRig.MASTER, sentinels, RedisSettings.Access.OPEN),
                List.copyOf(values("").keySet()));
    }

    private static void write(final RedisProcess redis, final String value) {
        try (Jedis jedis = redis.client()) {
            values(value).forEach(jedis::set);
        }
    }

    private static Map<String, String> values(final String value) {
        final Map<String, String> values = new HashMap<>();
        for (int i = 0; i < KEYS; i++) {
            values.put("px:S" + i, value);
        }
        return values;
    }
}
