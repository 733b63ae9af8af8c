package io.plumbline.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundRing;
import io.plumbline.inbound.InboundType;
import io.plumbline.inbound.WaitKind;
import io.plumbline.journal.JournalFixture.Content;
import io.plumbline.journal.JournalFixture.Entry;
import io.plumbline.metrics.CounterId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class JournalRoundTripTest {
    private static final long SEED = 42;

    @TempDir Path directory;
    private JournalFixture fixture;

    @BeforeEach
    void makeFixture() {
        fixture = new JournalFixture(directory);
    }

    @Test
    void shouldReadBackWhatWasWritten() throws IOException {
        final JournalWriter writer = fixture.started();
        final List<Entry> written = JournalFixture.write(writer, new Random(SEED), 1, 2_000, 400);
        assertTrue(writer.close(JournalFixture.TIMEOUT_NS));
        final Content content = JournalFixture.read(directory);
        assertEquals(written, content.records(), "seed " + SEED);
        assertEquals(List.of(), content.damages());
        assertEquals(List.of("0000000001.plj"), fixture.files());
        assertEquals(2_000, fixture.count(CounterId.JOURNAL_RECORDS));
        assertEquals(
                Files.size(directory.resolve("0000000001.plj")),
                fixture.count(CounterId.JOURNAL_BYTES));
    }

    @Test
    void shouldBeginEverySegmentWithThePrelude() throws IOException {
        fixture.segmentBytes = 4_096;
        final JournalWriter writer = fixture.started();
        final List<Entry> written = JournalFixture.write(writer, new Random(SEED), 1, 300, 200);
        assertTrue(writer.close(JournalFixture.TIMEOUT_NS));
        final Content whole = JournalFixture.read(directory);
        assertEquals(written, whole.records(), "seed " + SEED);
        assertEquals(List.of(), whole.damages());
        assertTrue(fixture.files().size() > 8, "segments " + fixture.files());
        for (final String file : fixture.files()) {
            final Path segment = directory.resolve(file);
            assertTrue(Files.size(segment) <= 4_096, file);
            final List<Entry> entries = JournalFixture.read(segment).entries();
            final long stampNs = entries.get(2).stampNs();
            assertEquals(
                    List.of(
                            new Entry(0, InboundType.CONFIG, 0, 0, 0, stampNs, "venues: []"),
                            new Entry(
                                    0,
                                    InboundType.SOURCES,
                                    0,
                                    0,
                                    0,
                                    stampNs,
                                    "0 timer\n1 monitor\n")),
                    entries.subList(0, 2));
        }
    }

    @Test
    void shouldBeginANewRunWithEveryStart() throws IOException {
        final List<Entry> written = new ArrayList<>();
        for (int run = 0; run < 3; run++) {
            final JournalWriter writer = fixture.started();
            written.addAll(JournalFixture.write(writer, new Random(SEED + run), 1, 50, 100));
            assertTrue(writer.close(JournalFixture.TIMEOUT_NS));
        }
        final Content content = JournalFixture.read(directory);
        assertEquals(written, content.records(), "seed " + SEED);
        assertEquals(List.of(), content.damages());
        assertEquals(
                List.of("0000000001.plj", "0000000002.plj", "0000000003.plj"), fixture.files());
    }

    @Test
    void shouldTellOfASegmentThatIsMissingInTheMiddle() throws IOException {
        fixture.segmentBytes = 4_096;
        final JournalWriter writer = fixture.started();
        JournalFixture.write(writer, new Random(SEED), 1, 100, 200);
        assertTrue(writer.close(JournalFixture.TIMEOUT_NS));
        Files.delete(directory.resolve("0000000002.plj"));
        assertEquals(
                List.of("does not continue the segment before it: is one missing?"),
                JournalFixture.read(directory).reasons());
    }

    @Test
    void shouldKeepMessagesOfAnySizeAndLoseOnlyWhatIsTooLong() throws IOException {
        fixture.bufferBytes = 4 << 20;
        fixture.segmentBytes = 100_000;
        final JournalWriter writer = fixture.started();
        final InboundMessage message = new InboundMessage();
        final List<Integer> lengths = List.of(0, 1, 2_000_000, 7, 5_000_000, 99_900, 3);
        for (final int length : lengths) {
            message.set(InboundType.FRAME_TEXT, 2, 1, 0, 5, new byte[length], 0, length);
            writer.onMessage(message);
            final long settled = fixture.count(CounterId.JOURNAL_RECORDS);
            fixture.awaitSettled(length > 4_000_000 ? settled : settled + 1);
        }
        assertTrue(writer.close(JournalFixture.TIMEOUT_NS));
        final Content content = JournalFixture.read(directory);
        assertEquals(
                List.of(0, 1, 2_000_000, 7, 99_900, 3),
                content.records().stream().map(entry -> entry.payload().length()).toList());
        assertEquals(
                List.of("the writer lost messages right before this place: 1"), content.reasons());
        assertEquals(1, fixture.count(CounterId.JOURNAL_LOST));
    }

    @Test
    void shouldSkipSegmentsFromBeforeTheTimeAskedFor() throws IOException {
        final InboundMessage message = new InboundMessage();
        final byte[] payload = new byte[100];
        fixture.segmentBytes = 2_000;
        final JournalWriter writer = fixture.started();
        for (int second = 0; second < 100; second++) {
            message.set(InboundType.FRAME_TEXT, 2, 1, 0, second * 1_000_000_000L, payload, 0, 100);
            writer.onMessage(message);
        }
        assertTrue(writer.close(JournalFixture.TIMEOUT_NS));
        try (JournalReader reader = JournalReader.openFrom(50_000_000_000L, directory)) {
            final List<Entry> records = JournalFixture.read(reader).records();
            final long first = records.get(0).stampNs() / 1_000_000_000L;
            assertTrue(first > 30 && first <= 50, "begins at second " + first);
            assertEquals(100 - first, records.size());
            assertEquals(reader.totalBytes(), reader.bytesRead());
        }
    }

    @Test
    void shouldSummariseAJournal() throws IOException {
        fixture.segmentBytes = 4_096;
        final JournalWriter writer = fixture.started();
        final List<Entry> written = JournalFixture.write(writer, new Random(SEED), 1, 300, 200);
        assertTrue(writer.close(JournalFixture.TIMEOUT_NS));
        final JournalVerifier.Summary summary = JournalVerifier.verify(directory);
        final int segments = fixture.files().size();
        assertEquals(segments, summary.segments());
        assertEquals(300, summary.records());
        assertEquals(fixture.count(CounterId.JOURNAL_BYTES), summary.bytes());
        assertEquals(JournalFixture.START_NS, summary.firstStampNs());
        assertEquals(JournalFixture.START_NS + 299, summary.lastStampNs());
        assertEquals(written.stream().mapToLong(Entry::droppedBefore).sum(), summary.dropped());
        assertEquals(
                segments + written.stream().filter(e -> e.type() == InboundType.CONFIG).count(),
                summary.types().get(InboundType.CONFIG));
        assertEquals(List.of(), summary.damages());
    }

    @Test
    void shouldRecordTheRingInItsOrder() throws IOException {
        final JournalWriter writer = fixture.started();
        final List<Entry> judged = new ArrayList<>();
        final InboundRing ring =
                new InboundRing(
                        new InboundRing.Settings(64, 64, WaitKind.BLOCKING, 1_000),
                        3,
                        fixture.ring.counters,
                        fixture.ring::start,
                        fixture.ring);
        ring.start(
                new InboundRing.Role("journal", writer),
                new InboundRing.Role(
                        "engine", message -> judged.add(Entry.of(judged.size() + 1, message))));
        for (int i = 0; i < 5_000; i++) {
            ring.offer(InboundType.FRAME_TEXT, i % 3, 1, i, "{\"u\":" + "1".repeat(i % 200) + "}");
        }
        assertTrue(ring.close(JournalFixture.TIMEOUT_NS).complete());
        assertTrue(writer.close(JournalFixture.TIMEOUT_NS));
        assertEquals(judged, JournalFixture.read(directory).records());
    }

    @Test
    void shouldAllocateNothingPerRecord() throws IOException {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long me = Thread.currentThread().getId();
        final byte[] payload = "{\"e\":\"trade\"}".getBytes(StandardCharsets.UTF_8);
        final InboundMessage message = new InboundMessage();
        fixture.bufferBytes = 16 << 20;
        fixture.segmentBytes = 1 << 30;
        final JournalWriter writer = fixture.started();
        long before = 0;
        for (int i = 0; i < 60_000; i++) {
            if (i == 30_000) {
                before = threads.getThreadAllocatedBytes(me);
            }
            message.set(InboundType.FRAME_TEXT, 2, 1, 0, i, payload, 0, payload.length);
            writer.onMessage(message);
        }
        final long writing = threads.getThreadAllocatedBytes(me) - before;
        assertTrue(writer.close(JournalFixture.TIMEOUT_NS));
        assertTrue(writing < 10_000, "writing allocated " + writing);
        try (JournalReader reader = JournalReader.open(directory)) {
            int count = 0;
            while (reader.next(message)) {
                if (++count == 30_000) {
                    before = threads.getThreadAllocatedBytes(me);
                }
            }
            final long reading = threads.getThreadAllocatedBytes(me) - before;
            assertEquals(60_002, count);
            assertTrue(reading < 10_000, "reading allocated " + reading);
        }
    }

    @Test
    void shouldRefuseADirectoryThatIsInUse() throws IOException {
        final JournalWriter writer = fixture.started();
        final String message =
                assertThrows(IOException.class, () -> fixture.started()).getMessage();
        assertTrue(message.contains("in use by another monitor"), message);
        assertTrue(writer.close(JournalFixture.TIMEOUT_NS));
        assertTrue(fixture.started().close(JournalFixture.TIMEOUT_NS));
    }

    @Test
    void shouldNameAPlaceWithoutAJournal() {
        final String empty =
                assertThrows(FileNotFoundException.class, () -> JournalReader.open(directory))
                        .getMessage();
        assertTrue(empty.contains("no journal segments"), empty);
        final Path nowhere = directory.resolve("nowhere");
        final String missing =
                assertThrows(FileNotFoundException.class, () -> JournalReader.open(nowhere))
                        .getMessage();
        assertTrue(missing.contains("nowhere"), missing);
    }
}
