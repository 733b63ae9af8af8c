package io.plumbline.bench.figure;

import io.plumbline.app.replay.Replay;
import io.plumbline.app.replay.ReplaySummary;
import io.plumbline.app.replay.Tape;
import io.plumbline.app.replay.Tapes;
import io.plumbline.bench.Recorder;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
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
    private static final long REST_NS = 1_000_000L;
    private static final int REST_EVERY = 1_024;
    private static final double SHARE = 0.25;
    private static final double RATE = 4_000_000;
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
        write(journal, messages);
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
                        TARGET, "replay of a journal", rate, "messages/s", Bound.atLeast(RATE)));
    }

    private static void write(final Path folder, final long messages) throws IOException {
        final MovingMarket market = new MovingMarket(SYMBOLS);
        final InboundMessage message = new InboundMessage();
        try (Recorder recorder = new Recorder(folder, market.world)) {
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
                recorder.take(message);
                if (i % REST_EVERY == 0) {
                    recorder.rest(REST_NS);
                }
            }
        }
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
}
