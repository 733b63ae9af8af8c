package io.plumbline.journal;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.inbound.RingFixture;
import io.plumbline.metrics.CounterId;
import io.plumbline.time.ManualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A journal in a folder of its own, with a clock that stands and a disk that can be told. */
final class JournalFixture implements JournalEvents {
    static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(30);
    static final long START_NS = 1_700_000_000_000_000_000L;
    static final byte[] CONFIG = "venues: []".getBytes(StandardCharsets.UTF_8);
    static final byte[] SOURCES = "0 timer\n1 monitor\n".getBytes(StandardCharsets.UTF_8);

    private static final InboundType[] TYPES = InboundType.values();

    final RingFixture ring = new RingFixture();
    final ManualClock clock = new ManualClock(START_NS);
    final List<String> events = Collections.synchronizedList(new ArrayList<>());
    final Path directory;
    volatile DiskSpace.Room room = new DiskSpace.Room(1L << 40, 1L << 40);
    SegmentOpener opener = SegmentOpener.FILES;

    long segmentBytes = 1 << 20;
    int bufferBytes = 1 << 20;
    long maxAgeNs = TimeUnit.DAYS.toNanos(1);
    long maxBytes = 1L << 40;

    JournalFixture(final Path directory) {
        this.directory = directory;
    }

    JournalWriter writer() {
        return new JournalWriter(
                new JournalSettings(
                        directory,
                        segmentBytes,
                        bufferBytes,
                        TimeUnit.MILLISECONDS.toNanos(1),
                        maxAgeNs,
                        maxBytes,
                        1_000,
                        0,
                        TimeUnit.SECONDS.toNanos(5)),
                CONFIG,
                SOURCES,
                clock,
                ring.counters,
                this,
                path -> room,
                path -> opener.open(path));
    }

    JournalWriter started() throws IOException {
        final JournalWriter writer = writer();
        writer.start(ring::start);
        return writer;
    }

    long count(final CounterId id) {
        return ring.counters.get(id);
    }

    void awaitEvents(final String... expected) {
        RingFixture.await(
                "events " + List.of(expected) + ", have " + events,
                () -> events.equals(List.of(expected)));
    }

    /** Waits until the disk thread has dealt with {@code records}, written or lost. */
    void awaitSettled(final long records) {
        RingFixture.await(
                records + " records settled",
                () -> count(CounterId.JOURNAL_RECORDS) + count(CounterId.JOURNAL_LOST) >= records);
    }

    List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> !name.equals("journal.lock"))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void faulted(final String detail) {
        events.add("faulted");
    }

    @Override
    public void recovered(final String detail) {
        events.add("recovered");
    }

    @Override
    public void diskFull(final String detail) {
        events.add("diskFull");
    }

    @Override
    public void diskRecovered(final String detail) {
        events.add("diskRecovered");
    }

    /** One record as a value. */
    record Entry(
            long sequence,
            InboundType type,
            int source,
            int epoch,
            int droppedBefore,
            long stampNs,
            String payload) {
        static Entry of(final long sequence, final InboundMessage message) {
            return new Entry(
                    sequence,
                    message.type,
                    message.source,
                    message.epoch,
                    message.droppedBefore,
                    message.stampNs,
                    new String(
                            message.bytes,
                            message.offset,
                            message.length,
                            StandardCharsets.ISO_8859_1));
        }

        boolean isPrelude() {
            return sequence == 0;
        }
    }

    /** Random messages, written in order. */
    static List<Entry> write(
            final JournalWriter writer,
            final Random random,
            final long firstSequence,
            final int count,
            final int maxLength) {
        final List<Entry> entries = new ArrayList<>();
        final InboundMessage message = new InboundMessage();
        for (int i = 0; i < count; i++) {
            final byte[] bytes = new byte[random.nextInt(maxLength + 1) + 3];
            random.nextBytes(bytes);
            message.set(
                    TYPES[random.nextInt(TYPES.length)],
                    random.nextInt(1 << 16),
                    random.nextInt(),
                    random.nextInt(1_000),
                    START_NS + i,
                    bytes,
                    3,
                    bytes.length - 3);
            entries.add(Entry.of(firstSequence + i, message));
            writer.onMessage(message);
            Arrays.fill(bytes, (byte) 0);
        }
        return entries;
    }

    /** What a reader shows and what it complains of. */
    record Content(List<Entry> entries, List<Damage> damages) {
        List<Entry> records() {
            return entries.stream().filter(entry -> !entry.isPrelude()).toList();
        }

        List<String> reasons() {
            return damages.stream().map(Damage::reason).toList();
        }
    }

    static Content read(final Path... files) throws IOException {
        try (JournalReader reader = JournalReader.open(files)) {
            return read(reader);
        }
    }

    static Content read(final JournalReader reader) {
        final List<Entry> entries = new ArrayList<>();
        final InboundMessage message = new InboundMessage();
        while (reader.next(message)) {
            entries.add(Entry.of(reader.sequence(), message));
        }
        return new Content(entries, reader.damages());
    }
}
