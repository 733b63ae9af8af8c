package io.plumbline.feed.redis.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.detect.NodeDetector;
import io.plumbline.feed.FeedContext;
import io.plumbline.feed.probe.ProbeDecoder;
import io.plumbline.feed.probe.ProbeFeed;
import io.plumbline.feed.redis.RedisProbeServer;
import io.plumbline.feed.redis.RedisSettings;
import io.plumbline.feed.redis.Topology;
import io.plumbline.feed.redis.server.ClusterRig;
import io.plumbline.feed.redis.server.RedisBinary;
import io.plumbline.feed.redis.server.RedisProcess;
import io.plumbline.finding.InlineFindings;
import io.plumbline.inbound.InboundHandler;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InlineInbound;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.Sources;
import io.plumbline.market.Subscriptions;
import io.plumbline.market.WatchedKeys;
import io.plumbline.market.probe.NodeRule;
import io.plumbline.metrics.Counters;
import io.plumbline.metrics.Hop;
import io.plumbline.metrics.LatencyRecorder;
import io.plumbline.time.SystemClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** What real servers say of themselves, and what the detector makes of it. */
@Tag("servers")
final class HealthProbeTest {
    private static final long FAST_NS = 100_000_000L;

    @TempDir private Path folder;

    private final SystemClock clock = new SystemClock();
    private final Counters counters = new Counters();
    private final List<String> told = new ArrayList<>();

    /** The probe of one Redis with its detector behind it. */
    private final class Scene implements AutoCloseable, InboundHandler {
        final HealthProbe probe;
        private final ProbeFeed<?> feed;
        private final ProbeDecoder decoder = new ProbeDecoder(new NodeRefinement());
        private final NodeDetector detector;
        private final MarketEvent draft = new MarketEvent();

        Scene(final RedisProcess entry) {
            final Sources sources = new Sources();
            final int redis = sources.addRedis("main");
            final int source = sources.addProbe("main/health");
            detector =
                    new NodeDetector(
                            new MarketState(
                                    sources,
                                    new Instruments(),
                                    new WatchedKeys(),
                                    new Subscriptions(),
                                    1),
                            List.of(
                                    new NodeRule(
                                            source,
                                            redis,
                                            "redis/main",
                                            1_000_000_000L,
                                            80,
                                            0,
                                            10_000_000_000L,
                                            1 << 20)));
            final RedisProbeServer server =
                    new RedisProbeServer(
                            RedisSettings.parse("redis://" + entry.address()),
                            new Topology.Standalone());
            probe =
                    new HealthProbe(
                            server,
                            "main",
                            FAST_NS,
                            new LatencyRecorder(Hop.REDIS_PING, "main", counters));
            feed =
                    new ProbeFeed<>(
                            server,
                            source,
                            List.of(probe),
                            new FeedContext(
                                    clock,
                                    new InlineInbound(this),
                                    counters,
                                    HealthProbeTest::thread));
            feed.start();
        }

        @Override
        public void onMessage(final InboundMessage message) {
            draft.clear();
            draft.source = message.source;
            decoder.decode(
                    message,
                    draft,
                    event ->
                            detector.onEvent(
                                    event,
                                    message.stampNs,
                                    new InlineFindings(
                                            finding -> {
                                                synchronized (told) {
                                                    told.add(
                                                            finding.edge
                                                                    + " "
                                                                    + finding.kind
                                                                    + " "
                                                                    + finding.key);
                                                }
                                            })));
        }

        NodeReport node(final RedisProcess process) {
            return probe.nodes().stream()
                    .filter(node -> node.node().equals(process.address().toString()))
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public void close() {
            feed.close();
            probe.close();
        }
    }

    private static Thread thread(final String role, final Runnable body) {
        final Thread thread = new Thread(body, role);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void await(final String what, final BooleanSupplier condition) {
        final long untilNs = clock.epochNanos() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (clock.epochNanos() > untilNs) {
                throw new AssertionError("did not come: " + what + "; told " + told());
            }
            LockSupport.parkNanos(5_000_000L);
        }
    }

    private List<String> told() {
        synchronized (told) {
            return List.copyOf(told);
        }
    }

    @Test
    void aServerThatRunsOutOfMemoryAndRestarts() throws Exception {
        final RedisBinary binary = RedisBinary.INSTALLED.assumePresent();
        try (RedisProcess redis =
                        new RedisProcess(binary, folder, List.of("maxmemory 16mb")).start();
                Scene scene = new Scene(redis)) {
            await("a report", () -> scene.node(redis) != null);
            final String subject = " redis/main " + redis.address();
            assertEquals("noeviction", scene.node(redis).text("maxmemory_policy"));
            assertTrue(scene.node(redis).own().connections() > 0);
            assertEquals(List.of(), told());
            try (Jedis jedis = redis.client()) {
                for (int i = 0; i < 120; i++) {
                    jedis.set("a" + i, "x".repeat(100 << 10));
                }
                await("near its limit", () -> told().contains("OPEN REDIS_MEMORY" + subject));
                jedis.flushAll();
                await("memory again", () -> told().contains("CLOSE REDIS_MEMORY" + subject));
            }
            redis.kill();
            redis.start();
            await("a restart", () -> told().contains("EVENT REDIS_RESTARTED" + subject));
        }
    }

    @Test
    void aReplicaWhosePrimaryDies() throws Exception {
        final RedisBinary binary = RedisBinary.INSTALLED.assumePresent();
        try (RedisProcess primary = new RedisProcess(binary, folder, List.of()).start();
                RedisProcess replica =
                        new RedisProcess(
                                        binary,
                                        folder,
                                        List.of(
                                                "repl-diskless-sync-delay 0",
                                                "replicaof 127.0.0.1 " + primary.port()))
                                .start();
                Scene scene = new Scene(replica)) {
            await(
                    "a link",
                    () ->
                            scene.node(replica) != null
                                    && scene.node(replica).text("master_link_status").equals("up"));
            final int before = told().size();
            primary.kill();
            await(
                    "a broken link",
                    () ->
                            told().subList(before, told().size())
                                    .contains(
                                            "OPEN REPLICATION_BROKEN redis/main "
                                                    + replica.address()));
        }
    }

    @Test
    void aClusterThatLosesAReplicaAndThenAPrimary() throws Exception {
        final RedisBinary binary = RedisBinary.INSTALLED.assumePresent();
        try (ClusterRig cluster = new ClusterRig(binary, folder, List.of()).start();
                Scene scene = new Scene(cluster.nodes().get(0))) {
            await(
                    "all six nodes",
                    () -> scene.probe.nodes().stream().filter(NodeReport::up).count() == 6);
            assertEquals("16384", scene.probe.nodes().get(0).cluster().get("cluster_slots_ok"));
            final RedisProcess other = cluster.nodes().get(1);
            final RedisProcess replica = cluster.replicaOf(other);
            replica.kill();
            await("the lost replica", () -> told().contains("OPEN CLUSTER_UNHEALTHY redis/main"));
            await("it as down", () -> !scene.node(replica).up());
            assertEquals(
                    1, told().stream().filter(line -> line.contains("CLUSTER_UNHEALTHY")).count());
            replica.start();
            await(
                    "all well again",
                    () ->
                            told().contains("CLOSE CLUSTER_UNHEALTHY redis/main")
                                    && scene.node(replica).up());
        }
    }
}
