package io.plumbline.feed.redis.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.redis.KeptHash;
import io.plumbline.feed.redis.RedisSettings;
import io.plumbline.feed.redis.Topology;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** A hash that is there for as long as it is kept, in a real Redis that is killed and refuses. */
@Tag("servers")
final class KeptHashTest {
    private static final String KEY = "plumbline:gate";

    /** As the README has them. */
    private static final String COMMANDS = "+multi +exec +hset +pexpire +del";

    private static final long TTL_NS = 1_000_000_000L;
    private static final Map<String, String> BOTH = Map.of("A", "OPEN", "B", "CLOSED");

    @TempDir private Path folder;
    private final SystemClock clock = new SystemClock();
    private final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
    private volatile String watched = "of another";
    private RedisProcess redis;
    private Jedis jedis;
    private KeptHash hash;

    @BeforeEach
    void start() throws IOException {
        redis =
                new RedisProcess(
                                RedisBinary.INSTALLED.assumePresent(),
                                folder,
                                List.of(
                                        "user writer >word ~other on +@all",
                                        "user gate >word on ~" + KEY + ' ' + COMMANDS,
                                        "user far >word on ~" + KEY + " +select " + COMMANDS))
                        .start();
        jedis = redis.client();
    }

    @AfterEach
    void stop() {
        if (hash != null) {
            hash.close();
        }
        if (redis != null) {
            jedis.close();
            redis.close();
        }
    }

    @Test
    void livesForAsLongAsItIsKept() {
        keep("redis://127.0.0.1:" + redis.port());
        assertEquals(Map.of(), jedis.hgetAll(KEY), "nobody has said that it stands");
        hash.beat(clock.epochNanos());
        await("both fields", () -> jedis.hgetAll(KEY).equals(BOTH));
        assertTrue(jedis.pttl(KEY) > 0 && jedis.pttl(KEY) <= 1_000, "" + jedis.pttl(KEY));
        hash.put("A", "CAUTION");
        final long changedNs = System.nanoTime();
        for (int i = 0; System.nanoTime() - changedNs < 2 * TTL_NS; i++) {
            beatAWhile();
            assertTrue(jedis.exists(KEY), "gone in round " + i);
        }
        assertEquals("CAUTION", jedis.hget(KEY, "A"));
        final long lastNs = System.nanoTime();
        await("the hash to run out", () -> !jedis.exists(KEY));
        assertTrue(System.nanoTime() - lastNs < 4 * TTL_NS, "patience, and its life");
        assertEquals(List.of(), List.copyOf(told));
    }

    @Test
    void standsAgainAfterWhateverTookItAway() throws IOException {
        keep("redis://127.0.0.1:" + redis.port());
        awaitKept();
        jedis.flushAll();
        awaitKept();
        jedis.set(KEY, "somebody else's");
        awaitKept();
        told.clear();
        redis.kill();
        await(
                "the loss to be told",
                () -> {
                    beatAWhile();
                    return told.stream().anyMatch(line -> line.contains("127.0.0.1"));
                });
        assertFalse(hash.isKept());
        hash.put("B", "OPEN");
        redis.start();
        jedis.close();
        jedis = redis.client();
        await(
                "all of it, with what changed meanwhile",
                () -> {
                    beatAWhile();
                    return jedis.hgetAll(KEY).equals(Map.of("A", "OPEN", "B", "OPEN"));
                });
        await("that to be told", () -> "kept".equals(last()));
    }

    /** Reached by another name, and known as watched only after a while. */
    @Test
    void leavesAServerThatIsNotToBeWrittenTo() {
        keep("redis://localhost:" + redis.port());
        awaitKept();
        watched = redis.info("run_id");
        await(
                "it to be taken away",
                () -> {
                    beatAWhile();
                    return !hash.isKept() && !jedis.exists(KEY);
                });
        assertTrue(last().contains("is the Redis \"prices\""), last());
        beatAWhile();
        assertFalse(jedis.exists(KEY));
    }

    @Test
    void isTakenAwayAtTheEnd() {
        keep("redis://127.0.0.1:" + redis.port());
        awaitKept();
        hash.close();
        assertFalse(jedis.exists(KEY));
    }

    @Test
    void needsNoMoreThanTheReadmeSays() {
        for (final String who : List.of("gate:word@127.0.0.1:%d", "far:word@127.0.0.1:%d/1")) {
            keep("redis://" + String.format(who, redis.port()));
            jedis.select(who.endsWith("1") ? 1 : 0);
            awaitKept();
            hash.close();
            assertFalse(jedis.exists(KEY), who);
            assertEquals(List.of(), List.copyOf(told));
        }
    }

    @Test
    void saysWhatIsRefusedWithoutTheSecret() {
        keep("redis://writer:word@127.0.0.1:" + redis.port());
        await(
                "the refusal",
                () -> {
                    beatAWhile();
                    return told.stream().anyMatch(line -> line.contains("permission"));
                });
        assertFalse(told.toString().contains("word"), told.toString());
        assertEquals(1, told.size(), "once: " + told);
    }

    private void keep(final String uri) {
        hash =
                new KeptHash(
                        RedisSettings.parse(uri),
                        new Topology.Standalone(),
                        KEY,
                        TTL_NS,
                        clock,
                        runId -> runId.equals(watched) ? "prices" : "",
                        new KeptHash.Listener() {
                            @Override
                            public void onKept() {
                                told.add("kept");
                            }

                            @Override
                            public void onLost(final String reason) {
                                told.add(reason);
                            }
                        });
        hash.put("A", "OPEN");
        hash.put("B", "CLOSED");
        hash.start(
                (role, body) -> {
                    final Thread thread = new Thread(body, role);
                    thread.setDaemon(true);
                    thread.start();
                    return thread;
                });
    }

    private void awaitKept() {
        await(
                "both fields",
                () -> {
                    beatAWhile();
                    return "hash".equals(jedis.type(KEY)) && jedis.hgetAll(KEY).equals(BOTH);
                });
    }

    private void beatAWhile() {
        hash.beat(clock.epochNanos());
    }

    private String last() {
        String last = "";
        for (final String line : told) {
            last = line;
        }
        return last;
    }

    private void await(final String what, final java.util.function.BooleanSupplier condition) {
        Patience.await(what, 20, condition::getAsBoolean, told::toString);
    }
}
