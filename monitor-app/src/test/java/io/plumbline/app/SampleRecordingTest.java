package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.app.replay.Replay;
import io.plumbline.app.replay.ReplaySummary;
import io.plumbline.app.replay.Tape;
import io.plumbline.app.replay.Tapes;
import io.plumbline.feed.sim.SimulatedFrame;
import io.plumbline.feed.sim.SimulatedInstrument;
import io.plumbline.feed.sim.SimulatedInstruments;
import io.plumbline.feed.sim.SimulatedMarket;
import io.plumbline.market.Channel;
import io.plumbline.time.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The small recording that the README replays: synthetic, with one trade left out. Written anew by
 * {@code -Dtest.jvm.arguments=-Dplumbline.sample.write=true}.
 */
class SampleRecordingTest {
    private static final Path SAMPLE =
            RepositoryTop.path("config/examples/binance-usdm-sample.ndjson");
    private static final long SEED = 7;
    private static final long START_NS = 1_764_000_000_000_000_000L;
    private static final long STEP_NS = 5_000_000L;
    private static final long SOCKET_NS = 3_217_000L;
    private static final int LINES = 150;
    private static final int DROPPED_TRADE = 30;
    private static final int LARGEST = 40_000;

    @Test
    void shouldShowExactlyOneGap() throws IOException {
        final List<String> findings = new ArrayList<>();
        final ReplaySummary summary;
        try (Tape tape =
                Tapes.open(
                        List.of(SAMPLE),
                        null,
                        null,
                        Set.of(),
                        Long.MIN_VALUE,
                        Monitor::background)) {
            summary =
                    new Replay(
                                    tape,
                                    new ManualClock(START_NS),
                                    0,
                                    Long.MIN_VALUE,
                                    Long.MAX_VALUE,
                                    json -> findings.add(json.toString()))
                            .run();
        }
        assertEquals(Map.of("SEQUENCE_GAP", 1L), summary.findings());
        assertEquals(1, findings.size());
        assertTrue(findings.get(0).contains("\"channel\":\"trade\""), findings.get(0));
        assertTrue(findings.get(0).contains("\"missingCount\":1"), findings.get(0));
        assertEquals(LINES, summary.messages());
        assertEquals(0, summary.unparsed());
        assertEquals(List.of(), summary.damages());
    }

    @Test
    void shouldBeWhatTheSimulatedMarketMakes() throws IOException {
        final String made = String.join("\n", made()) + "\n";
        if (Boolean.getBoolean("plumbline.sample.write")) {
            Files.writeString(SAMPLE, made);
        }
        assertTrue(made.length() < LARGEST, made.length() + " bytes");
        assertEquals(made, Files.readString(SAMPLE), "seed " + SEED);
    }

    private static List<String> made() {
        final List<SimulatedInstrument> two =
                SimulatedInstruments.standard().stream()
                        .filter(i -> i.venue().equals(SimulatedInstruments.USDM))
                        .limit(2)
                        .toList();
        final SimulatedMarket market = new SimulatedMarket(SEED, two);
        final List<String> lines = new ArrayList<>();
        final int[] trades = {0};
        for (long nowNs = START_NS; lines.size() < LINES; nowNs += STEP_NS) {
            market.step(
                    nowNs,
                    frame -> {
                        final boolean trade = frame.channel() == Channel.TRADE;
                        trades[0] += trade ? 1 : 0;
                        final boolean dropped = trade && trades[0] == DROPPED_TRADE;
                        if (frame.channel() != Channel.DEPTH && !dropped) {
                            lines.add(line(frame));
                        }
                    });
        }
        return lines.subList(0, LINES);
    }

    private static String line(final SimulatedFrame frame) {
        return frame.stampNs()
                + SOCKET_NS
                + " {\"stream\":\""
                + frame.stream()
                + "\",\"data\":"
                + frame.json()
                + "}";
    }
}
