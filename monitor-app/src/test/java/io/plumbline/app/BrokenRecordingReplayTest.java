package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.luben.zstd.ZstdOutputStream;
import io.plumbline.app.Recordings.Line;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Copies of recordings, broken by a seed: what was done is found, exactly, and nothing else. */
class BrokenRecordingReplayTest {
    private static final int LINES = 6_000;
    private static final int HARMS = 4;

    @TempDir private Path folder;

    private BrokenRecording broken(final String name, final long seed) throws IOException {
        final List<Line> lines =
                Recordings.lines(Recordings.binance(name), LINES).stream()
                        .map(line -> new Line(line.stampNs() / 100 * 100, line.json()))
                        .toList();
        return new BrokenRecording(lines, seed, HARMS);
    }

    private Path patience(final String reorderWindow) throws IOException {
        return Files.writeString(
                folder.resolve("patience.yaml"),
                "venues: [{name: binance-usdm, symbols: [\"BTC/USDT:USDT\"]}]\n"
                        + "detectors: {sequence: {reorderWindow: "
                        + reorderWindow
                        + "}}\n");
    }

    private Path file(final BrokenRecording broken) throws IOException {
        return Recordings.write(folder.resolve("broken.txt"), broken.lines());
    }

    @ParameterizedTest
    @CsvSource({
        "usdm_btcusdt_20240718.gz, 1",
        "usdm_btcusdt_20240718.gz, 2",
        "usdm_ethusdt_20240718.gz, 3",
        "spot_btcusdt_20240808.gz, 4",
        "spot_ethusdt_20240808.gz, 5",
    })
    void shouldTellExactlyWhatWasBroken(final String name, final long seed) throws IOException {
        final BrokenRecording broken = broken(name, seed);
        final Replayed replayed =
                Replayed.of(folder, file(broken).toString(), "--config", patience("0s").toString());
        assertEquals(ExitCode.OK, replayed.exit(), replayed.err());
        final List<String> found = new ArrayList<>();
        for (final JsonNode finding : replayed.parsed()) {
            found.add(finding.path("at").asText() + ' ' + BrokenRecording.text(finding));
        }
        assertEquals(
                String.join("\n", broken.expectedAtOnce()),
                String.join("\n", found),
                () -> name + " seed " + seed);
        assertEquals(0, replayed.summary().path("unparsed").asLong());
    }

    /** With a reorder window what comes late was never missing. */
    @ParameterizedTest
    @CsvSource({"usdm_btcusdt_20240718.gz, 6", "spot_btcusdt_20240808.gz, 7"})
    void shouldWaitForWhatComesLate(final String name, final long seed) throws IOException {
        final BrokenRecording broken = broken(name, seed);
        final Path config = patience("5s");
        final Replayed replayed =
                Replayed.of(folder, file(broken).toString(), "--config", config.toString());
        assertEquals(ExitCode.OK, replayed.exit(), replayed.err());
        final List<String> found = new ArrayList<>();
        for (final JsonNode finding : replayed.parsed()) {
            found.add(BrokenRecording.text(finding));
        }
        assertEquals(
                String.join("\n", broken.expectedWithPatience()),
                String.join("\n", found.stream().sorted().toList()),
                () -> name + " seed " + seed);
    }

    @Test
    void shouldFindTheSameInEveryForm() throws IOException {
        final BrokenRecording broken = broken("usdm_btcusdt_20240718.gz", 8);
        final Path plain = file(broken);
        final String findings = Replayed.well(folder, plain.toString()).findings();
        assertFalse(findings.isEmpty());
        final Path gzip = folder.resolve("form-1");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
            Files.copy(plain, out);
        }
        final Path zstd = folder.resolve("form-2");
        try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(zstd))) {
            Files.copy(plain, out);
        }
        final Path tardis = folder.resolve("form-3");
        final Path packedTardis = folder.resolve("form-4");
        Files.write(tardis, broken.lines().stream().map(this::tardis).toList());
        try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(packedTardis))) {
            Files.copy(tardis, out);
        }
        for (final Path form : List.of(gzip, zstd, tardis, packedTardis)) {
            assertEquals(
                    findings, Replayed.well(folder, form.toString()).findings(), form.toString());
        }
    }

    private String tardis(final Line line) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'")
                        .withZone(ZoneOffset.UTC)
                        .format(
                                Instant.ofEpochSecond(
                                        line.stampNs() / 1_000_000_000L,
                                        line.stampNs() % 1_000_000_000L))
                + ' '
                + line.json();
    }

    /** A file that was cut in the middle of its compression is judged as far as it goes. */
    @Test
    void shouldSayWhereARecordingEndsEarly() throws IOException {
        final BrokenRecording broken = broken("usdm_btcusdt_20240718.gz", 9);
        final Path cut = folder.resolve("cut.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(cut))) {
            Files.copy(file(broken), out);
        }
        final byte[] bytes = Files.readAllBytes(cut);
        Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        final Replayed replayed = Replayed.well(folder, cut.toString());
        assertEquals(1, replayed.summary().path("damages").size());
        final String damage = replayed.summary().path("damages").get(0).asText();
        assertEquals(0, damage.indexOf(cut + " ends early: "), damage);
        assertEquals(1, replayed.out().lines().filter(("warning: " + damage)::equals).count());
    }

    /** A line that is no message of the venue is counted, and disturbs nothing. */
    @Test
    void shouldCountWhatCannotBeRead() throws IOException {
        final List<Line> lines =
                new ArrayList<>(
                        Recordings.lines(Recordings.binance("usdm_btcusdt_20240718.gz"), LINES));
        final long atNs = lines.get(100).stampNs();
        lines.add(100, new Line(atNs, "{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"tra"));
        final Path file = Recordings.write(folder.resolve("torn.txt"), lines);
        Files.writeString(
                file, Files.readString(file, StandardCharsets.UTF_8) + "no stamp and no json\n");
        final Replayed replayed = Replayed.well(folder, file.toString());
        assertEquals(LINES + 1, replayed.summary().path("messages").asLong());
        assertEquals(1, replayed.summary().path("unparsed").asLong());
        assertEquals(
                "[\""
                        + file
                        + ": 1 lines are not of its format, the first is line "
                        + (LINES + 2)
                        + "\"]",
                replayed.summary().path("damages").toString());
    }
}
