package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.app.config.Config;
import io.plumbline.app.config.KeyRule;
import io.plumbline.app.demo.Stage;
import io.plumbline.feed.sim.FaultScript;
import io.plumbline.feed.sim.SimulatedInstrument;
import io.plumbline.feed.sim.SimulatedInstruments;
import io.plumbline.feed.sim.SimulatedMarket;
import io.plumbline.feed.sim.WriterSettings;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/** Rules for keys that nobody described: proposed, loaded, and found to be right. */
@Timeout(120)
final class ProfileCommandTest {
    private static final List<String> SYMBOLS =
            List.of("BTC/USDT:USDT", "ETH/USDT:USDT", "1000PEPE/USDT:USDT");

    /** Five of each symbol, one in another format, one unrelated. */
    private static final int KEYS = 17;

    @TempDir private Path folder;
    private final Terminal terminal = new Terminal();

    private static List<SimulatedInstrument> instruments() {
        return SimulatedInstruments.standard().stream()
                .filter(i -> i.venue().equals(SimulatedInstruments.USDM))
                .filter(i -> SYMBOLS.contains(i.symbol()))
                .toList();
    }

    @Tag("servers")
    @Test
    void shouldProposeRulesThatHold() throws Exception {
        final SystemClock clock = new SystemClock();
        final List<SimulatedInstrument> instruments = instruments();
        try (SeveralWriters writers = new SeveralWriters(new SimulatedMarket(11, instruments));
                Stage stage =
                        new Stage(
                                writers,
                                instruments,
                                WriterSettings.standard(),
                                clock,
                                Monitor::background)) {
            stage.open();
            stage.play(FaultScript.of(List.of()), List.of(), List.of());
            writers.start(stage.redisPort());
            Await.until("every key", 20, () -> keys(stage.redisPort()) == KEYS, () -> "");
            final String venues = stage.watchedYaml("aggTrade, bookTicker, markPrice");
            final Path file = Files.writeString(folder.resolve("profile.yaml"), venues);
            assertEquals(
                    ExitCode.OK,
                    terminal.run("profile", "--config", file, "--for", "12s"),
                    () -> terminal.err().toString());
            final String proposed = String.join("\n", terminal.out()) + '\n';
            final String yaml =
                    "monitor: {name: proposed, dataDirectory: \""
                            + folder.resolve("data")
                            + "\"}\nhttp: {port: 0}\n"
                            + venues.substring(0, venues.indexOf("redis:"))
                            + proposed;
            final Config config = LiveRig.config(yaml);
            assertEquals(
                    List.of(
                            "book:{symbol} bid hash:bid 20s",
                            "late:{symbol} last plain late false",
                            "mark:{symbol} mark json:data.0.mark 60s",
                            "mid:{symbol} mid msgpack:m false",
                            "pms:price:{symbol} last plain 30s",
                            "px:btcusdt last plain false"),
                    config.redis().get(0).keys().stream().map(ProfileCommandTest::of).toList(),
                    proposed);
            assertTrue(
                    proposed.contains(
                            "the name is in another symbol format: in ccxt's it is"
                                    + " px:BTC/USDT:USDT"),
                    proposed);
            assertTrue(proposed.contains("demo unrelated: string, read as plain; "), proposed);
            assertEquals(
                    writerOf(config, "book:{symbol}"), writerOf(config, "mid:{symbol}"), proposed);
            final List<String> found = new ArrayList<>();
            try (Monitor monitor =
                    new Monitor(
                            config,
                            clock,
                            (finding, sentence) -> {
                                synchronized (found) {
                                    found.add(finding.kind + ": " + sentence);
                                }
                            },
                            () -> {})) {
                monitor.start();
                Await.pass(6_000);
                synchronized (found) {
                    assertEquals(List.of(), found, proposed);
                }
            }
        }
    }

    private static long keys(final int port) {
        try (Jedis jedis =
                new Jedis(
                        new HostAndPort("127.0.0.1", port),
                        DefaultJedisClientConfig.builder().serverDefaultProtocol().build())) {
            return jedis.dbSize();
        }
    }

    private static String of(final KeyRule rule) {
        // How late the others are is the machine's doing.
        final boolean late =
                rule.pattern().startsWith("late")
                        && rule.lagBudget().compareTo(Duration.ofMillis(500)) >= 0;
        return rule.pattern()
                + ' '
                + rule.reference().label()
                + ' '
                + rule.format()
                + ' '
                + (late ? "late " : "")
                + (rule.ttl().length().isZero()
                        ? rule.ttl().expected()
                        : rule.ttl().length().toSeconds() + "s");
    }

    private static String writerOf(final Config config, final String pattern) {
        return config.redis().get(0).keys().stream()
                .filter(rule -> rule.pattern().equals(pattern))
                .findFirst()
                .orElseThrow()
                .writer();
    }

    @Test
    void shouldSayWhatIsMissing() throws IOException {
        final int nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        final Path file =
                Files.writeString(
                        folder.resolve("down.yaml"),
                        "venues: [{name: binance-usdm, symbols: [BTC/USDT:USDT]}]\n"
                                + "redis: [{uri: \"redis://127.0.0.1:"
                                + nobody
                                + "/0\"}]\n");
        assertEquals(
                ExitCode.CANNOT_START, terminal.run("profile", "--config", file, "--for", "1s"));
        assertTrue(
                terminal.err().toString().contains("is Redis running at 127.0.0.1:" + nobody),
                terminal.err().toString());
        final Path none =
                Files.writeString(
                        folder.resolve("none.yaml"),
                        "venues: [{name: binance-usdm, symbols: [BTC/USDT:USDT]}]\n");
        assertEquals(ExitCode.USAGE, terminal.run("profile", "--config", none));
        assertTrue(terminal.err().toString().contains("names no Redis"), terminal.err().toString());
    }

    @Tag("servers")
    @Test
    void shouldTellSilentVenuesAndAnEmptyRedis() throws Exception {
        final List<SimulatedInstrument> instruments = instruments();
        try (Stage stage =
                new Stage(
                        new SimulatedMarket(11, instruments),
                        instruments,
                        WriterSettings.standard(),
                        new SystemClock(),
                        Monitor::background)) {
            stage.open();
            final Path file =
                    Files.writeString(
                            folder.resolve("profile.yaml"),
                            stage.watchedYaml("aggTrade, bookTicker"));
            assertEquals(
                    ExitCode.CANNOT_START,
                    terminal.run("profile", "--config", file, "--for", "2s"),
                    () -> terminal.err().toString());
            assertTrue(
                    terminal.err().toString().contains("no venue told a price within 2 s"),
                    terminal.err().toString());
            stage.play(FaultScript.of(List.of()), List.of(), List.of());
            assertEquals(
                    ExitCode.FOUND,
                    terminal.run(
                            "profile", "--config", file, "--for", "10s", "--keys", "nothing:*"),
                    () -> terminal.err().toString());
            assertTrue(
                    terminal.err().toString().contains("no key fits nothing:*"),
                    terminal.err().toString());
        }
    }
}
