package io.plumbline.bench.figure;

import io.plumbline.app.demo.Stage;
import io.plumbline.feed.sim.FaultScript;
import io.plumbline.feed.sim.SimulatedInstruments;
import io.plumbline.feed.sim.SimulatedMarket;
import io.plumbline.feed.sim.WriterSettings;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Target 16 in part: from the command to READY after a kill, wall time, with a journal that fills
 * the disk. What was open at the kill is as long as it can be.
 */
final class CrashStartFigure implements Figure {
    private static final int TARGET = 16;
    private static final double LIMIT_MS = 5_000;
    private static final double MILLISECOND_NS = 1e6;
    private static final long GIB = 1L << 30;
    private static final long MOST = 50 * GIB;

    /** With less room than this the journal takes half of it. */
    private static final long ROOM = 60 * GIB;

    private static final int ROUNDS = 2;
    private static final int MORE_ROUNDS = 9;
    private static final long SEED = 20_261_128L;
    private static final String READY = "/ready";
    private static final String JOURNAL = "journal: {keepBytes: 900GiB, keepFor: 365d}\n";

    @Override
    public String name() {
        return "crash-start";
    }

    @Override
    public String title() {
        return "from ./plumbline run to READY after kill -9, with a large journal, wall time";
    }

    @Override
    public List<Row> measure(final Effort effort) throws IOException, InterruptedException {
        final Path folder = Files.createTempDirectory(effort.work(), "crash");
        final LargeJournal journal =
                new LargeJournal(folder.resolve("data").resolve("journal"), effort);
        final long free = Files.getFileStore(folder).getUsableSpace();
        final long size = !effort.full() ? GIB : free > ROOM ? MOST : free / 2;
        final double[] ms = new double[effort.full() ? MORE_ROUNDS : ROUNDS];
        try (Stage stage = stage()) {
            final String yaml = stage.watchedYaml("bookTicker, aggTrade") + JOURNAL;
            journal.fill(size);
            for (int round = -1; round < ms.length; round++) {
                try (Daemon daemon = new Daemon(folder, yaml)) {
                    final double readyMs = daemon.untilOk(READY) / MILLISECOND_NS;
                    if (round >= 0) {
                        ms[round] = readyMs;
                        journal.checkRecovered();
                    }
                    TimeUnit.SECONDS.sleep(1);
                    daemon.kill();
                }
                if (stage.failure() != null) {
                    throw new IOException("the simulation ended", stage.failure());
                }
                journal.leaveOpen();
            }
        }
        return List.of(
                Row.absolute(
                        TARGET,
                        "kill -9, " + gib(journal.bytes()) + " of journal: start to READY",
                        Contest.median(ms),
                        "ms",
                        Bound.atMost(LIMIT_MS)),
                Row.told(
                        "the same, worst of " + ms.length,
                        Arrays.stream(ms).max().orElseThrow(),
                        "ms"));
    }

    private static String gib(final long bytes) {
        return Row.number((double) bytes / GIB) + " GiB";
    }

    private static Stage stage() throws IOException {
        final Stage stage =
                new Stage(
                        new SimulatedMarket(SEED, SimulatedInstruments.standard()),
                        SimulatedInstruments.standard(),
                        WriterSettings.standard(),
                        new SystemClock(),
                        CrashStartFigure::thread);
        stage.open();
        stage.play(FaultScript.of(List.of()), List.of(), List.of());
        return stage;
    }

    private static Thread thread(final String role, final Runnable body) {
        final Thread thread = new Thread(body, role);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
