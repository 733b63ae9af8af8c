package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.app.demo.Demo;
import io.plumbline.app.demo.Stage;
import io.plumbline.feed.sim.FaultKind;
import io.plumbline.feed.sim.FaultScript;
import io.plumbline.feed.sim.FaultTargets;
import io.plumbline.feed.sim.GroundTruthMatcher;
import io.plumbline.feed.sim.SimulatedInstrument;
import io.plumbline.feed.sim.SimulatedInstruments;
import io.plumbline.feed.sim.SimulatedMarket;
import io.plumbline.feed.sim.WriterSettings;
import io.plumbline.market.Channel;
import io.plumbline.time.SystemClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's world under every fault: what was found live is found again in the journal. */
@Tag("slow")
class LiveReplayTest {
    private static final long SEED = 20_260_820;
    private static final long WARM_UP_NS = TimeUnit.SECONDS.toNanos(3);
    private static final long FAULT_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(3);
    private static final long SETTLE_NS = TimeUnit.SECONDS.toNanos(8);
    private static final String CHANNELS = "bookTicker, aggTrade, trade, depth, markPrice";
    private static final String SPOT_CHANNELS = "bookTicker, aggTrade, trade, depth";
    private static final String DETECTORS =
            "detectors:\n"
                    + "  price: {frozenFor: 1500ms}\n"
                    + "  staleness: {connection: 1500ms, symbol: 1500ms}\n";

    /** What a restarted monitor has to catch: a fault of the feed, one of a key, both short. */
    private static final List<FaultKind> SECOND_LIFE =
            List.of(FaultKind.DROPPED_MESSAGE, FaultKind.WRONG_VALUE);

    @TempDir private Path folder;

    private final SystemClock clock = new SystemClock();
    private final List<SimulatedInstrument> instruments = SimulatedInstruments.standard();
    private final WriterSettings writing = WriterSettings.standard();

    private FaultScript script(final List<FaultKind> kinds) {
        return FaultScript.random(
                SEED,
                new FaultTargets(
                        instruments,
                        writing::key,
                        EnumSet.of(Channel.AGG_TRADE, Channel.TRADE, Channel.DEPTH)),
                clock.epochNanos() + WARM_UP_NS,
                FAULT_NS,
                PAUSE_NS,
                kinds);
    }

    /** One life of a monitor, under one script; its data directory is always the same. */
    private LiveRun live(final Stage stage, final Demo demo, final List<FaultKind> kinds)
            throws Exception {
        final String watched =
                stage.watchedYaml(CHANNELS).replaceFirst(CHANNELS, SPOT_CHANNELS) + DETECTORS;
        final LiveRun run = new LiveRun(folder, watched, demo::found);
        try (run) {
            run.start();
            run.awaitLive();
            final FaultScript script = script(kinds);
            stage.playOn(script);
            run.until(
                    "the end of the script",
                    Duration.ofMinutes(3),
                    () ->
                            stage.failure() != null
                                    || stage.finished()
                                            && clock.epochNanos() > script.endNs() + DEADLINE_NS);
            assertNull(stage.failure());
        }
        return run;
    }

    @Test
    void shouldFindTheSameAgainInTheJournal() throws Exception {
        final GroundTruthMatcher matcher = new GroundTruthMatcher(DEADLINE_NS, SETTLE_NS);
        final StringWriter told = new StringWriter();
        final Demo demo = new Demo(new PrintWriter(told), matcher, clock.epochNanos());
        try (Stage stage =
                new Stage(
                        new SimulatedMarket(SEED, instruments),
                        instruments,
                        writing,
                        clock,
                        Monitor::background)) {
            stage.open();
            stage.play(FaultScript.of(List.of()), List.of(matcher, demo), List.of());
            final LiveRun first = live(stage, demo, FaultKind.demo());
            assertTrue(demo.balance(), () -> "seed " + SEED + '\n' + told);
            assertEquals(FaultKind.demo().size(), matcher.outcome().caught().size());
            final String before = first.findings();
            first.replayedTheSame();

            final LiveRun second = live(stage, demo, SECOND_LIFE);
            assertTrue(demo.balance(), () -> "seed " + SEED + '\n' + told);
            assertTrue(second.findings().startsWith(before));
            assertTrue(second.findings().length() > before.length());
            second.replayedTheSame();
        }
    }
}
