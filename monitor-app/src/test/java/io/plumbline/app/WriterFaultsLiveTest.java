package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.app.demo.Stage;
import io.plumbline.feed.sim.Fault;
import io.plumbline.feed.sim.FaultKind;
import io.plumbline.feed.sim.FaultScript;
import io.plumbline.feed.sim.FaultTargets;
import io.plumbline.feed.sim.SimulatedInstrument;
import io.plumbline.feed.sim.SimulatedInstruments;
import io.plumbline.feed.sim.SimulatedMarket;
import io.plumbline.feed.sim.WriterSettings;
import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.Severity;
import io.plumbline.market.Channel;
import io.plumbline.time.SystemClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writers at fault in a real Redis: found, named, and the same in replay. */
@Tag("slow")
class WriterFaultsLiveTest {
    private static final long SEED = 20_261_127;
    private static final Duration PATIENCE = Duration.ofSeconds(80);

    @TempDir private Path folder;

    private final SystemClock clock = new SystemClock();
    private final List<SimulatedInstrument> instruments = SimulatedInstruments.standard();
    private final WriterSettings writing = WriterSettings.standard();
    private final List<Finding> found = new ArrayList<>();
    private final List<String> sentences = new ArrayList<>();

    private void found(final Finding finding, final CharSequence sentence) {
        synchronized (found) {
            found.add(new Finding().copyFrom(finding));
            sentences.add(sentence.toString());
        }
    }

    private boolean has(final Predicate<Finding> wanted) {
        synchronized (found) {
            return found.stream().anyMatch(wanted);
        }
    }

    private static boolean is(final Finding finding, final FindingKind kind, final Edge edge) {
        return finding.kind == kind && finding.edge == edge;
    }

    private Fault play(final Stage stage, final FaultKind kind, final long lengthNs) {
        final FaultScript script =
                FaultScript.random(
                        SEED,
                        new FaultTargets(instruments, writing::key, EnumSet.of(Channel.AGG_TRADE)),
                        clock.epochNanos() + TimeUnit.MILLISECONDS.toNanos(200),
                        lengthNs,
                        0,
                        List.of(kind));
        stage.playOn(script);
        return script.faults().get(0);
    }

    @Test
    void shouldNameTheNameAndTheBatch() throws Exception {
        try (Stage stage =
                new Stage(
                        new SimulatedMarket(SEED, instruments),
                        instruments,
                        writing,
                        clock,
                        Monitor::background)) {
            stage.open();
            stage.play(FaultScript.of(List.of()), List.of(), List.of());
            final LiveRun run =
                    new LiveRun(
                            folder,
                            stage.watchedYaml("bookTicker, aggTrade")
                                            .replace(
                                                    "    keys:",
                                                    "    misnamed: {scan: 1s}\n    keys:")
                                    + "detectors:\n  price: {frozenFor: 1500ms}\n"
                                    + "  staleness: {connection: 10s, symbol: 10s}\n",
                            this::found);
            try (run) {
                run.start();
                run.awaitLive();
                misnamed(stage, run);
                lastWriteWins(stage, run);
                assertNull(stage.failure());
            }
            run.replayedTheSame();
        }
    }

    private void misnamed(final Stage stage, final LiveRun run) {
        final Fault fault = play(stage, FaultKind.MISNAMED_KEY, TimeUnit.SECONDS.toNanos(6));
        final String right = fault.keys().get(0);
        run.until(
                "the misnamed key",
                PATIENCE,
                () ->
                        has(
                                f ->
                                        is(f, FindingKind.KEY_MISNAMED, Edge.OPEN)
                                                && f.severity == Severity.HIGH
                                                && f.key.equals(right)));
        run.until(
                "its end",
                PATIENCE,
                () -> stage.finished() && has(f -> is(f, FindingKind.KEY_MISNAMED, Edge.CLOSE)));
        synchronized (found) {
            final Finding finding =
                    found.stream()
                            .filter(f -> f.kind == FindingKind.KEY_MISNAMED)
                            .findFirst()
                            .orElseThrow();
            assertEquals("price-writer", finding.writer);
            assertTrue(!finding.text(Evidence.FOUND_KEY).equals(right));
            assertTrue(
                    found.stream()
                            .filter(f -> f.kind == FindingKind.KEY_MISNAMED)
                            .allMatch(f -> f.key.equals(right)));
        }
    }

    private void lastWriteWins(final Stage stage, final LiveRun run) {
        // It ends when it is found; a machine that stands still makes the judgement begin anew.
        play(stage, FaultKind.LAST_WRITE_WINS, TimeUnit.SECONDS.toNanos(70));
        run.until(
                "the lost writes",
                PATIENCE,
                () ->
                        has(
                                f ->
                                        is(f, FindingKind.WRITES_LOST, Edge.OPEN)
                                                && f.key.equals("price-writer")));
    }
}
