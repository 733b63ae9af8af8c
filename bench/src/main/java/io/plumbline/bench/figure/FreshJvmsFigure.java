package io.plumbline.bench.figure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Target 17 in part: what a message costs in each of twelve new JVMs, one after the other: the
 * worst of them against their median. The compiler decides anew in each, and not always as well.
 */
final class FreshJvmsFigure implements Figure {
    private static final int TARGET = 17;
    private static final double LIMIT = 1.15;
    private static final int JVMS = 12;
    private static final int FEWER = 3;

    @Override
    public String name() {
        return "fresh-jvms";
    }

    @Override
    public String title() {
        return "bytes to verdict in the worst of twelve new JVMs against their median, processor"
                + " time per message";
    }

    @Override
    public List<Row> measure(final Effort effort) throws IOException, InterruptedException {
        final double[] costs = new double[effort.full() ? JVMS : FEWER];
        for (int i = 0; i < costs.length; i++) {
            costs[i] = jvm(effort);
        }
        final double median = Contest.median(costs);
        final double worst = Arrays.stream(costs).max().orElseThrow();
        return List.of(
                new Row(
                        TARGET,
                        "message in the worst of " + costs.length + " JVMs",
                        worst,
                        CReader.canBeBuilt() ? "times C" : "ns",
                        "median of them",
                        median,
                        worst / median,
                        Bound.atMost(LIMIT)));
    }

    private double jvm(final Effort effort) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm());
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        OneJvm.class.getName(),
                        String.valueOf(effort.full()),
                        effort.feeds().toString(),
                        effort.work().toString()));
        final Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        final String last =
                process.inputReader().lines().reduce((before, line) -> line).orElse("nothing");
        if (process.waitFor() != 0) {
            throw new IOException("a new JVM left with " + process.exitValue() + ": " + last);
        }
        return Double.parseDouble(last);
    }
}
