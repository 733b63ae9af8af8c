package io.plumbline.bench.figure;

import io.plumbline.bench.World;
import io.plumbline.feed.FeedContext;
import io.plumbline.feed.redis.RedisSettings;
import io.plumbline.feed.redis.SweepWay;
import io.plumbline.feed.redis.ValueFormat;
import io.plumbline.inbound.InlineInbound;
import io.plumbline.market.Decimal;
import io.plumbline.market.Field;
import io.plumbline.market.WatchedKeys;
import io.plumbline.metrics.Counters;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/**
 * Target 12 in part: the product's own sweep of many keys that nobody writes, against a bare MGET
 * of the same keys in the same portions; and how much of it reaches the thread that judges ticks.
 */
final class RedisSweepFigure implements Figure {
    private static final int TARGET = 12;
    private static final double LIMIT = 1.2;
    private static final int KEYS = 10_000;
    private static final int PORTION = 500;
    private static final long PATIENCE_NS = 10_000_000_000L;
    private static final long BUDGET_NS = 250_000_000L;

    @Override
    public String name() {
        return "redis-sweep";
    }

    @Override
    public String title() {
        return "a sweep over 10,000 keys against a bare MGET of them, wall ns per key";
    }

    @Override
    public List<Row> measure(final Effort effort) throws IOException {
        final WatchedKeys keys = keys();
        final AtomicLong messages = new AtomicLong();
        final InlineInbound offered = new InlineInbound(message -> messages.incrementAndGet());
        try (RedisHost host = new RedisHost();
                Jedis redis = host.client()) {
            final byte[][] names = fill(redis, keys);
            final FeedContext context =
                    new FeedContext(
                            new SystemClock(), offered, new Counters(), RedisMonitor::thread);
            try (SweepWay sweep =
                    new SweepWay(
                            RedisSettings.parse(host.uri())
                                    .withTiming(
                                            RedisSettings.Timing.DEFAULT.within(
                                                    PATIENCE_NS, PATIENCE_NS)),
                            1,
                            keys,
                            Collections.nCopies(KEYS, ValueFormat.PLAIN),
                            context)) {
                if (messages.get() != KEYS) {
                    throw new IOException(messages.get() + " keys seen of " + KEYS);
                }
                final Contest contest = new Contest(effort, KEYS);
                final int ours = contest.add(Contender.onTheClock("sweep", sweep::sweep));
                final int bare =
                        contest.add(
                                Contender.onTheClock(
                                        "MGET of 500 keys each", () -> read(redis, names)));
                final int one =
                        contest.add(
                                Contender.onTheClock(
                                        "one MGET of all", () -> redis.mget(names).size()));
                contest.run();
                return List.of(
                        contest.atMost(TARGET, "sweep of 10,000 keys, a key", ours, bare, LIMIT),
                        contest.atMost(0, "sweep of 10,000 keys, a key", ours, one, 0).told(),
                        Row.absolute(
                                TARGET,
                                "messages to the engine by sweeps of unchanged keys",
                                messages.get() - KEYS,
                                "messages",
                                Bound.atMost(0)));
            }
        }
    }

    private static WatchedKeys keys() {
        final WatchedKeys keys = new WatchedKeys();
        for (int id = 0; id < KEYS; id++) {
            keys.add(
                    new WatchedKeys.WatchedKey(
                            id,
                            "pms:price:S" + id + "/USDT:USDT",
                            1,
                            id,
                            Field.LAST,
                            BUDGET_NS,
                            BUDGET_NS,
                            0,
                            new Decimal(),
                            false,
                            0,
                            ""));
        }
        return keys;
    }

    private static byte[][] fill(final Jedis redis, final WatchedKeys keys) {
        final byte[][] names = new byte[KEYS][];
        try (Pipeline pipeline = redis.pipelined()) {
            for (int i = 0; i < KEYS; i++) {
                names[i] = World.bytes(keys.key(i).name());
                pipeline.set(names[i], World.bytes(RedisMonitor.PRICE));
            }
        }
        return names;
    }

    private static long read(final Jedis redis, final byte[][] names) {
        long values = 0;
        for (int from = 0; from < names.length; from += PORTION) {
            values += redis.mget(Arrays.copyOfRange(names, from, from + PORTION)).size();
        }
        return values;
    }
}
