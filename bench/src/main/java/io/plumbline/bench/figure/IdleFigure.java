package io.plumbline.bench.figure;

import io.plumbline.feed.sim.SimulatedInstrument;
import io.plumbline.feed.sim.SimulatedInstruments;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Target 19: three markets, each stream on two connections: eight, on which little comes. */
final class IdleFigure implements Figure {
    private static final int TARGET = 19;
    private static final double LIMIT_PERCENT = 2;
    private static final double SECOND_NS = 1e9;
    private static final double PERCENT = 100;
    private static final long QUIET_NS = 2_000_000_000L;

    /** Until the compilers are done with what the start was. */
    private static final long SETTLE_S = 20;

    private static final long SHORT_SETTLE_S = 8;

    private static final int FULL_S = 60;
    private static final int SHORT_S = 6;

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public String title() {
        return "the running monitor: processor time when next to nothing happens";
    }

    @Override
    public List<Row> measure(final Effort effort) throws IOException, InterruptedException {
        final List<SimulatedInstrument> instruments =
                List.of(
                        DaemonStage.instrument(
                                SimulatedInstruments.SPOT, "BTC/USDT", "BTCUSDT", QUIET_NS),
                        DaemonStage.instrument(
                                SimulatedInstruments.US, "BTC/USD", "BTCUSD", QUIET_NS),
                        DaemonStage.perpetual("BTC", QUIET_NS));
        try (DaemonStage stage = new DaemonStage(effort, instruments, "    connections: 2\n")) {
            stage.daemon.untilOk("/ready");
            TimeUnit.SECONDS.sleep(effort.full() ? SETTLE_S : SHORT_SETTLE_S);
            final long beforeNs = System.nanoTime();
            final double beforeS = stage.daemon.processorSeconds();
            TimeUnit.SECONDS.sleep(effort.full() ? FULL_S : SHORT_S);
            final double usedS = stage.daemon.processorSeconds() - beforeS;
            stage.check();
            return List.of(
                    Row.absolute(
                            TARGET,
                            "8 quiet connections: processor time",
                            PERCENT * usedS * SECOND_NS / (System.nanoTime() - beforeNs),
                            "% of a core",
                            Bound.atMost(LIMIT_PERCENT)));
        }
    }
}
