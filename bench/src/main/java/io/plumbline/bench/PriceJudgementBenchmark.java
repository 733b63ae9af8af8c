package io.plumbline.bench;

import io.plumbline.detect.PriceDetector;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventType;
import io.plumbline.market.Field;
import io.plumbline.market.KeyState;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.PriceHistory;
import io.plumbline.market.Rung;
import io.plumbline.market.Verdict;
import io.plumbline.metrics.Hop;
import io.plumbline.metrics.LatencyRecorder;
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
 * One value seen in Redis, judged by a reference that moved so often within the window: equal to
 * the current version, or to the oldest, which is as far as the search goes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PriceJudgementBenchmark {
    private static final long HOUR_NS = 3_600_000_000_000L;
    private static final long VERSION_NS = 1_000_000L;
    private static final int FIRST_TICKS = 618_000;

    /** Versions of the reference within the window. */
    @Param({"10", "100", "1000"})
    public int depth;

    /** Which version the value equals. */
    @Param({"current", "oldest"})
    public String match;

    private final MarketEvent event = new MarketEvent().clear();
    private World world;
    private PriceDetector detector;
    private long nowNs;

    @Setup
    public void prepare() {
        world = new World(1, "1h");
        final MarketState state = world.watch.state();
        detector =
                new PriceDetector(
                        state,
                        VERSION_NS,
                        2 * HOUR_NS,
                        VERSION_NS,
                        world.counters,
                        new LatencyRecorder(Hop.SOCKET_TO_REDIS, "all", world.counters));
        final PriceHistory history = state.references.history(0, Field.LAST);
        nowNs = World.START_NS;
        for (int i = 0; i < depth; i++) {
            nowNs += VERSION_NS;
            history.record(new Decimal().set(FIRST_TICKS + i, -1), i, nowNs);
        }
        nowNs += VERSION_NS;
        event.type = EventType.KEY_VALUE;
        event.source = world.redis();
        event.key = 0;
        event.instrument = 0;
        event.keyState = KeyState.PRESENT;
        event.rung = Rung.NOTIFICATION;
        event.receivedNs = nowNs;
        event.writtenAfterNs = nowNs;
        event.price.set(FIRST_TICKS + (match.equals("current") ? depth - 1 : 0), -1);
        state.observations.onValue(event);
    }

    @Benchmark
    public Verdict judge() {
        detector.onEvent(event, nowNs, World.NOTHING);
        return world.watch.state().observations.key(0).verdict;
    }
}
