package io.plumbline.app;

import io.plumbline.app.config.Config;
import io.plumbline.app.config.ConfigException;
import io.plumbline.app.config.ConfigLoader;
import io.plumbline.app.replay.Replay;
import io.plumbline.app.replay.ReplaySummary;
import io.plumbline.app.replay.Tape;
import io.plumbline.app.replay.Tapes;
import io.plumbline.time.SystemClock;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges recordings with the engine of the live run. */
@Command(
        name = "replay",
        description = {
            "Replays journals or captures through the same decoders and detectors.",
            "The format is recognised by content: journal, \"<receive time> <json>\" lines,"
                    + " cryptofeed text and jsonl, Tardis raw; plain, gzip or zstd."
        })
final class ReplayCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Journal segments, folders of them, or captures.")
    private List<Path> files;

    @Option(
            names = "--venue",
            paramLabel = "NAME",
            description = "The venue of the captures; guessed from their content otherwise.")
    private String venue;

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "max",
            description = "1 as recorded, 10 ten times that, max as fast as possible (default).")
    private String speed;

    @Mixin private TimeRange range;

    @Option(
            names = "--symbols",
            split = ",",
            paramLabel = "SYMBOL",
            description = "Only these symbols of captures, ccxt form, separated by commas.")
    private List<String> symbols;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Other thresholds than the recorded or default ones.")
    private Path config;

    @Option(
            names = "--findings",
            paramLabel = "FILE",
            description = "Writes each finding as a line of JSON; - for standard output.")
    private Path findings;

    @Option(
            names = "--summary",
            paramLabel = "FILE",
            description = "Writes the summary as JSON; - for standard output.")
    private Path summary;

    @Override
    public Integer call() throws ConfigException, IOException, CannotStartException {
        final long fromNs = range.fromNs();
        final long toNs = range.toNs();
        range.requireOrder();
        refuseInputs("--findings", findings);
        refuseInputs("--summary", summary);
        final PrintWriter out = spec.commandLine().getOut();
        final Set<String> wanted = symbols == null ? Set.of() : new HashSet<>(symbols);
        try (Tape tape = Tapes.open(files, venue, config(), wanted, fromNs);
                Writer lines = lines(out)) {
            final Replay replay =
                    new Replay(
                            tape,
                            new SystemClock(),
                            speed(),
                            fromNs,
                            toNs,
                            json -> lines.append(json).append('\n'));
            final ReplaySummary result = replay.run();
            lines.flush();
            checkSymbols(wanted, replay.symbols());
            if (result.messages() == 0 && !result.damages().isEmpty()) {
                throw new CannotStartException("nothing could be read: " + result.damages().get(0));
            }
            report(result, isOut(findings) || isOut(summary) ? spec.commandLine().getErr() : out);
            writeSummary(result);
            return ExitCode.OK;
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        } catch (final IOException e) {
            throw new CannotStartException("the replay cannot go on: " + e.getMessage(), e);
        }
    }

    /** A result must never be written over what it was made from. */
    private void refuseInputs(final String option, final Path output) throws IOException {
        if (output == null || isOut(output)) {
            return;
        }
        final Path written = output.toAbsolutePath().normalize();
        for (final Path file : files) {
            final Path read = file.toAbsolutePath().normalize();
            final boolean same =
                    Files.exists(output) && Files.exists(file) && Files.isSameFile(output, file);
            if (same || Files.isDirectory(file) && written.startsWith(read)) {
                throw new ParameterException(
                        spec.commandLine(),
                        option
                                + " "
                                + output
                                + " would overwrite the recording: name another file");
            }
        }
    }

    /** One symbol that never came is told with the damages; none at all that did is a mistake. */
    private static void checkSymbols(final Set<String> wanted, final Set<String> met) {
        if (!wanted.isEmpty() && met.stream().noneMatch(wanted::contains)) {
            throw new IllegalArgumentException(
                    "none of "
                            + String.join(", ", new TreeSet<>(wanted))
                            + " is in the recording: write ccxt symbols such as BTC/USDT:USDT");
        }
    }

    private Config config() throws ConfigException {
        return config == null
                ? null
                : new ConfigLoader(
                                InstalledVenues.list(),
                                System::getenv,
                                warning ->
                                        spec.commandLine().getErr().println("warning: " + warning))
                        .load(config);
    }

    private static boolean isOut(final Path file) {
        return file != null && file.toString().equals("-");
    }

    private Writer lines(final PrintWriter out) throws IOException {
        if (findings == null) {
            return Writer.nullWriter();
        }
        if (isOut(findings)) {
            return new BufferedWriter(out) {
                @Override
                public void close() throws IOException {
                    flush();
                }
            };
        }
        try {
            return Files.newBufferedWriter(findings);
        } catch (final IOException e) {
            throw notWritable("--findings", findings, e);
        }
    }

    private void writeSummary(final ReplaySummary result) throws IOException {
        if (isOut(summary)) {
            spec.commandLine().getOut().println(result.toJson());
        } else if (summary != null) {
            try {
                Files.writeString(summary, result.toJson() + "\n");
            } catch (final IOException e) {
                throw notWritable("--summary", summary, e);
            }
        }
    }

    private static IOException notWritable(
            final String option, final Path file, final IOException cause) {
        return new IOException(
                "cannot write "
                        + file
                        + " ("
                        + cause
                        + "): name a file in a folder that exists with "
                        + option,
                cause);
    }

    private double speed() {
        if (speed.equals("max")) {
            return 0;
        }
        try {
            final double factor = Double.parseDouble(speed);
            if (factor > 0 && factor <= 1_000_000) {
                return factor;
            }
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException(
                    "--speed " + speed + " is no number: write 1, 10 or max", e);
        }
        throw new IllegalArgumentException("--speed must be above 0: write 1, 10 or max");
    }

    private static void report(final ReplaySummary result, final PrintWriter out) {
        out.println(
                result.messages()
                        + " messages, "
                        + result.unparsed()
                        + " unparsed, "
                        + result.messagesPerSecond()
                        + " messages/s");
        for (final Map.Entry<String, Map<String, Long>> entry : result.events().entrySet()) {
            out.println("  " + entry.getKey() + " " + entry.getValue());
        }
        out.println(result.findings().isEmpty() ? "no findings" : "findings " + result.findings());
        result.damages().forEach(damage -> out.println("warning: " + damage));
        out.flush();
    }
}
