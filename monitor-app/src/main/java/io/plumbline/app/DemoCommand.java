package io.plumbline.app;

import io.plumbline.app.config.Config;
import io.plumbline.app.config.ConfigException;
import io.plumbline.app.config.ConfigLoader;
import io.plumbline.app.demo.Demo;
import io.plumbline.app.demo.Stage;
import io.plumbline.feed.FeedStatus;
import io.plumbline.feed.sim.FaultKind;
import io.plumbline.feed.sim.FaultScript;
import io.plumbline.feed.sim.FaultTargets;
import io.plumbline.feed.sim.GroundTruth;
import io.plumbline.feed.sim.GroundTruthMatcher;
import io.plumbline.feed.sim.SimulatedInstrument;
import io.plumbline.feed.sim.SimulatedInstruments;
import io.plumbline.feed.sim.SimulatedMarket;
import io.plumbline.feed.sim.WriterSettings;
import io.plumbline.market.Channel;
import io.plumbline.market.SessionState;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows the monitor at work on a made-up market with real faults. */
@Command(
        name = "demo",
        description = {
            "Breaks one thing after another, and shows how each is caught and named.",
            "Starts a real Redis, a simulated exchange, a price writer and the monitor for it."
        })
final class DemoCommand implements Callable<Integer> {
    private static final long FAULT_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long WARM_UP_NS = TimeUnit.SECONDS.toNanos(3);
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(3);
    private static final long SETTLE_NS = TimeUnit.SECONDS.toNanos(8);
    private static final long ROUND_NS = TimeUnit.SECONDS.toNanos(55);
    private static final long LIVE_WITHIN_NS = TimeUnit.SECONDS.toNanos(20);
    private static final String CHANNELS = "bookTicker, aggTrade, trade, depth, markPrice";
    private static final String SPOT_CHANNELS = "bookTicker, aggTrade, trade, depth";

    @Spec private CommandSpec spec;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "Ends after this time, for example 60s, and fails on a missed fault.")
    private Duration length;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Port of the API on 127.0.0.1 (default 8080; 0 for any free one).")
    private int httpPort;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Chooses market and faults (default 1).")
    private long seed;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keeps journal, findings and ground truth here; a new folder otherwise.")
    private Path data;

    @Override
    public Integer call()
            throws ConfigException, CannotStartException, IOException, InterruptedException {
        final long lengthNs = length == null ? Long.MAX_VALUE : length.toNanos();
        if (lengthNs < ROUND_NS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "one round of faults takes most of a minute: give --for 60s or more");
        }
        final PrintWriter out = spec.commandLine().getOut();
        final SystemClock clock = new SystemClock();
        final Path folder = folder();
        final CountDownLatch stop = new CountDownLatch(1);
        final CountDownLatch done = new CountDownLatch(1);
        Termination.onSignal(stop, done);
        final List<SimulatedInstrument> instruments = SimulatedInstruments.standard();
        final WriterSettings writing = WriterSettings.standard();
        try (Stage stage =
                new Stage(
                        new SimulatedMarket(seed, instruments),
                        instruments,
                        writing,
                        clock,
                        Monitor::background)) {
            stage.open();
            final long startedNs = clock.epochNanos();
            final GroundTruthMatcher matcher = new GroundTruthMatcher(DEADLINE_NS, SETTLE_NS);
            final Demo demo = new Demo(out, matcher, startedNs);
            try (GroundTruth truth = new GroundTruth(folder.resolve("ground-truth.ndjson"));
                    Monitor monitor =
                            new Monitor(
                                    config(stage, folder),
                                    clock,
                                    demo::found,
                                    () -> Runtime.getRuntime().halt(ExitCode.CANNOT_START))) {
                monitor.start();
                out.printf(
                        "api on http://127.0.0.1:%d  data in %s  seed %d%n",
                        monitor.httpPort(), folder, seed);
                out.flush();
                final FaultTargets targets =
                        new FaultTargets(
                                instruments,
                                writing::key,
                                EnumSet.of(Channel.AGG_TRADE, Channel.TRADE, Channel.DEPTH));
                stage.play(FaultScript.of(List.of()), List.of(matcher, demo), List.of(truth));
                awaitLive(monitor, clock, stop);
                perform(stage, targets, clock, startedNs, lengthNs, stop);
                out.println("stopping");
                out.flush();
            }
            final boolean clean = demo.balance();
            out.printf("replay it: ./plumbline replay %s%n", folder.resolve("journal"));
            return clean ? ExitCode.OK : ExitCode.FOUND;
        } finally {
            done.countDown();
        }
    }

    /** A new folder, or an empty one: an earlier demo's evidence is not mixed with this one's. */
    private Path folder() throws CannotStartException {
        try {
            if (data == null) {
                return Files.createTempDirectory("plumbline-demo");
            }
            Files.createDirectories(data);
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(data)) {
                if (entries.iterator().hasNext()) {
                    throw new ParameterException(
                            spec.commandLine(),
                            "--data " + data + " is not empty: name a new folder");
                }
            }
            return data;
        } catch (final IOException e) {
            throw new CannotStartException(
                    "cannot write to " + data + " (" + e + "): name another folder with --data", e);
        }
    }

    /** Plays scripts until the time is over: one of them when it is bounded, endlessly else. */
    private void perform(
            final Stage stage,
            final FaultTargets targets,
            final SystemClock clock,
            final long startedNs,
            final long lengthNs,
            final CountDownLatch stop)
            throws InterruptedException, CannotStartException {
        final Random seeds = new Random(seed);
        final long endNs =
                lengthNs > Long.MAX_VALUE - startedNs ? Long.MAX_VALUE : startedNs + lengthNs;
        boolean more = true;
        while (more) {
            final FaultScript script =
                    FaultScript.random(
                            seeds.nextLong(),
                            targets,
                            clock.epochNanos() + WARM_UP_NS,
                            FAULT_NS,
                            PAUSE_NS,
                            FaultKind.demo());
            if (script.endNs() + DEADLINE_NS > endNs && lengthNs != Long.MAX_VALUE) {
                throw new CannotStartException(
                        "the faults of one round take "
                                + TimeUnit.NANOSECONDS.toSeconds(
                                        script.endNs() - startedNs + DEADLINE_NS)
                                + " s: give --for at least that");
            }
            stage.playOn(script);
            final long untilNs = lengthNs == Long.MAX_VALUE ? script.endNs() + SETTLE_NS : endNs;
            more = !pause(stage, clock, untilNs, stop) && lengthNs == Long.MAX_VALUE;
        }
    }

    /** Waits; true when it was told to stop. */
    private static boolean pause(
            final Stage stage,
            final SystemClock clock,
            final long untilNs,
            final CountDownLatch stop)
            throws InterruptedException, CannotStartException {
        while (clock.epochNanos() < untilNs) {
            if (stage.failure() != null) {
                throw new CannotStartException(
                        "the simulation failed: " + stage.failure(), stage.failure());
            }
            if (stop.await(100, TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return false;
    }

    private static void awaitLive(
            final Monitor monitor, final SystemClock clock, final CountDownLatch stop)
            throws InterruptedException, CannotStartException {
        final long deadlineNs = clock.epochNanos() + LIVE_WITHIN_NS;
        while (!monitor.feeds().stream()
                .map(FeedStatus::state)
                .allMatch(SessionState.LIVE::equals)) {
            if (clock.epochNanos() > deadlineNs) {
                throw new CannotStartException(
                        "the demo's feeds did not become live: " + monitor.feeds());
            }
            if (stop.await(20, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    private Config config(final Stage stage, final Path folder) throws ConfigException {
        final String yaml =
                "monitor: {name: demo, dataDirectory: \""
                        + folder
                        + "\"}\n"
                        + stage.watchedYaml(CHANNELS).replaceFirst(CHANNELS, SPOT_CHANNELS)
                        + "detectors:\n"
                        + "  price: {frozenFor: 1500ms}\n"
                        + "  staleness: {connection: 1500ms, symbol: 1500ms}\n"
                        + "cases: {keepFiringFor: {default: 2s}}\n"
                        + "alerts: [{type: file, path: \""
                        + folder.resolve("alerts.ndjson")
                        + "\"}]\n"
                        + "http: {port: "
                        + httpPort
                        + "}\n";
        return new ConfigLoader(InstalledVenues.list(), System::getenv, warning -> {})
                .parse("demo", yaml);
    }
}
