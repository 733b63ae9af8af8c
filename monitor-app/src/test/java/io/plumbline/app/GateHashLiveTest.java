package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.redis.server.RedisBinary;
import io.plumbline.feed.redis.server.RedisProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** The gate in a Redis, kept by a process that is killed: what is absent is closed. */
@Tag("servers")
class GateHashLiveTest {
    private static final String KEY = "plumbline:gate";
    private static final long TTL_NS = 1_000_000_000L;

    @TempDir private Path folder;
    private RedisProcess redis;
    private Process process;

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
        if (redis != null) {
            redis.close();
        }
    }

    @Test
    void isGoneWithItsMonitor() throws Exception {
        redis = new RedisProcess(RedisBinary.INSTALLED.assumePresent(), folder, List.of()).start();
        Files.writeString(
                folder.resolve("plumbline.yaml"),
                "monitor: {dataDirectory: data}\nvenues: [{name: binance-usdm, endpoint:"
                        + " \"ws://127.0.0.1:1\", rest: none, symbols: [\"BTC/USDT:USDT\"]}]\n"
                        + "redis: [{uri: \"redis://127.0.0.1:1\", keys: [{pattern: \"px:{symbol}\","
                        + " venue: binance-usdm}]}]\nhttp: {enabled: false}\n"
                        + "gate: {redis: {uri: \"redis://127.0.0.1:"
                        + redis.port()
                        + "\", ttl: 1s}}\n");
        try (Jedis jedis = redis.client()) {
            run(jedis);
            final String[] all = jedis.hget(KEY, "*").split(" ", 4);
            assertEquals("CLOSED", all[0]);
            assertTrue(Long.parseLong(all[1]) > 1_700_000_000_000L, all[1]);
            assertEquals(Set.of("*", "BTC/USDT:USDT"), jedis.hkeys(KEY));

            process.destroyForcibly().waitFor();
            final long killedNs = System.nanoTime();
            Await.until("the gate to run out", 20, () -> !jedis.exists(KEY), this::log);
            final long outlivedNs = System.nanoTime() - killedNs;
            System.out.println(
                    "the gate outlived its monitor by " + outlivedNs / 1_000_000 + " ms");
            assertTrue(outlivedNs < 3 * TTL_NS, outlivedNs + " ns");

            run(jedis);
            process.destroy();
            assertTrue(process.waitFor(20, TimeUnit.SECONDS), this::log);
            assertTrue(!jedis.exists(KEY), "taken away in order");
        }
    }

    private void run(final Jedis jedis) throws Exception {
        process =
                PlumblineProcess.start(
                        folder, "log", Map.of(), "run", "--config", "plumbline.yaml");
        Await.until("the gate in Redis", 60, () -> jedis.hexists(KEY, "*"), this::log);
        Await.until(
                "a life that is renewed",
                20,
                () -> jedis.pttl(KEY) > 0 && jedis.hget(KEY, "*").contains(" "),
                this::log);
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (final IOException e) {
            return e.toString();
        }
    }
}
