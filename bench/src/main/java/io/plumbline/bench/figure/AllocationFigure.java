package io.plumbline.bench.figure;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/** Target 8: bytes allocated per message from the ring to the finding, when all is warm. */
final class AllocationFigure implements Figure {
    private static final int TARGET = 8;
    private static final int SYMBOLS = 50;
    private static final int WARM = 2_000_000;
    private static final int MESSAGES = 1_000_000;
    private static final double GATE = 0.01;

    @Override
    public String name() {
        return "allocation";
    }

    @Override
    public String title() {
        return "bytes allocated per message, from the ring to the finding";
    }

    @Override
    public List<Row> measure(final Effort effort) {
        final MovingMarket market = new MovingMarket(SYMBOLS);
        market.judge(WARM);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long before = threads.getCurrentThreadAllocatedBytes();
        market.judge(MESSAGES);
        final double bytes = threads.getCurrentThreadAllocatedBytes() - before;
        market.world.assertQuiet();
        // What reading the counter costs is no message's.
        final double perMessage = Math.floor(bytes / MESSAGES * 1_000) / 1_000;
        return List.of(
                Row.absolute(
                        TARGET,
                        "allocated, ring to finding",
                        perMessage,
                        "B",
                        Bound.atMost(0).gatedAt(GATE)));
    }
}
