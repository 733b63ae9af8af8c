package io.plumbline.bench;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.journal.JournalStats;
import io.plumbline.market.Channel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a message costs the thread that hands it to the journal: a copy with its checksum into
 * memory. The disk's own thread writes meanwhile; every so many messages it may catch up,
 * unmeasured, so that none is lost.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class JournalBenchmark {
    private static final int BATCH = 10_000;
    private static final long LOOK_NS = 200_000L;
    private static final long STEP_NS = 10_000L;

    /** Which message. */
    @Param({"bookTicker", "depth"})
    public String frame;

    private final InboundMessage message = new InboundMessage();
    private final World world = new World(1, "250ms");
    private byte[] bytes;
    private int source;
    private Path folder;
    private Recorder journal;
    private long appended;
    private long stampNs = World.START_NS;

    @Setup
    public void prepare() {
        bytes = World.bytes(DecodeBenchmark.text(frame));
        source = world.source(0, Channel.BOOK_TICKER);
    }

    @Setup(Level.Iteration)
    public void open() throws IOException {
        folder = Files.createTempDirectory("plumbline-bench");
        journal = new Recorder(folder, world);
        appended = 0;
    }

    /** Until what was appended is in files, or in the pages that will be. */
    @Setup(Level.Invocation)
    public void catchUp() {
        JournalStats stats = journal.stats();
        while (stats.keptBytes() + stats.segmentBytes() < appended) {
            LockSupport.parkNanos(LOOK_NS);
            stats = journal.stats();
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long append() {
        for (int i = 0; i < BATCH; i++) {
            stampNs += STEP_NS;
            message.set(InboundType.FRAME_TEXT, source, 1, 0, stampNs, bytes, 0, bytes.length);
            journal.take(message);
        }
        appended += (long) BATCH * bytes.length;
        return appended;
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
        journal.close();
        final List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (final Path file : files) {
            Files.delete(file);
        }
    }
}
