package io.plumbline.app;

import io.plumbline.app.config.Config;
import io.plumbline.app.config.ConfigException;
import io.plumbline.app.config.ConfigLoader;
import io.plumbline.app.replay.Onlooker;
import io.plumbline.app.replay.Replay;
import io.plumbline.app.replay.ReplaySummary;
import io.plumbline.app.replay.Tape;
import io.plumbline.app.replay.Tapes;
import io.plumbline.app.report.Difference;
import io.plumbline.app.report.DifferenceSummary;
import io.plumbline.app.report.FindingsFile;
import io.plumbline.app.report.Report;
import io.plumbline.app.report.ReportPage;
import io.plumbline.time.SystemClock;
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
            description = {
                "Other thresholds than the recorded or default ones. A journal is judged by its",
                "own as well, and what differs is shown; exit code 1 if anything does."
            })
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

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = {
                "Writes what a person wants to see as one HTML file that needs nothing else:",
                "cases on a timeline, pages, prices around findings, coverage, latencies."
            })
    private Path report;

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description = {
                "Shows what differs from these findings (lines of JSON); exit code 1 if any does.",
                "Without it, --config compares a journal with its own configuration."
            })
    private Path against;

    @Option(
            names = "--difference",
            paramLabel = "FILE",
            description = "Writes each difference as a line of JSON; - for standard output.")
    private Path difference;

    private ResultFiles results;

    @Override
    public Integer call() throws ConfigException, IOException, CannotStartException {
        range.fromNs();
        range.toNs();
        range.requireOrder();
        results = new ResultFiles(spec, files, against);
        results.claim("--findings", findings);
        results.claim("--summary", summary);
        results.claim("--report", report);
        results.claim("--difference", difference);
        try {
            final Config other = config();
            final boolean whatIf =
                    against == null && other != null && Tapes.tellConfiguration(files);
            if (difference != null && against == null && !whatIf) {
                throw new IllegalArgumentException(
                        "nothing to compare with: give findings with --against, or another"
                                + " configuration for a journal with --config");
            }
            if (whatIf) {
                return whatIf(other);
            }
            return judge(other, against, -1);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        } catch (final IOException e) {
            throw new CannotStartException("the replay cannot go on: " + e.getMessage(), e);
        }
    }

    /** Judges by the recorded configuration first, and compares with that. */
    private int whatIf(final Config other) throws IOException {
        final Path recorded = Files.createTempFile("plumbline-recorded-", ".ndjson");
        try {
            final Report pages = new Report(config -> DeskRules.of(config.cases()));
            try (Tape tape = tape(null);
                    Writer lines = Files.newBufferedWriter(recorded);
                    ReplayProgress progress = progress(tape, "1/2 ")) {
                play(tape, 0, line -> lines.append(line).append('\n'), pages, progress);
            }
            return judge(other, recorded, pages.pages());
        } finally {
            Files.deleteIfExists(recorded);
        }
    }

    /**
     * @param before findings to compare with, null for none
     * @param pagesBefore how often a person would have been called by them, -1 where not known
     */
    private int judge(final Config other, final Path before, final long pagesBefore)
            throws IOException {
        final boolean whatIf = pagesBefore >= 0;
        final PrintWriter out = spec.commandLine().getOut();
        final Report seen =
                report == null && !whatIf
                        ? null
                        : new Report(config -> DeskRules.of(config.cases()));
        try (Tape tape = tape(other);
                Writer lines = results.writer("--findings", findings);
                Writer changes = results.writer("--difference", difference);
                Writer page = results.writer("--report", report);
                FindingsFile file = before == null ? null : new FindingsFile(before);
                ReplayProgress progress = progress(tape, whatIf ? "2/2 " : "")) {
            final Difference compared =
                    file == null
                            ? null
                            : new Difference(
                                    file,
                                    range.fromNs(),
                                    range.toNs(),
                                    change -> changes.append(change.toJson()).append('\n'));
            final ReplaySummary result =
                    play(
                            tape,
                            speed(),
                            json -> {
                                lines.append(json).append('\n');
                                if (compared != null) {
                                    compared.after(json.toString());
                                }
                            },
                            seen,
                            progress,
                            compared);
            progress.clear();
            lines.flush();
            final DifferenceSummary differs =
                    compared == null
                            ? null
                            : new DifferenceSummary(
                                    whatIf ? "the recorded configuration" : before.toString(),
                                    compared.end(),
                                    pagesBefore,
                                    seen == null ? -1 : seen.pages());
            changes.flush();
            if (result.messages() == 0 && !result.damages().isEmpty()) {
                throw new IOException("nothing could be read: " + result.damages().get(0));
            }
            if (report != null) {
                ReportPage.write(
                        page,
                        seen,
                        result,
                        new ReportPage.About(
                                Shell.version()[0],
                                new SystemClock().epochNanos(),
                                files,
                                differs));
            }
            final boolean taken =
                    ResultFiles.isOut(findings)
                            || ResultFiles.isOut(summary)
                            || ResultFiles.isOut(difference);
            report(
                    result,
                    differs,
                    taken || ResultFiles.isOut(report) ? spec.commandLine().getErr() : out);
            writeSummary(result);
            return differs != null && differs.count().isAny() ? ExitCode.FOUND : ExitCode.OK;
        }
    }

    /** Plays {@code tape} under the eyes of those who are not null. */
    private ReplaySummary play(
            final Tape tape,
            final double pace,
            final Replay.FindingLines lines,
            final Onlooker... onlookers)
            throws IOException {
        Onlooker all = Onlooker.NONE;
        for (final Onlooker onlooker : onlookers) {
            all = onlooker == null ? all : Onlooker.both(all, onlooker);
        }
        final Replay replay =
                new Replay(tape, new SystemClock(), pace, range.fromNs(), range.toNs(), lines, all);
        final ReplaySummary result = replay.run();
        checkSymbols(wanted(), replay.symbols());
        return result;
    }

    private Tape tape(final Config other) throws IOException {
        return Tapes.open(files, venue, other, wanted(), range.fromNs(), Monitor::background);
    }

    private Set<String> wanted() {
        return symbols == null ? Set.of() : new HashSet<>(symbols);
    }

    private ReplayProgress progress(final Tape tape, final String title) {
        return new ReplayProgress(
                Shell.isErrorTerminal()
                        ? spec.commandLine().getErr()
                        : new PrintWriter(Writer.nullWriter()),
                new SystemClock(),
                tape,
                title);
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

    private void writeSummary(final ReplaySummary result) throws IOException {
        if (ResultFiles.isOut(summary)) {
            spec.commandLine().getOut().println(result.toJson());
        } else if (summary != null) {
            try {
                Files.writeString(summary, result.toJson() + "\n");
            } catch (final IOException e) {
                throw ResultFiles.notWritable("--summary", summary, e);
            }
        }
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

    private static void report(
            final ReplaySummary result, final DifferenceSummary differs, final PrintWriter out) {
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
        if (result.messages() == 0) {
            out.println(
                    "warning: no message of a venue that the configuration names lies in the"
                            + " recording, or between --from and --to");
        }
        result.damages().forEach(damage -> out.println("warning: " + damage));
        if (differs != null) {
            differs.lines().forEach(out::println);
        }
        out.flush();
    }
}
