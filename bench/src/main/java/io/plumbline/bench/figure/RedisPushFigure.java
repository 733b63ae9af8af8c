package io.plumbline.bench.figure;

import io.plumbline.bench.World;
import io.plumbline.feed.redis.RedisOffers;
import io.plumbline.feed.redis.RedisSettings;
import io.plumbline.feed.redis.RedisWays;
import io.plumbline.feed.redis.RungChoice;
import io.plumbline.feed.redis.WriterEntry;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.Rung;
import io.plumbline.metrics.CounterId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.Jedis;

/**
 * Target 12 in part: from the write to its verdict, feed, ring and engine as they run live, against
 * a plain Jedis subscriber that holds the value. Both watch the same Redis by the same rung, keys
 * of their own, and are written to in turns, a tenth of a second each.
 */
final class RedisPushFigure implements Figure {
    private static final int TARGET = 12;
    private static final double LIMIT_P50 = 1.3;
    private static final double LIMIT_P99 = 1.5;
    private static final int KEYS = 200;
    private static final int SLICE = 100;
    private static final int SLICES_A_ROUND = 10;
    private static final int WARM_SLICES = 200;
    private static final long EVERY_NS = 1_000_000L;
    private static final long WARM_NS = 50_000L;
    private static final double MICROSECOND_NS = 1_000;
    private static final double P50 = 50;
    private static final double P99 = 99;
    private static final String OURS = "px:ours";
    private static final String THEIRS = "px:theirs";

    private record Side(Delays delays, String[] keys, String channel) {}

    @Override
    public String name() {
        return "redis-push";
    }

    @Override
    public String title() {
        return "write to verdict by push, against a plain subscriber on the same rung";
    }

    @Override
    public List<Row> measure(final Effort effort) throws IOException {
        final List<Row> rows = new ArrayList<>();
        rows.addAll(by(Rung.NOTIFICATION, effort));
        rows.addAll(by(Rung.CHANNEL, effort));
        return rows;
    }

    private static List<Row> by(final Rung rung, final Effort effort) throws IOException {
        final World world = new World(KEYS, "250ms");
        final Side ours = new Side(new Delays(KEYS), new String[KEYS], OURS);
        final Side theirs = new Side(new Delays(KEYS), new String[KEYS], THEIRS);
        for (int i = 0; i < KEYS; i++) {
            ours.keys[i] = world.watch.keys().key(i).name();
            theirs.keys[i] = PlainSubscriber.PREFIX + i;
        }
        try (RedisHost host = new RedisHost();
                Jedis writer = host.client()) {
            for (int i = 0; i < KEYS; i++) {
                writer.set(ours.keys[i], RedisMonitor.PRICE);
                writer.set(theirs.keys[i], RedisMonitor.PRICE);
            }
            try (RedisMonitor monitor =
                            new RedisMonitor(
                                            world,
                                            settings(host, rung),
                                            message -> judged(world, ours.delays, message))
                                    .start(rung);
                    PlainSubscriber plain =
                            new PlainSubscriber(host, rung, THEIRS, theirs.delays::arrived)) {
                plain.awaitSubscribed();
                return play(effort, rung, writer, ours, theirs, monitor.world);
            }
        }
    }

    private static RedisSettings settings(final RedisHost host, final Rung rung) {
        final RedisSettings settings = RedisSettings.parse(host.uri());
        return rung == Rung.CHANNEL
                ? settings.withRung(RungChoice.CHANNEL)
                        .withOffers(
                                new RedisOffers(
                                        false,
                                        null,
                                        new RedisOffers.Channel(
                                                OURS,
                                                new WriterEntry(
                                                        "key", "", null, "value", "", false))))
                : settings;
    }

    private static void judged(
            final World world, final Delays delays, final InboundMessage message) {
        final int key = RedisWays.pushed(message, world.watch.keys());
        if (key >= 0) {
            delays.arrived(key);
        }
    }

    private static List<Row> play(
            final Effort effort,
            final Rung rung,
            final Jedis writer,
            final Side ours,
            final Side theirs,
            final World world)
            throws IOException {
        for (int i = 0; i < WARM_SLICES; i++) {
            write(writer, i % 2 == 0 ? ours : theirs, rung, i / 2, WARM_NS);
        }
        final int rounds = effort.full() ? 15 : 3;
        final double[][] p50 = new double[2][rounds];
        final double[][] p99 = new double[2][rounds];
        final long before = world.counters.get(CounterId.PRICE_IN_SYNC);
        for (int round = 0; round < rounds; round++) {
            ours.delays.reset();
            theirs.delays.reset();
            for (int i = 0; i < SLICES_A_ROUND; i++) {
                write(writer, ours, rung, i, EVERY_NS);
                write(writer, theirs, rung, i, EVERY_NS);
            }
            p50[0][round] = ours.delays.at(P50);
            p50[1][round] = theirs.delays.at(P50);
            p99[0][round] = ours.delays.at(P99);
            p99[1][round] = theirs.delays.at(P99);
        }
        final long judged = world.counters.get(CounterId.PRICE_IN_SYNC) - before;
        if (judged < (long) rounds * SLICES_A_ROUND * SLICE) {
            throw new IOException(judged + " verdicts in " + rounds + " rounds");
        }
        final String what = "write to verdict by " + rung.label();
        return List.of(row(what + ", p50", p50, LIMIT_P50), row(what + ", p99", p99, LIMIT_P99));
    }

    private static Row row(final String what, final double[][] ns, final double limit) {
        final double[] ratios = new double[ns[0].length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = ns[0][i] / ns[1][i];
        }
        return new Row(
                TARGET,
                what,
                Contest.median(ns[0]) / MICROSECOND_NS,
                "us",
                "plain subscriber",
                Contest.median(ns[1]) / MICROSECOND_NS,
                Contest.median(ratios),
                Bound.atMost(limit));
    }

    /** A slice of writes, each to the next key, and waits until all of them have arrived. */
    private static void write(
            final Jedis writer,
            final Side side,
            final Rung rung,
            final int slice,
            final long everyNs)
            throws IOException {
        long dueNs = System.nanoTime();
        for (int i = 0; i < SLICE; i++) {
            dueNs += everyNs;
            for (long left = dueNs - System.nanoTime(); left > 0; ) {
                LockSupport.parkNanos(left);
                left = dueNs - System.nanoTime();
            }
            final int key = (slice * SLICE + i) % KEYS;
            side.delays.written(key);
            if (rung == Rung.CHANNEL) {
                writer.publish(
                        side.channel,
                        "{\"key\":\""
                                + side.keys[key]
                                + "\",\"value\":\""
                                + RedisMonitor.PRICE
                                + "\"}");
            } else {
                writer.set(side.keys[key], RedisMonitor.PRICE);
            }
        }
        side.delays.awaitAll();
    }
}
