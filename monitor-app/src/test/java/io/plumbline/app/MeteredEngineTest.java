package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.app.config.ConfigException;
import io.plumbline.app.watch.Watch;
import io.plumbline.detect.Engine;
import io.plumbline.finding.InlineFindings;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import io.plumbline.metrics.LatencyRecorder;
import io.plumbline.time.SystemClock;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeteredEngineTest {
    private static final String YAML =
            """
            venues:
              - name: binance-spot
                channels: [trade]
                symbols: ["BTC/USDT"]
            """;

    private final Counters counters = new Counters();
    private final SystemClock clock = new SystemClock();
    private final MeteredEngine engine = engine();

    @Test
    void shouldTimeEveryMessageThatStandsAlone() {
        for (int i = 0; i < 100; i++) {
            take(1);
        }
        assertEquals(List.of(100L, 100L), timed());
    }

    @Test
    void shouldTimeTheFirstOfABatchAndSomeBehindIt() {
        take(3 * MeteredEngine.EVERY);
        take(2);
        assertEquals(List.of(4L, 4L), timed());
        assertEquals(3 * MeteredEngine.EVERY + 2, counters.get(CounterId.ENGINE_MESSAGES));
    }

    private MeteredEngine engine() {
        final Watch watch;
        try {
            watch = new Watch(LiveRig.config(YAML));
        } catch (final ConfigException e) {
            throw new IllegalStateException(e);
        }
        return new MeteredEngine(
                new Engine(
                        watch.state(),
                        watch.decoders(),
                        List.of(),
                        new InlineFindings(finding -> {}),
                        counters),
                clock,
                counters);
    }

    private void take(final int batch) {
        final InboundMessage message = new InboundMessage();
        for (int i = 0; i < batch; i++) {
            message.set(InboundType.HEARTBEAT, 2, 1, 0, clock.epochNanos(), new byte[0], 0, 0);
            engine.onMessage(message);
        }
        engine.onBatchEnd();
    }

    private List<Long> timed() {
        return engine.recorders().stream()
                .map(LatencyRecorder::interval)
                .map(interval -> interval.getTotalCount())
                .toList();
    }
}
