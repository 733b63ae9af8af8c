package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.feed.redis.server.DelayingProxy;
import io.plumbline.feed.redis.server.RedisBinary;
import io.plumbline.feed.redis.server.RedisProcess;
import io.plumbline.feed.sim.PriceFormat;
import io.plumbline.feed.sim.SimulatedInstrument;
import io.plumbline.feed.sim.SimulatedInstruments;
import io.plumbline.feed.sim.WriterSettings;
import io.plumbline.market.Channel;
import io.plumbline.market.Field;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Honest writers of every style against a real Redis, looked at by every rung, through a connection
 * whose pushes come 50 ms late, and on a real replica that lags 50 ms: nothing is found and nobody
 * is paged, and the monitor's heap, threads and descriptors stay what they are. For an hour of it:
 * {@code -Dplumbline.control=PT1H}.
 */
@Tag("servers")
final class NegativeControlLiveTest {
    private static final long SEED = 20_261_127L;
    private static final Duration LENGTH =
            Duration.parse(System.getProperty("plumbline.control", "PT40S"));
    private static final long LAG_MS = 50;

    /** Trades so seldom that an hour costs little beside other work. */
    private static final long TRADE_INTERVAL_NS = 300_000_000L;

    private static final Set<String> SYMBOLS =
            Set.of("BTC/USDT", "SHIB/USDT", "ETH/USDT:USDT", "1000PEPE/USDT:USDT");

    /** Growth of the heap over a whole run that is still none. */
    private static final long HEAP_SLACK_BYTES = 12L << 20;

    /** Of the time; with less the machine's own pauses hide too much. */
    private static final double CALM = 0.8;

    /** Threads and descriptors that come and go: a leak would be more. */
    private static final int FEW = 2;

    private final SystemClock clock = new SystemClock();

    @TempDir private Path folder;

    @Test
    void nothingIsFoundAndNobodyIsPaged() throws Exception {
        final RedisBinary binary = RedisBinary.INSTALLED.assumePresent();
        final List<String> flags = List.of("notify-keyspace-events K$ghxe");
        try (RedisProcess redis = new RedisProcess(binary, folder, flags).start();
                DelayingProxy lagging = new DelayingProxy(redis.port(), LAG_MS, "");
                DelayingProxy far = new DelayingProxy(redis.port(), LAG_MS, "SUBSCRIBE");
                RedisProcess replica = replica(binary, flags, lagging);
                Pulse pulse = new Pulse(redis);
                Pulse replicaPulse = new Pulse(replica);
                WriterFleet fleet = new WriterFleet(redis::client);
                MarketStage stage =
                        new MarketStage(SEED, instruments(), writing(), fleet, clock).open()) {
            final Path data = folder.resolve("data");
            final LiveRun run =
                    new LiveRun(
                            data,
                            stage.venuesYaml("aggTrade, bookTicker")
                                    + "redis:\n"
                                    + observed(stage, "direct", redis.port(), "auto")
                                    + observed(stage, "tracking", redis.port(), "tracking")
                                    + observed(stage, "sampling", redis.port(), "sampling")
                                    + observed(stage, "far", far.port(), "notification")
                                    + observed(stage, "replica", replica.port(), "auto")
                                    + "alerts:\n  - {type: file, path: \""
                                    + folder.resolve("pages.ndjson")
                                    + "\"}\ncases: {pageFrom: LOW}\n",
                            (finding, text) -> System.out.println("found: " + text));
            final long startNs = clock.epochNanos();
            try (run) {
                fleet.start();
                stage.play();
                Await.pass(1_000);
                run.start();
                run.awaitLive();
                watch(run, stage, fleet);
            }
            final List<Pulse> pulses = List.of(pulse, replicaPulse);
            assertEquals(List.of(), unearned(run, pulses));
            if (run.findings().isEmpty()) {
                final Path pages = folder.resolve("pages.ndjson");
                assertEquals("", Files.exists(pages) ? Files.readString(pages) : "");
            }
            for (final Pulse each : pulses) {
                final double calm = each.calm(startNs, clock.epochNanos());
                System.out.printf("control: %s; calm %.1f %% of the time%n", each, 100 * calm);
                assertTrue(calm > CALM, "the machine stood still too often to judge: " + each);
            }
            run.replayedTheSame();
        }
    }

    /** What was found while the machine was on time. */
    private static List<String> unearned(final LiveRun run, final List<Pulse> pulses)
            throws IOException {
        final List<String> unearned = new ArrayList<>();
        int earned = 0;
        for (final JsonNode finding : run.parsedFindings()) {
            final Instant at = Instant.parse(finding.path("at").asText());
            final long atNs = TimeUnit.SECONDS.toNanos(at.getEpochSecond()) + at.getNano();
            if ("close".equals(finding.path("edge").asText())) {
                continue;
            }
            if (pulses.stream().anyMatch(pulse -> pulse.stoodStillBefore(atNs))) {
                earned++;
            } else {
                unearned.add(finding.toString());
            }
        }
        System.out.printf(
                "control: %d findings while the machine stood still, %d beside%n",
                earned, unearned.size());
        return unearned;
    }

    private void watch(final LiveRun run, final MarketStage stage, final WriterFleet fleet) {
        final long startNs = System.nanoTime();
        // What a footprint needs, a collection, stops the world: not every second.
        final long pauseMs = Math.max(10_000, LENGTH.toMillis() / 120);
        final List<Footprint> held = new ArrayList<>();
        held.add(Footprint.now());
        while (System.nanoTime() - startNs < LENGTH.toNanos()) {
            Await.pass(pauseMs);
            held.add(Footprint.now());
            assertNull(stage.failure());
            assertNull(fleet.failure());
        }
        final Footprint early = Footprint.least(held.subList(held.size() / 10, held.size() / 2));
        final Footprint late = Footprint.least(held.subList(held.size() / 2, held.size()));
        final long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNs);
        final Counters counters = run.monitor().counters();
        final long inSync = counters.get(CounterId.PRICE_IN_SYNC);
        System.out.printf(
                "control: %d s, %d writes, %d observations, %d in sync, %d missed, %d sweeps;"
                        + " held early %s, late %s; %.1f %% of a core%n",
                seconds,
                fleet.written(),
                counters.get(CounterId.REDIS_OBSERVATIONS),
                inSync,
                counters.get(CounterId.REDIS_MISSED_UPDATES),
                counters.get(CounterId.REDIS_SWEEPS),
                early,
                late,
                100.0
                        * (held.get(held.size() - 1).cpuNs() - held.get(0).cpuNs())
                        / (System.nanoTime() - startNs));
        assertTrue(fleet.written() > 20 * seconds, fleet.written() + " writes");
        assertEquals(0, counters.get(CounterId.REDIS_MISSED_UPDATES));
        assertTrue(late.threads() - early.threads() <= FEW, early + " then " + late);
        assertTrue(late.descriptors() - early.descriptors() <= FEW, early + " then " + late);
        assertTrue(
                late.heapBytes() - early.heapBytes() < HEAP_SLACK_BYTES, early + " then " + late);
    }

    private RedisProcess replica(
            final RedisBinary binary, final List<String> flags, final DelayingProxy lagging)
            throws Exception {
        final List<String> following = new ArrayList<>(flags);
        following.add("replicaof 127.0.0.1 " + lagging.port());
        final RedisProcess replica = new RedisProcess(binary, folder, following).start();
        Await.until(
                "the replica",
                20,
                () -> "up".equals(replica.info("master_link_status")),
                replica::log);
        return replica;
    }

    private static String observed(
            final MarketStage stage, final String name, final int port, final String rung) {
        final StringBuilder yaml = new StringBuilder();
        yaml.append("  - name: ").append(name);
        yaml.append("\n    uri: redis://127.0.0.1:").append(port).append("/0");
        yaml.append("\n    rung: ").append(rung);
        yaml.append("\n    sampling: 50ms\n    keys:\n");
        for (final WritingStyle style : WritingStyle.values()) {
            for (final String venue : stage.venues()) {
                yaml.append("      - pattern: \"").append(style.key("{symbol}"));
                yaml.append("\"\n        venue: ").append(venue);
                yaml.append("\n        reference: last\n        writer: ").append(style);
                yaml.append("\n        format: \"").append(style.format()).append('"');
                yaml.append("\n        ttl: {expected: ").append(style.lives()).append("}\n");
            }
        }
        return yaml.toString();
    }

    private static List<SimulatedInstrument> instruments() {
        return SimulatedInstruments.standard().stream()
                .filter(instrument -> SYMBOLS.contains(instrument.symbol()))
                .map(
                        instrument ->
                                new SimulatedInstrument(
                                        instrument.venue(),
                                        instrument.symbol(),
                                        instrument.venueSymbol(),
                                        instrument.tickSize(),
                                        instrument.decimals(),
                                        instrument.startTicks(),
                                        TRADE_INTERVAL_NS))
                .toList();
    }

    /** The writer's key is the symbol: every style makes its own of it. */
    private static WriterSettings writing() {
        return new WriterSettings(
                "{symbol}", Field.LAST, Channel.AGG_TRADE, PriceFormat.PLAIN, "price", 30_000);
    }
}
