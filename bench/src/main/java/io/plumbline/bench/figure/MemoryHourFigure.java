package io.plumbline.bench.figure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Target 10 in part: what the whole monitor holds more after an hour than before, by the straight
 * line through its resident memory. The start is left out: code is compiled and the heap touched.
 */
final class MemoryHourFigure implements Figure {
    private static final long START_S = 600;
    private static final long HOUR_S = 3_600;
    private static final long EVERY_S = 10;

    /** The short form only shows that it runs. */
    private static final int SHORTER = 60;

    private static final double LIMIT_MIB = 1;

    @Override
    public String name() {
        return "memory-hour";
    }

    @Override
    public String title() {
        return "the running monitor: growth of resident memory in an hour (only by name)";
    }

    @Override
    public boolean onlyByName() {
        return true;
    }

    @Override
    public long limitS() {
        return 2 * HOUR_S;
    }

    @Override
    public List<Row> measure(final Effort effort) throws IOException, InterruptedException {
        final int shorter = effort.full() ? 1 : SHORTER;
        final List<Double> mebi = new ArrayList<>();
        try (DaemonStage stage = MemoryFigure.stage(effort, MemoryFigure.SMALL)) {
            stage.daemon.untilOk("/ready");
            TimeUnit.SECONDS.sleep(START_S / shorter);
            for (long s = 0; s <= HOUR_S / shorter; s += EVERY_S) {
                mebi.add(stage.daemon.residentMebi());
                TimeUnit.SECONDS.sleep(EVERY_S);
            }
            stage.check();
        }
        final String what = MemoryFigure.SMALL + " symbols: resident memory ";
        return List.of(
                Row.absolute(
                        MemoryFigure.TARGET,
                        what + "more, an hour",
                        slope(mebi) * HOUR_S / EVERY_S,
                        "MiB",
                        Bound.atMost(LIMIT_MIB)),
                Row.told(what + "at first", mebi.get(0), "MiB"),
                Row.told(what + "at last", mebi.get(mebi.size() - 1), "MiB"));
    }

    /** Least squares, a step. */
    private static double slope(final List<Double> values) {
        final double middle = (values.size() - 1) / 2.0;
        final double mean =
                values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double product = 0;
        double square = 0;
        for (int i = 0; i < values.size(); i++) {
            product += (i - middle) * (values.get(i) - mean);
            square += (i - middle) * (i - middle);
        }
        return product / square;
    }
}
