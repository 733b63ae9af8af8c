package io.plumbline.bench;

import io.plumbline.inbound.InboundHandler;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.journal.JournalEvents;
import io.plumbline.journal.JournalSettings;
import io.plumbline.journal.JournalStats;
import io.plumbline.journal.JournalWriter;
import io.plumbline.metrics.CounterId;
import io.plumbline.time.SystemClock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** A journal that is written as a live one is, by a thread of its own behind the caller's. */
public final class Recorder implements Closeable {
    private static final int BUFFER_BYTES = 128 << 20;
    private static final long CLOSE_NS = 60_000_000_000L;

    /** What is written here has stamps of long ago, and must not be deleted for it. */
    private static final long AGE_NS = Long.MAX_VALUE / 2;

    private final JournalWriter writer;
    private final World world;

    public Recorder(final Path folder, final World world) throws IOException {
        this(world, settings(folder));
    }

    /** In as little memory as a live one has: what the disk does not take is lost and counted. */
    public static Recorder live(final Path folder, final World world) throws IOException {
        return new Recorder(world, JournalSettings.defaults(folder));
    }

    private Recorder(final World world, final JournalSettings settings) throws IOException {
        this.world = world;
        writer =
                new JournalWriter(
                        settings,
                        world.watch.config().toYaml().getBytes(StandardCharsets.UTF_8),
                        world.watch.sourcesRecord(),
                        new SystemClock(),
                        world.counters,
                        new Quiet());
        writer.start(Recorder::thread);
    }

    /** The usual ones with more room: a starved disk thread must not cost messages here. */
    private static JournalSettings settings(final Path folder) {
        final JournalSettings usual = JournalSettings.defaults(folder);
        return new JournalSettings(
                folder,
                usual.segmentBytes(),
                BUFFER_BYTES,
                usual.fsyncIntervalNs(),
                AGE_NS,
                usual.maxBytes(),
                0,
                0,
                usual.retryPauseNs());
    }

    private static Thread thread(final String role, final Runnable body) {
        final Thread thread = new Thread(body, role);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** The journal's role at a ring. */
    public InboundHandler handler() {
        return writer;
    }

    public void take(final InboundMessage message) {
        writer.onMessage(message);
    }

    /** The disk gets its turn: what is lost is not measured. */
    public void rest(final long ns) {
        LockSupport.parkNanos(ns);
    }

    JournalStats stats() {
        return writer.stats();
    }

    /** Ends it, whatever was lost; whoever calls it looks at JOURNAL_LOST. */
    public void end() {
        writer.close(CLOSE_NS);
    }

    @Override
    public void close() throws IOException {
        if (!writer.close(CLOSE_NS) || world.counters.get(CounterId.JOURNAL_LOST) > 0) {
            throw new IOException("the journal was not written whole");
        }
    }

    private static final class Quiet implements JournalEvents {
        @Override
        public void faulted(final String detail) {
            throw new IllegalStateException(detail);
        }

        @Override
        public void recovered(final String detail) {
            // It never faults here.
        }

        @Override
        public void diskFull(final String detail) {
            throw new IllegalStateException(detail);
        }

        @Override
        public void diskRecovered(final String detail) {
            // It is never full here.
        }
    }
}
