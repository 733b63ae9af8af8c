package io.plumbline.app.watch;

import io.plumbline.app.config.DetectorsConfig;
import io.plumbline.detect.BookDetector;
import io.plumbline.detect.BurstDetector;
import io.plumbline.detect.ClockDetector;
import io.plumbline.detect.CopyDetector;
import io.plumbline.detect.CoverageKeeper;
import io.plumbline.detect.CredentialDetector;
import io.plumbline.detect.DatabaseDetector;
import io.plumbline.detect.Detector;
import io.plumbline.detect.Engine;
import io.plumbline.detect.FrozenDetector;
import io.plumbline.detect.KeyDetector;
import io.plumbline.detect.LagDetector;
import io.plumbline.detect.MisnamedDetector;
import io.plumbline.detect.MonitorDetector;
import io.plumbline.detect.MuteDetector;
import io.plumbline.detect.NoExpiryDetector;
import io.plumbline.detect.NodeDetector;
import io.plumbline.detect.OverloadDetector;
import io.plumbline.detect.ParseDetector;
import io.plumbline.detect.PrecisionDetector;
import io.plumbline.detect.PriceDetector;
import io.plumbline.detect.ProbeDetector;
import io.plumbline.detect.QueueDetector;
import io.plumbline.detect.SequenceDetector;
import io.plumbline.detect.SessionDetector;
import io.plumbline.detect.ShapeDetector;
import io.plumbline.detect.Silence;
import io.plumbline.detect.SnapshotDetector;
import io.plumbline.detect.StalenessDetector;
import io.plumbline.detect.StreamDetector;
import io.plumbline.detect.TtlDetector;
import io.plumbline.detect.ValueDetector;
import io.plumbline.detect.WriterLagDetector;
import io.plumbline.finding.Finding;
import io.plumbline.market.Board;
import io.plumbline.market.MarketState;
import io.plumbline.market.Sources;
import io.plumbline.metrics.Counters;
import io.plumbline.metrics.Hop;
import io.plumbline.metrics.LatencyRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The detectors, in the order in which they are asked, and the sentences they render. A new
 * detector is one line here.
 */
public final class DetectorSet {
    private static final long LAGGING_NS = Duration.ofSeconds(2).toNanos();
    private static final long LAGGING_FOR_NS = Duration.ofSeconds(5).toNanos();
    private static final long DOWN_NS = Duration.ofSeconds(10).toNanos();
    private static final long WARMUP_NS = Duration.ofSeconds(30).toNanos();

    private final List<Detector> detectors;
    private final Map<String, Detector> byName = new HashMap<>();
    private final List<LatencyRecorder> recorders = new ArrayList<>();
    private final Board board;

    public DetectorSet(
            final MarketState state, final DetectorsConfig config, final Counters counters) {
        final DetectorsConfig.Price price = config.price();
        final DetectorsConfig.Key key = config.key();
        final Silence silence = new Silence(state, thresholds(config.staleness()));
        final LatencyRecorder propagation =
                LatencyRecorder.ofOneThread(Hop.SOCKET_TO_REDIS, "all", counters);
        recorders.add(propagation);
        board = new Board(state.keys.size());
        final BurstDetector bursts = new BurstDetector(state);
        detectors =
                List.of(
                        new SequenceDetector(state, config.sequence().reorderWindow().toNanos()),
                        new BookDetector(state),
                        new SessionDetector(state, DOWN_NS, WARMUP_NS),
                        new MuteDetector(state, silence),
                        new StalenessDetector(state, silence),
                        new KeyDetector(
                                state,
                                key.deletedGrace().toNanos(),
                                key.missingAfter().toNanos(),
                                key.ttlGrace().toNanos()),
                        new TtlDetector(state, key.ttlGrace().toNanos()),
                        new ValueDetector(state),
                        new PrecisionDetector(state, price.clearAfter().toNanos()),
                        new PriceDetector(
                                state,
                                price.grace().toNanos(),
                                price.window().toNanos(),
                                price.clearAfter().toNanos(),
                                counters,
                                propagation),
                        bursts,
                        new FrozenDetector(
                                state, price.frozenVersions(), price.frozenFor().toNanos(), bursts),
                        new WriterLagDetector(state),
                        new LagDetector(
                                state, LAGGING_NS, LAGGING_FOR_NS, venueRecorders(state, counters)),
                        new CopyDetector(state, copyRecorders(state, counters)),
                        new OverloadDetector(state),
                        new MonitorDetector(state),
                        new CredentialDetector(state, config.credential().warnBefore().toNanos()),
                        new ParseDetector(state),
                        new ClockDetector(),
                        new ProbeDetector(state),
                        new StreamDetector(state),
                        new MisnamedDetector(state, key.deletedGrace().toNanos()),
                        new QueueDetector(state),
                        new SnapshotDetector(state),
                        new NoExpiryDetector(state),
                        new ShapeDetector(state),
                        new NodeDetector(state, state.surroundings.nodes),
                        new DatabaseDetector(state, state.surroundings.tables),
                        new CoverageKeeper(state, board));
        detectors.forEach(detector -> byName.put(detector.name(), detector));
    }

    private static Silence.Thresholds thresholds(final DetectorsConfig.Staleness staleness) {
        return new Silence.Thresholds(
                staleness.connection().toNanos(),
                staleness.symbol() == null ? 0 : staleness.symbol().toNanos(),
                staleness.symbolFloor().toNanos(),
                staleness.symbolCap().toNanos(),
                staleness.neverSeen().toNanos());
    }

    private LatencyRecorder[] venueRecorders(final MarketState state, final Counters counters) {
        final LatencyRecorder[] bySource = new LatencyRecorder[state.sources.size()];
        for (final Sources.Source source : state.sources.all()) {
            if (source.kind() == Sources.Kind.VENUE) {
                bySource[source.id()] =
                        LatencyRecorder.ofOneThread(Hop.VENUE_TO_SOCKET, source.name(), counters);
                recorders.add(bySource[source.id()]);
            }
        }
        return bySource;
    }

    private LatencyRecorder[] copyRecorders(final MarketState state, final Counters counters) {
        final LatencyRecorder[] bySource = new LatencyRecorder[state.sources.size()];
        for (final Sources.Source source : state.sources.all()) {
            if (state.twins.isPaired(source.id())) {
                bySource[source.id()] =
                        LatencyRecorder.ofOneThread(Hop.SECOND_COPY, source.name(), counters);
                recorders.add(bySource[source.id()]);
            }
        }
        return bySource;
    }

    public List<Detector> detectors() {
        return detectors;
    }

    /** The histograms that the detectors fill. */
    public List<LatencyRecorder> recorders() {
        return List.copyOf(recorders);
    }

    /** What the engine thinks of every key, for other threads. */
    public Board board() {
        return board;
    }

    /** The sentence of a finding: any thread, reads only the finding. */
    public void describe(final Finding finding, final StringBuilder out) {
        final Detector detector = byName.get(finding.detector);
        if (detector == null) {
            Engine.describe(finding, out);
        } else {
            detector.describe(finding, out);
        }
    }
}
