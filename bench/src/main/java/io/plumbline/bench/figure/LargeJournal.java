package io.plumbline.bench.figure;

import io.plumbline.bench.Recorder;
import io.plumbline.bench.World;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.journal.JournalLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * A journal as long as wanted: one full segment is recorded, and written again under further
 * numbers, each the one segment of a run. Every byte is on the disk.
 */
final class LargeJournal {
    /** Offsets in the header of a segment: see {@link JournalLayout}. */
    private static final int NUMBER = 16;

    private static final int HEADER_CRC = 60;
    private static final int NUMBER_DIGITS = 10;

    /** The end of the segment that is left open: its last record is torn. */
    private static final int TORN_BYTES = 21;

    /** More than any record of this traffic takes. */
    private static final int LAST_RECORD_BYTES = 64 << 10;

    private static final long REST_NS = 30_000_000L;

    private final Path folder;
    private final ByteBuffer segment;
    private Path left;

    /**
     * Records the segment that all others are like.
     *
     * @param folder the journal's
     */
    LargeJournal(final Path folder, final Effort effort) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
        final Path model = Files.createTempDirectory(effort.work(), "model");
        final Corpus corpus = Traffic.mixed(effort);
        try (Recorder recorder = new Recorder(model, new World(1, "250ms"))) {
            while (files(model).size() < 2) {
                record(corpus, recorder);
                recorder.rest(REST_NS);
            }
        }
        final List<Path> files = files(model);
        segment = ByteBuffer.wrap(Files.readAllBytes(files.get(0))).order(ByteOrder.LITTLE_ENDIAN);
        for (final Path file : files) {
            Files.delete(file);
        }
    }

    private static void record(final Corpus corpus, final Recorder recorder) {
        final InboundMessage message = new InboundMessage();
        for (int i = 0; i < corpus.size(); i++) {
            corpus.show(i, message);
            recorder.take(message);
        }
    }

    /** The segments there, by their numbers. */
    private static List<Path> files(final Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().contains(JournalLayout.SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    /** Adds closed segments until the journal has this size. */
    void fill(final long size) throws IOException {
        long number = 0;
        for (long bytes = 0; bytes < size; bytes += segment.capacity()) {
            number++;
            write(folder.resolve(name(number, JournalLayout.SUFFIX)), number, segment.capacity());
        }
    }

    /**
     * Adds a segment like one whose writer was killed just before it would have begun the next, in
     * the midst of a record.
     */
    void leaveOpen() throws IOException {
        final List<Path> files = files(folder);
        final String last = files.get(files.size() - 1).getFileName().toString();
        final long number = Long.parseLong(last.substring(0, NUMBER_DIGITS)) + 1;
        write(
                folder.resolve(name(number, JournalLayout.OPEN_SUFFIX)),
                number,
                segment.capacity() - TORN_BYTES);
        left = folder.resolve(name(number, JournalLayout.SUFFIX));
    }

    private static String name(final long number, final String suffix) {
        return String.format("%0" + NUMBER_DIGITS + "d%s", number, suffix);
    }

    private void write(final Path file, final long number, final int length) throws IOException {
        segment.putLong(NUMBER, number);
        final CRC32C crc = new CRC32C();
        crc.update(segment.array(), 0, HEADER_CRC);
        segment.putInt(HEADER_CRC, (int) crc.getValue());
        try (FileChannel out =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            segment.clear().limit(length);
            while (segment.hasRemaining()) {
                out.write(segment);
            }
            out.force(true);
        }
    }

    /** Fails where the segment that was left open was not closed, or lost more than its end. */
    void checkRecovered() throws IOException {
        if (!Files.exists(left) || Files.size(left) < segment.capacity() - LAST_RECORD_BYTES) {
            throw new IOException("READY without " + left + ": the journal was not recovered");
        }
    }

    /** Bytes of all segments there. */
    long bytes() throws IOException {
        long bytes = 0;
        for (final Path file : files(folder)) {
            bytes += Files.size(file);
        }
        return bytes;
    }
}
