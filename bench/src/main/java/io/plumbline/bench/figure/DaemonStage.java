package io.plumbline.bench.figure;

import io.plumbline.app.demo.Stage;
import io.plumbline.feed.sim.FaultScript;
import io.plumbline.feed.sim.SimulatedInstrument;
import io.plumbline.feed.sim.SimulatedInstruments;
import io.plumbline.feed.sim.SimulatedMarket;
import io.plumbline.feed.sim.WriterSettings;
import io.plumbline.time.SystemClock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A monitor of its own process over a simulated exchange, a real Redis and a writer in this one.
 */
final class DaemonStage implements Closeable {
    private static final int DECIMALS = 2;
    private static final long TICKS = 1_234_567;
    private static final long SEED = 20_261_128L;

    final Daemon daemon;
    private final Stage stage;

    /**
     * @param more lines of every venue in the monitor's configuration
     */
    DaemonStage(final Effort effort, final List<SimulatedInstrument> instruments, final String more)
            throws IOException {
        stage =
                new Stage(
                        new SimulatedMarket(SEED, instruments),
                        instruments,
                        WriterSettings.standard(),
                        new SystemClock(),
                        DaemonStage::thread);
        stage.open();
        stage.play(FaultScript.of(List.of()), List.of(), List.of());
        final Path folder = Files.createTempDirectory(effort.work(), "daemon");
        final String yaml = stage.watchedYaml("bookTicker, aggTrade");
        daemon = new Daemon(folder, yaml.replace("    channels:", more + "    channels:"));
    }

    static SimulatedInstrument perpetual(final String base, final long intervalNs) {
        return instrument(
                SimulatedInstruments.USDM, base + "/USDT:USDT", base + "USDT", intervalNs);
    }

    static SimulatedInstrument instrument(
            final String venue,
            final String symbol,
            final String venueSymbol,
            final long intervalNs) {
        return new SimulatedInstrument(
                venue, symbol, venueSymbol, "0.01", DECIMALS, TICKS, intervalNs);
    }

    /** Fails where the simulation has. */
    void check() throws IOException {
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

    @Override
    public void close() throws IOException {
        daemon.close();
        stage.close();
    }
}
