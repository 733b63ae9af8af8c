package io.plumbline.bench.figure;

import io.plumbline.app.Instrumentation;
import io.plumbline.app.watch.DetectorSet;
import io.plumbline.bench.World;
import io.plumbline.detect.Detector;
import io.plumbline.detect.Engine;
import io.plumbline.detect.LagDetector;
import io.plumbline.finding.InlineFindings;
import io.plumbline.inbound.InboundHandler;
import io.plumbline.metrics.LatencyRecorder;
import io.plumbline.time.SystemClock;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * Target 14: the engine with everything that the monitor measures beside judging (latency of every
 * hop, its reports, the trends), against the bare engine of which no latency is kept. Counters are
 * in both: nothing turns them off.
 */
final class InstrumentationFigure implements Figure {
    private static final int TARGET = 14;
    private static final double LIMIT = 1 / 0.95;
    private static final int SYMBOLS = 20;
    private static final long LAGGING_NS = 2_000_000_000L;
    private static final long LAGGING_FOR_NS = 5_000_000_000L;

    @Override
    public String name() {
        return "instrumentation";
    }

    @Override
    public String title() {
        return "bytes to verdict with all that is measured beside it, against none of it";
    }

    @Override
    public List<Row> measure(final Effort effort) throws java.io.IOException {
        final Contest contest = new Contest(effort, MovingMarket.CHUNK);
        final int on = contest.add(new Side(true));
        final int off = contest.add(new Side(false));
        contest.run();
        return List.of(
                contest.atMost(TARGET, "message with full instrumentation", on, off, LIMIT)
                        .gatedAt(1.3));
    }

    /** One of the two; laying out the messages is not counted. */
    private static final class Side implements Contender {
        private final boolean full;
        private final MovingMarket market = new MovingMarket(SYMBOLS);
        private final Instrumentation instrumentation;
        private final InboundHandler judge;
        private long sum;

        Side(final boolean full) {
            this.full = full;
            final World world = market.world;
            final DetectorSet set =
                    new DetectorSet(
                            world.watch.state(), world.watch.config().detectors(), world.counters);
            final List<Detector> detectors =
                    full
                            ? set.detectors()
                            : set.detectors().stream().map(each -> bare(world, each)).toList();
            final Engine engine =
                    new Engine(
                            world.watch.state(),
                            world.watch.decoders(),
                            detectors,
                            new InlineFindings(
                                    finding -> {
                                        throw new IllegalStateException("found " + finding.kind);
                                    }),
                            world.counters);
            instrumentation =
                    full
                            ? new Instrumentation(
                                    world.watch, set, engine, new SystemClock(), world.counters)
                            : null;
            judge = full ? instrumentation.engine() : engine;
        }

        private static Detector bare(final World world, final Detector detector) {
            return detector.name().equals("lag")
                    ? new LagDetector(
                            world.watch.state(),
                            LAGGING_NS,
                            LAGGING_FOR_NS,
                            new LatencyRecorder[world.watch.sources().size()])
                    : detector;
        }

        @Override
        public String name() {
            return full ? "full instrumentation" : "none";
        }

        @Override
        public long run(final int passes) {
            long ns = 0;
            for (int pass = 0; pass < passes; pass++) {
                market.fill();
                final long beforeNs = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                market.judgeFilled(judge);
                if (full) {
                    instrumentation.tick();
                }
                ns += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - beforeNs;
                sum += market.stampNs();
            }
            market.world.assertQuiet();
            return ns;
        }

        @Override
        public long checksum() {
            return sum;
        }
    }
}
