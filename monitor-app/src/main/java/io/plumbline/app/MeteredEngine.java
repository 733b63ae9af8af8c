package io.plumbline.app;

import io.plumbline.detect.Engine;
import io.plumbline.inbound.InboundHandler;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.metrics.Counters;
import io.plumbline.metrics.Hop;
import io.plumbline.metrics.LatencyRecorder;
import io.plumbline.time.EpochNanoClock;
import java.util.List;

/** The engine with a watch beside it: the engine itself never reads a clock. Engine thread. */
final class MeteredEngine implements InboundHandler {
    private final Engine engine;
    private final EpochNanoClock clock;
    private final LatencyRecorder waited;
    private final LatencyRecorder worked;
    private volatile long lastNs;

    MeteredEngine(final Engine engine, final EpochNanoClock clock, final Counters counters) {
        this.engine = engine;
        this.clock = clock;
        waited = new LatencyRecorder(Hop.SOCKET_TO_ENGINE, "all", counters);
        worked = new LatencyRecorder(Hop.ENGINE, "all", counters);
    }

    List<LatencyRecorder> recorders() {
        return List.of(waited, worked);
    }

    /** When the engine last took a message, ns since the epoch; 0 before. Any thread. */
    long lastNs() {
        return lastNs;
    }

    @Override
    public void onMessage(final InboundMessage message) {
        final long beganNs = clock.epochNanos();
        waited.record(beganNs - message.stampNs);
        engine.onMessage(message);
        worked.record(clock.epochNanos() - beganNs);
        lastNs = beganNs;
    }

    @Override
    public void onBatchEnd() {
        engine.onBatchEnd();
    }
}
