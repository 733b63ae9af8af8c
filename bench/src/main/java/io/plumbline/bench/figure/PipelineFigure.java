package io.plumbline.bench.figure;

import java.io.IOException;
import java.util.List;

/**
 * Target 3: bytes to verdict, ours on one thread and through our ring, against Jackson databind
 * through a blocking ring with the same state and detectors.
 */
final class PipelineFigure implements Figure {
    private static final int TARGET = 3;
    private static final double LIMIT = 10;
    private static final String WHAT = "decode + state + detectors";

    @Override
    public String name() {
        return "pipeline";
    }

    @Override
    public String title() {
        return "bytes to verdict against databind through a blocking ring, processor ns of all"
                + " threads per message";
    }

    @Override
    public List<Row> measure(final Effort effort) throws IOException {
        final Corpus corpus = Traffic.mixed(effort);
        try (HandOver ring = new RingHandOver(corpus);
                HandOver databind = new DatabindHandOver(corpus)) {
            final Contest contest = new Contest(effort, corpus.size());
            final int one = contest.add(new EnginePasses(corpus, null));
            final int ours = contest.add(ring);
            final int theirs = contest.add(databind);
            contest.run();
            contest.agree(one, ours);
            contest.agree(one, theirs);
            return List.of(
                    contest.atLeast(TARGET, WHAT, one, theirs, LIMIT),
                    contest.atLeast(0, WHAT + ", own ring", ours, theirs, 0));
        }
    }
}
