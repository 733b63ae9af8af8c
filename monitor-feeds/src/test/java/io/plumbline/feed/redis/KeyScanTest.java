package io.plumbline.feed.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Pipeline;

/** Which symbols a real Redis has keys of. */
class KeyScanTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final KeyPattern PATTERN = KeyPattern.parse("pms:[price]:{symbol}:v1");

    private static Set<String> scan(final RedisRig rig, final int most, final long withinNs)
            throws IOException {
        return KeyScan.symbols(
                RedisSettings.parse("redis://127.0.0.1:" + rig.port),
                new Topology.Standalone(),
                PATTERN,
                most,
                withinNs,
                new SystemClock());
    }

    @Test
    void shouldFindWhatFitsAmongManyKeysWithinItsBounds() throws IOException {
        try (RedisRig rig = new RedisRig(RungChoice.SAMPLING, Map.of("x", "plain"))) {
            rig.startRedis("");
            final Set<String> expected = new TreeSet<>();
            try (Pipeline pipeline = rig.writer().pipelined()) {
                for (int i = 0; i < 5_000; i++) {
                    pipeline.set("other:" + i, "1");
                    pipeline.set("pms:p:S" + i + ":v1", "1");
                }
                for (int i = 0; i < 100; i++) {
                    pipeline.set(PATTERN.keyOf("C" + i + "/USDT:USDT"), "1");
                    expected.add("C" + i + "/USDT:USDT");
                }
                pipeline.set(PATTERN.keyOf("我踏马来了/USDT"), "1");
                expected.add("我踏马来了/USDT");
            }
            assertEquals(expected, scan(rig, 101, 10 * SECOND_NS));
            assertEquals(
                    "more than 100 keys fit pms:[price]:{symbol}:v1",
                    assertThrows(IOException.class, () -> scan(rig, 100, 10 * SECOND_NS))
                            .getMessage());
            assertEquals(
                    "its keys could not be walked through within 0 ms",
                    assertThrows(IOException.class, () -> scan(rig, 101, 0)).getMessage());
        }
    }

    @Test
    void shouldSayWhyThereIsNoAnswer() {
        final String reason =
                assertThrows(
                                IOException.class,
                                () ->
                                        KeyScan.symbols(
                                                RedisSettings.parse("redis://127.0.0.1:1"),
                                                new Topology.Standalone(),
                                                PATTERN,
                                                10,
                                                SECOND_NS,
                                                new SystemClock()))
                        .getMessage();
        assertTrue(reason.contains("is Redis running at 127.0.0.1:1"), reason);
    }
}
