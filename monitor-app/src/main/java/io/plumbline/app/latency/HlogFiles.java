package io.plumbline.app.latency;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names, ages and torn tails of the daily {@code .hlog} files. */
final class HlogFiles {
    private static final Pattern NAME = Pattern.compile("latency-(\\d{8})\\.hlog");

    /** No line is longer: a full histogram of 22 KB in base64 is well below. */
    private static final int LONGEST_LINE = 1 << 20;

    private HlogFiles() {}

    /** The day (UTC) of a time in ns since the epoch. */
    static LocalDate day(final long epochNs) {
        return LocalDate.ofInstant(
                Instant.ofEpochSecond(Math.floorDiv(epochNs, 1_000_000_000L)), ZoneOffset.UTC);
    }

    static String name(final LocalDate day) {
        return "latency-" + DateTimeFormatter.BASIC_ISO_DATE.format(day) + ".hlog";
    }

    /** Deletes files of days before {@code oldest}; whatever has another name is left alone. */
    static void deleteOlder(final Path folder, final LocalDate oldest) throws IOException {
        final List<Path> old = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> isBefore(file, oldest)).forEach(old::add);
        }
        for (final Path file : old) {
            Files.deleteIfExists(file);
        }
    }

    private static boolean isBefore(final Path file, final LocalDate oldest) {
        final Matcher matcher = NAME.matcher(file.getFileName().toString());
        if (!matcher.matches()) {
            return false;
        }
        try {
            return LocalDate.parse(matcher.group(1), DateTimeFormatter.BASIC_ISO_DATE)
                    .isBefore(oldest);
        } catch (final DateTimeParseException notOurs) {
            return false;
        }
    }

    /**
     * Cuts a last line without a line end, left by a crash or a full disk: a log reader stops at
     * it, and everything behind it would be lost.
     */
    static void cutTornLine(final Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return;
        }
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final long size = channel.size();
            final long from = Math.max(0, size - LONGEST_LINE);
            final ByteBuffer tail = ByteBuffer.allocate((int) (size - from));
            int read = 0;
            while (read >= 0 && tail.hasRemaining()) {
                read = channel.read(tail, from + tail.position());
            }
            int keep = tail.position();
            while (keep > 0 && tail.get(keep - 1) != '\n') {
                keep--;
            }
            if (from + keep < size) {
                channel.truncate(from + keep);
            }
        }
    }
}
