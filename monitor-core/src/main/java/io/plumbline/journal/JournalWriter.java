package io.plumbline.journal;

import io.plumbline.inbound.InboundHandler;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.Threads;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import io.plumbline.time.EpochNanoClock;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Records the one order. The ring's journal thread only copies records into memory; a thread of its
 * own writes them, forces them to the disk, begins new segments and deletes old ones. So nothing
 * that a disk does reaches the ring: what it cannot take in time is lost, counted, and its sequence
 * numbers are missing from the journal. A message is on the disk one interval after it came; ticks
 * of the timer, where nothing else comes, within a second more.
 */
public final class JournalWriter implements InboundHandler {
    private static final String ROLE = "journal-disk";
    private static final int WAKE_BYTES = 1 << 20;

    /** So many times the interval of syncs, and no more than a second, ticks alone may wait. */
    private static final int REST = 20;

    private static final long MOST_REST_NS = 1_000_000_000L;

    private final JournalSettings settings;
    private final EpochNanoClock clock;
    private final Counters counters;
    private final RecordBuffer buffer;
    private final SegmentDirectory directory;
    private final JournalDisk disk;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Thread diskThread;
    private volatile boolean closing;

    /**
     * @param config payload of the CONFIG record that begins each segment
     * @param sources payload of the SOURCES record that follows it
     * @param clock for the pauses and checks of the disk thread, and for the age of segments
     * @param events told when recording stops and starts again
     */
    public JournalWriter(
            final JournalSettings settings,
            final byte[] config,
            final byte[] sources,
            final EpochNanoClock clock,
            final Counters counters,
            final JournalEvents events) {
        this(
                settings,
                config,
                sources,
                clock,
                counters,
                events,
                DiskSpace.real(),
                SegmentOpener.FILES);
    }

    /** The same on another disk. */
    public JournalWriter(
            final JournalSettings settings,
            final byte[] config,
            final byte[] sources,
            final EpochNanoClock clock,
            final Counters counters,
            final JournalEvents events,
            final DiskSpace space,
            final SegmentOpener opener) {
        this.settings = settings;
        this.clock = clock;
        this.counters = counters;
        this.buffer =
                new RecordBuffer(
                        settings.bufferBytes(), WAKE_BYTES, () -> LockSupport.unpark(diskThread));
        this.directory = new SegmentDirectory(settings.directory());
        this.disk =
                new JournalDisk(
                        settings,
                        new SegmentPrelude(config, sources),
                        directory,
                        counters,
                        events,
                        space,
                        opener);
    }

    /**
     * Finishes what an earlier run left open and begins to record. Before the ring starts.
     *
     * @throws IOException when the directory cannot be used: the message says why
     */
    public List<Recovery> start(final Threads threads) throws IOException {
        final List<Recovery> recoveries;
        try {
            recoveries = directory.open();
        } catch (final IOException failure) {
            directory.release();
            throw new IOException(
                    "journal directory "
                            + settings.directory()
                            + " cannot be used ("
                            + failure
                            + "): give the journal a directory that this user may write",
                    failure);
        }
        diskThread = threads.start(ROLE, this::run);
        return recoveries;
    }

    /** Ring's journal thread: a copy in memory, no input or output. */
    @Override
    public void onMessage(final InboundMessage message) {
        if (!buffer.append(message)) {
            counters.increment(CounterId.JOURNAL_LOST);
        }
    }

    private void run() {
        try {
            final long restNs = Math.min(MOST_REST_NS, REST * settings.fsyncIntervalNs());
            while (!closing) {
                disk.turn(buffer.swap(false), clock.epochNanos());
                if (buffer.rests()) {
                    LockSupport.parkNanos(this, restNs);
                }
                if (!closing) {
                    LockSupport.parkNanos(this, settings.fsyncIntervalNs());
                }
                // Nobody ends this thread by an interrupt; one that stays would close each channel.
                Thread.interrupted();
            }
            disk.turn(buffer.swap(true), clock.epochNanos());
            disk.close(clock.epochNanos());
        } finally {
            ended.countDown();
        }
    }

    /** How recording goes: any thread. */
    public JournalStats stats() {
        return disk.stats();
    }

    /**
     * Writes what waits, forces it, gives the segment its final name and ends the disk thread.
     * After the ring is closed; any thread.
     *
     * @return whether all that was done within {@code timeoutNs}
     */
    public boolean close(final long timeoutNs) {
        closing = true;
        final Thread thread = diskThread;
        if (thread == null) {
            return true;
        }
        LockSupport.unpark(thread);
        try {
            return ended.await(timeoutNs, TimeUnit.NANOSECONDS)
                    && disk.stats().state() == JournalState.CLOSED;
        } catch (final InterruptedException hurry) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
