package io.plumbline.app;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** Recorded frames that are not part of the repository: tests without them are skipped by name. */
final class Recordings {
    /** Names the folder with the recordings; surefire sets it. */
    static final String PROPERTY = "plumbline.feeds";

    /**
     * One line of a recording of raw lines.
     *
     * @param stampNs when it was received, ns since the epoch
     * @param json the frame as it came
     */
    record Line(long stampNs, String json) {
        /** As it stands in a file. */
        String text() {
            return stampNs + " " + json;
        }
    }

    private Recordings() {}

    /** The file of that name; ends the test as skipped where there is none. */
    static Path binance(final String name) {
        return of("binance/" + name);
    }

    /** The same of any venue, with the folder before its name. */
    static Path of(final String name) {
        final Path file =
                Path.of(System.getProperty(PROPERTY, "../shared/feeds"))
                        .resolve(name)
                        .toAbsolutePath()
                        .normalize();
        Assumptions.assumeTrue(
                Files.isReadable(file),
                () -> "no recording " + file + ": name their folder with -D" + PROPERTY);
        return file;
    }

    /** A reader of gzip and zstd files that shares nothing with the monitor's own. */
    static BufferedReader reader(final Path file) throws IOException {
        final InputStream raw = new BufferedInputStream(Files.newInputStream(file));
        final InputStream in =
                file.toString().endsWith(".gz")
                        ? new GZIPInputStream(raw)
                        : file.toString().endsWith(".zst") ? new ZstdInputStream(raw) : raw;
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /** The first {@code limit} lines of a recording of raw lines. */
    static List<Line> lines(final Path file, final int limit) throws IOException {
        final List<Line> lines = new ArrayList<>();
        try (BufferedReader in = reader(file)) {
            for (String text = in.readLine();
                    text != null && lines.size() < limit;
                    text = in.readLine()) {
                final int space = text.indexOf(' ');
                lines.add(
                        new Line(
                                Long.parseLong(text.substring(0, space)),
                                text.substring(space + 1)));
            }
        }
        return lines;
    }

    /** Writes lines as a recorder would. */
    static Path write(final Path file, final List<Line> lines) throws IOException {
        return Files.write(file, lines.stream().map(Line::text).toList());
    }
}
