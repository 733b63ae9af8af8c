package io.plumbline.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.plumbline.bench.figure.Effort;
import io.plumbline.bench.figure.Figure;
import io.plumbline.bench.figure.Figures;
import io.plumbline.bench.figure.Row;
import io.plumbline.bench.report.Machine;
import io.plumbline.bench.report.Outcome;
import io.plumbline.bench.report.Page;
import io.plumbline.bench.report.TextTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Measures every figure, each in a JVM of its own, and prints the table. Started by {@code
 * bench/run}.
 */
@Command(
        name = "bench/run",
        mixinStandardHelpOptions = true,
        description = "Measures Plumbline beside its peers and prints one table.")
public final class Bench implements java.util.concurrent.Callable<Integer> {
    private static final int FELL_SHORT = 1;
    private static final long SECOND_NS = 1_000_000_000L;

    /** From here on the JVM warns of what a peer does. */
    private static final int UNSAFE_IS_WARNED_OF = 24;

    @Parameters(paramLabel = "FIGURE", description = "Only these; see --list.")
    private List<String> only = List.of();

    @Option(names = "--short", description = "A few seconds per figure: for CI, and to look.")
    private boolean brief;

    @Option(
            names = "--gate",
            description = "Leave with 1 where a gated ratio is worse than its limit allows.")
    private boolean gate;

    @Option(names = "--list", description = "Name the figures.")
    private boolean list;

    @Option(
            names = "--feeds",
            description =
                    "Folder of recordings (default: ${DEFAULT-VALUE}); without it messages are"
                            + " made.")
    private Path feeds = Path.of("../shared/feeds");

    @Option(
            names = "--out",
            description = "Where result.json and result.html go (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("bench/target/result");

    @Option(names = "--into", hidden = true)
    private Path into;

    public static void main(final String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        final List<Figure> wanted =
                Figures.all().stream()
                        .filter(f -> only.isEmpty() ? !f.onlyByName() : only.contains(f.name()))
                        .toList();
        final Set<String> known =
                Figures.all().stream().map(Figure::name).collect(Collectors.toSet());
        for (final String name : only) {
            if (!known.contains(name)) {
                System.err.println("bench/run: no figure \"" + name + "\"; bench/run --list");
                return CommandLine.ExitCode.USAGE;
            }
        }
        if (list) {
            Figures.all().forEach(f -> System.out.printf("%-20s %s%n", f.name(), f.title()));
            return 0;
        }
        if (into != null) {
            measure(wanted.get(0));
            return 0;
        }
        Files.createDirectories(out);
        final List<Row> rows = new ArrayList<>();
        final List<String> failures = new ArrayList<>();
        for (final Figure figure : wanted) {
            System.err.println("measuring " + figure.name() + ": " + figure.title());
            final long fromNs = System.nanoTime();
            fork(figure, rows, failures);
            System.err.printf("took %d s%n", (System.nanoTime() - fromNs) / SECOND_NS);
        }
        final Outcome outcome = new Outcome(!brief, Machine.facts(), rows, failures);
        outcome.machine().forEach(System.out::println);
        TextTable.lines(outcome).forEach(System.out::println);
        mapper().writeValue(out.resolve("result.json").toFile(), outcome);
        Files.writeString(out.resolve("result.html"), Page.html(outcome));
        System.err.println(
                "written: " + out.resolve("result.json") + ", " + out.resolve("result.html"));
        final int status = failures.isEmpty() ? 0 : FELL_SHORT;
        return gate ? Math.max(status, gate(outcome)) : status;
    }

    /** What CI holds a change to: ratios within one process, with room for a noisy machine. */
    private static int gate(final Outcome outcome) {
        int status = 0;
        for (final Row row : outcome.rows()) {
            if (!row.bound().holds(row.ratio())) {
                System.out.println(
                        "gate: "
                                + row.figure()
                                + " against "
                                + row.peer()
                                + " is "
                                + Row.number(row.ratio())
                                + ", and may be "
                                + row.bound().gateText());
                status = FELL_SHORT;
            }
        }
        return status;
    }

    private void measure(final Figure figure) throws IOException, InterruptedException {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        Files.createDirectories(out);
        final Path work = Files.createTempDirectory("plumbline-bench");
        try {
            mapper().writeValue(into.toFile(), figure.measure(new Effort(!brief, feeds, work)));
        } finally {
            delete(work);
        }
    }

    private static void delete(final Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void fork(final Figure figure, final List<Row> rows, final List<String> failures)
            throws IOException, InterruptedException {
        final Path result = Files.createTempFile("plumbline-bench", ".json");
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(figure.jvm());
        if (Runtime.version().feature() >= UNSAFE_IS_WARNED_OF) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        Bench.class.getName(),
                        figure.name()));
        command.addAll(
                List.of(
                        "--feeds",
                        feeds.toString(),
                        "--out",
                        out.toString(),
                        "--into",
                        result.toString()));
        if (brief) {
            command.add("--short");
        }
        final Process process =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        final boolean ended = process.waitFor(figure.limitS(), TimeUnit.SECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (ended && process.exitValue() == 0) {
            rows.addAll(mapper().readValue(result.toFile(), new TypeReference<List<Row>>() {}));
        } else {
            failures.add(
                    figure.name() + (ended ? " left with " + process.exitValue() : " did not end"));
        }
        Files.deleteIfExists(result);
    }

    private static ObjectMapper mapper() {
        return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    }
}
