package io.plumbline.bench;

import io.plumbline.detect.Detector;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.Channel;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.Sources;
import java.util.List;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * One tick of the timer when so many keys are watched and all is well: it comes every 50 ms, so
 * 500,000 ns are one percent of a core. {@code -p detector=price} asks one detector alone.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TickBenchmark {
    private static final long TICK_NS = 50_000_000L;
    private static final String ALL = "all";

    /** How many keys, each of an instrument with three channels. */
    @Param({"100", "10000"})
    public int keys;

    /** The name of a detector, or all. */
    @Param(ALL)
    public String detector;

    private final MarketEvent tick = new MarketEvent().clear();
    private World world;
    private List<Detector> asked;
    private long nowNs = World.START_NS;

    @Setup
    public void prepare() {
        world = new World(keys, "250ms");
        for (int id = 0; id < keys; id++) {
            final String symbol = world.watch.instruments().instrument(id).venueSymbol();
            for (final String frame : new String[] {"bookTicker", "aggTrade", "depth"}) {
                final Channel channel =
                        frame.equals("depth")
                                ? Channel.DEPTH
                                : frame.equals("aggTrade")
                                        ? Channel.AGG_TRADE
                                        : Channel.BOOK_TICKER;
                world.take(
                        InboundType.FRAME_TEXT,
                        world.source(id, channel),
                        nowNs,
                        World.bytes(DecodeBenchmark.text(frame).replace("BTCUSDT", symbol)));
            }
            final int length = world.observation(id, "61800.30", nowNs);
            world.take(
                    InboundType.REDIS_VALUE,
                    world.redis(),
                    nowNs,
                    world.observationBytes(),
                    length);
        }
        world.assertQuiet();
        asked =
                world.detectors.detectors().stream()
                        .filter(d -> detector.equals(ALL) || detector.equals(d.name()))
                        .toList();
        tick.type = EventType.TIMER;
        tick.source = Sources.TIMER;
    }

    @Benchmark
    public long tick() {
        nowNs += TICK_NS;
        tick.receivedNs = nowNs;
        world.watch.state().sessions.onMessage(world.redis(), nowNs, false);
        for (int i = 0; i < asked.size(); i++) {
            asked.get(i).onEvent(tick, nowNs, World.NOTHING);
        }
        return nowNs;
    }
}
