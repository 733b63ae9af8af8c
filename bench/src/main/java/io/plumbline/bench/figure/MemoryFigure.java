package io.plumbline.bench.figure;

import io.plumbline.feed.sim.SimulatedInstrument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Target 10: what the whole monitor holds, with all detectors and histories, by symbols. */
final class MemoryFigure implements Figure {
    static final int TARGET = 10;
    static final int SMALL = 1_000;
    private static final int LARGE = 10_000;
    private static final double SMALL_MIB = 192;
    private static final double LARGE_MIB = 384;
    private static final double MILLISECOND_NS = 1e6;
    private static final int FULL_S = 60;
    private static final int SHORT_S = 8;

    /** All trades of all symbols together, a second. */
    private static final long TRADES_PER_SECOND = 500;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String title() {
        return "the running monitor: resident memory by symbols";
    }

    @Override
    public List<Row> measure(final Effort effort) throws IOException, InterruptedException {
        final List<Row> rows = new ArrayList<>(watched(effort, SMALL, SMALL_MIB));
        if (effort.full()) {
            rows.addAll(watched(effort, LARGE, LARGE_MIB));
        }
        return rows;
    }

    private static List<Row> watched(final Effort effort, final int symbols, final double limitMebi)
            throws IOException, InterruptedException {
        try (DaemonStage stage = stage(effort, symbols)) {
            final double liveMs = stage.daemon.untilOk("/ready") / MILLISECOND_NS;
            TimeUnit.SECONDS.sleep(effort.full() ? FULL_S : SHORT_S);
            stage.check();
            final String what = symbols + " symbols: ";
            return List.of(
                    Row.absolute(
                            TARGET,
                            what + "resident memory",
                            stage.daemon.residentMebi(),
                            "MiB",
                            Bound.atMost(limitMebi)),
                    Row.told(what + "start to LIVE", liveMs, "ms"));
        }
    }

    /** So many perpetuals that trade in turns. */
    static DaemonStage stage(final Effort effort, final int symbols) throws IOException {
        final List<SimulatedInstrument> instruments = new ArrayList<>();
        final long intervalNs = TimeUnit.SECONDS.toNanos(symbols) / TRADES_PER_SECOND;
        for (int i = 0; i < symbols; i++) {
            instruments.add(DaemonStage.perpetual("S" + i, intervalNs));
        }
        return new DaemonStage(effort, instruments, "");
    }
}
