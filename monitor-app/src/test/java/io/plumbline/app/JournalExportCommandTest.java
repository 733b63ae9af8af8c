package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.feed.capture.CaptureFormat;
import io.plumbline.feed.capture.Captures;
import io.plumbline.inbound.InboundType;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalExportCommandTest {
    private static final String PUBLIC = RecordedJournal.PUBLIC;
    private static final String MARKET = RecordedJournal.MARKET;

    private final Terminal terminal = new Terminal();
    private final ObjectMapper json = new ObjectMapper();

    @TempDir private Path folder;

    private Path journal;

    /** What a replay says of the feeds' sequences. */
    private record Verdict(JsonNode events, List<ObjectNode> sequence) {}

    @BeforeEach
    void newFolder() throws Exception {
        journal = folder.resolve("journal");
    }

    private RecordedJournal run(final String yaml) throws Exception {
        return new RecordedJournal(journal, yaml);
    }

    /** Two connections of one venue; gaps, a duplicate, a reconnect with a gap. */
    private void recordFaults() throws Exception {
        try (RecordedJournal run = run(RecordedJournal.BOTH)) {
            for (final String source : List.of(PUBLIC, MARKET)) {
                run.session(source, 1, "SUBSCRIBED all").session(source, 1, "LIVE all");
            }
            for (int id = 1; id <= 40; id++) {
                if (id < 10 || id > 12) {
                    run.aggTrade(1, "BTCUSDT", id);
                }
                run.trade(1, "BTCUSDT", id).aggTrade(1, "ETHUSDT", 1_000 + id);
                if (id == 20) {
                    run.again();
                    run.trade(1, "ETHUSDT", 5).trade(1, "ETHUSDT", 8).trade(1, "ETHUSDT", 7);
                }
                if (id % 5 == 0) {
                    run.tick(0);
                }
            }
            run.session(MARKET, 1, "DOWN closed by the venue");
            run.aggTrade(1, "BTCUSDT", 41);
            run.session(MARKET, 2, "SUBSCRIBED all").session(MARKET, 2, "LIVE all");
            for (int id = 45; id <= 60; id++) {
                run.aggTrade(2, "BTCUSDT", id).aggTrade(2, "ETHUSDT", 1_000 + id);
            }
            run.tick(0).session(MARKET, 2, "DOWN closed by us");
        }
    }

    private Path export(final String source, final String format, final String compression) {
        final Path file = folder.resolve(source.replace('/', '-') + '.' + format);
        final int code =
                terminal.run(
                        "journal",
                        "export",
                        journal,
                        "--source",
                        source,
                        "--format",
                        format,
                        "--compress",
                        compression,
                        "--out",
                        file);
        assertEquals(ExitCode.OK, code, terminal.err().toString());
        return file;
    }

    private Verdict replay(final Path... recordings) throws Exception {
        final Path findings = folder.resolve("findings.ndjson");
        final Path summary = folder.resolve("summary.json");
        final List<Object> arguments = new ArrayList<>(List.of("replay"));
        arguments.addAll(List.of(recordings));
        arguments.addAll(List.of("--findings", findings, "--summary", summary));
        assertEquals(ExitCode.OK, terminal.run(arguments.toArray()), terminal.err().toString());
        final List<ObjectNode> sequence = new ArrayList<>();
        for (final String line : Files.readAllLines(findings)) {
            final ObjectNode finding = (ObjectNode) json.readTree(line);
            if (finding.get("kind").asText().startsWith("SEQUENCE_")) {
                sequence.add(finding);
            }
        }
        return new Verdict(json.readTree(summary.toFile()).get("events"), sequence);
    }

    @Test
    void shouldReplayLikeTheJournal() throws Exception {
        recordFaults();
        final Verdict live = replay(journal);
        assertEquals(
                json.readTree("{\"binance-usdm\":{\"aggTrade\":110,\"trade\":43}}"),
                live.events,
                "the recording");
        final List<String> kinds =
                live.sequence.stream().map(finding -> finding.get("kind").asText()).toList();
        for (final String kind :
                List.of("SEQUENCE_GAP", "SEQUENCE_DUPLICATE", "SEQUENCE_REORDER")) {
            assertTrue(kinds.contains(kind), kinds.toString());
        }
        assertEquals(
                live,
                replay(export(PUBLIC, "lines", "none"), export(MARKET, "tardis", "gzip")),
                "times end in 0, so Tardis loses nothing");
    }

    @Test
    void shouldSayWhatAFormatCannot() throws Exception {
        recordFaults();
        final Path lines = export(MARKET, "lines", "zstd");
        assertEquals(List.of("110 frames of " + MARKET + " written to " + lines), terminal.out());
        final String late = "warning: 1 frames were left out: their connection had ended";
        assertEquals(
                List.of(
                        late,
                        "warning: 1 times a connection ended between frames; only --format tardis"
                                + " shows where"),
                terminal.err());
        assertEquals(Optional.of(CaptureFormat.LINES), Captures.recognise(lines));
        final Path tardis = export(MARKET, "tardis", "none");
        assertEquals(List.of(late), terminal.err());
        assertEquals(2, Files.readAllLines(tardis).stream().filter(String::isEmpty).count());
        assertEquals(replay(tardis).events, replay(lines).events);
    }

    @Test
    void shouldDemandOneSource() throws Exception {
        recordFaults();
        assertEquals(ExitCode.USAGE, terminal.run("journal", "export", journal));
        assertEquals(
                "a capture holds one source: name it with --source, one of "
                        + PUBLIC
                        + ", "
                        + MARKET,
                terminal.complaint());
        assertEquals(
                ExitCode.USAGE,
                terminal.run("journal", "export", journal, "--source", RecordedJournal.REDIS));
        assertEquals(
                "\"redis/main\" is no connection to a venue: name it with --source, one of "
                        + PUBLIC
                        + ", "
                        + MARKET,
                terminal.complaint());
        assertEquals(ExitCode.USAGE, terminal.run("journal", "export", journal, "--source", "x"));
        assertEquals(
                ExitCode.USAGE,
                terminal.run("journal", "export", journal, "--format", "cryptofeed-text"));
        assertEquals(
                "--format cryptofeed-text is not written: lines or tardis", terminal.complaint());
    }

    @Test
    void shouldTakeTheOnlySourceToStandardOutput() throws Exception {
        try (RecordedJournal run = run(RecordedJournal.ONE_VENUE_SOURCE)) {
            run.session(MARKET, 1, "LIVE all");
            for (int id = 1; id <= 9; id++) {
                run.aggTrade(1, "BTCUSDT", id);
            }
            run.put(InboundType.FRAME_BINARY, MARKET, 1, 4, new byte[] {1}, 1);
        }
        final PrintStream real = System.out;
        final ByteArrayOutputStream piped = new ByteArrayOutputStream();
        System.setOut(new PrintStream(piped, true, StandardCharsets.UTF_8));
        try {
            final int code =
                    terminal.run(
                            "journal",
                            "export",
                            journal,
                            "--from",
                            "2024-08-08T23:54:16.03Z",
                            "--to",
                            "2024-08-08T23:54:16.05Z");
            assertEquals(ExitCode.OK, code);
            assertFalse(System.out.checkError());
        } finally {
            System.setOut(real);
        }
        final List<String> lines = piped.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(
                List.of(
                        RecordedJournal.START_NS + 30_000_000L,
                        RecordedJournal.START_NS + 40_000_000L,
                        RecordedJournal.START_NS + 50_000_000L),
                lines.stream().map(line -> Long.parseLong(line.split(" ")[0])).toList());
        assertEquals(List.of(), terminal.out());
        assertEquals(
                List.of("3 frames of " + MARKET + " written to standard output"), terminal.err());
        export(MARKET, "lines", "none");
        assertEquals(
                List.of(
                        "warning: 4 messages were dropped by the monitor before they were recorded",
                        "warning: 1 binary frames were left out: a capture holds text"),
                terminal.err());
    }

    @Test
    void shouldJoinRuns() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (RecordedJournal run = run(RecordedJournal.ONE_VENUE_SOURCE)) {
                run.after(i * 1_000_000_000L).session(MARKET, 1, "LIVE all");
                run.aggTrade(1, "BTCUSDT", 1 + i);
                if (i == 0) {
                    run.session(MARKET, 7, "DOWN late");
                }
            }
        }
        assertEquals(
                List.of("2024-08-08T23:54:16.0100000Z", "", "2024-08-08T23:54:17.0100000Z"),
                Files.readAllLines(export(MARKET, "tardis", "none")).stream()
                        .map(line -> line.split(" ")[0])
                        .toList());
        assertEquals(
                List.of(
                        "warning: 2 runs of the monitor follow each other; a replay takes the"
                                + " export as one"),
                terminal.err());
    }

    @Test
    void shouldLeaveTheJournalAlone() throws Exception {
        recordFaults();
        final Path segment = journal.resolve("0000000001.plj");
        final long size = Files.size(segment);
        final int code =
                terminal.run("journal", "export", journal, "--source", MARKET, "--out", segment);
        assertEquals(ExitCode.USAGE, code);
        assertEquals(
                "--out " + segment + " is the journal itself: write to another file",
                terminal.complaint());
        assertEquals(size, Files.size(segment));
        assertEquals(
                ExitCode.CANNOT_START,
                terminal.run(
                        "journal",
                        "export",
                        journal,
                        "--source",
                        MARKET,
                        "--out",
                        folder.resolve("no/such/folder")));
    }
}
