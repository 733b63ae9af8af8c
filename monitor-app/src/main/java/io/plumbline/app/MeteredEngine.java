package io.plumbline.app;

import io.plumbline.detect.Engine;
import io.plumbline.inbound.InboundHandler;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.metrics.Counters;
import io.plumbline.metrics.Hop;
import io.plumbline.metrics.LatencyRecorder;
import io.plumbline.time.EpochNanoClock;
import java.util.List;

/**
 * The engine with a watch beside it: the engine itself never reads a clock. Of every batch the
 * first message is timed, and of those that wait behind it every {@link #EVERY}th: reading the
 * clock twice for each would cost a quarter of the judging when there is most to judge. Engine
 * thread.
 */
final class MeteredEngine implements InboundHandler {
    /** One in so many, within a batch. */
    static final int EVERY = 32;

    private final Engine engine;
    private final EpochNanoClock clock;
    private final LatencyRecorder waited;
    private final LatencyRecorder worked;
    private volatile long lastNs;
    private int untimed;

    MeteredEngine(final Engine engine, final EpochNanoClock clock, final Counters counters) {
        this.engine = engine;
        this.clock = clock;
        waited = LatencyRecorder.ofOneThread(Hop.SOCKET_TO_ENGINE, "all", counters);
        worked = LatencyRecorder.ofOneThread(Hop.ENGINE, "all", counters);
    }

    List<LatencyRecorder> recorders() {
        return List.of(waited, worked);
    }

    /**
     * When the engine last took a message that was timed, ns since the epoch; 0 before. Any thread.
     */
    long lastNs() {
        return lastNs;
    }

    @Override
    public void onMessage(final InboundMessage message) {
        if (untimed > 0) {
            untimed--;
            engine.onMessage(message);
        } else {
            untimed = EVERY - 1;
            timed(message);
        }
    }

    private void timed(final InboundMessage message) {
        final long beganNs = clock.epochNanos();
        waited.record(beganNs - message.stampNs);
        engine.onMessage(message);
        worked.record(clock.epochNanos() - beganNs);
        lastNs = beganNs;
    }

    @Override
    public void onBatchEnd() {
        untimed = 0;
        engine.onBatchEnd();
    }
}
