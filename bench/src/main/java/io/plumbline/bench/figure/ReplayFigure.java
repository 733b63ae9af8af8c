package io.plumbline.bench.figure;

import io.plumbline.app.replay.Replay;
import io.plumbline.app.replay.ReplaySummary;
import io.plumbline.app.replay.Tape;
import io.plumbline.app.replay.Tapes;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.journal.JournalEvents;
import io.plumbline.journal.JournalSettings;
import io.plumbline.journal.JournalWriter;
import io.plumbline.metrics.CounterId;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Target 11: a journal replayed through every detector, against reading and scanning the same file.
 */
final class ReplayFigure implements Figure {
    private static final int TARGET = 11;
    private static final int SYMBOLS = 50;
    private static final int MESSAGES = 400_000;
    private static final int FULL = 5;
    private static final int BLOCK = 1 << 20;
    private static final int BUFFER_BYTES = 128 << 20;

    /** What is written here has stamps of long ago, and must not be deleted for it. */
    private static final long AGE_NS = Long.MAX_VALUE / 2;

    private static final double SHARE = 0.25;
    private static final double RATE = 4_000_000;
    private static final long CLOSE_NS = 60_000_000_000L;
    private static final double SECOND_NS = 1e9;

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public String title() {
        return "a journal through every detector, wall time";
    }

    @Override
    public List<Row> measure(final Effort effort) throws IOException {
        final Path journal = Files.createTempDirectory(effort.work(), "journal");
        final long messages = (long) MESSAGES * (effort.full() ? FULL : 1);
        final double appendNs = write(journal, messages);
        final long bytes;
        try (Stream<Path> files = Files.list(journal)) {
            bytes = files.mapToLong(file -> file.toFile().length()).sum();
        }
        double replay = 0;
        double scan = 0;
        final double[] ratios = new double[effort.full() ? 7 : 3];
        for (int round = 0; round < ratios.length; round++) {
            final double scanned = bytes / scan(journal);
            final double replayed = bytes / replay(journal, messages);
            ratios[round] = replayed / scanned;
            replay = Math.max(replay, replayed);
            scan = Math.max(scan, scanned);
        }
        final double rate = replay * messages / bytes * SECOND_NS;
        return List.of(
                new Row(
                        TARGET,
                        "replay of a journal",
                        replay,
                        "GB/s",
                        "read and scan the file",
                        scan,
                        Contest.median(ratios),
                        new Bound(Bound.Kind.AT_LEAST, SHARE, Double.NaN)),
                Row.absolute(
                        TARGET, "replay of a journal", rate, "messages/s", Bound.atLeast(RATE)),
                Row.told("journal append", appendNs, "ns"));
    }

    /** Wall time per message of the journal's side of the ring. */
    private static double write(final Path folder, final long messages) throws IOException {
        final MovingMarket market = new MovingMarket(SYMBOLS);
        final JournalWriter writer =
                new JournalWriter(
                        settings(folder),
                        market.world.watch.config().toYaml().getBytes(StandardCharsets.UTF_8),
                        market.world.watch.sourcesRecord(),
                        new SystemClock(),
                        market.world.counters,
                        new Quiet());
        writer.start(ReplayFigure::thread);
        final InboundMessage message = new InboundMessage();
        long ns = 0;
        for (long i = 0; i < messages; i++) {
            final int at = market.step();
            final byte[] frame = market.frame(at);
            message.set(
                    InboundType.FRAME_TEXT,
                    market.source(at),
                    1,
                    0,
                    market.stampNs(),
                    frame,
                    0,
                    market.length(at));
            final long beforeNs = i % 1_024 == 0 ? System.nanoTime() : 0;
            writer.onMessage(message);
            if (beforeNs != 0) {
                ns += System.nanoTime() - beforeNs;
                // The disk gets its turn: what is lost is not measured.
                LockSupport.parkNanos(1_000_000);
            }
        }
        if (!writer.close(CLOSE_NS) || market.world.counters.get(CounterId.JOURNAL_LOST) > 0) {
            throw new IOException("the journal was not written whole");
        }
        return (double) ns / (messages / 1_024 + 1);
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

    private static double replay(final Path folder, final long messages) throws IOException {
        try (Tape tape = Tapes.open(List.of(folder), null, null, Set.of(), Long.MIN_VALUE)) {
            final Replay replay =
                    new Replay(
                            tape, new SystemClock(), 0, Long.MIN_VALUE, Long.MAX_VALUE, json -> {});
            final long beforeNs = System.nanoTime();
            final ReplaySummary summary = replay.run();
            final long ns = System.nanoTime() - beforeNs;
            if (summary.messages() != messages) {
                throw new IOException(summary.messages() + " messages replayed of " + messages);
            }
            return ns;
        }
    }

    private static double scan(final Path folder) throws IOException {
        final long beforeNs = System.nanoTime();
        long sum = 0;
        final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
        try (Stream<Path> files = Files.list(folder)) {
            for (final Path file : files.sorted(Comparator.naturalOrder()).toList()) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                    while (channel.read(block.clear()) > 0) {
                        for (int at = 0; at <= block.position() - Long.BYTES; at += Long.BYTES) {
                            sum ^= block.getLong(at);
                        }
                    }
                }
            }
        }
        final long ns = System.nanoTime() - beforeNs;
        return sum == 42 ? ns + 1 : ns;
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
