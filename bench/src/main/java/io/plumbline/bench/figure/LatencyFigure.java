package io.plumbline.bench.figure;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.plumbline.app.watch.Watch;
import io.plumbline.bench.World;
import io.plumbline.feed.FeedContext;
import io.plumbline.feed.RequestBudget;
import io.plumbline.feed.venue.Venue;
import io.plumbline.feed.websocket.WebSocketFeed;
import io.plumbline.feed.websocket.WebSocketSettings;
import io.plumbline.inbound.ConsumerFaults;
import io.plumbline.inbound.InboundHandler;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundRing;
import io.plumbline.inbound.InboundType;
import io.plumbline.inbound.WaitKind;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Target 6: from the planned send time of a message to its verdict, over loopback, feed, ring and
 * engine as they run live, against a blocking reader in C that judges nothing; in turns. Sender and
 * receiver share the machine.
 */
final class LatencyFigure implements Figure {
    private static final int TARGET = 6;
    private static final int[] RATES = {1_000, 10_000, 50_000, 100_000, 300_000};
    private static final int CELLS = 1 << 15;
    private static final int CELL_BYTES = 512;
    private static final long CLOSE_NS = 5_000_000_000L;
    private static final long PATIENCE_S = 60;
    private static final double MICROSECOND_NS = 1_000;
    private static final double[] PERCENTILES = {50, 99, 99.9};
    private static final double[] LIMITS = {1.5, 2, 3};

    private record Delay(double[] ns, long lost) {}

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String title() {
        return "planned send to verdict over loopback, at fixed rates";
    }

    @Override
    public List<Row> measure(final Effort effort) throws IOException, InterruptedException {
        final List<Row> rows = new ArrayList<>();
        final boolean floor = CReader.canBeBuilt();
        for (final int rate : RATES) {
            final boolean held = floor && (rate == 10_000 || rate == 100_000);
            final int rounds = effort.full() ? 3 : 1;
            final double[][] ours = new double[PERCENTILES.length][rounds];
            final double[][] theirs = new double[PERCENTILES.length][rounds];
            long lost = 0;
            for (int round = 0; round < rounds; round++) {
                final long count = (long) rate * (effort.full() ? 6 : 3);
                final Delay delay = ours(rate, count);
                final double[] c =
                        held ? floor(rate, count, effort) : new double[PERCENTILES.length];
                lost += delay.lost;
                for (int p = 0; p < PERCENTILES.length; p++) {
                    ours[p][round] = delay.ns[p];
                    theirs[p][round] = c[p];
                }
            }
            for (int p = 0; p < PERCENTILES.length; p++) {
                rows.add(
                        row(
                                rate,
                                p,
                                Contest.median(ours[p]),
                                held ? Contest.median(theirs[p]) : Double.NaN));
            }
            rows.add(Row.told("lost at " + rate + "/s", lost, "messages"));
        }
        return rows;
    }

    private static Row row(final int rate, final int p, final double ours, final double theirs) {
        final String what = "wire to verdict at " + rate + "/s, p" + Row.number(PERCENTILES[p]);
        return Double.isNaN(theirs)
                ? Row.told(what, ours / MICROSECOND_NS, "us")
                : new Row(
                        TARGET,
                        what,
                        ours / MICROSECOND_NS,
                        "us",
                        "C, blocking, no verdict",
                        theirs / MICROSECOND_NS,
                        ours / theirs,
                        Bound.atMost(LIMITS[p]));
    }

    private static double[] floor(final int rate, final long count, final Effort effort)
            throws IOException, InterruptedException {
        final Path program = CReader.compile("receive.c", effort.work());
        try (PacedServer server = new PacedServer()) {
            final Process process =
                    new ProcessBuilder(
                                    program.toString(),
                                    String.valueOf(server.port()),
                                    String.valueOf(count),
                                    String.valueOf(count / 3))
                            .start();
            server.serve(rate, count);
            final String line =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            if (process.waitFor() != 0) {
                throw new IOException("the receiver in C left with " + process.exitValue());
            }
            final String[] words = line.strip().split(" ");
            return new double[] {
                Double.parseDouble(words[0]),
                Double.parseDouble(words[1]),
                Double.parseDouble(words[2])
            };
        }
    }

    private static Delay ours(final int rate, final long count)
            throws IOException, InterruptedException {
        final World world = new World(1, "250ms");
        final Watch.VenueLink link = world.watch.venues().get(0);
        final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        final Verdicts verdicts = new Verdicts(world, count);
        final Counters counters = world.counters;
        final InboundRing ring =
                new InboundRing(
                        new InboundRing.Settings(
                                CELLS, CELL_BYTES, WaitKind.TIMEOUT_BLOCKING, 1 << 20),
                        world.watch.sources().size(),
                        counters,
                        LatencyFigure::thread,
                        new Faults());
        try (PacedServer server = new PacedServer()) {
            ring.start(new InboundRing.Role("engine", verdicts));
            final WebSocketFeed feed =
                    new WebSocketFeed(
                            link.venue(),
                            new Venue.ConnectionPlan(
                                    "main",
                                    URI.create("ws://127.0.0.1:" + server.port() + "/stream"),
                                    List.of("btcusdt@bookTicker")),
                            link.source(),
                            new FeedContext(
                                    new SystemClock(), ring, counters, LatencyFigure::thread),
                            loops,
                            WebSocketSettings.defaults(),
                            new Random(1),
                            new RequestBudget(10, 1_000_000_000L));
            feed.start();
            final Thread closing =
                    thread(
                            "closing",
                            () -> {
                                verdicts.await();
                                feed.close();
                            });
            server.serve(rate, count);
            closing.join();
            ring.close(CLOSE_NS);
            return new Delay(verdicts.percentiles(), counters.get(CounterId.INBOUND_DROPPED));
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    private static Thread thread(final String role, final Runnable body) {
        final Thread thread = new Thread(body, role);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** The engine, and how late each verdict was. Engine thread. */
    private static final class Verdicts implements InboundHandler {
        private final World world;
        private final long count;
        private final Histogram late = new Histogram(3_600_000_000_000L, 3);
        private final CountDownLatch all = new CountDownLatch(1);
        private long judged;

        Verdicts(final World world, final long count) {
            this.world = world;
            this.count = count;
        }

        @Override
        public void onMessage(final InboundMessage message) {
            world.engine.onMessage(message);
            if (message.type != InboundType.FRAME_TEXT) {
                return;
            }
            final long planNs = plan(message);
            if (planNs > 0) {
                judged++;
                if (judged > count / 3) {
                    late.recordValue(Math.max(0, System.nanoTime() - planNs));
                }
            }
            if (judged + world.counters.get(CounterId.INBOUND_DROPPED) >= count) {
                all.countDown();
            }
        }

        /** The number before the closing braces, if there is one. */
        private static long plan(final InboundMessage message) {
            int at = message.offset + message.length - 3;
            long value = 0;
            long power = 1;
            while (message.bytes[at] >= '0' && message.bytes[at] <= '9') {
                value += (message.bytes[at--] - '0') * power;
                power *= 10;
            }
            return value;
        }

        void await() {
            try {
                all.await(PATIENCE_S, TimeUnit.SECONDS);
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        double[] percentiles() {
            final double[] out = new double[PERCENTILES.length];
            for (int p = 0; p < out.length; p++) {
                out[p] = late.getValueAtPercentile(PERCENTILES[p]);
            }
            return out;
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
