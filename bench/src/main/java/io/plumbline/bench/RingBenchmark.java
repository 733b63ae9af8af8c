package io.plumbline.bench;

import io.plumbline.inbound.ConsumerFaults;
import io.plumbline.inbound.InboundHandler;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundRing;
import io.plumbline.inbound.InboundType;
import io.plumbline.inbound.WaitKind;
import io.plumbline.metrics.Counters;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One hop: from the offer until the handler on the other thread has seen the message, and the
 * producer that it has. The ring is empty each time, so the consumer waits as it was told to.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RingBenchmark {
    private static final int CELLS = 4_096;
    private static final int CELL_BYTES = 256;
    private static final long CLOSE_NS = 5_000_000_000L;

    /** How many cells the message takes. */
    @Param({"1", "2"})
    public int cells;

    /** How the consumer waits. */
    @Param({"timeout-blocking", "yielding", "busy-spin"})
    public String wait;

    private final Seen seen = new Seen();
    private byte[] bytes;
    private InboundRing ring;
    private long offered;

    private static final class Seen implements InboundHandler {
        private volatile long stampNs;

        @Override
        public void onMessage(final InboundMessage message) {
            stampNs = message.stampNs;
        }
    }

    @Setup
    public void prepare() {
        bytes = new byte[cells * CELL_BYTES - CELL_BYTES / 4];
        ring =
                new InboundRing(
                        new InboundRing.Settings(
                                CELLS, CELL_BYTES, WaitKind.named(wait), CELLS * CELL_BYTES),
                        1,
                        new Counters(),
                        RingBenchmark::thread,
                        new NoFaults());
        ring.start(new InboundRing.Role("engine", seen));
    }

    private static Thread thread(final String role, final Runnable body) {
        final Thread thread = new Thread(body, role);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Benchmark
    public long hop() {
        final long stamp = ++offered;
        ring.offer(InboundType.FRAME_TEXT, 0, 1, stamp, bytes, 0, bytes.length);
        while (seen.stampNs != stamp) {
            Thread.onSpinWait();
        }
        return stamp;
    }

    @TearDown
    public void close() {
        ring.close(CLOSE_NS);
    }

    private static final class NoFaults implements ConsumerFaults {
        @Override
        public void onFault(final String role, final Throwable thrown) {
            throw new IllegalStateException(thrown);
        }

        @Override
        public void onFatal(final String role, final Error error) {
            throw error;
        }
    }
}
