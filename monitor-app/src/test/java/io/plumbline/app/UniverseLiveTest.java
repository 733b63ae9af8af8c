package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.app.demo.Stage;
import io.plumbline.app.universe.Conclusion;
import io.plumbline.feed.sim.FaultScript;
import io.plumbline.feed.sim.SimulatedInstrument;
import io.plumbline.feed.sim.SimulatedInstruments;
import io.plumbline.feed.sim.SimulatedMarket;
import io.plumbline.feed.sim.SimulatedRest;
import io.plumbline.feed.sim.WriterSettings;
import io.plumbline.metrics.CounterId;
import io.plumbline.time.SystemClock;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/**
 * Symbols that nobody named, each taken over two connections: a real monitor, a real Redis, a real
 * socket, and the journal replayed without any of them.
 */
@Tag("slow")
class UniverseLiveTest {
    private static final long SEED = 20_261_127L;
    private static final String SPOT = SimulatedInstruments.SPOT;
    private static final String CHANNELS = "bookTicker, aggTrade";

    @TempDir private Path folder;

    private final SystemClock clock = new SystemClock();
    private final List<SimulatedInstrument> instruments = SimulatedInstruments.standard();
    private final WriterSettings writing = WriterSettings.standard();

    private Stage stage() throws Exception {
        return new Stage(
                new SimulatedMarket(SEED, instruments),
                instruments,
                writing,
                clock,
                Monitor::background);
    }

    private static void play(final Stage stage) {
        stage.play(FaultScript.of(List.of()), List.of(), List.of());
    }

    private static String edge(final JsonNode finding) {
        return finding.path("kind").asText()
                + ' '
                + finding.path("edge").asText()
                + ' '
                + finding.path("key").asText().replaceFirst("-[ab]$", "-?");
    }

    private static long keys(final Stage stage) {
        try (Jedis redis =
                new Jedis(
                        new HostAndPort("127.0.0.1", stage.redisPort()),
                        DefaultJedisClientConfig.builder().serverDefaultProtocol().build())) {
            return redis.dbSize();
        }
    }

    @Test
    void shouldWatchPatternsAndKeysOverTwoConnectionsEach() throws Exception {
        try (Stage stage = stage()) {
            stage.open();
            play(stage);
            Await.until("keys", 20, () -> keys(stage) == instruments.size(), () -> keys(stage));
            final String watched =
                    stage.watchedYaml(CHANNELS)
                            .replaceFirst("symbols: .*", "symbols: redis\n    connections: 2")
                            .replaceFirst(
                                    "symbols: \\[.*",
                                    "symbols: [\"*/USDT:USDT\", \"!DOGE/*\"]\n    connections: 2");
            final LiveRun run = new LiveRun(folder, watched, (finding, text) -> {});
            try (run) {
                run.start();
                run.awaitLive();
                assertEquals(
                        List.of(
                                "binance-spot/stream-a",
                                "binance-spot/stream-b",
                                "binance-usdm/public-a",
                                "binance-usdm/public-b",
                                "binance-usdm/market-a",
                                "binance-usdm/market-b",
                                "redis/demo"),
                        run.monitor().feeds().stream().map(feed -> feed.name()).toList());
                run.until("prices", () -> inSync(run) > 200);
                assertEquals(List.of(), run.parsedFindings());

                stage.exchange().muteOldest(SPOT, true);
                Await.pass(1_500);
                stage.exchange().muteOldest(SPOT, false);
                run.until("the quarrel", () -> edges(run).contains("FEEDS_DISAGREE open stream-?"));

                stage.exchange().cutOldest(SPOT);
                run.until("the end", () -> edges(run).contains("FEED_DOWN open stream-?"));
                run.until("its return", () -> edges(run).contains("FEED_DOWN close stream-?"));
                final long before = inSync(run);
                run.until("more prices", () -> inSync(run) > before + 200);
                assertNull(stage.failure());
            }
            assertEquals(
                    List.of(
                            "FEEDS_DISAGREE open stream-?",
                            "FEED_DOWN open stream-?",
                            "FEED_DOWN close stream-?"),
                    edges(run));
            final Replayed replayed = run.replayedTheSame();
            assertTrue(replayed.events(SPOT).get("aggTrade") > 0);
        }
    }

    private static List<String> edges(final LiveRun run) {
        try {
            return run.parsedFindings().stream().map(UniverseLiveTest::edge).toList();
        } catch (final java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static long inSync(final LiveRun run) {
        return run.monitor().counters().get(CounterId.PRICE_IN_SYNC);
    }

    @Test
    void shouldWatchWhatIsNamedUntilTheVenueTellsTheRest() throws Exception {
        final int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (Stage stage = stage();
                SimulatedRest rest =
                        new SimulatedRest(
                                port,
                                instruments,
                                resource -> null,
                                body -> Monitor.background("test-rest", body))) {
            stage.open();
            play(stage);
            final String watched =
                    "venues:\n  - name: "
                            + SPOT
                            + "\n    endpoint: "
                            + stage.exchange().uri()
                            + "\n    rest: http://127.0.0.1:"
                            + port
                            + "\n    channels: ["
                            + CHANNELS
                            + "]\n    symbols: [BTC/USDT, \"*/USDT\", \"*/USDX\"]\n";
            final LiveRun first = new LiveRun(folder, watched, (finding, text) -> {});
            final Conclusion known;
            try (first) {
                first.start();
                first.awaitLive();
                rest.start();
                first.until("the list", () -> first.monitor().renewal() != null);
                known = first.monitor().renewal();
                first.until(
                        "the finding's end",
                        () -> edges(first).contains("UNIVERSE_INCOMPLETE close monitor"));
            }
            final String before = first.findings();
            assertEquals(
                    List.of(
                            "UNIVERSE_INCOMPLETE open monitor",
                            "UNIVERSE_INCOMPLETE close monitor"),
                    edges(first).stream().filter(edge -> edge.startsWith("UNIVERSE")).toList());
            first.replayedTheSame();

            final LiveRun second = new LiveRun(folder, watched, known, (finding, text) -> {});
            try (second) {
                second.start();
                second.awaitLive();
            }
            assertEquals(10, known.config().venue(SPOT).symbols().size());
            final String added = second.findings().substring(before.length());
            assertTrue(added.contains("*/USDX matches nothing that binance-spot lists"), added);
            second.replayedTheSame();
        }
    }
}
