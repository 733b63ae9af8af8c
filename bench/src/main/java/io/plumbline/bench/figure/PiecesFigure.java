package io.plumbline.bench.figure;

import io.plumbline.bench.EngineBenchmark;
import io.plumbline.bench.World;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Every JMH benchmark with all of its parameters, a JVM for each, and each detector by itself with
 * a trade and a value; in the short form all in this JVM and without venues' channels and single
 * detectors, only to see that they run: what the compiler knows of one then falls on the next.
 */
final class PiecesFigure implements Figure {
    private static final String CHANNELS = ChannelDecodeBenchmark.class.getSimpleName();
    private static final String ENGINE = EngineBenchmark.class.getSimpleName();
    private static final TimeValue TURN = TimeValue.milliseconds(200);
    private static final TimeValue SHORT_TURN = TimeValue.milliseconds(100);
    private static final int TURNS = 2;

    @Override
    public String name() {
        return "pieces";
    }

    @Override
    public String title() {
        return "one piece at a time, with JMH: wall time per operation";
    }

    @Override
    public long limitS() {
        return 1_800;
    }

    @Override
    public List<Row> measure(final Effort effort) throws IOException {
        try {
            final List<Row> rows = new ArrayList<>(run(options(effort).exclude(CHANNELS)));
            if (effort.full()) {
                final String[] detectors =
                        Stream.concat(Stream.of("none"), World.detectorNames())
                                .toArray(String[]::new);
                rows.addAll(
                        run(
                                options(effort)
                                        .include(ENGINE)
                                        .param("detector", detectors)
                                        .param("frame", "aggTrade", "redisValue")));
            }
            if (effort.full() && effort.hasFeeds()) {
                rows.addAll(run(options(effort).include(CHANNELS)));
            }
            return rows;
        } catch (final RunnerException e) {
            throw new IOException("JMH: " + e.getMessage(), e);
        }
    }

    private static ChainedOptionsBuilder options(final Effort effort) {
        return new OptionsBuilder()
                .verbosity(VerboseMode.SILENT)
                .output(effort.work().resolve("jmh.txt").toString())
                .jvmArgsPrepend("-Dplumbline.feeds=" + effort.feeds())
                .forks(effort.full() ? 1 : 0)
                .warmupIterations(effort.full() ? TURNS : 1)
                .warmupTime(effort.full() ? TURN : SHORT_TURN)
                .measurementIterations(effort.full() ? TURNS : 1)
                .measurementTime(effort.full() ? TURN : SHORT_TURN);
    }

    private static List<Row> run(final ChainedOptionsBuilder options) throws RunnerException {
        return rows(new Runner(options.build()).run());
    }

    private static List<Row> rows(final Collection<RunResult> results) {
        final List<Row> rows = new ArrayList<>();
        for (final RunResult result : results) {
            rows.add(
                    Row.told(
                            label(result.getParams()),
                            result.getPrimaryResult().getScore(),
                            result.getPrimaryResult().getScoreUnit()));
        }
        return rows;
    }

    /** {@code BookBenchmark.update: depth 20, levels 2}. */
    private static String label(final BenchmarkParams params) {
        final String[] names = params.getBenchmark().split("\\.");
        return names[names.length - 2]
                + '.'
                + names[names.length - 1]
                + params.getParamsKeys().stream()
                        .map(key -> key + ' ' + params.getParam(key))
                        .collect(Collectors.joining(", ", ": ", ""));
    }
}
