package io.plumbline.app.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.metrics.Hop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatencyLogTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long DAY = 86_400 * SECOND;
    private static final long NOON = at("2026-11-23T12:00:00Z");

    @TempDir Path folder;

    private final List<String> told = new ArrayList<>();

    @Test
    void shouldBeReadableByTheLibrarysReader() throws IOException {
        try (LatencyLog log = log(7 * DAY)) {
            interval(log, NOON, "binance-spot/1", 1_000_000, 2_000_000);
            interval(log, NOON + 10 * SECOND, "", 5_000_000);
        }
        assertEquals(
                List.of(
                        "engine:binance-spot_1 1795435200.000-1795435210.000 n=2",
                        "engine: 1795435210.000-1795435220.000 n=1"),
                read("latency-20261123.hlog"));
        assertEquals(List.of(), told);
    }

    @Test
    void shouldKeepEveryValueOfTheHistogram() throws IOException {
        final Histogram written = histogram(600, 1_234_567, 59 * SECOND);
        try (LatencyLog log = log(7 * DAY)) {
            log.append(Hop.ENGINE, "all", NOON, NOON + SECOND, written);
        }
        try (HistogramLogReader reader =
                new HistogramLogReader(folder.resolve("latency-20261123.hlog").toFile())) {
            assertEquals(written, reader.nextIntervalHistogram());
        }
    }

    @Test
    void shouldLeaveNothingInATagThatBreaksTheLog() {
        assertEquals("engine:_a_b_", LatencyLog.tag(Hop.ENGINE, ",a b,"));
        assertEquals("engine:__=x__", LatencyLog.tag(Hop.ENGINE, "\n\"=x\u00e9\t"));
    }

    @Test
    void shouldBeginAFileEachDayOfDataTimeAndDeleteOldOnes() throws IOException {
        Files.writeString(folder.resolve("latency-20261101.hlog"), "old\n");
        Files.writeString(folder.resolve("latency-99999999.hlog"), "not a day\n");
        Files.writeString(folder.resolve("notes.txt"), "not ours\n");
        try (LatencyLog log = log(DAY)) {
            interval(log, NOON, "a", 1_000);
            interval(log, NOON + DAY, "a", 1_000);
            interval(log, NOON + 2 * DAY, "a", 1_000);
        }
        assertEquals(
                List.of(
                        "latency-20261124.hlog",
                        "latency-20261125.hlog",
                        "latency-99999999.hlog",
                        "notes.txt"),
                files());
        assertEquals(1, read("latency-20261125.hlog").size());
    }

    @Test
    void shouldStayWithTheDayWhenTimeGoesBack() throws IOException {
        try (LatencyLog log = log(7 * DAY)) {
            interval(log, NOON, "a", 1_000);
            interval(log, NOON - DAY, "a", 1_000);
        }
        assertEquals(List.of("latency-20261123.hlog"), files());
    }

    @Test
    void shouldGoOnInTodaysFileAndCutALineTornByACrash() throws IOException {
        try (LatencyLog log = log(7 * DAY)) {
            interval(log, NOON, "a", 1_000);
        }
        final Path file = folder.resolve("latency-20261123.hlog");
        Files.writeString(file, "Tag=engine:a,17955", StandardOpenOption.APPEND);
        try (LatencyLog log = log(7 * DAY)) {
            interval(log, NOON + 60 * SECOND, "a", 1_000);
        }
        assertEquals(2, read("latency-20261123.hlog").size());
        assertEquals(
                1, Files.readAllLines(file).stream().filter(l -> l.contains("StartTime:")).count());
    }

    @Test
    void shouldTellAFullDiskOnceAndRecover() throws IOException {
        final Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "no /dev/full on this platform");
        final Path file = folder.resolve("latency-20261123.hlog");
        Files.createSymbolicLink(file, full);
        try (LatencyLog log = log(7 * DAY)) {
            interval(log, NOON, "a", 1_000);
            interval(log, NOON + 10 * SECOND, "a", 1_000);
            interval(log, NOON + 20 * SECOND, "a", 1_000);
            Files.delete(file);
            log.append(Hop.ENGINE, "b", NOON, NOON + 10 * SECOND, histogram(1_000));
            interval(log, NOON + 30 * SECOND, "a", 1_000);
            interval(log, NOON + 40 * SECOND, "a", 1_000);
        }
        assertEquals(
                List.of(
                        "fault: cannot write "
                                + file
                                + ": free space on its disk or change latency.folder",
                        "recovered"),
                told);
        assertEquals(3, read("latency-20261123.hlog").size());
    }

    @Test
    void shouldBeginTheFileAnewWhenItWasRemoved() throws IOException {
        final Path file = folder.resolve("latency-20261123.hlog");
        try (LatencyLog log = log(7 * DAY)) {
            interval(log, NOON, "a", 1_000);
            Files.delete(file);
            interval(log, NOON + 10 * SECOND, "a", 1_000);
            interval(log, NOON + 20 * SECOND, "a", 1_000);
        }
        assertEquals(2, told.size(), told.toString());
        assertTrue(told.get(0).startsWith("fault: cannot find " + file), told.get(0));
        assertEquals("recovered", told.get(1));
        assertEquals(1, read("latency-20261123.hlog").size());
    }

    @Test
    void shouldTellAFolderThatCannotBeMadeOnceAndRecover() throws IOException {
        final Path blocked = folder.resolve("blocked");
        Files.writeString(blocked, "a file where the folder should be");
        try (LatencyLog log = new LatencyLog(blocked, DAY, listener())) {
            interval(log, NOON, "a", 1_000);
            interval(log, NOON + 10 * SECOND, "a", 1_000);
            assertEquals(1, told.size());
            assertTrue(told.get(0).contains("latency.folder"), told.get(0));
            Files.delete(blocked);
            interval(log, NOON + 20 * SECOND, "a", 1_000);
        }
        assertEquals("recovered", told.get(1));
        assertEquals(2, told.size());
    }

    private LatencyLog log(final long keepForNs) {
        return new LatencyLog(folder, keepForNs, listener());
    }

    private LatencyLog.Listener listener() {
        return new LatencyLog.Listener() {
            @Override
            public void onFault(final String reason) {
                told.add("fault: " + reason);
            }

            @Override
            public void onRecovered() {
                told.add("recovered");
            }
        };
    }

    private static void interval(
            final LatencyLog log, final long fromNs, final String name, final long... values) {
        log.append(Hop.ENGINE, name, fromNs, fromNs + 10 * SECOND, histogram(values));
        log.intervalEnd();
    }

    private static Histogram histogram(final long... values) {
        final Histogram histogram = new Histogram(1_000, 60 * SECOND, 2);
        for (final long value : values) {
            histogram.recordValue(value);
        }
        return histogram;
    }

    private List<String> read(final String name) throws IOException {
        final List<String> lines = new ArrayList<>();
        try (HistogramLogReader reader = new HistogramLogReader(folder.resolve(name).toFile())) {
            while (reader.hasNext()) {
                final EncodableHistogram histogram = reader.nextIntervalHistogram();
                lines.add(
                        String.format(
                                "%s %d.%03d-%d.%03d n=%d",
                                histogram.getTag(),
                                histogram.getStartTimeStamp() / 1_000,
                                histogram.getStartTimeStamp() % 1_000,
                                histogram.getEndTimeStamp() / 1_000,
                                histogram.getEndTimeStamp() % 1_000,
                                ((Histogram) histogram).getTotalCount()));
            }
        }
        return lines;
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static long at(final String time) {
        return Instant.parse(time).getEpochSecond() * SECOND;
    }
}
