package io.plumbline.bench.figure;

import com.github.luben.zstd.ZstdInputStream;
import io.plumbline.app.replay.Replay;
import io.plumbline.app.replay.ReplaySummary;
import io.plumbline.app.replay.Tape;
import io.plumbline.app.replay.Tapes;
import io.plumbline.bench.Recorder;
import io.plumbline.feed.capture.CaptureFormat;
import io.plumbline.feed.capture.CaptureWriter;
import io.plumbline.feed.capture.Compression;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.time.SystemClock;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Target 11: a journal replayed through every detector, against reading and scanning the same file;
 * a packed recording of a day at an exchange, against unpacking it alone. Wall time: what a thread
 * of its own does meanwhile counts as gained.
 */
final class ReplayFigure implements Figure {
    private static final int TARGET = 11;
    private static final String RECORDING = "binance/usdm_btcusdt_20240808.gz";
    private static final long ANY = -1;
    private static final int SYMBOLS = 50;
    private static final int MESSAGES = 400_000;

    /** So many times as much in the full form: gigabytes. */
    private static final int FULL = 25;

    /** Of a packed recording, where there is none to be had. */
    private static final int PACKED = 200_000;

    private static final int FULL_PACKED = 5;
    private static final int BLOCK = 1 << 20;
    private static final int UNPACK_BLOCK = 1 << 16;
    private static final int WARM_ROUNDS = 2;
    private static final long REST_NS = 1_000_000L;
    private static final int REST_EVERY = 1_024;
    private static final double SHARE = 0.25;
    private static final double PACKED_SHARE = 0.9;
    private static final double RATE = 4_000_000;
    private static final double SECOND_NS = 1e9;
    private static final double GIGA = 1e9;

    /** What is read alone, ns for all of it. */
    @FunctionalInterface
    private interface Limit {
        long ns(Path recording) throws IOException;
    }

    /**
     * GB/s of one kind of recording.
     *
     * @param ratio the median of the rounds' ratios
     */
    private record Speed(double replay, double limit, double ratio) {}

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public String title() {
        return "recordings through every detector, wall time";
    }

    @Override
    public List<Row> measure(final Effort effort) throws IOException {
        final long messages = (long) MESSAGES * (effort.full() ? FULL : 1);
        final long packed = (long) PACKED * (effort.full() ? FULL_PACKED : 1);
        final int rounds = effort.full() ? 7 : 3;
        final Path journal = Files.createTempDirectory(effort.work(), "journal");
        writeJournal(journal, messages);
        final long bytes;
        try (Stream<Path> files = Files.list(journal)) {
            bytes = files.mapToLong(file -> file.toFile().length()).sum();
        }
        final List<Row> rows = new ArrayList<>();
        rows.add(Row.told("replay of a journal: its size", bytes / GIGA, "GB"));
        final Speed plain = measure(journal, bytes, messages, rounds, ReplayFigure::scan);
        rows.add(row("journal", "read and scan the file", plain, SHARE));
        rows.add(
                Row.absolute(
                        TARGET,
                        "replay of a journal",
                        plain.replay * messages / bytes * SECOND_NS,
                        "messages/s",
                        Bound.atLeast(RATE)));
        for (final Compression packing : List.of(Compression.GZIP, Compression.ZSTD)) {
            final Path file = effort.work().resolve("recording." + packing);
            if (effort.hasFeeds()) {
                repack(effort.feeds().resolve(RECORDING), file, packing);
            } else {
                writeCapture(file, packing, packed);
            }
            final long unpacked = unpack(file, packing);
            rows.add(
                    row(
                            packing == Compression.GZIP ? "gzip recording" : "zstd recording",
                            "the decompressor alone",
                            measure(
                                    file,
                                    unpacked,
                                    effort.hasFeeds() ? ANY : packed,
                                    2 * rounds,
                                    path -> unpackNs(path, packing)),
                            PACKED_SHARE));
        }
        return rows;
    }

    private static Row row(
            final String what, final String limit, final Speed speed, final double share) {
        return new Row(
                TARGET,
                "replay of a " + what,
                speed.replay,
                "GB/s",
                limit,
                speed.limit,
                speed.ratio,
                new Bound(Bound.Kind.AT_LEAST, share, Double.NaN));
    }

    private static Speed measure(
            final Path recording,
            final long bytes,
            final long messages,
            final int rounds,
            final Limit limit)
            throws IOException {
        double replay = 0;
        double alone = 0;
        final double[] ratios = new double[rounds];
        for (int round = -WARM_ROUNDS; round < rounds; round++) {
            final double limited = (double) bytes / limit.ns(recording);
            final double replayed = (double) bytes / replay(recording, messages);
            if (round >= 0) {
                ratios[round] = replayed / limited;
                replay = Math.max(replay, replayed);
                alone = Math.max(alone, limited);
            }
        }
        return new Speed(replay, alone, Contest.median(ratios));
    }

    private static void writeJournal(final Path folder, final long messages) throws IOException {
        final MovingMarket market = new MovingMarket(SYMBOLS);
        final InboundMessage message = new InboundMessage();
        try (Recorder recorder = new Recorder(folder, market.world)) {
            for (long i = 0; i < messages; i++) {
                recorder.take(next(market, message));
                if (i % REST_EVERY == 0) {
                    recorder.rest(REST_NS);
                }
            }
        }
    }

    /** The form of "receive time, space, message". */
    private static void writeCapture(
            final Path file, final Compression packing, final long messages) throws IOException {
        final MovingMarket market = new MovingMarket(SYMBOLS);
        final InboundMessage message = new InboundMessage();
        try (OutputStream out =
                new BufferedOutputStream(packing.over(Files.newOutputStream(file)), BLOCK)) {
            final CaptureWriter writer = new CaptureWriter(CaptureFormat.LINES, out);
            for (long i = 0; i < messages; i++) {
                writer.write(next(market, message));
            }
        }
    }

    private static void repack(final Path gzip, final Path file, final Compression packing)
            throws IOException {
        try (InputStream in = open(gzip, Compression.GZIP);
                OutputStream out = packing.over(Files.newOutputStream(file))) {
            in.transferTo(out);
        }
    }

    private static InboundMessage next(final MovingMarket market, final InboundMessage message) {
        final int at = market.step();
        return message.set(
                InboundType.FRAME_TEXT,
                market.source(at),
                1,
                0,
                market.stampNs(),
                market.frame(at),
                0,
                market.length(at));
    }

    private static long replay(final Path recording, final long messages) throws IOException {
        final String venue = Files.isDirectory(recording) ? null : "binance-usdm";
        try (Tape tape =
                Tapes.open(
                        List.of(recording),
                        venue,
                        null,
                        Set.of(),
                        Long.MIN_VALUE,
                        ReplayFigure::thread)) {
            final Replay replay =
                    new Replay(
                            tape, new SystemClock(), 0, Long.MIN_VALUE, Long.MAX_VALUE, json -> {});
            final long beforeNs = System.nanoTime();
            final ReplaySummary summary = replay.run();
            final long ns = System.nanoTime() - beforeNs;
            if (messages == ANY ? summary.messages() == 0 : summary.messages() != messages) {
                throw new IOException(summary.messages() + " messages replayed of " + messages);
            }
            return ns;
        }
    }

    private static Thread thread(final String role, final Runnable body) {
        final Thread thread = new Thread(body, role);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static InputStream open(final Path file, final Compression packing) throws IOException {
        final InputStream in = Files.newInputStream(file);
        return packing == Compression.GZIP
                ? new GZIPInputStream(in, UNPACK_BLOCK)
                : new ZstdInputStream(in);
    }

    /** Bytes that it is without its packing. */
    private static long unpack(final Path file, final Compression packing) throws IOException {
        final byte[] block = new byte[UNPACK_BLOCK];
        long bytes = 0;
        try (InputStream in = open(file, packing)) {
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                bytes += count;
            }
        }
        return bytes;
    }

    private static long unpackNs(final Path file, final Compression packing) throws IOException {
        final long beforeNs = System.nanoTime();
        if (unpack(file, packing) == 0) {
            throw new IOException(file + " is empty");
        }
        return System.nanoTime() - beforeNs;
    }

    private static long scan(final Path folder) throws IOException {
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
