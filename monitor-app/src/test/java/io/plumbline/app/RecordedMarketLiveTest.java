package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.app.demo.Stage;
import io.plumbline.feed.sim.Fault;
import io.plumbline.feed.sim.FaultKind;
import io.plumbline.feed.sim.FaultListener;
import io.plumbline.feed.sim.FaultParameter;
import io.plumbline.feed.sim.FaultScript;
import io.plumbline.feed.sim.InjectedFault;
import io.plumbline.feed.sim.RecordedFrames;
import io.plumbline.feed.sim.RecordedMarket;
import io.plumbline.feed.sim.SimulatedInstrument;
import io.plumbline.feed.sim.WriterSettings;
import io.plumbline.market.Channel;
import io.plumbline.metrics.CounterId;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Recorded frames of the real venue over a real WebSocket into a real monitor, and a real Redis
 * whose price keys an independent writer fills from the same frames.
 */
@Tag("slow")
class RecordedMarketLiveTest {
    private static final long MS = 1_000_000L;
    private static final long SECOND = 1_000 * MS;
    private static final String VENUE = "binance-usdm";
    private static final String BTC = "BTC/USDT:USDT";
    private static final String ETH = "ETH/USDT:USDT";
    private static final List<SimulatedInstrument> INSTRUMENTS =
            List.of(
                    new SimulatedInstrument(VENUE, BTC, "BTCUSDT", "0.10", 2, 639_500, SECOND),
                    new SimulatedInstrument(VENUE, ETH, "ETHUSDT", "0.01", 2, 342_400, SECOND));
    private static final WriterSettings WRITING =
            WriterSettings.standard().withLastChannel(Channel.TRADE);

    /** A case stays open for 5 s after its last bad value: what is wrong all along opens once. */
    private static final String DETECTORS = "detectors: {price: {clearAfter: 5s}}\n";

    private static final long LAG_MS = 400;
    private static final Duration SILENCE = Duration.ofMillis(700);

    /** Between a faithful writer on a busy machine and one that is {@link #LAG_MS} late. */
    private static final String LAG_BUDGET = "lagBudget: 300ms";

    @TempDir private Path folder;

    private final Map<FaultKind, InjectedFault> injected = new ConcurrentHashMap<>();

    private final SystemClock clock = new SystemClock();

    /** Both recordings in the order of their receive times, from a second on, for some seconds. */
    private static List<RecordedMarket.Line> lines(final long fromS, final long forS)
            throws IOException {
        final List<Recordings.Line> lines = new ArrayList<>();
        for (final String name : List.of("usdm_btcusdt_20240718.gz", "usdm_ethusdt_20240718.gz")) {
            lines.addAll(Recordings.lines(Recordings.binance(name), Integer.MAX_VALUE));
        }
        lines.sort(Comparator.comparingLong(Recordings.Line::stampNs));
        final long fromNs = lines.get(0).stampNs() + fromS * SECOND;
        return lines.stream()
                .filter(line -> line.stampNs() >= fromNs && line.stampNs() - fromNs < forS * SECOND)
                .map(
                        line ->
                                new RecordedMarket.Line(
                                        line.stampNs(),
                                        line.json().getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private static WitnessedMarket market(final List<RecordedMarket.Line> lines, final int factor) {
        return new WitnessedMarket(
                new RecordedMarket(
                        new RecordedFrames(VENUE, symbol -> symbol.replace("USDT", "/USDT:USDT")),
                        lines.iterator(),
                        factor));
    }

    /** Keeps every fault as it really happened. */
    private final class Injected implements FaultListener {
        @Override
        public void started(final InjectedFault fault, final long nowNs) {
            injected.put(fault.fault().kind(), fault);
        }

        @Override
        public void ended(final InjectedFault fault, final long nowNs) {
            // The fault itself knows when it ended.
        }
    }

    /** What a run came to. */
    private record Outcome(List<JsonNode> findings, Replayed replayed, long inSync, long late) {
        private List<String> edges() {
            return findings.stream().map(Outcome::edge).toList();
        }

        private static String edge(final JsonNode finding) {
            return finding.path("kind").asText()
                    + ' '
                    + finding.path("edge").asText()
                    + ' '
                    + finding.path("key").asText();
        }

        private JsonNode evidence(final String edge) {
            return findings.stream()
                    .filter(finding -> edge(finding).equals(edge))
                    .findFirst()
                    .orElseThrow()
                    .path("evidence");
        }
    }

    /** Plays the market to its end before a monitor, and replays what that recorded. */
    private Outcome play(final WitnessedMarket market, final List<Fault> faults) throws Exception {
        try (Stage stage = new Stage(market, INSTRUMENTS, WRITING, clock, Monitor::background)) {
            stage.open();
            final String watched =
                    stage.watchedYaml("bookTicker, trade, depth")
                            .replace("reference: last", "reference: last\n        " + LAG_BUDGET);
            final LiveRun run = new LiveRun(folder, watched + DETECTORS, (finding, text) -> {});
            try (run) {
                run.start();
                run.awaitSubscribed();
                final long startNs = clock.epochNanos();
                final List<Fault> shifted =
                        faults.stream().map(fault -> shifted(fault, startNs)).toList();
                stage.play(FaultScript.of(shifted), List.of(), List.of(new Injected()));
                run.until("the end of the recording", Duration.ofSeconds(60), market::finished);
                run.awaitSilence(SILENCE);
                assertNull(stage.failure());
                assertEquals(1, stage.exchange().counts().connections(), "connections");
                assertEquals(0, stage.exchange().counts().slowClients(), "slow clients");
            }
            return new Outcome(
                    run.parsedFindings(),
                    run.replayedTheSame(),
                    run.monitor().counters().get(CounterId.PRICE_IN_SYNC),
                    run.monitor().counters().get(CounterId.PRICE_LATE));
        }
    }

    private static Fault shifted(final Fault fault, final long byNs) {
        return new Fault(
                fault.id(),
                fault.kind(),
                fault.venue(),
                fault.symbol(),
                fault.keys(),
                fault.startNs() + byNs,
                fault.endNs() + byNs,
                fault.parameters());
    }

    private static void allWasJudged(final WitnessedMarket market, final Outcome outcome) {
        final Map<String, Long> judged = new TreeMap<>(outcome.replayed.events(VENUE));
        final Long fetched = judged.remove(Channel.DEPTH_SNAPSHOT.label());
        assertEquals(market.published(), judged);
        assertTrue(fetched != null && fetched >= 2, "the books of both symbols: " + fetched);
        assertEquals(0, outcome.replayed.summary().path("unparsed").asLong());
    }

    @Test
    void shouldRaiseNothingWithAFaithfulWriter() throws Exception {
        final List<RecordedMarket.Line> lines = lines(0, Long.MAX_VALUE / SECOND);
        final WitnessedMarket market = market(lines, 10);
        final Outcome outcome = play(market, List.of());
        assertEquals(List.of(), outcome.findings);
        allWasJudged(market, outcome);
        assertEquals(
                Map.of(
                        "bookTicker", 7_113L + 9_089,
                        "depth", 3_326L + 3_273,
                        "trade", 974L + 1_640),
                market.published());
        assertTrue(outcome.inSync > 300, () -> "prices in sync: " + outcome.inSync);
    }

    @Test
    void shouldNameTheLateKeyAndTheWrongOneAndNothingElse() throws Exception {
        final WitnessedMarket market = market(lines(52, 54), 3);
        final Fault late =
                new Fault(
                        1,
                        FaultKind.LATE_WRITER,
                        VENUE,
                        BTC,
                        List.of(WRITING.key(BTC)),
                        4 * SECOND,
                        10 * SECOND,
                        Map.of(FaultParameter.LAG_MS, Long.toString(LAG_MS)));
        final Fault wrong =
                new Fault(
                        2,
                        FaultKind.WRONG_VALUE,
                        VENUE,
                        ETH,
                        List.of(WRITING.key(ETH)),
                        5 * SECOND,
                        8 * SECOND,
                        Map.of(FaultParameter.TICK_SIZE, "0.01", FaultParameter.OFFSET_TICKS, "7"));
        final Outcome outcome = play(market, List.of(late, wrong));
        assertEquals(
                List.of(
                        "PRICE_LATE close " + WRITING.key(BTC),
                        "PRICE_LATE open " + WRITING.key(BTC),
                        "PRICE_WRONG close " + WRITING.key(ETH),
                        "PRICE_WRONG open " + WRITING.key(ETH)),
                outcome.edges().stream().sorted().toList(),
                () -> outcome.findings.toString());
        allWasJudged(market, outcome);
        lateIsRight(outcome, injected.get(FaultKind.LATE_WRITER));
        wrongIsRight(outcome, injected.get(FaultKind.WRONG_VALUE), market);
    }

    private static void lateIsRight(final Outcome outcome, final InjectedFault fault) {
        final JsonNode open = outcome.evidence("PRICE_LATE open " + WRITING.key(BTC));
        final JsonNode close = outcome.evidence("PRICE_LATE close " + WRITING.key(BTC));
        between(300, open.path("lagNs").asLong() / MS, 700);
        between(300, close.path("largestLagNs").asLong() / MS, 700);
        assertTrue(outcome.late > 0 && (Long) fault.details().get("lateWrites") > 0);
    }

    private static void between(final long from, final long value, final long to) {
        assertTrue(from <= value && value <= to, () -> value + " ms");
    }

    private static void wrongIsRight(
            final Outcome outcome, final InjectedFault fault, final WitnessedMarket market) {
        final JsonNode evidence = outcome.evidence("PRICE_WRONG open " + WRITING.key(ETH));
        final Map<String, Object> done = fault.details();
        final BigDecimal expected = new BigDecimal(evidence.path("expected").asText());
        final BigDecimal observed = new BigDecimal(evidence.path("observed").asText());
        same((String) done.get(WRITING.key(ETH) + ".written"), observed);
        assertTrue(
                market
                        .pricesBetween(ETH, fault.actedNs() - 50 * MS, fault.actedNs() + 50 * MS)
                        .stream()
                        .anyMatch(price -> new BigDecimal(price).compareTo(expected) == 0),
                () -> expected + " was no price at " + Instant.ofEpochMilli(fault.actedNs() / MS));
        same(
                evidence.path("deviationTicks").asText(),
                observed.subtract(expected).divide(new BigDecimal("0.01")));
    }

    private static void same(final String expected, final BigDecimal value) {
        assertEquals(0, new BigDecimal(expected).compareTo(value), expected + " and " + value);
    }
}
