package io.plumbline.bench.figure;

import com.sun.management.OperatingSystemMXBean;
import io.plumbline.bench.World;
import io.plumbline.feed.redis.RedisSettings;
import io.plumbline.feed.redis.RedisWays;
import io.plumbline.feed.redis.RungChoice;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.Rung;
import io.plumbline.metrics.CounterId;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Target 13: the replication tap under {@code redis-benchmark SET -P 16}, every written key
 * watched, from the stream to the verdict. What one core follows is by the processor time of this
 * whole process, collections and compiler included, for each write; live, all share the machine.
 */
final class TapFigure implements Figure {
    private static final int TARGET = 13;
    private static final int KEYS = 1_000;
    private static final int DEPTH = 16;
    private static final String PROGRAM = "redis-benchmark";
    private static final int WARM_WRITES = 1_500_000;
    private static final int SHORT_WRITES = 800_000;
    private static final int FULL_WRITES = 6_000_000;
    private static final long PATIENCE_NS = 20_000_000_000L;
    private static final long LOOK_NS = 200_000L;
    private static final double SECOND_NS = 1e9;
    private static final double MILLISECOND_NS = 1e6;
    private static final Pattern RATE = Pattern.compile("([0-9.]+) requests per second");
    private static final String FIGURE = "replication tap: ";

    private final AtomicLong judged = new AtomicLong();

    @Override
    public String name() {
        return "tap";
    }

    @Override
    public String title() {
        return "writes a second that the replication tap follows, against redis-benchmark SET -P"
                + " 16";
    }

    @Override
    public List<Row> measure(final Effort effort) throws IOException, InterruptedException {
        if (!OutsideReader.isOnPath(PROGRAM)) {
            return List.of(
                    Row.leftOut(
                            "replication tap",
                            Double.NaN,
                            "writes/s",
                            "redis-benchmark is absent (Debian: redis-tools)"));
        }
        final int writes = effort.full() ? FULL_WRITES : SHORT_WRITES;
        final World world = World.named(KEYS, "250ms", id -> String.format("S%012d", id));
        final int rounds = effort.full() ? 3 : 1;
        final double[] alone = new double[rounds];
        final double[] ownNs = new double[rounds];
        final double[] beside = new double[rounds];
        final double[] lag = new double[rounds];
        long unseen = 0;
        long unjudged = 0;
        try (RedisHost bare = new RedisHost();
                RedisHost host = new RedisHost()) {
            host.rememberHistory();
            try (RedisMonitor monitor =
                    new RedisMonitor(world, settings(host), message -> count(world, message))
                            .start(Rung.REPLICATION)) {
                follow(host, monitor.world, Math.min(WARM_WRITES, writes));
                for (int round = 0; round < rounds; round++) {
                    alone[round] = produce(bare, writes);
                    final long seenBefore = world.counters.get(CounterId.REDIS_NOTIFICATIONS);
                    final long judgedBefore = judged.get();
                    final long processorNs = processorNs();
                    final Followed followed = follow(host, monitor.world, writes);
                    ownNs[round] = (double) (processorNs() - processorNs) / writes;
                    beside[round] = followed.perSecond;
                    lag[round] = followed.lagNs;
                    unseen +=
                            writes
                                    - (world.counters.get(CounterId.REDIS_NOTIFICATIONS)
                                            - seenBefore);
                    unjudged += writes - (judged.get() - judgedBefore);
                }
            }
        }
        return rows(alone, ownNs, beside, lag, unseen, unjudged);
    }

    private static List<Row> rows(
            final double[] alone,
            final double[] ownNs,
            final double[] beside,
            final double[] lag,
            final long unseen,
            final long unjudged) {
        final double[] ratios = new double[alone.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = SECOND_NS / ownNs[i] / alone[i];
        }
        final List<Row> rows = new ArrayList<>();
        rows.add(
                new Row(
                        TARGET,
                        FIGURE + "one core follows",
                        SECOND_NS / Contest.median(ownNs),
                        "writes/s",
                        "redis-benchmark SET -P 16, no tap",
                        Contest.median(alone),
                        Contest.median(ratios),
                        Bound.atLeast(1)));
        rows.add(
                Row.told(FIGURE + "produced while it follows", Contest.median(beside), "writes/s"));
        rows.add(
                Row.absolute(
                        TARGET,
                        FIGURE + "produced and not seen",
                        unseen,
                        "writes",
                        Bound.atMost(0)));
        rows.add(
                Row.absolute(
                        TARGET,
                        FIGURE + "produced and not judged",
                        unjudged,
                        "writes",
                        Bound.atMost(0)));
        rows.add(
                Row.told(
                        FIGURE + "last verdict after the last write",
                        Contest.median(lag) / MILLISECOND_NS,
                        "ms"));
        return rows;
    }

    private static RedisSettings settings(final RedisHost host) {
        return RedisSettings.parse(host.uri()).withRung(RungChoice.REPLICATION);
    }

    private void count(final World world, final InboundMessage message) {
        if (RedisWays.pushed(message, world.watch.keys()) >= 0) {
            judged.lazySet(judged.get() + 1);
        }
    }

    /**
     * @param perSecond writes that were produced
     * @param lagNs from the end of the program to the last verdict
     */
    private record Followed(double perSecond, double lagNs) {}

    private Followed follow(final RedisHost host, final World world, final int writes)
            throws IOException, InterruptedException {
        final long until = judged.get() + writes;
        final long dropped = world.counters.get(CounterId.INBOUND_DROPPED);
        final double perSecond = produce(host, writes);
        final long endNs = System.nanoTime();
        while (judged.get() + world.counters.get(CounterId.INBOUND_DROPPED) - dropped < until) {
            if (System.nanoTime() - endNs > PATIENCE_NS) {
                break;
            }
            LockSupport.parkNanos(LOOK_NS);
        }
        return new Followed(perSecond, System.nanoTime() - endNs);
    }

    /** Writes a second, as the program tells it. */
    private static double produce(final RedisHost host, final int writes)
            throws IOException, InterruptedException {
        final Process process =
                new ProcessBuilder(
                                PROGRAM,
                                "-p",
                                String.valueOf(host.port),
                                "-n",
                                String.valueOf(writes),
                                "-P",
                                String.valueOf(DEPTH),
                                "-r",
                                String.valueOf(KEYS),
                                "-q",
                                "SET",
                                "pms:price:S__rand_int__/USDT:USDT",
                                RedisMonitor.PRICE)
                        .redirectErrorStream(true)
                        .start();
        final String said =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        final Matcher rate = RATE.matcher(said);
        double perSecond = Double.NaN;
        while (rate.find()) {
            perSecond = Double.parseDouble(rate.group(1));
        }
        if (process.waitFor() != 0 || Double.isNaN(perSecond)) {
            throw new IOException(PROGRAM + ": " + said.strip());
        }
        return perSecond;
    }

    private static long processorNs() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
