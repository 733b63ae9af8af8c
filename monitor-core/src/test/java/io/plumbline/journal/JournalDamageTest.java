package io.plumbline.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.RingFixture;
import io.plumbline.journal.JournalFixture.Content;
import io.plumbline.journal.JournalFixture.Entry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class JournalDamageTest {
    private static final int ROUNDS = 2_000;
    private static final int RECOVERIES = 300;

    @TempDir Path directory;

    /** A good segment, its records, and where each of them ends. */
    private record Good(byte[] bytes, List<Entry> entries, List<Long> ends) {
        /** What can be believed of {@code damaged}: whole records before the first other byte. */
        List<Entry> before(final byte[] damaged) {
            int same = Arrays.mismatch(bytes, damaged);
            if (same < 0) {
                same = bytes.length;
            }
            int whole = 0;
            while (whole < ends.size() && ends.get(whole) <= same) {
                whole++;
            }
            return same < JournalLayout.HEADER_BYTES ? List.of() : entries.subList(0, whole);
        }

        long endOf(final int records) {
            return records == 0 ? JournalLayout.HEADER_BYTES : ends.get(records - 1);
        }
    }

    @Test
    void shouldKeepEveryRecordBeforeTheFirstBadOneAndNoneAfterIt() throws IOException {
        final Good good = good(200);
        final Path file = directory.resolve("0000000009.plj");
        for (int seed = 0; seed < ROUNDS; seed++) {
            final byte[] damaged = damage(good.bytes(), new Random(seed));
            Files.write(file, damaged);
            final Content content = JournalFixture.read(file);
            final List<Entry> expected = good.before(damaged);
            assertEquals(expected, content.entries(), "seed " + seed);
            final boolean cutBetweenRecords =
                    damaged.length == good.endOf(expected.size()) && !expected.isEmpty();
            assertEquals(
                    cutBetweenRecords || damaged.length == JournalLayout.HEADER_BYTES ? 0 : 1,
                    content.damages().size(),
                    "seed " + seed + " " + content.damages());
        }
    }

    @Test
    void shouldRecoverEveryRecordBeforeTheFirstBadOneAndPutTheRestAside() throws IOException {
        final Good good = good(200);
        for (int seed = 0; seed < RECOVERIES; seed++) {
            final Path folder = Files.createDirectory(directory.resolve("crash-" + seed));
            final byte[] damaged = damage(good.bytes(), new Random(seed));
            Files.write(folder.resolve("0000000009.plj.open"), damaged);
            final SegmentDirectory segments = new SegmentDirectory(folder);
            final Recovery recovery = segments.open().get(0);
            segments.release();
            final List<Entry> expected = good.before(damaged);
            final String label = "seed " + seed + " " + recovery;
            assertEquals(
                    expected.stream().filter(entry -> !entry.isPrelude()).count(),
                    recovery.keptRecords(),
                    label);
            if (damaged.length == 0) {
                assertEquals("empty", recovery.reason(), label);
                continue;
            }
            if (!recovery.segment().toString().endsWith(".corrupt")) {
                final Content content = JournalFixture.read(folder);
                assertEquals(expected, content.entries(), label);
                assertEquals(List.of(), content.damages(), label);
            }
            final byte[] lost =
                    recovery.corrupt().isPresent()
                            ? Files.readAllBytes(recovery.corrupt().get())
                            : new byte[0];
            assertEquals(recovery.lostBytes(), lost.length, label);
            assertArrayEquals(
                    Arrays.copyOfRange(damaged, damaged.length - lost.length, damaged.length),
                    lost,
                    label);
        }
    }

    @Test
    void shouldGoOnWithTheNextSegment() throws IOException {
        final JournalFixture fixture = new JournalFixture(directory);
        fixture.segmentBytes = 4_096;
        final JournalWriter writer = fixture.started();
        final List<Entry> written = JournalFixture.write(writer, new Random(1), 1, 200, 100);
        assertTrue(writer.close(JournalFixture.TIMEOUT_NS));
        final Path second = directory.resolve("0000000002.plj");
        final byte[] bytes = Files.readAllBytes(second);
        bytes[2_000] ^= 1;
        Files.write(second, bytes);
        final Content content = JournalFixture.read(directory);
        assertEquals(1, content.damages().size());
        final Damage damage = content.damages().get(0);
        assertEquals(second, damage.file());
        assertEquals("the checksum of a record is wrong", damage.reason());
        assertEquals(bytes.length - damage.offset(), damage.bytesSkipped());
        final List<Entry> left = content.records();
        assertTrue(written.containsAll(left));
        assertEquals(written.get(199), left.get(left.size() - 1));
    }

    @Test
    void shouldFinishWhatAKilledWriterLeftOpen() throws IOException {
        final Good good = good(50);
        Files.write(directory.resolve("0000000004.plj.open"), good.bytes());
        final JournalFixture fixture = new JournalFixture(directory);
        final JournalWriter writer = fixture.writer();
        assertEquals(
                List.of(
                        new Recovery(
                                directory.resolve("0000000004.plj"),
                                50,
                                0,
                                "clean",
                                Optional.empty())),
                writer.start(fixture.ring::start));
        final List<Entry> more = JournalFixture.write(writer, new Random(3), 1, 5, 10);
        assertTrue(writer.close(JournalFixture.TIMEOUT_NS));
        assertEquals(List.of("0000000004.plj", "0000000005.plj", "good"), fixture.files());
        final List<Entry> all = new ArrayList<>(good.entries());
        all.removeIf(Entry::isPrelude);
        all.addAll(more);
        final Content content = JournalFixture.read(directory);
        assertEquals(all, content.records());
        assertEquals(List.of(), content.damages());
    }

    @Test
    @Timeout(20)
    void shouldStartQuicklyBesideAHugeJournal() throws IOException {
        for (int number = 1; number <= 200; number++) {
            final Path path = directory.resolve(JournalLayout.fileName(number));
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
                file.setLength(256L << 20);
            }
        }
        final JournalFixture fixture = new JournalFixture(directory);
        final JournalWriter writer = fixture.started();
        RingFixture.await("listing", () -> writer.stats().keptBytes() == 200L * (256L << 20));
        assertTrue(writer.close(JournalFixture.TIMEOUT_NS));
    }

    private Good good(final int records) throws IOException {
        final Path folder = Files.createDirectory(directory.resolve("good"));
        final JournalWriter writer = new JournalFixture(folder).started();
        JournalFixture.write(writer, new Random(99), 1, records, 120);
        assertTrue(writer.close(JournalFixture.TIMEOUT_NS));
        final Path file = folder.resolve("0000000001.plj");
        final List<Entry> entries = new ArrayList<>();
        final List<Long> ends = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(file)) {
            final InboundMessage message = new InboundMessage();
            while (reader.next(message)) {
                entries.add(Entry.of(reader.sequence(), message));
                ends.add(reader.bytesRead());
            }
        }
        return new Good(Files.readAllBytes(file), entries, ends);
    }

    /**
     * One of: cut short, one bit flipped, a page of zeros to the end, rubbish to the end, rubbish
     * added.
     */
    private static byte[] damage(final byte[] good, final Random random) {
        final int at = random.nextInt(good.length);
        final byte[] damaged = good.clone();
        switch (random.nextInt(5)) {
            case 0 -> {
                return Arrays.copyOf(good, at);
            }
            case 1 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> Arrays.fill(damaged, at, damaged.length, (byte) 0);
            case 3 -> {
                for (int i = at; i < damaged.length; i++) {
                    damaged[i] = (byte) random.nextInt();
                }
            }
            default -> {
                final byte[] longer = Arrays.copyOf(good, good.length + 1 + random.nextInt(5_000));
                for (int i = good.length; random.nextBoolean() && i < longer.length; i++) {
                    longer[i] = (byte) random.nextInt();
                }
                return longer;
            }
        }
        return damaged;
    }
}
