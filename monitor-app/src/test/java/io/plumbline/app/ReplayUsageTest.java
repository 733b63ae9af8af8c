package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be replayed is refused with one line that says what to do. */
class ReplayUsageTest {
    private static final String TRADE =
            "{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"E\":1721347022956,"
                    + "\"T\":1721347022956,\"s\":\"BTCUSDT\",\"t\":%d,\"p\":\"63943.90\","
                    + "\"q\":\"0.003\",\"X\":\"MARKET\",\"m\":true}}";

    @TempDir private Path folder;

    private Path capture;
    private Path journal;

    @BeforeEach
    void writeFiles() throws IOException {
        capture = folder.resolve("capture.txt");
        Files.writeString(
                capture,
                "1721347021434994132 "
                        + TRADE.formatted(1)
                        + "\n1721347021498859345 "
                        + TRADE.formatted(2)
                        + '\n');
        journal = Files.createDirectory(folder.resolve("journal"));
    }

    private void refused(final int exit, final String message, final String... arguments)
            throws IOException {
        final Replayed replayed = Replayed.of(folder, arguments);
        assertTrue(replayed.err().contains(message), replayed.err());
        assertFalse(replayed.err().contains("\tat "), replayed.err());
        assertEquals(exit, replayed.exit(), replayed.err());
        assertEquals("", replayed.out());
        assertEquals("", replayed.findings());
    }

    /** What does not fit any more is told with its file. */
    @Test
    void shouldNameTheFileThatIsFull() throws IOException {
        assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full on this system");
        final Replayed replayed = Replayed.of(folder, capture.toString(), "--report", "/dev/full");
        assertTrue(
                replayed.err()
                        .contains(
                                "cannot write /dev/full (No space left on device): make room,"
                                        + " or name another file with --report"),
                replayed.err());
        assertEquals(3, replayed.exit(), replayed.err());
    }

    @Test
    void shouldReplayWhatIsSound() throws IOException {
        assertEquals(
                2, Replayed.well(folder, capture.toString()).events("binance-usdm").get("trade"));
    }

    @Test
    void shouldWriteTheSummaryToStandardOutputAndTheWordsBesideIt() throws IOException {
        final Terminal terminal = new Terminal();
        assertEquals(ExitCode.OK, terminal.run("replay", capture, "--summary", "-"));
        assertEquals(
                2,
                new ObjectMapper()
                        .readTree(String.join("\n", terminal.out()))
                        .at("/events/binance-usdm/trade")
                        .asInt());
        assertTrue(terminal.err().contains("no findings"), terminal.err().toString());
    }

    @Test
    void shouldRefuseAMissingFile() throws IOException {
        final Path missing = folder.resolve("missing.gz");
        refused(ExitCode.USAGE, missing + " does not exist: check the path", missing.toString());
    }

    @Test
    void shouldRefuseNoFile() throws IOException {
        refused(ExitCode.USAGE, "Missing required parameter: 'FILE'");
    }

    @Test
    void shouldRefuseGarbage() throws IOException {
        final Path garbage = folder.resolve("garbage.gz");
        Files.writeString(garbage, "this is\nno recording\n");
        refused(
                ExitCode.CANNOT_START,
                garbage + " is no recording that Plumbline knows: its lines are neither",
                garbage.toString());
        refused(
                ExitCode.CANNOT_START,
                garbage + " is no recording that Plumbline knows: its lines are neither",
                garbage.toString(),
                "--venue",
                "binance-usdm");
    }

    @Test
    void shouldRefuseAnEmptyFile() throws IOException {
        final Path empty = Files.createFile(folder.resolve("empty"));
        refused(
                ExitCode.CANNOT_START,
                empty + " is no recording that Plumbline knows",
                empty.toString());
    }

    @Test
    void shouldRefuseBrokenCompression() throws IOException {
        final Path broken = folder.resolve("broken.gz");
        Files.write(broken, new byte[] {0x1F, (byte) 0x8B, 1, 2, 3});
        refused(ExitCode.CANNOT_START, broken + " cannot be unpacked", broken.toString());
    }

    @Test
    void shouldRefuseAnUnknownVenueAndNameTheNearest() throws IOException {
        refused(ExitCode.USAGE, "binance-usdm", capture.toString(), "--venue", "binance-usd");
    }

    @Test
    void shouldAskForTheVenueThatNothingTells() throws IOException {
        final Path nameless = folder.resolve("nameless.txt");
        Files.writeString(nameless, "1721347021434994132 {\"e\":\"other\"}\n");
        refused(
                ExitCode.USAGE,
                "nothing in " + nameless + " says which venue it is of: name it with --venue",
                nameless.toString());
    }

    @Test
    void shouldRefuseJournalsBesideCaptures() throws IOException {
        refused(
                ExitCode.USAGE,
                "journals and captures cannot be replayed together: name one kind",
                capture.toString(),
                journal.toString());
    }

    @Test
    void shouldRefuseSymbolsOfAJournal() throws IOException {
        refused(
                ExitCode.USAGE,
                "--symbols selects from captures",
                journal.toString(),
                "--symbols",
                "BTC/USDT");
    }

    @Test
    void shouldRefuseAFolderWithoutAJournal() throws IOException {
        refused(ExitCode.CANNOT_START, journal.toString(), journal.toString());
    }

    @Test
    void shouldNameTheSymbolThatIsNowhereInTheRecording() throws IOException {
        final Replayed replayed =
                Replayed.well(
                        folder, capture.toString(), "--symbols", "BTC/USDT:USDT,BTC/USD:USDT");
        assertEquals(2, replayed.events("binance-usdm").get("trade"));
        assertEquals(
                1,
                replayed.out()
                        .lines()
                        .filter(
                                "warning: no message is about BTC/USD:USDT: check --symbols"
                                        ::equals)
                        .count(),
                replayed.out());
    }

    @Test
    void shouldRefuseTimesAndPacesThatAreNone() throws IOException {
        refused(
                ExitCode.USAGE,
                "--from yesterday is no time: write it like 2024-08-08T23:55:00Z",
                capture.toString(),
                "--from",
                "yesterday");
        refused(ExitCode.USAGE, "--to 23:55 is no time", capture.toString(), "--to", "23:55");
        refused(
                ExitCode.USAGE,
                "--speed fast is no number: write 1, 10 or max",
                capture.toString(),
                "--speed",
                "fast");
        refused(
                ExitCode.USAGE,
                "--speed must be above 0: write 1, 10 or max",
                capture.toString(),
                "--speed",
                "-1");
        refused(
                ExitCode.USAGE,
                "--speed must be above 0: write 1, 10 or max",
                capture.toString(),
                "--speed",
                "NaN");
    }

    @Test
    void shouldRefuseAnEndBeforeTheBeginning() throws IOException {
        refused(
                ExitCode.USAGE,
                "--from 2025-01-02T00:00:00Z is later than --to 2025-01-01T00:00:00Z",
                capture.toString(),
                "--from",
                "2025-01-02T00:00:00Z",
                "--to",
                "2025-01-01T00:00:00Z");
    }

    @Test
    void shouldSayThatNothingLiesInTheRange() throws IOException {
        final String warning = "warning: no message of a venue";
        final Replayed late =
                Replayed.well(folder, capture.toString(), "--from", "2099-01-01T00:00:00Z");
        assertTrue(late.out().contains(warning), late.out());
        assertFalse(Replayed.well(folder, capture.toString()).out().contains(warning));
    }

    @Test
    void shouldNameTheFileThatCannotBeWritten() throws IOException {
        final String nowhere = folder.resolve("no/such/folder/out").toString();
        for (final String option : List.of("--findings", "--summary")) {
            final StringWriter err = new StringWriter();
            final int exit =
                    PlumblineMain.commandLine()
                            .setOut(new PrintWriter(new StringWriter()))
                            .setErr(new PrintWriter(err, true))
                            .execute("replay", capture.toString(), option, nowhere);
            assertEquals(ExitCode.CANNOT_START, exit, err.toString());
            assertTrue(err.toString().contains("cannot write " + nowhere), err.toString());
            assertTrue(err.toString().contains("a folder that exists with " + option));
        }
    }
}
