package io.plumbline.bench.figure;

import io.plumbline.app.demo.Stage;
import io.plumbline.feed.sim.FaultScript;
import io.plumbline.feed.sim.SimulatedInstrument;
import io.plumbline.feed.sim.SimulatedInstruments;
import io.plumbline.feed.sim.SimulatedMarket;
import io.plumbline.feed.sim.WriterSettings;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Targets 10, 16 and 19: the whole monitor over a simulated exchange, a real Redis and a writer;
 * what it holds, when it is live, what it costs when nothing happens.
 */
final class DaemonFigure implements Figure {
    private static final int MEMORY = 10;
    private static final int START = 16;
    private static final int IDLE = 19;
    private static final int SMALL = 1_000;
    private static final int LARGE = 10_000;
    private static final double SMALL_MIB = 192;
    private static final double LARGE_MIB = 384;
    private static final double LIVE_MS = 3_000;
    private static final double IDLE_PERCENT = 2;
    private static final double MILLISECOND_NS = 1e6;
    private static final double SECOND_NS = 1e9;
    private static final long QUIET_NS = 2_000_000_000L;
    private static final long SETTLE_S = 5;

    /** All trades of all symbols together, a second. */
    private static final long TRADES_PER_SECOND = 500;

    private static final int DECIMALS = 2;
    private static final long TICKS = 1_234_567;
    private static final long SEED = 20_261_128L;

    @Override
    public String name() {
        return "daemon";
    }

    @Override
    public String title() {
        return "the running monitor: memory by symbols, start to LIVE, idle processor time";
    }

    @Override
    public List<Row> measure(final Effort effort) throws IOException, InterruptedException {
        final List<Row> rows = new ArrayList<>();
        rows.addAll(watched(effort, SMALL, SMALL_MIB));
        if (effort.full()) {
            rows.addAll(watched(effort, LARGE, LARGE_MIB));
        }
        rows.add(live(effort));
        rows.add(idle(effort));
        return rows;
    }

    private static List<Row> watched(final Effort effort, final int symbols, final double limitMebi)
            throws IOException, InterruptedException {
        final List<SimulatedInstrument> instruments = new ArrayList<>();
        final long intervalNs = TimeUnit.SECONDS.toNanos(symbols) / TRADES_PER_SECOND;
        for (int i = 0; i < symbols; i++) {
            instruments.add(perpetual("S" + i, intervalNs));
        }
        try (Stage stage = stage(instruments);
                Daemon daemon = daemon(effort, stage, "")) {
            final double liveMs = daemon.untilOk("/ready") / MILLISECOND_NS;
            TimeUnit.SECONDS.sleep(effort.full() ? 60 : 10);
            check(stage);
            final String what = symbols + " symbols: ";
            return List.of(
                    Row.absolute(
                            MEMORY,
                            what + "resident memory",
                            daemon.residentMebi(),
                            "MiB",
                            Bound.atMost(limitMebi)),
                    Row.told(what + "start to LIVE", liveMs, "ms"));
        }
    }

    private static Row live(final Effort effort) throws IOException, InterruptedException {
        try (Stage stage = stage(SimulatedInstruments.standard());
                Daemon daemon = daemon(effort, stage, "")) {
            return Row.absolute(
                    START,
                    "start to LIVE on the simulator",
                    daemon.untilOk("/ready") / MILLISECOND_NS,
                    "ms",
                    Bound.atMost(LIVE_MS));
        }
    }

    /** Three markets, each stream on two connections: eight, on which little comes. */
    private static Row idle(final Effort effort) throws IOException, InterruptedException {
        final List<SimulatedInstrument> instruments =
                List.of(
                        instrument(SimulatedInstruments.SPOT, "BTC/USDT", "BTCUSDT", QUIET_NS),
                        instrument(SimulatedInstruments.US, "BTC/USD", "BTCUSD", QUIET_NS),
                        perpetual("BTC", QUIET_NS));
        try (Stage stage = stage(instruments);
                Daemon daemon = daemon(effort, stage, "    connections: 2\n")) {
            daemon.untilOk("/ready");
            TimeUnit.SECONDS.sleep(SETTLE_S);
            final long beforeNs = System.nanoTime();
            final double beforeS = daemon.processorSeconds();
            TimeUnit.SECONDS.sleep(effort.full() ? 60 : 10);
            final double usedS = daemon.processorSeconds() - beforeS;
            check(stage);
            return Row.absolute(
                    IDLE,
                    "8 quiet connections: processor time",
                    100 * usedS * SECOND_NS / (System.nanoTime() - beforeNs),
                    "% of a core",
                    Bound.atMost(IDLE_PERCENT));
        }
    }

    private static SimulatedInstrument perpetual(final String base, final long intervalNs) {
        return instrument(
                SimulatedInstruments.USDM, base + "/USDT:USDT", base + "USDT", intervalNs);
    }

    private static SimulatedInstrument instrument(
            final String venue,
            final String symbol,
            final String venueSymbol,
            final long intervalNs) {
        return new SimulatedInstrument(
                venue, symbol, venueSymbol, "0.01", DECIMALS, TICKS, intervalNs);
    }

    private static Stage stage(final List<SimulatedInstrument> instruments) throws IOException {
        final Stage stage =
                new Stage(
                        new SimulatedMarket(SEED, instruments),
                        instruments,
                        WriterSettings.standard(),
                        new SystemClock(),
                        DaemonFigure::thread);
        stage.open();
        stage.play(FaultScript.of(List.of()), List.of(), List.of());
        return stage;
    }

    /**
     * @param more lines of every venue
     */
    private static Daemon daemon(final Effort effort, final Stage stage, final String more)
            throws IOException {
        final Path folder = Files.createTempDirectory(effort.work(), "daemon");
        final String yaml = stage.watchedYaml("bookTicker, aggTrade");
        return new Daemon(folder, yaml.replace("    channels:", more + "    channels:"));
    }

    private static void check(final Stage stage) throws IOException {
        if (stage.failure() != null) {
            throw new IOException("the simulation ended", stage.failure());
        }
    }

    private static Thread thread(final String role, final Runnable body) {
        final Thread thread = new Thread(body, role);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
