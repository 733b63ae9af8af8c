package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.app.config.Config;
import io.plumbline.app.config.KeyRule;
import io.plumbline.feed.redis.server.RedisBinary;
import io.plumbline.feed.sim.PriceFormat;
import io.plumbline.feed.sim.SimulatedInstrument;
import io.plumbline.feed.sim.SimulatedInstruments;
import io.plumbline.feed.sim.WriterSettings;
import io.plumbline.market.Channel;
import io.plumbline.market.Field;
import io.plumbline.time.SystemClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code profile} over sentinels and over a Cluster: every key is found, its rule proposed. */
@Tag("servers")
@Timeout(180)
final class ProfileTopologyTest {
    private static final int REWRITES_PER_SECOND = 50;

    @TempDir private Path folder;
    private final Terminal terminal = new Terminal();

    @Test
    void behindSentinels() throws Exception {
        try (SentinelServers servers =
                new SentinelServers(RedisBinary.INSTALLED.assumePresent(), folder)) {
            profiled(servers);
        }
    }

    @Test
    void everyShardOfACluster() throws Exception {
        try (ClusterServers servers =
                new ClusterServers(RedisBinary.INSTALLED.assumePresent(), folder)) {
            profiled(servers);
        }
    }

    private void profiled(final PriceServers servers) throws Exception {
        final SystemClock clock = new SystemClock();
        final List<SimulatedInstrument> instruments =
                SimulatedInstruments.standard().stream()
                        .filter(each -> each.venue().equals(SimulatedInstruments.USDM))
                        .filter(each -> each.symbol().endsWith("/USDT:USDT"))
                        .toList();
        try (LedgerWriter writer =
                        new LedgerWriter(servers, clock, servers.lanes(), REWRITES_PER_SECOND)
                                .start();
                MarketStage stage =
                        new MarketStage(
                                        7,
                                        instruments,
                                        new WriterSettings(
                                                "pms:price:{symbol}",
                                                Field.LAST,
                                                Channel.AGG_TRADE,
                                                PriceFormat.PLAIN,
                                                "price",
                                                60_000),
                                        writer,
                                        clock)
                                .open()) {
            stage.play();
            final List<String> keys =
                    instruments.stream().map(each -> "pms:price:" + each.symbol()).toList();
            Await.until(
                    "every key", 20, () -> servers.values(keys).size() == keys.size(), () -> "");
            final String venues = stage.venuesYaml("aggTrade, bookTicker");
            final String asked = venues + "redis:\n  - name: prices\n" + servers.yaml();
            final Path file = Files.writeString(folder.resolve("profile.yaml"), asked);
            assertEquals(
                    ExitCode.OK,
                    terminal.run("profile", "--config", file, "--for", "12s"),
                    () -> terminal.err().toString());
            assertTrue(
                    terminal.err().contains("rules for " + keys.size() + " keys, none for 0"),
                    terminal.err().toString());
            final String proposed = String.join("\n", terminal.out()) + '\n';
            final Config config = LiveRig.config(venues + proposed);
            assertEquals(
                    LiveRig.config(asked).redis().get(0).place(),
                    config.redis().get(0).place(),
                    proposed);
            final List<KeyRule> rules = config.redis().get(0).keys();
            assertEquals(1, rules.size(), proposed);
            assertEquals("pms:price:{symbol}", rules.get(0).pattern());
            assertEquals(Field.LAST, rules.get(0).reference());
            assertEquals("json:price", rules.get(0).format().toString());
        }
    }
}
