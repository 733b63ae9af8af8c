package io.plumbline.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.plumbline.feed.redis.RedisWays;
import io.plumbline.inbound.InboundHandler;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * How late verdicts are on messages and writes that tell when they were to be sent, phase by phase.
 * A line for each phase but the first: the 50th, 99th and 99.9th percentile of how late verdicts on
 * messages were, processor time per message, how long it all took, all in ns; messages lost,
 * messages that the journal lost, findings, bytes allocated per message, collections; and of writes
 * to Redis the 50th, 99th and 99.9th percentile in ns, and how many were judged; resident memory of
 * the process, MiB.
 *
 * <p>A message tells its time as a number before its closing braces, a write as the last nine
 * digits of its value, in microseconds.
 */
public final class PhaseLines {
    /**
     * Added to the planned time of a message, so that all have as many digits, and so many times
     * {@link #PHASE} as phases have gone before; of the time itself what is below a PHASE.
     */
    public static final long MARK = 1_000_000_000_000_000_000L;

    public static final long PHASE = 10_000_000_000_000_000L;

    /** So much of the time in microseconds is told by a write. */
    public static final long WRITE_WRAPS_US = 1_000_000_000L;

    private static final int WRITE_DIGITS = 9;
    private static final int CLOSING_BRACES = 2;
    private static final long MICROSECOND_NS = 1_000;
    private static final long LONGEST_NS = 3_600_000_000_000L;
    private static final long PATIENCE_S = 60;
    private static final double KIBI = 1_024;

    private final Counters counters;
    private final long[] phases;
    private final Histogram late = new Histogram(LONGEST_NS, 3);
    private final Histogram writesLate = new Histogram(LONGEST_NS, 3);
    private final AtomicLong found;
    private final List<String> lines = new ArrayList<>();
    private final CountDownLatch all = new CountDownLatch(1);
    private final AtomicLong lastTold = new AtomicLong();
    private volatile int phase;
    private long judged;
    private volatile String failure;

    /** Whose messages these are; -1 until the first has come. */
    private int feed = -1;

    /** Of the feed's messages since the start: what the ring said it shed, and what is missing. */
    private long shed;

    private long missing;
    private long unwritten;
    private long fromNs;
    private long lastNs;
    private long lastWrite = -1;
    private Used before;

    /**
     * @param counters of the monitor
     * @param found counts findings
     * @param phases how many messages each has; the first one is not told of, nor is the last one,
     *     by whose messages the one before is known to have ended
     */
    public PhaseLines(final Counters counters, final AtomicLong found, final long[] phases) {
        this.counters = counters;
        this.found = found;
        this.phases = phases;
    }

    /** The engine's role with a look at each message behind its verdict. */
    public InboundHandler behind(final InboundHandler engine) {
        return new InboundHandler() {
            @Override
            public void onMessage(final InboundMessage message) {
                engine.onMessage(message);
                judged(message);
            }

            @Override
            public void onBatchEnd() {
                engine.onBatchEnd();
            }
        };
    }

    /** A verdict is there. Engine thread. */
    private void judged(final InboundMessage message) {
        if (message.type == InboundType.FRAME_TEXT && feed < 0) {
            feed = message.source;
        }
        if (message.source == feed) {
            shed += message.droppedBefore;
        }
        if (message.type == InboundType.FRAME_TEXT) {
            frame(message);
        } else if (RedisWays.isPushed(message)) {
            write(message);
        }
    }

    private void frame(final InboundMessage message) {
        final int end = message.offset + message.length - CLOSING_BRACES;
        final long told = number(message.bytes, message.offset, end) - MARK;
        if (told > 0) {
            while (phase < told / PHASE) {
                end();
            }
            lastNs = System.nanoTime();
            lastTold.lazySet(told);
            late.recordValue(Math.floorMod(lastNs - told, PHASE));
            if (judged++ == 0) {
                fromNs = lastNs;
            }
            if (phase == phases.length - 1 && judged == phases[phase]) {
                all.countDown();
            }
        }
    }

    /** The first verdict on a write; the same again is none of it. */
    private void write(final InboundMessage message) {
        final int end = message.offset + message.length;
        final long planUs = number(message.bytes, end - WRITE_DIGITS, end);
        if (planUs >= 0 && planUs != lastWrite) {
            lastWrite = planUs;
            final long nowUs = System.nanoTime() / MICROSECOND_NS % WRITE_WRAPS_US;
            final long lateUs = (nowUs - planUs + WRITE_WRAPS_US) % WRITE_WRAPS_US;
            writesLate.recordValue(lateUs * MICROSECOND_NS);
        }
    }

    /** The number whose digits end before {@code end}; -1 where there is no digit. */
    private static long number(final byte[] bytes, final int from, final int end) {
        int at = end;
        long value = 0;
        long power = 1;
        while (at > from && bytes[at - 1] >= '0' && bytes[at - 1] <= '9') {
            value += (bytes[--at] - '0') * power;
            power *= 10;
        }
        return at == end ? -1 : value;
    }

    /**
     * By the first verdict of the next phase, before which the ring has told all that it shed of
     * this one, and perhaps what it shed of the next: so only what is missing in all so far can be
     * held against it.
     */
    private void end() {
        final Used now = Used.now();
        missing += phases[phase] - judged;
        if (missing > shed && failure == null) {
            failure =
                    missing
                            + " messages missing at the end of phase "
                            + phase
                            + ", "
                            + shed
                            + " told as shed";
        }
        if (phase > 0) {
            lines.add(line(now));
        }
        judged = 0;
        unwritten = counters.get(CounterId.JOURNAL_LOST);
        found.set(0);
        late.reset();
        writesLate.reset();
        before = Used.now();
        phase++;
    }

    private String line(final Used now) {
        final double messages = judged;
        return String.format(
                Locale.ROOT,
                "%s %.1f %d %d %d %d %.3f %d %s %d %.1f",
                percentiles(late),
                (now.processorNs - before.processorNs) / messages,
                lastNs - fromNs,
                phases[phase] - judged,
                counters.get(CounterId.JOURNAL_LOST) - unwritten,
                found.get(),
                (now.bytes - before.bytes) / messages,
                now.collections - before.collections,
                percentiles(writesLate),
                writesLate.getTotalCount(),
                residentMebi());
    }

    /** What this process holds in memory now; of Linux, elsewhere 0. */
    private static double residentMebi() {
        try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
            return status.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                            .sum()
                    / KIBI;
        } catch (final IOException notLinux) {
            return 0;
        }
    }

    private static String percentiles(final Histogram of) {
        return of.getValueAtPercentile(50)
                + " "
                + of.getValueAtPercentile(99)
                + " "
                + of.getValueAtPercentile(99.9);
    }

    /**
     * Waits for the end of the last phase; of its own messages some may be lost.
     *
     * @throws IllegalStateException where messages were neither judged nor counted as shed, or no
     *     more come
     */
    public List<String> await() throws InterruptedException {
        long before = -1;
        int quietS = 0;
        while (!all.await(1, TimeUnit.SECONDS)) {
            final long last = lastTold.get();
            quietS = last == before ? quietS + 1 : 0;
            before = last;
            if (quietS > 0 && phase == phases.length - 1) {
                break;
            }
            if (quietS == PATIENCE_S) {
                throw new IllegalStateException("nothing comes any more, in phase " + phase);
            }
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        return lines;
    }

    /** What the process has used so far. */
    private record Used(long processorNs, long bytes, long collections) {
        static Used now() {
            final OperatingSystemMXBean system =
                    (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long bytes = 0;
            for (final long of : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
                bytes += Math.max(0, of);
            }
            long collections = 0;
            for (final GarbageCollectorMXBean collector :
                    ManagementFactory.getGarbageCollectorMXBeans()) {
                collections += collector.getCollectionCount();
            }
            return new Used(system.getProcessCpuTime(), bytes, collections);
        }
    }
}
