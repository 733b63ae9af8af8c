package io.plumbline.bench.figure;

import io.plumbline.bench.World;
import io.plumbline.detect.PriceDetector;
import io.plumbline.finding.FindingSink;
import io.plumbline.finding.InlineFindings;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventType;
import io.plumbline.market.Field;
import io.plumbline.market.KeyState;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.PriceHistory;
import io.plumbline.market.Rung;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Hop;
import io.plumbline.metrics.LatencyRecorder;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import redis.clients.jedis.Jedis;

/**
 * Target 12 in part: what it costs to compare a key with its reference at every tick: by the
 * engine's memory of what Redis holds, or by asking Redis. Wall time: an answer that is waited for
 * is what holds the ticks up.
 */
final class RedisCompareFigure implements Figure {
    private static final int TARGET = 12;
    private static final double LIMIT = 500;

    /** A GET takes 16 us on one machine and 69 on another. */
    private static final double GATE = 100;

    private static final int SYMBOLS = 100;
    private static final int VERSIONS = 50;
    private static final int FIRST = 618_000;
    private static final long VERSION_NS = 1_000_000L;
    private static final long HOUR_NS = 3_600_000_000_000L;

    private final MarketEvent[] ticks = new MarketEvent[SYMBOLS];
    private final MarketEvent[] values = new MarketEvent[SYMBOLS];
    private final FindingSink nothing = new InlineFindings(finding -> {});
    private final World world = new World(SYMBOLS, "250ms");
    private PriceDetector detector;
    private long nowNs = World.START_NS;

    @Override
    public String name() {
        return "redis-compare";
    }

    @Override
    public String title() {
        return "comparing a key with its reference at a tick, against GET, wall ns";
    }

    @Override
    public List<Row> measure(final Effort effort) throws IOException {
        prepare();
        try (RedisHost host = new RedisHost();
                Jedis redis = host.client()) {
            final String[] names = new String[SYMBOLS];
            for (int i = 0; i < SYMBOLS; i++) {
                names[i] = world.watch.keys().key(i).name();
                redis.set(names[i], RedisMonitor.PRICE);
            }
            final BigDecimal reference = new BigDecimal(RedisMonitor.PRICE);
            final Contest contest = new Contest(effort, SYMBOLS);
            final int ours =
                    contest.add(Contender.onTheClock("the engine's memory", this::compare));
            final int get =
                    contest.add(
                            Contender.onTheClock(
                                    "GET per tick", () -> ask(redis, names, reference)));
            final int tick = contest.add(Contender.onTheClock("what a tick asks", this::tickOnly));
            contest.run();
            if (world.counters.get(CounterId.PRICE_IN_SYNC) == 0) {
                throw new IOException("nothing was compared");
            }
            return List.of(
                    contest.atLeast(
                                    TARGET,
                                    "a key compared with its reference at a tick",
                                    ours,
                                    get,
                                    LIMIT)
                            .gatedAt(GATE),
                    contest.atLeast(0, "of that, what the tick asks of the key", tick, get, 0));
        }
    }

    private void prepare() {
        final MarketState state = world.watch.state();
        detector =
                new PriceDetector(
                        state,
                        VERSION_NS,
                        2 * HOUR_NS,
                        VERSION_NS,
                        world.counters,
                        new LatencyRecorder(Hop.SOCKET_TO_REDIS, "all", world.counters));
        final long firstNs = nowNs;
        for (int id = 0; id < SYMBOLS; id++) {
            final PriceHistory history = state.references.history(id, Field.LAST);
            for (int i = 0; i < VERSIONS; i++) {
                nowNs = firstNs + i * VERSION_NS;
                history.record(new Decimal().set(FIRST + i, -1), i, nowNs);
            }
        }
        nowNs += VERSION_NS;
        for (int id = 0; id < SYMBOLS; id++) {
            ticks[id] = new MarketEvent().clear();
            ticks[id].type = EventType.MARKET;
            ticks[id].source = world.source(id, io.plumbline.market.Channel.AGG_TRADE);
            ticks[id].instrument = id;
            ticks[id].receivedNs = nowNs;
            values[id] = new MarketEvent().clear();
            values[id].type = EventType.KEY_VALUE;
            values[id].source = world.watch.redis().get(0).source();
            values[id].key = id;
            values[id].instrument = id;
            values[id].keyState = KeyState.PRESENT;
            values[id].rung = Rung.NOTIFICATION;
            values[id].receivedNs = nowNs;
            values[id].writtenAfterNs = nowNs;
            values[id].price.set(FIRST + VERSIONS - 1, -1);
            state.observations.onValue(values[id]);
        }
    }

    /** What a tick asks of the key, and a whole judgement of the value beside it. */
    private long compare() {
        for (int id = 0; id < SYMBOLS; id++) {
            detector.onEvent(ticks[id], nowNs, nothing);
            detector.onEvent(values[id], nowNs, nothing);
        }
        return world.counters.get(CounterId.PRICE_IN_SYNC);
    }

    private long tickOnly() {
        for (int id = 0; id < SYMBOLS; id++) {
            detector.onEvent(ticks[id], nowNs, nothing);
        }
        return nowNs;
    }

    private static long ask(final Jedis redis, final String[] names, final BigDecimal reference) {
        long equal = 0;
        for (final String name : names) {
            equal += new BigDecimal(redis.get(name)).compareTo(reference) == 0 ? 1 : 0;
        }
        return equal;
    }
}
