package io.plumbline.journal;

import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The disk side of a journal: writes batches of records into segments, forces them, begins new
 * segments, deletes old ones, and stops and starts again when the disk is full or fails. Disk
 * thread only, but for {@link #stats}. Whatever fails, {@link #turn} returns, and the next one
 * comes.
 */
final class JournalDisk {
    private static final long CHECK_NS = 1_000_000_000L;
    private static final int HUNDRED = 100;
    private static final int MARGIN = 4;

    private final JournalSettings settings;
    private final SegmentPrelude prelude;
    private final SegmentDirectory directory;
    private final Counters counters;
    private final JournalEvents events;
    private final DiskSpace space;
    private final SegmentOpener opener;

    private final RecordCut cut = new RecordCut();
    private SegmentFile segment;
    private int lastCrc;
    private long lastStampNs;
    private long checkedNs = Long.MIN_VALUE;
    private long retryAtNs;

    private volatile JournalState state = JournalState.RECORDING;
    private volatile long sinceNs;
    private volatile long segmentNumber;
    private volatile long segmentBytes;
    private volatile long keptBytes;
    private volatile long undeleted;

    JournalDisk(
            final JournalSettings settings,
            final SegmentPrelude prelude,
            final SegmentDirectory directory,
            final Counters counters,
            final JournalEvents events,
            final DiskSpace space,
            final SegmentOpener opener) {
        this.settings = settings;
        this.prelude = prelude;
        this.directory = directory;
        this.counters = counters;
        this.events = events;
        this.space = space;
        this.opener = opener;
    }

    /** One round: checks about once a second, then writes {@code batch} and forces it. */
    void turn(final ByteBuffer batch, final long nowNs) {
        try {
            if (checkedNs == Long.MIN_VALUE || nowNs - checkedNs >= CHECK_NS) {
                checkedNs = nowNs;
                checkFloor(nowNs);
                retain(nowNs);
            }
            record(batch, nowNs);
        } catch (final Throwable failure) {
            fault(failure, nowNs);
        }
        if (batch.hasRemaining()) {
            counters.add(CounterId.JOURNAL_LOST, cut.within(batch, Long.MAX_VALUE).records());
        }
    }

    /** The last round: the segment gets its final name. */
    void close(final long nowNs) {
        try {
            try {
                finishSegment();
            } finally {
                directory.release();
            }
            state(JournalState.CLOSED, nowNs, "closed");
        } catch (final Throwable failure) {
            fault(failure, nowNs);
        }
    }

    private void record(final ByteBuffer batch, final long nowNs) throws IOException {
        switch (state) {
            case RECORDING -> write(batch);
            case FAULTED -> {
                if (nowNs >= retryAtNs && batch.hasRemaining()) {
                    write(batch);
                    state(JournalState.RECORDING, nowNs, "recording again");
                }
            }
            case DISK_FULL, CLOSED -> {}
        }
    }

    private void write(final ByteBuffer batch) throws IOException {
        while (batch.hasRemaining()) {
            final int first = batch.position();
            long room = segment == null ? 0 : settings.segmentBytes() - segment.bytes();
            if (segment == null) {
                beginSegment(
                        batch.getLong(first + JournalLayout.SEQUENCE),
                        batch.getLong(first + JournalLayout.STAMP));
                room =
                        Math.max(
                                settings.segmentBytes() - segment.bytes(),
                                JournalLayout.padded(batch.getInt(first)));
            }
            if (cut.within(batch, room).records() == 0) {
                finishSegment();
            } else {
                writeCut(batch);
            }
        }
        if (segment != null) {
            segment.force();
        }
    }

    /** Writes the records that were cut; when that fails, none of them counts as taken. */
    private void writeCut(final ByteBuffer batch) throws IOException {
        final int first = batch.position();
        final int limit = batch.limit();
        int reached = first;
        try {
            segment.write(batch.limit(cut.end()));
            reached = cut.end();
        } finally {
            batch.limit(limit).position(reached);
        }
        lastCrc = cut.lastCrc();
        lastStampNs = cut.lastStampNs();
        segmentBytes = segment.bytes();
        counters.add(CounterId.JOURNAL_RECORDS, cut.records());
        counters.add(CounterId.JOURNAL_BYTES, reached - first);
    }

    private void beginSegment(final long firstSequence, final long stampNs) throws IOException {
        segment = new SegmentFile(settings.directory(), directory.nextNumber(), opener);
        segmentNumber = segment.number();
        segment.write(prelude.of(segment.number(), firstSequence, stampNs, lastCrc));
        counters.add(CounterId.JOURNAL_BYTES, segment.bytes());
    }

    private void finishSegment() throws IOException {
        if (segment != null) {
            final long bytes = segment.bytes();
            directory.closed(segment.finish(), bytes, lastStampNs);
            segment = null;
            keptBytes = directory.closedBytes();
        }
    }

    private void fault(final Throwable failure, final long nowNs) {
        if (segment != null) {
            segment.abandon(failure);
            if (segment.bytes() > 0) {
                directory.closed(segment.openPath(), segment.bytes(), lastStampNs);
            }
            segment = null;
        }
        retryAtNs = nowNs + settings.retryPauseNs();
        if (state == JournalState.RECORDING) {
            state(JournalState.FAULTED, nowNs, settings.directory() + ": " + failure);
        }
    }

    private void checkFloor(final long nowNs) throws IOException {
        final DiskSpace.Room room = space.measure(settings.directory());
        final long floor =
                Math.max(
                        settings.floorBytes(),
                        room.totalBytes() / HUNDRED * settings.floorPercent());
        if (state != JournalState.DISK_FULL && room.usableBytes() < floor) {
            finishSegment();
            state(
                    JournalState.DISK_FULL,
                    nowNs,
                    settings.directory()
                            + " has "
                            + room.usableBytes()
                            + " bytes free, the floor is "
                            + floor
                            + ": make room, or lower the journal's floor or retention");
        } else if (state == JournalState.DISK_FULL
                && room.usableBytes() >= floor + floor / MARGIN) {
            state(JournalState.RECORDING, nowNs, room.usableBytes() + " bytes are free");
        }
    }

    private void retain(final long nowNs) {
        try {
            final int deleted =
                    directory.retain(
                            nowNs - settings.maxAgeNs(),
                            settings.maxBytes(),
                            segment == null ? 0 : segment.bytes());
            counters.add(CounterId.JOURNAL_SEGMENTS_DELETED, deleted);
        } catch (final IOException failure) {
            // Tried again at the next check; if the disk fills up meanwhile, the floor tells.
            undeleted++;
        }
        keptBytes = directory.closedBytes();
    }

    /** Enters {@code next}: tells the end of what was, then the beginning of what is. */
    private void state(final JournalState next, final long nowNs, final String reason) {
        final JournalState last = state;
        state = next;
        sinceNs = nowNs;
        try {
            if (last == JournalState.FAULTED && next != JournalState.CLOSED) {
                events.recovered(reason);
            }
            if (last == JournalState.DISK_FULL && next != JournalState.CLOSED) {
                events.diskRecovered(reason);
            }
            switch (next) {
                case FAULTED -> events.faulted(reason);
                case DISK_FULL -> events.diskFull(reason);
                case RECORDING, CLOSED -> {}
            }
        } catch (final RuntimeException failure) {
            // Whoever listens must not stop the recording.
            counters.increment(CounterId.ENGINE_FAULTS);
        }
    }

    /** Any thread. */
    JournalStats stats() {
        return new JournalStats(
                state,
                sinceNs,
                segmentNumber,
                segmentBytes,
                keptBytes,
                counters.get(CounterId.JOURNAL_LOST),
                undeleted);
    }
}
