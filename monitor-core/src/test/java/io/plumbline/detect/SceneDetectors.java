package io.plumbline.detect;

import io.plumbline.market.Board;
import io.plumbline.market.MarketState;
import io.plumbline.metrics.Counters;
import io.plumbline.metrics.Hop;
import io.plumbline.metrics.LatencyRecorder;
import java.util.List;

/** All detectors of a {@link Scene}, in the order of the composition root. */
final class SceneDetectors {
    private SceneDetectors() {}

    static List<Detector> of(
            final MarketState state, final Silence.Thresholds thresholds, final Counters counters) {
        final Silence silence = new Silence(state, thresholds);
        final BurstDetector bursts = new BurstDetector(state);
        return List.of(
                new SequenceDetector(state, Scene.ms(50)),
                new SessionDetector(state, Scene.ms(5_000), Scene.ms(5_000)),
                new MuteDetector(state, silence),
                new StalenessDetector(state, silence),
                new KeyDetector(state, Scene.ms(250), Scene.ms(5_000), Scene.ms(100)),
                new TtlDetector(state, Scene.ms(100)),
                new ValueDetector(state),
                new PrecisionDetector(state, Scene.ms(1_000)),
                new PriceDetector(
                        state,
                        Scene.ms(250),
                        Scene.ms(30_000),
                        Scene.ms(1_000),
                        counters,
                        new LatencyRecorder(Hop.SOCKET_TO_REDIS, "all", counters)),
                bursts,
                new FrozenDetector(state, 3, Scene.ms(2_000), bursts),
                new WriterLagDetector(state),
                new LagDetector(
                        state,
                        Scene.ms(1_000),
                        Scene.ms(5_000),
                        new LatencyRecorder[state.sources.size()]),
                new CopyDetector(state, new LatencyRecorder[state.sources.size()]),
                new OverloadDetector(state),
                new MonitorDetector(state),
                new CredentialDetector(state, Scene.ms(10_000)),
                new ParseDetector(state),
                new ClockDetector(),
                new CoverageKeeper(state, new Board(state.keys.size())));
    }
}
