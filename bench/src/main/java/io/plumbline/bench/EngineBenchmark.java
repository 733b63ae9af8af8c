package io.plumbline.bench;

import io.plumbline.inbound.InboundType;
import io.plumbline.market.Channel;
import java.util.ArrayList;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One message from bytes to verdict: decoder, market state and all detectors, on one thread. The
 * frames are those of {@link DecodeBenchmark}, with ids and times that count on in place (a few
 * nanoseconds, included).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EngineBenchmark {
    private static final long STEP_NS = 10_000_000L;
    private static final String ALL = "all";
    private static final String NO = "none";

    /** Which message. */
    @Param({"bookTicker", "aggTrade", "depth", "redisValue"})
    public String frame;

    /**
     * The name of a detector, all, or none: what one costs is the difference to none. Those that do
     * not hear of the market cost it nothing; {@link TickBenchmark} has their ticks.
     */
    @Param(ALL)
    public String detector;

    private final List<Counting> counting = new ArrayList<>();
    private World world;
    private InboundType type;
    private int source;
    private byte[] bytes;
    private long stampNs = World.START_NS;

    @Setup
    public void prepare() {
        world =
                new World(
                        20, "250ms", each -> detector.equals(ALL) || detector.equals(each.name()));
        if (!detector.equals(ALL) && !detector.equals(NO)) {
            world.detectors.detectors().stream()
                    .filter(each -> detector.equals(each.name()))
                    .findAny()
                    .orElseThrow(() -> new IllegalArgumentException("no detector " + detector));
        }
        type = InboundType.FRAME_TEXT;
        if (frame.equals("redisValue")) {
            world.take(
                    type,
                    world.source(0, Channel.AGG_TRADE),
                    stampNs,
                    World.bytes(DecodeBenchmark.text("aggTrade")));
            type = InboundType.REDIS_VALUE;
            source = world.redis();
            final int length = world.observation(0, "61800.30", stampNs);
            bytes = java.util.Arrays.copyOf(world.observationBytes(), length);
            return;
        }
        bytes = World.bytes(DecodeBenchmark.text(frame));
        count("\"E\":", 1, 1);
        switch (frame) {
            case "bookTicker" -> {
                source = world.source(0, Channel.BOOK_TICKER);
                count("\"u\":", 1, 0);
            }
            case "aggTrade" -> {
                source = world.source(0, Channel.AGG_TRADE);
                count("\"a\":", 1, 0);
                count("\"f\":", 1, 0);
                count("\"l\":", 1, 0);
            }
            default -> {
                source = world.source(0, Channel.DEPTH);
                // Each chained to the one before: what was u is pu in the next.
                final String first =
                        World.text(bytes).replaceAll("\"pu\":\\d+", "\"pu\":5123107842678");
                bytes = World.bytes(first);
                counting.clear();
                count("\"E\":", 1, 1);
                count("\"u\":", 1, 0);
                count("\"pu\":", 1, 0);
            }
        }
    }

    private void count(final String before, final int step, final int place) {
        counting.add(new Counting(bytes, before, step, place));
    }

    @Benchmark
    public long judge() {
        for (int i = 0; i < counting.size(); i++) {
            counting.get(i).next();
        }
        stampNs += STEP_NS;
        world.take(type, source, stampNs, bytes);
        return world.engine.nowNs();
    }

    @TearDown
    public void check() {
        world.assertQuiet();
    }
}
