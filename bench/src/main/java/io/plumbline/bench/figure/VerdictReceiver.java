package io.plumbline.bench.figure;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.netty.channel.EventLoopGroup;
import io.plumbline.app.watch.Watch;
import io.plumbline.bench.Recorder;
import io.plumbline.bench.World;
import io.plumbline.feed.FeedContext;
import io.plumbline.feed.RequestBudget;
import io.plumbline.feed.venue.Venue;
import io.plumbline.feed.websocket.SocketLoops;
import io.plumbline.feed.websocket.WebSocketFeed;
import io.plumbline.feed.websocket.WebSocketSettings;
import io.plumbline.finding.InlineFindings;
import io.plumbline.inbound.ConsumerFaults;
import io.plumbline.inbound.InboundHandler;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundRing;
import io.plumbline.inbound.InboundType;
import io.plumbline.inbound.Pace;
import io.plumbline.inbound.WaitKind;
import io.plumbline.metrics.CounterId;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.slf4j.LoggerFactory;

/**
 * A process of its own that receives what a {@link PacedServer} sends and judges it: socket, feed,
 * ring, journal and engine as they run live. It prints a line for each phase but the first, as
 * receive.c does: the 50th, 99th and 99.9th percentile of how late verdicts were, processor time
 * per message, how long it all took, all in ns; then messages lost, messages that the journal lost,
 * findings, bytes allocated per message, and collections.
 */
public final class VerdictReceiver {
    private static final int CELLS = 1 << 16;
    private static final int CELL_BYTES = 256;
    private static final int LONGEST = 8 << 20;
    private static final long CLOSE_NS = 5_000_000_000L;
    private static final long PATIENCE_S = 120;
    private static final int PHASES_FROM = 4;

    private VerdictReceiver() {}

    /**
     * @param words port, journal folder, the pace of sockets and engine, how much longer than it
     *     needs the engine takes for a message, ns, and of each phase how many messages it has
     */
    public static void main(final String[] words) throws IOException, InterruptedException {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        final int port = Integer.parseInt(words[0]);
        final Pace pace = Pace.valueOf(words[2]);
        final AtomicLong found = new AtomicLong();
        final World world =
                new World(1, "250ms", new InlineFindings(finding -> found.incrementAndGet()));
        final Verdicts verdicts =
                new Verdicts(
                        world,
                        found,
                        Long.parseLong(words[3]),
                        Stream.of(words).skip(PHASES_FROM).mapToLong(Long::parseLong).toArray());
        final EventLoopGroup loops = SocketLoops.of("feed-io", pace);
        final InboundRing ring =
                new InboundRing(
                        new InboundRing.Settings(
                                CELLS, CELL_BYTES, WaitKind.TIMEOUT_BLOCKING, LONGEST),
                        world.watch.sources().size(),
                        world.counters,
                        VerdictReceiver::thread,
                        new Faults());
        final Recorder journal = Recorder.live(Path.of(words[1]), world);
        ring.start(
                new InboundRing.Role("journal", journal.handler(), Pace.NAPS),
                new InboundRing.Role("engine", verdicts, pace));
        final Watch.VenueLink link = world.watch.venues().get(0);
        final WebSocketFeed feed =
                new WebSocketFeed(
                        link.venue(),
                        new Venue.ConnectionPlan(
                                "main",
                                URI.create("ws://127.0.0.1:" + port + "/stream"),
                                List.of("btcusdt@bookTicker")),
                        link.source(),
                        new FeedContext(
                                new SystemClock(), ring, world.counters, VerdictReceiver::thread),
                        loops,
                        WebSocketSettings.defaults(),
                        new Random(1),
                        new RequestBudget(10, 1_000_000_000L));
        feed.start();
        verdicts.lines();
        feed.close();
        ring.close(CLOSE_NS);
        journal.end();
        verdicts.lines().forEach(System.out::println);
    }

    private static Thread thread(final String role, final Runnable body) {
        final Thread thread = new Thread(body, role);
        thread.setDaemon(true);
        thread.start();
        return thread;
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

    /** The engine, and how late each verdict was. Engine thread. */
    private static final class Verdicts implements InboundHandler {
        private final World world;
        private final AtomicLong found;
        private final long moreNs;
        private final long[] phases;
        private final Histogram late = new Histogram(3_600_000_000_000L, 3);
        private final List<String> lines = new ArrayList<>();
        private final CountDownLatch all = new CountDownLatch(1);
        private int phase;
        private long judged;

        /** Of all phases: what is lost while one ends must not be missing from the next. */
        private long judgedOfAll;

        /** How many are judged or lost when this phase ends. */
        private long due;

        private long lostBefore;
        private long unwritten;
        private long fromNs;
        private Used before;

        /**
         * @param phases how many messages each has
         */
        Verdicts(
                final World world, final AtomicLong found, final long moreNs, final long[] phases) {
            this.world = world;
            this.found = found;
            this.moreNs = moreNs;
            this.phases = phases;
            due = phases[0];
        }

        @Override
        public void onMessage(final InboundMessage message) {
            world.engine.onMessage(message);
            if (moreNs > 0) {
                final long untilNs = System.nanoTime() + moreNs;
                while (System.nanoTime() < untilNs) {
                    Thread.onSpinWait();
                }
            }
            final long planNs = message.type == InboundType.FRAME_TEXT ? plan(message) : 0;
            if (planNs > 0 && phase < phases.length) {
                final long nowNs = System.nanoTime();
                late.recordValue(Math.max(0, nowNs - planNs));
                if (judged++ == 0) {
                    fromNs = nowNs;
                }
                if (++judgedOfAll + lost() >= due) {
                    end(nowNs);
                }
            }
        }

        private long lost() {
            return world.counters.get(CounterId.INBOUND_DROPPED);
        }

        /** The number before the closing braces, if it is a planned time. */
        private static long plan(final InboundMessage message) {
            int at = message.offset + message.length - 3;
            long value = 0;
            long power = 1;
            while (message.bytes[at] >= '0' && message.bytes[at] <= '9') {
                value += (message.bytes[at--] - '0') * power;
                power *= 10;
            }
            return value - PacedServer.MARK;
        }

        private void end(final long nowNs) {
            final Used now = Used.now();
            if (phase > 0) {
                lines.add(line(now, nowNs));
            }
            phase++;
            due += phase < phases.length ? phases[phase] : 0;
            judged = 0;
            lostBefore = lost();
            unwritten = world.counters.get(CounterId.JOURNAL_LOST);
            late.reset();
            before = Used.now();
            if (phase == phases.length) {
                all.countDown();
            }
        }

        private String line(final Used now, final long nowNs) {
            final double messages = judged;
            return String.format(
                    Locale.ROOT,
                    "%d %d %d %.1f %d %d %d %d %.3f %d",
                    late.getValueAtPercentile(50),
                    late.getValueAtPercentile(99),
                    late.getValueAtPercentile(99.9),
                    (now.processorNs - before.processorNs) / messages,
                    nowNs - fromNs,
                    lost() - lostBefore,
                    world.counters.get(CounterId.JOURNAL_LOST) - unwritten,
                    found.getAndSet(0),
                    (now.bytes - before.bytes) / messages,
                    now.collections - before.collections);
        }

        List<String> lines() throws InterruptedException {
            if (!all.await(PATIENCE_S, TimeUnit.SECONDS)) {
                throw new IllegalStateException(judged + " messages judged in phase " + phase);
            }
            return lines;
        }
    }

    private static final class Faults implements ConsumerFaults {
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
