package io.plumbline.app;

import io.plumbline.app.gate.GateReading;
import io.plumbline.app.gate.GateState;
import io.plumbline.app.http.BackfillView;
import io.plumbline.app.http.CaseView;
import io.plumbline.app.http.Controls;
import io.plumbline.app.http.Dependency;
import io.plumbline.app.http.FeedCopies;
import io.plumbline.app.http.GaugeId;
import io.plumbline.app.http.Health;
import io.plumbline.app.http.MonitorView;
import io.plumbline.app.http.Prerequisite;
import io.plumbline.app.http.Readiness;
import io.plumbline.app.http.RedisNodeView;
import io.plumbline.app.http.SymbolStatus;
import io.plumbline.app.http.Thresholds;
import io.plumbline.app.http.Trend;
import io.plumbline.app.http.Vitals;
import io.plumbline.app.latency.LatencyView;
import io.plumbline.metrics.Counters;
import io.plumbline.time.EpochNanoClock;
import java.util.List;
import java.util.Map;

/**
 * What the HTTP side sees before there is a monitor: the port is bound first, so that /health
 * answers at once; from {@link #becomes} on it is the live view. Any thread.
 */
final class EarlyView implements MonitorView {
    private static final String STARTING = "the monitor is starting";

    private final String version;
    private final EpochNanoClock clock;
    private final Counters counters;
    private final long startedAtNs;
    private volatile MonitorView live;

    EarlyView(final String version, final EpochNanoClock clock, final Counters counters) {
        this.version = version;
        this.clock = clock;
        this.counters = counters;
        startedAtNs = clock.epochNanos();
    }

    /** From here on everything is asked of {@code view}. */
    void becomes(final MonitorView view) {
        live = view;
    }

    @Override
    public Health health() {
        final MonitorView view = live;
        return view != null
                ? view.health()
                : new Health(
                        Health.Status.DEGRADED,
                        version,
                        startedAtNs,
                        clock.epochNanos(),
                        List.of(STARTING));
    }

    @Override
    public List<Dependency> dependencies() {
        final MonitorView view = live;
        return view == null ? List.of() : view.dependencies();
    }

    @Override
    public Readiness readiness() {
        final MonitorView view = live;
        return view == null ? new Readiness(false, List.of(STARTING)) : view.readiness();
    }

    @Override
    public List<SymbolStatus> symbols() {
        final MonitorView view = live;
        return view == null ? List.of() : view.symbols();
    }

    @Override
    public List<String> recentFindings(final int limit) {
        final MonitorView view = live;
        return view == null ? List.of() : view.recentFindings(limit);
    }

    @Override
    public List<CaseView> cases() {
        final MonitorView view = live;
        return view == null ? List.of() : view.cases();
    }

    @Override
    public Controls controls() {
        final MonitorView view = live;
        return view == null ? Controls.NONE : view.controls();
    }

    @Override
    public List<LatencyView> latency() {
        final MonitorView view = live;
        return view == null ? List.of() : view.latency();
    }

    @Override
    public Trend trend(final String key) {
        final MonitorView view = live;
        return view == null ? null : view.trend(key);
    }

    @Override
    public GateReading gate() {
        final MonitorView view = live;
        return view == null
                ? new GateReading(
                        "",
                        GateState.CLOSED,
                        STARTING,
                        List.of(),
                        startedAtNs / 1_000_000L,
                        startedAtNs)
                : view.gate();
    }

    @Override
    public List<GateReading> gates() {
        final MonitorView view = live;
        return view == null ? List.of() : view.gates();
    }

    @Override
    public GateReading gate(final String symbol) {
        final MonitorView view = live;
        return view == null ? null : view.gate(symbol);
    }

    @Override
    public List<BackfillView> backfills() {
        final MonitorView view = live;
        return view == null ? List.of() : view.backfills();
    }

    @Override
    public List<RedisNodeView> redisNodes() {
        final MonitorView view = live;
        return view == null ? List.of() : view.redisNodes();
    }

    @Override
    public List<FeedCopies> copies() {
        final MonitorView view = live;
        return view == null ? List.of() : view.copies();
    }

    @Override
    public Vitals vitals() {
        final MonitorView view = live;
        return view == null ? Vitals.NONE : view.vitals();
    }

    @Override
    public Thresholds thresholds() {
        final MonitorView view = live;
        return view == null ? Thresholds.GUIDE : view.thresholds();
    }

    @Override
    public List<Prerequisite> prerequisites() {
        final MonitorView view = live;
        return view == null ? List.of() : view.prerequisites();
    }

    @Override
    public Counters counters() {
        return counters;
    }

    @Override
    public Map<GaugeId, Long> gauges() {
        final MonitorView view = live;
        return view == null ? Map.of() : view.gauges();
    }
}
