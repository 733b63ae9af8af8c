package io.plumbline.bench.figure;

import io.plumbline.app.watch.DetectorSet;
import io.plumbline.bench.World;
import io.plumbline.detect.Engine;
import io.plumbline.finding.InlineFindings;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.Channel;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Target 17 in part: how many messages a new JVM judges in its first second at full load, against
 * the rate that it comes to; wall time, the compiler's threads beside it as they are in a live run.
 */
final class WarmupFigure implements Figure {
    private static final int TARGET = 17;
    private static final double LIMIT = 0.6;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long STEP_NS = 100_000L;

    /** Between two looks at the clock. */
    private static final int CHUNK = 64;

    private final InboundMessage message = new InboundMessage();
    private Engine engine;
    private int source;
    private int next;

    @Override
    public String name() {
        return "warmup";
    }

    @Override
    public String title() {
        return "bytes to verdict in the first second of a JVM, against its steady rate";
    }

    @Override
    public List<Row> measure(final Effort effort) throws IOException {
        final Corpus corpus = Traffic.mixed(effort);
        final double first = second(corpus);
        final double[] later = new double[effort.full() ? 30 : 8];
        for (int i = 0; i < later.length; i++) {
            later[i] = second(corpus);
        }
        // The last third is steady: what was compiled last is compiled by then.
        final double[] steady = Arrays.copyOfRange(later, later.length * 2 / 3, later.length);
        final double rate = Contest.median(steady);
        return List.of(
                new Row(
                        TARGET,
                        "first second",
                        first,
                        "messages/s",
                        "steady rate",
                        rate,
                        first / rate,
                        Bound.atLeast(LIMIT)));
    }

    /** Judges for a second of the clock; ids must not begin again, so each pass has a new state. */
    private double second(final Corpus corpus) {
        long ns = 0;
        long judged = 0;
        while (ns < SECOND_NS) {
            if (engine == null || next == corpus.size()) {
                restart();
            }
            final int end = Math.min(next + CHUNK, corpus.size());
            final long beforeNs = System.nanoTime();
            for (int i = next; i < end; i++) {
                engine.onMessage(
                        message.set(
                                InboundType.FRAME_TEXT,
                                source,
                                1,
                                0,
                                World.START_NS + i * STEP_NS,
                                corpus.bytes,
                                corpus.offsets[i],
                                corpus.lengths[i]));
            }
            ns += System.nanoTime() - beforeNs;
            judged += end - next;
            next = end;
        }
        return (double) judged * SECOND_NS / ns;
    }

    private void restart() {
        final World world = new World(1, "250ms");
        final DetectorSet detectors =
                new DetectorSet(
                        world.watch.state(), world.watch.config().detectors(), world.counters);
        engine =
                new Engine(
                        world.watch.state(),
                        world.watch.decoders(),
                        detectors.detectors(),
                        new InlineFindings(finding -> {}),
                        world.counters);
        source = world.source(0, Channel.BOOK_TICKER);
        next = 0;
    }
}
