package io.plumbline.bench.figure;

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

    /** Between two looks at the clock. */
    private static final int CHUNK = 64;

    private FreshEngine engine;
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
                engine = new FreshEngine(corpus, Channel.BOOK_TICKER);
                next = 0;
            }
            final int end = Math.min(next + CHUNK, corpus.size());
            final long beforeNs = System.nanoTime();
            engine.play(next, end);
            ns += System.nanoTime() - beforeNs;
            judged += end - next;
            next = end;
        }
        return (double) judged * SECOND_NS / ns;
    }
}
