package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.inbound.InboundType;
import io.plumbline.journal.JournalLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalVerifyCommandTest {
    private final Terminal terminal = new Terminal();

    @TempDir private Path folder;

    private Path journal() throws Exception {
        try (RecordedJournal run = new RecordedJournal(folder, RecordedJournal.ONE_VENUE_SOURCE)) {
            run.session(RecordedJournal.MARKET, 1, "LIVE all well");
            run.aggTrade(1, "BTCUSDT", 1);
            run.put(InboundType.HEARTBEAT, RecordedJournal.MARKET, 1, 3, new byte[0], 0);
            run.after(1).tick(0);
        }
        return folder.resolve("0000000001.plj");
    }

    @Test
    void whole() throws Exception {
        final Path segment = journal();
        assertEquals(ExitCode.OK, terminal.run("journal", "verify", folder));
        assertEquals(
                List.of(
                        "segments         1",
                        "records          4",
                        "bytes            " + Files.size(segment),
                        "first            2024-08-08T23:54:16.000000000Z",
                        "last             2024-08-08T23:54:16.010000001Z",
                        "dropped          3",
                        "  FRAME_TEXT     1",
                        "  SESSION        1",
                        "  HEARTBEAT      1",
                        "  TIMER          1",
                        "  CONFIG         1",
                        "  SOURCES        1",
                        "whole"),
                terminal.out());
        assertEquals(List.of(), terminal.err());
    }

    @Test
    void damaged() throws Exception {
        final Path segment = journal();
        final byte[] bytes = Files.readAllBytes(segment);
        final Path copy = folder.resolve("copy.plj");
        bytes[bytes.length - 1] ^= 1;
        Files.write(copy, bytes);
        assertEquals(ExitCode.FOUND, terminal.run("journal", "verify", copy));
        final int last = bytes.length - 48;
        assertTrue(terminal.out().contains("records          3"), terminal.out().toString());
        assertEquals(
                List.of(
                        copy
                                + " is damaged at byte "
                                + last
                                + ": the checksum of a record is wrong; 48 bytes skipped",
                        "damaged: 1"),
                terminal.out().subList(terminal.out().size() - 2, terminal.out().size()));
    }

    @Test
    void cutAnywhere() throws Exception {
        final byte[] bytes = Files.readAllBytes(journal());
        final Path copy = folder.resolve("copy.plj");
        for (int length = 0; length < bytes.length; length += 61) {
            Files.write(copy, java.util.Arrays.copyOf(bytes, length));
            assertEquals(
                    betweenRecords(bytes, length) ? ExitCode.OK : ExitCode.FOUND,
                    terminal.run("journal", "verify", copy),
                    "at " + length);
            assertEquals(ExitCode.OK, terminal.run("journal", "inspect", copy), "at " + length);
            assertEquals(
                    List.of(), terminal.err().stream().filter(l -> l.contains("ception")).toList());
        }
    }

    /** Nothing tells that a segment went on behind a whole record. */
    private static boolean betweenRecords(final byte[] segment, final int length) {
        final ByteBuffer bytes = ByteBuffer.wrap(segment).order(ByteOrder.LITTLE_ENDIAN);
        int at = JournalLayout.HEADER_BYTES;
        while (at < length) {
            at += bytes.getInt(at) + 7 & -8;
        }
        return at == length;
    }

    @Test
    void nothingThere() throws Exception {
        assertEquals(ExitCode.USAGE, terminal.run("journal", "verify", folder));
        assertEquals(
                "no journal segments (*.plj) in " + folder + ": is it the right folder?",
                terminal.complaint());
        final Path absent = folder.resolve("absent.plj");
        assertEquals(ExitCode.USAGE, terminal.run("journal", "verify", absent));
        assertEquals(
                "cannot read " + absent + ": give a journal segment or a folder of them",
                terminal.complaint());
        final Path other = Files.writeString(folder.resolve("notes.txt"), "not a journal at all\n");
        assertEquals(ExitCode.FOUND, terminal.run("journal", "verify", other));
        assertTrue(terminal.out().contains("first            none"), terminal.out().toString());
        assertEquals(ExitCode.USAGE, terminal.run("journal"));
        assertEquals("say what to do: name verify, inspect or export", terminal.complaint());
    }
}
