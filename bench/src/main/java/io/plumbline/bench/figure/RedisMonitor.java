package io.plumbline.bench.figure;

import io.plumbline.app.watch.DetectorSet;
import io.plumbline.app.watch.Watch;
import io.plumbline.bench.DecodeBenchmark;
import io.plumbline.bench.World;
import io.plumbline.detect.Engine;
import io.plumbline.feed.FeedContext;
import io.plumbline.feed.redis.RedisFeed;
import io.plumbline.feed.redis.RedisSettings;
import io.plumbline.finding.InlineFindings;
import io.plumbline.inbound.ConsumerFaults;
import io.plumbline.inbound.InboundHandler;
import io.plumbline.inbound.InboundRing;
import io.plumbline.inbound.InboundType;
import io.plumbline.inbound.WaitKind;
import io.plumbline.market.Channel;
import io.plumbline.market.Rung;
import io.plumbline.market.SessionState;
import io.plumbline.metrics.Hop;
import io.plumbline.metrics.LatencyRecorder;
import io.plumbline.time.SystemClock;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The keys of a {@link World} watched in a real Redis as they are live: feed, ring and engine, each
 * on threads of its own. Every instrument has traded once, at {@link #PRICE}.
 */
final class RedisMonitor implements Closeable {
    /** A value that holds it is in sync. */
    static final String PRICE = "61800.30";

    private static final int CELLS = 1 << 15;
    private static final int CELL_BYTES = 256;
    private static final long CLOSE_NS = 5_000_000_000L;
    private static final long PATIENCE_NS = 20_000_000_000L;
    private static final long LOOK_NS = 1_000_000L;

    final World world;
    private final InboundRing ring;
    private final RedisFeed feed;
    private final InboundHandler engine;

    /**
     * @param judged told of every message behind its verdict; engine thread
     */
    RedisMonitor(
            final World world,
            final RedisSettings settings,
            final Consumer<io.plumbline.inbound.InboundMessage> judged) {
        this.world = world;
        final SystemClock clock = new SystemClock();
        final Watch watch = world.watch;
        engine =
                new Engine(
                        watch.state(),
                        watch.decoders(),
                        new DetectorSet(watch.state(), watch.config().detectors(), world.counters)
                                .detectors(),
                        new InlineFindings(finding -> {}),
                        world.counters);
        trade(clock.epochNanos());
        ring =
                new InboundRing(
                        new InboundRing.Settings(
                                CELLS, CELL_BYTES, WaitKind.TIMEOUT_BLOCKING, 1 << 20),
                        watch.sources().size(),
                        world.counters,
                        RedisMonitor::thread,
                        new Faults());
        final Watch.RedisLink link = watch.redis().get(0);
        feed =
                new RedisFeed(
                        settings,
                        link.source(),
                        link.keys().keys(),
                        link.keys().formats(),
                        new FeedContext(clock, ring, world.counters, RedisMonitor::thread),
                        new LatencyRecorder(Hop.REDIS_ROUND_TRIP, "main", world.counters));
        ring.start(
                new InboundRing.Role(
                        "engine",
                        message -> {
                            engine.onMessage(message);
                            judged.accept(message);
                        }));
    }

    private void trade(final long nowNs) {
        final String text = DecodeBenchmark.text("aggTrade");
        for (int id = 0; id < world.watch.instruments().size(); id++) {
            final String symbol = world.watch.instruments().instrument(id).venueSymbol();
            world.take(
                    InboundType.FRAME_TEXT,
                    world.source(id, Channel.AGG_TRADE),
                    nowNs,
                    World.bytes(text.replace("BTCUSDT", symbol)));
        }
    }

    /** Begins to watch, and waits until it does so by {@code rung}. */
    RedisMonitor start(final Rung rung) throws IOException {
        feed.start();
        final long untilNs = System.nanoTime() + PATIENCE_NS;
        while (feed.status().state() != SessionState.LIVE || feed.probe().rung() != rung) {
            if (System.nanoTime() > untilNs) {
                throw new IOException("not watched by " + rung + ": " + feed.probe());
            }
            LockSupport.parkNanos(LOOK_NS);
        }
        return this;
    }

    @Override
    public void close() {
        feed.close();
        ring.close(CLOSE_NS);
    }

    static Thread thread(final String role, final Runnable body) {
        final Thread thread = new Thread(body, role);
        thread.setDaemon(true);
        thread.start();
        return thread;
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
