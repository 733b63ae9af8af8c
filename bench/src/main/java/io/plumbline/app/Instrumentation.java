package io.plumbline.app;

import io.plumbline.app.latency.IntervalSink;
import io.plumbline.app.latency.LatencyReporter;
import io.plumbline.app.watch.DetectorSet;
import io.plumbline.app.watch.Watch;
import io.plumbline.detect.Engine;
import io.plumbline.inbound.InboundHandler;
import io.plumbline.metrics.Counters;
import io.plumbline.metrics.LatencyRecorder;
import io.plumbline.time.EpochNanoClock;
import java.util.ArrayList;
import java.util.List;

/** An engine with everything that the monitor measures beside judging, put together as there. */
public final class Instrumentation {
    private static final long EVERY_NS = 1_000_000_000L;

    private final EpochNanoClock clock;
    private final MeteredEngine engine;
    private final LatencyReporter latency;
    private final TrendBoard trends;

    public Instrumentation(
            final Watch watch,
            final DetectorSet detectors,
            final Engine judging,
            final EpochNanoClock clock,
            final Counters counters) {
        this.clock = clock;
        engine = new MeteredEngine(judging, clock, counters);
        final List<LatencyRecorder> recorders = new ArrayList<>(detectors.recorders());
        recorders.addAll(engine.recorders());
        latency = new LatencyReporter(recorders, IntervalSink.NONE, EVERY_NS, clock.epochNanos());
        trends = new TrendBoard(watch, detectors.board());
    }

    /** What the ring hands its messages to. */
    public InboundHandler engine() {
        return engine;
    }

    /** What the desk's clock does for it, some times a second. */
    public void tick() {
        final long nowNs = clock.epochNanos();
        latency.poll(nowNs);
        trends.record(nowNs);
    }
}
