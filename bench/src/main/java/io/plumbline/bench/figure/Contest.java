package io.plumbline.bench.figure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Contenders that take turns in one process, so that whatever else the machine does falls on all of
 * them. What counts is the median over the rounds, and of a ratio the median of the rounds' ratios.
 * Processor time of the thread, not wall time.
 */
final class Contest {
    /** For one that is as fast at once: caches, and how many passes make a turn. */
    private static final int WARM_TURNS = 5;

    private final Effort effort;
    private final long units;
    private final List<Contender> contenders = new ArrayList<>();
    private final List<Long> unitsOf = new ArrayList<>();
    private double[][] perUnit;

    /**
     * @param units messages (or whatever is counted) in one pass
     */
    Contest(final Effort effort, final long units) {
        this.effort = effort;
        this.units = units;
    }

    /** Adds a side and answers its number. */
    int add(final Contender contender) {
        return add(contender, units);
    }

    /** The same for one whose pass has another number of units. */
    int add(final Contender contender, final long itsUnits) {
        contenders.add(contender);
        unitsOf.add(itsUnits);
        return contenders.size() - 1;
    }

    Contest run() throws IOException {
        final int[] passes = new int[contenders.size()];
        for (int c = 0; c < passes.length; c++) {
            passes[c] = warm(contenders.get(c));
        }
        perUnit = new double[contenders.size()][effort.rounds()];
        for (int round = 0; round < effort.rounds(); round++) {
            for (int c = 0; c < passes.length; c++) {
                final long ns = contenders.get(c).run(passes[c]);
                perUnit[c][round] = (double) ns / passes[c] / unitsOf.get(c);
            }
        }
        return this;
    }

    /** Runs it until it is compiled, and answers how many passes make a turn. */
    private int warm(final Contender contender) throws IOException {
        final long untilNs =
                System.nanoTime()
                        + (contender.isCompiledAsItRuns()
                                ? effort.warmNs()
                                : WARM_TURNS * effort.turnNs());
        int passes = 1;
        long ns = contender.run(1);
        while (System.nanoTime() < untilNs) {
            passes =
                    (int)
                            Math.max(
                                    1,
                                    Math.min(1 << 24, passes * effort.turnNs() / Math.max(1, ns)));
            ns = contender.run(passes);
        }
        return passes;
    }

    /** Processor time per unit, ns. */
    double value(final int contender) {
        return median(perUnit[contender]);
    }

    /** The same in its best round: what else the machine does only adds. */
    double least(final int contender) {
        return Arrays.stream(perUnit[contender]).min().orElseThrow();
    }

    /** How many times as long {@code a} takes as {@code b}. */
    double ratio(final int a, final int b) {
        final double[] ratios = new double[effort.rounds()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = perUnit[a][i] / perUnit[b][i];
        }
        return median(ratios);
    }

    /**
     * The row in which {@code ours} may take at most {@code limit} times as long as {@code peer}; 0
     * for no limit.
     */
    Row atMost(
            final int target,
            final String figure,
            final int ours,
            final int peer,
            final double limit) {
        return new Row(
                target,
                figure,
                value(ours),
                "ns",
                contenders.get(peer).name(),
                value(peer),
                ratio(ours, peer),
                limit == 0 ? Bound.NONE : Bound.atMost(limit));
    }

    /**
     * The row in which {@code peer} must take at least {@code limit} times as long as {@code ours};
     * 0 for no limit.
     */
    Row atLeast(
            final int target,
            final String figure,
            final int ours,
            final int peer,
            final double limit) {
        return new Row(
                target,
                figure,
                value(ours),
                "ns",
                contenders.get(peer).name(),
                value(peer),
                ratio(peer, ours),
                limit == 0 ? Bound.NONE : Bound.atLeast(limit));
    }

    /** Fails where two sides did not read the same. */
    void agree(final int a, final int b) throws IOException {
        if (contenders.get(a).checksum() != contenders.get(b).checksum()) {
            throw new IOException(
                    contenders.get(a).name()
                            + " and "
                            + contenders.get(b).name()
                            + " did not read the same: "
                            + contenders.get(a).checksum()
                            + " and "
                            + contenders.get(b).checksum());
        }
    }

    static double median(final double[] values) {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
