package io.plumbline.app;

import io.plumbline.app.replay.JournalExport;
import io.plumbline.feed.capture.CaptureFormat;
import io.plumbline.feed.capture.CaptureWriter;
import io.plumbline.feed.capture.Compression;
import io.plumbline.journal.JournalReader;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Turns what one connection received into a file that other tools, and replay, read. */
@Command(
        name = "export",
        description = {
            "Writes the frames of one venue connection as a capture.",
            "What is no frame (Redis, times, sessions) stays behind."
        })
final class JournalExportCommand implements Callable<Integer> {
    private static final Path STANDARD_OUTPUT = Path.of("-");

    @Spec private CommandSpec spec;

    @Mixin private JournalFiles files;
    @Mixin private TimeRange range;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "lines",
            description = {
                "lines: \"<receive time ns> <json>\" (default);",
                "tardis: Tardis raw, times cut to 100 ns, ends of connections marked."
            })
    private String format;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "The connection, where the journal has several of venues.")
    private String source;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "-",
            description = "Where to; - for standard output (default).")
    private Path out;

    @Option(
            names = "--compress",
            paramLabel = "HOW",
            defaultValue = "none",
            description = "none (default), gzip or zstd.")
    private Compression compression;

    @Override
    public Integer call() throws CannotStartException {
        final CaptureFormat form = format();
        try (JournalReader reader = files.open(range.fromNs())) {
            final String chosen = source(reader);
            refuseOwnInput(reader);
            final JournalExport export;
            final long frames;
            try (OutputStream capture = compression.over(target())) {
                export =
                        new JournalExport(
                                reader,
                                chosen,
                                range.fromNs(),
                                range.toNs(),
                                new CaptureWriter(form, capture));
                frames = export.run();
            }
            report(chosen, frames, export.losses());
            return ExitCode.OK;
        } catch (final IOException e) {
            throw new CannotStartException("the export cannot go on: " + e.getMessage(), e);
        }
    }

    private CaptureFormat format() {
        for (final CaptureFormat form : List.of(CaptureFormat.LINES, CaptureFormat.TARDIS)) {
            if (form.label().equals(format)) {
                return form;
            }
        }
        throw new ParameterException(
                spec.commandLine(), "--format " + format + " is not written: lines or tardis");
    }

    private String source(final JournalReader reader) throws IOException {
        final List<String> venues =
                files.sources(reader, source).stream().filter(JournalExport::isVenue).toList();
        if (source == null && venues.size() == 1) {
            return venues.get(0);
        }
        if (source != null && venues.contains(source)) {
            return source;
        }
        throw new ParameterException(
                spec.commandLine(),
                (source == null
                                ? "a capture holds one source"
                                : "\"" + source + "\" is no connection to a venue")
                        + ": "
                        + (venues.isEmpty()
                                ? "the journal names none of a venue"
                                : "name it with --source, one of " + String.join(", ", venues)));
    }

    private void refuseOwnInput(final JournalReader reader) throws IOException {
        for (final Path segment : reader.segments()) {
            if (!out.equals(STANDARD_OUTPUT)
                    && Files.exists(out)
                    && Files.isSameFile(out, segment)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--out " + out + " is the journal itself: write to another file");
            }
        }
    }

    private OutputStream target() throws IOException {
        return new BufferedOutputStream(
                out.equals(STANDARD_OUTPUT)
                        ? new StandardOutput(System.out)
                        : Files.newOutputStream(out),
                1 << 16);
    }

    private void report(final String chosen, final long frames, final List<String> losses) {
        final boolean piped = out.equals(STANDARD_OUTPUT);
        final PrintWriter err = spec.commandLine().getErr();
        final PrintWriter told = piped ? err : spec.commandLine().getOut();
        told.println(
                frames
                        + " frames of "
                        + chosen
                        + " written to "
                        + (piped ? "standard output" : out));
        losses.forEach(loss -> err.println("warning: " + loss));
        told.flush();
    }

    /** Stays open, and says when nobody reads any more: a PrintStream would keep it to itself. */
    private static final class StandardOutput extends FilterOutputStream {
        private final PrintStream stream;

        StandardOutput(final PrintStream stream) {
            super(stream);
            this.stream = stream;
        }

        @Override
        public void write(final byte[] bytes, final int offset, final int length)
                throws IOException {
            stream.write(bytes, offset, length);
            if (stream.checkError()) {
                throw new IOException("standard output was closed");
            }
        }

        @Override
        public void close() {
            stream.flush();
        }
    }
}
