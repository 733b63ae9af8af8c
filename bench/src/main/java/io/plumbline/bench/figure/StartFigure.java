package io.plumbline.bench.figure;

import io.plumbline.feed.sim.SimulatedInstruments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Target 16 in part: from the command to the first answer of /health, beside a bare JVM, and to
 * LIVE over a simulated exchange and a real Redis; wall time.
 */
final class StartFigure implements Figure {
    private static final int TARGET = 16;
    private static final double LIMIT_MS = 1_000;
    private static final double LIVE_MS = 3_000;
    private static final double MILLISECOND_NS = 1e6;
    private static final String YAML =
            "venues:\n"
                    + "  - name: binance-usdm\n"
                    + "    endpoint: ws://127.0.0.1:1\n"
                    + "    rest: http://127.0.0.1:1\n"
                    + "    symbols: [\"BTC/USDT:USDT\"]\n";

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String title() {
        return "from ./plumbline run to the first answer of /health, and to LIVE, wall time";
    }

    @Override
    public List<Row> measure(final Effort effort) throws IOException, InterruptedException {
        final double[] ours = new double[effort.full() ? 9 : 3];
        final double[] bare = new double[ours.length];
        // The first start with a jar prepares faster ones.
        health(effort);
        for (int round = 0; round < ours.length; round++) {
            ours[round] = health(effort) / MILLISECOND_NS;
            bare[round] = bare() / MILLISECOND_NS;
        }
        return List.of(
                Row.absolute(
                        TARGET,
                        "start to /health",
                        Contest.median(ours),
                        "ms",
                        Bound.atMost(LIMIT_MS)),
                Row.told("start of a bare JVM", Contest.median(bare), "ms"),
                live(effort));
    }

    private static Row live(final Effort effort) throws IOException, InterruptedException {
        try (DaemonStage stage = new DaemonStage(effort, SimulatedInstruments.standard(), "")) {
            final double ms = stage.daemon.untilOk("/ready") / MILLISECOND_NS;
            stage.check();
            return Row.absolute(
                    TARGET, "start to LIVE on the simulator", ms, "ms", Bound.atMost(LIVE_MS));
        }
    }

    private static long health(final Effort effort) throws IOException, InterruptedException {
        try (Daemon daemon = new Daemon(Files.createTempDirectory(effort.work(), "start"), YAML)) {
            return daemon.untilAnswered("/health");
        }
    }

    private static long bare() throws IOException, InterruptedException {
        final long startNs = System.nanoTime();
        final Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-version")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        process.waitFor();
        return System.nanoTime() - startNs;
    }
}
