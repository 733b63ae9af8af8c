package io.plumbline.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.inbound.RingFixture;
import io.plumbline.journal.JournalFixture.Content;
import io.plumbline.journal.JournalFixture.Entry;
import io.plumbline.metrics.CounterId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class JournalFaultTest {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    @TempDir Path directory;
    private JournalFixture fixture;
    private final Random random = new Random(7);
    private final List<Entry> kept = new ArrayList<>();
    private long sequence = 1;

    @BeforeEach
    void makeFixture() {
        fixture = new JournalFixture(directory);
    }

    @Test
    void shouldPauseWhenNoSegmentCanBeOpenedAndGoOnInANewOne() throws IOException {
        final JournalWriter writer = fixture.started();
        record(writer, 10, true);
        rollInto(
                writer,
                path -> {
                    throw new IOException("no");
                });
        fixture.awaitEvents("faulted");
        assertEquals(JournalState.FAULTED, writer.stats().state());
        record(writer, 10, false);
        fixture.clock.advanceBy(4 * SECOND_NS);
        record(writer, 10, false);
        fixture.opener = SegmentOpener.FILES;
        fixture.clock.advanceBy(2 * SECOND_NS);
        record(writer, 10, true);
        fixture.awaitEvents("faulted", "recovered");
        assertTrue(writer.close(JournalFixture.TIMEOUT_NS));
        final Content content = JournalFixture.read(directory);
        assertEquals(kept, content.records());
        assertEquals(1, content.damages().size());
        assertEquals(
                "the writer lost messages right before this place: "
                        + fixture.count(CounterId.JOURNAL_LOST),
                content.reasons().get(0));
    }

    @Test
    void shouldAbandonASegmentWhoseWritesFail() throws IOException {
        final AtomicReference<FileChannel> channel = new AtomicReference<>();
        fixture.opener =
                path -> {
                    channel.set(SegmentOpener.FILES.open(path));
                    return channel.get();
                };
        final JournalWriter writer = fixture.started();
        record(writer, 10, true);
        channel.get().close();
        record(writer, 10, false);
        fixture.awaitEvents("faulted");
        fixture.clock.advanceBy(6 * SECOND_NS);
        record(writer, 10, true);
        fixture.awaitEvents("faulted", "recovered");
        assertTrue(writer.close(JournalFixture.TIMEOUT_NS));
        assertEquals(List.of("0000000001.plj.open", "0000000002.plj"), fixture.files());
        final Content content = JournalFixture.read(directory);
        assertEquals(kept, content.records());
        assertEquals(
                List.of("the writer lost messages right before this place: 10"), content.reasons());
        assertTrue(fixture.started().close(JournalFixture.TIMEOUT_NS));
        assertEquals(List.of("0000000001.plj", "0000000002.plj"), fixture.files());
        assertEquals(kept, JournalFixture.read(directory).records());
    }

    @Test
    void shouldSurviveADiskWithoutSpace() throws IOException {
        final Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "needs /dev/full");
        fixture.opener = path -> FileChannel.open(full, StandardOpenOption.WRITE);
        final JournalWriter writer = fixture.started();
        record(writer, 100, false);
        fixture.awaitEvents("faulted");
        fixture.awaitSettled(100);
        assertEquals(100, fixture.count(CounterId.JOURNAL_LOST));
        assertTrue(writer.close(JournalFixture.TIMEOUT_NS));
    }

    @Test
    void shouldSurviveAnOpenerThatThrowsAnythingAndAChannelThatCannotBeWritten()
            throws IOException {
        fixture.opener =
                path -> {
                    throw new IllegalStateException("bug");
                };
        final JournalWriter writer = fixture.started();
        record(writer, 5, false);
        fixture.awaitEvents("faulted");
        fixture.opener =
                path -> {
                    SegmentOpener.FILES.open(path).close();
                    return FileChannel.open(path, StandardOpenOption.READ);
                };
        fixture.clock.advanceBy(6 * SECOND_NS);
        record(writer, 5, false);
        assertEquals(10, fixture.count(CounterId.JOURNAL_LOST));
        fixture.opener = SegmentOpener.FILES;
        fixture.clock.advanceBy(6 * SECOND_NS);
        record(writer, 5, true);
        assertTrue(writer.close(JournalFixture.TIMEOUT_NS));
        fixture.awaitEvents("faulted", "recovered");
        assertEquals(kept, JournalFixture.read(directory).records());
    }

    @Test
    void shouldRecordOnAfterItsThreadWasInterrupted() throws IOException {
        final JournalWriter writer = fixture.started();
        for (int i = 0; i < 20; i++) {
            fixture.ring.threads.forEach(Thread::interrupt);
            final long settled = settled();
            final List<Entry> entries = JournalFixture.write(writer, random, sequence, 10, 100);
            sequence += 10;
            kept.addAll(entries);
            fixture.awaitSettled(settled + 10);
            fixture.clock.advanceBy(6 * SECOND_NS);
        }
        assertTrue(writer.close(JournalFixture.TIMEOUT_NS));
        final Content content = JournalFixture.read(directory);
        assertEquals(200 - fixture.count(CounterId.JOURNAL_LOST), content.records().size());
        assertTrue(kept.containsAll(content.records()));
    }

    @Test
    void shouldStopRecordingBelowTheFloorAndGoOnWithAMargin() throws IOException {
        final JournalWriter writer = fixture.started();
        record(writer, 10, true);
        room(999);
        fixture.awaitEvents("diskFull");
        record(writer, 10, false);
        assertEquals(10, fixture.count(CounterId.JOURNAL_LOST));
        room(1_100);
        record(writer, 10, false);
        room(1_250);
        fixture.awaitEvents("diskFull", "diskRecovered");
        record(writer, 10, true);
        assertTrue(writer.close(JournalFixture.TIMEOUT_NS));
        final Content content = JournalFixture.read(directory);
        assertEquals(kept, content.records());
        assertEquals(
                List.of("the writer lost messages right before this place: 20"), content.reasons());
    }

    @Test
    void shouldNeverHoldUpTheRingWhenTheDiskHangs() throws IOException, InterruptedException {
        final CountDownLatch hanging = new CountDownLatch(1);
        final CountDownLatch open = new CountDownLatch(1);
        fixture.bufferBytes = 64 << 10;
        fixture.opener =
                path -> {
                    hanging.countDown();
                    try {
                        open.await();
                    } catch (final InterruptedException e) {
                        throw new IOException(e);
                    }
                    return SegmentOpener.FILES.open(path);
                };
        final JournalWriter writer = fixture.started();
        JournalFixture.write(writer, random, 1, 1, 10);
        hanging.await();
        JournalFixture.write(writer, random, 2, 10_000, 100);
        final long lost = fixture.count(CounterId.JOURNAL_LOST);
        assertTrue(lost > 5_000 && lost < 10_000, "lost " + lost);
        assertFalse(writer.close(1_000_000));
        open.countDown();
        RingFixture.await("close", () -> writer.close(1));
        final Content content = JournalFixture.read(directory);
        assertEquals(10_001 - lost, content.records().size());
        assertEquals(List.of(), fixture.events);
    }

    @Test
    void shouldDeleteTheOldestSegmentsOverTheLimitButNeverTheOpenOne() throws IOException {
        fixture.segmentBytes = 2_000;
        fixture.maxBytes = 10_000;
        final JournalWriter writer = fixture.started();
        for (int i = 0; i < 20; i++) {
            record(writer, 20, true);
        }
        tick();
        RingFixture.await("deletion", () -> fixture.count(CounterId.JOURNAL_SEGMENTS_DELETED) > 0);
        assertTrue(writer.stats().keptBytes() <= 10_000);
        assertTrue(writer.close(JournalFixture.TIMEOUT_NS));
        final Content content = JournalFixture.read(directory);
        assertEquals(List.of(), content.damages());
        final List<Entry> left = content.records();
        assertTrue(left.size() < kept.size());
        assertEquals(kept.subList(kept.size() - left.size(), kept.size()), left);
    }

    @Test
    void shouldDeleteSegmentsThatAreTooOld() throws IOException {
        fixture.segmentBytes = 2_000;
        final JournalWriter writer = fixture.started();
        record(writer, 200, true);
        fixture.clock.advanceBy(TimeUnit.HOURS.toNanos(25));
        RingFixture.await("deletion", () -> writer.stats().keptBytes() == 0 && deleted() > 0);
        record(writer, 1, true);
        assertTrue(writer.close(JournalFixture.TIMEOUT_NS));
        assertTrue(JournalFixture.read(directory).records().size() < 40);
    }

    private long settled() {
        return fixture.count(CounterId.JOURNAL_RECORDS) + fixture.count(CounterId.JOURNAL_LOST);
    }

    private long deleted() {
        return fixture.count(CounterId.JOURNAL_SEGMENTS_DELETED);
    }

    private void record(final JournalWriter writer, final int count, final boolean written) {
        final long settled = settled();
        final List<Entry> entries = JournalFixture.write(writer, random, sequence, count, 100);
        sequence += count;
        if (written) {
            kept.addAll(entries);
        }
        fixture.awaitSettled(settled + count);
    }

    /** Has the next segment opened by {@code opener}: the records that need it are lost. */
    private void rollInto(final JournalWriter writer, final SegmentOpener opener) {
        fixture.opener = opener;
        room(0);
        fixture.awaitEvents("diskFull");
        room(1L << 40);
        fixture.awaitEvents("diskFull", "diskRecovered");
        fixture.events.clear();
        record(writer, 10, false);
    }

    private void room(final long usableBytes) {
        fixture.room = new DiskSpace.Room(usableBytes, 1L << 40);
        tick();
    }

    private void tick() {
        fixture.clock.advanceBy(2 * SECOND_NS);
    }
}
