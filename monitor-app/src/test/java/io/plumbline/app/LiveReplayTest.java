package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.app.demo.Demo;
import io.plumbline.app.demo.Stage;
import io.plumbline.feed.sim.FaultKind;
import io.plumbline.feed.sim.FaultListener;
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
import java.nio.file.Files;
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
    private static final String CHANNELS = "bookTicker, aggTrade, trade, depth";
    private static final String DETECTORS =
            "detectors:\n"
                    + "  price: {frozenFor: 1500ms}\n"
                    + "  staleness: {connection: 1500ms, symbol: 1500ms}\n";

    @TempDir private Path folder;

    private final SystemClock clock = new SystemClock();
    private final List<SimulatedInstrument> instruments = SimulatedInstruments.standard();
    private final WriterSettings writing = WriterSettings.standard();

    private Stage stage(final long seed) throws Exception {
        final Stage stage =
                new Stage(
                        new SimulatedMarket(seed, instruments),
                        instruments,
                        writing,
                        clock,
                        Monitor::background);
        stage.open();
        return stage;
    }

    private FaultScript script(final long seed, final List<FaultKind> kinds) {
        return FaultScript.random(
                seed,
                new FaultTargets(
                        instruments,
                        writing::key,
                        EnumSet.of(Channel.AGG_TRADE, Channel.TRADE, Channel.DEPTH)),
                clock.epochNanos() + WARM_UP_NS,
                FAULT_NS,
                PAUSE_NS,
                kinds);
    }

    /**
     * One run of a monitor on the stage's world, under one script.
     *
     * @return the balance for a person, "" when everything was caught and nothing else was raised
     */
    private String run(final Stage stage, final FaultScript[] script, final List<FaultKind> kinds)
            throws Exception {
        final GroundTruthMatcher matcher = new GroundTruthMatcher(DEADLINE_NS, SETTLE_NS);
        final StringWriter told = new StringWriter();
        final Demo demo = new Demo(new PrintWriter(told), matcher, clock.epochNanos());
        try (LiveRun run =
                new LiveRun(folder, stage.watchedYaml(CHANNELS) + DETECTORS, demo::found)) {
            run.start();
            if (script[0] == null) {
                final List<FaultListener> before = List.of(matcher, demo);
                stage.play(FaultScript.of(List.of()), before, List.of());
            }
            run.awaitLive();
            script[0] = script(SEED, kinds);
            stage.playOn(script[0]);
            run.until(
                    "the end of the script",
                    Duration.ofMinutes(3),
                    () ->
                            stage.failure() != null
                                    || stage.finished()
                                            && clock.epochNanos()
                                                    > script[0].endNs() + DEADLINE_NS);
            assertEquals(null, stage.failure());
        }
        return demo.balance() ? "" : told.toString();
    }
}
