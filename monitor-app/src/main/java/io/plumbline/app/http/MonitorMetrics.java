package io.plumbline.app.http;

import io.plumbline.market.SessionState;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Map;
import java.util.TreeMap;

/**
 * Levels of the monitor: health, rings, feeds, verdicts, coverage. Symbols are counted per venue
 * and verdict, not one by one: thousands of them would be a series each.
 */
final class MonitorMetrics implements MultiCollector {
    private static final double NANOS_PER_SECOND = 1e9;

    private final MonitorView view;

    MonitorMetrics(final MonitorView view) {
        this.view = view;
    }

    @Override
    public MetricSnapshots collect() {
        final MetricSnapshots.Builder snapshots = MetricSnapshots.builder();
        final long nowNs = health(snapshots);
        view.gauges()
                .forEach(
                        (id, value) ->
                                snapshots.metricSnapshot(
                                        gauge(id.metric(), id.sentence())
                                                .dataPoint(point(value, Labels.EMPTY))
                                                .build()));
        dependencies(snapshots, nowNs);
        symbols(snapshots);
        return snapshots.build();
    }

    private long health(final MetricSnapshots.Builder snapshots) {
        final Health health = view.health();
        final GaugeSnapshot.Builder status =
                gauge("plumbline_health", "1 at the status that holds, 0 at the others");
        for (final Health.Status each : Health.Status.values()) {
            status.dataPoint(point(each == health.status(), Labels.of("status", each.name())));
        }
        snapshots.metricSnapshot(status.build());
        snapshots.metricSnapshot(
                gauge("plumbline_ready", "1 once everything configured has been live")
                        .dataPoint(point(view.readiness().ready(), Labels.EMPTY))
                        .build());
        snapshots.metricSnapshot(
                InfoSnapshot.builder()
                        .name("plumbline_build")
                        .help("The version that runs")
                        .dataPoint(
                                InfoDataPointSnapshot.builder()
                                        .labels(Labels.of("version", health.version()))
                                        .build())
                        .build());
        return health.nowNs();
    }

    private void dependencies(final MetricSnapshots.Builder snapshots, final long nowNs) {
        final GaugeSnapshot.Builder up =
                gauge("plumbline_dependency_up", "1 while the dependency needs nobody's attention");
        final GaugeSnapshot.Builder silent =
                gauge(
                        "plumbline_dependency_silent_seconds",
                        "Seconds since something last came or went through the dependency");
        final GaugeSnapshot.Builder state =
                gauge("plumbline_feed_state", "1 at the session state of the feed, 0 elsewhere");
        final GaugeSnapshot.Builder epoch =
                gauge("plumbline_feed_epoch", "Number of the feed's current connection");
        for (final Dependency dependency : view.dependencies()) {
            final Labels labels =
                    Labels.of("name", dependency.name(), "kind", dependency.kind().label());
            up.dataPoint(point(dependency.healthy(), labels));
            if (dependency.lastMessageNs() > 0) {
                final long silentNs = Math.max(0, nowNs - dependency.lastMessageNs());
                silent.dataPoint(point(silentNs / NANOS_PER_SECOND, labels));
            }
            if (dependency.kind() == Dependency.Kind.VENUE
                    || dependency.kind() == Dependency.Kind.REDIS) {
                final Labels source = Labels.of("source", dependency.name());
                epoch.dataPoint(point(dependency.epoch(), source));
                for (final SessionState each : SessionState.values()) {
                    state.dataPoint(
                            point(
                                    each.name().equals(dependency.state()),
                                    source.add("state", each.name())));
                }
            }
        }
        snapshots
                .metricSnapshot(up.build())
                .metricSnapshot(silent.build())
                .metricSnapshot(state.build())
                .metricSnapshot(epoch.build());
    }

    private void symbols(final MetricSnapshots.Builder snapshots) {
        final Map<String, Map<String, Integer>> verdicts = new TreeMap<>();
        final Map<String, Coverage> coverage = new TreeMap<>();
        for (final SymbolStatus symbol : view.symbols()) {
            verdicts.computeIfAbsent(symbol.venue(), venue -> new TreeMap<>())
                    .merge(symbol.verdict(), 1, Integer::sum);
            coverage.merge(symbol.venue(), symbol.coverage(), Coverage::plus);
        }
        final GaugeSnapshot.Builder counts =
                gauge("plumbline_symbols", "Watched keys by venue and present verdict");
        verdicts.forEach(
                (venue, byVerdict) ->
                        byVerdict.forEach(
                                (verdict, count) ->
                                        counts.dataPoint(
                                                point(
                                                        count,
                                                        Labels.of(
                                                                "venue", venue,
                                                                "verdict", verdict)))));
        final CounterSnapshot.Builder seconds =
                CounterSnapshot.builder()
                        .name("plumbline_coverage_seconds")
                        .help("Seconds, summed over the symbols, by what could be said of them");
        coverage.forEach(
                (venue, sum) ->
                        seconds.dataPoint(covered(sum.verified(), venue, "verified"))
                                .dataPoint(covered(sum.unverifiable(), venue, "unverifiable"))
                                .dataPoint(covered(sum.quiet(), venue, "quiet"))
                                .dataPoint(covered(sum.closed(), venue, "closed")));
        snapshots.metricSnapshot(counts.build()).metricSnapshot(seconds.build());
    }

    private static CounterDataPointSnapshot covered(
            final long seconds, final String venue, final String kind) {
        return CounterDataPointSnapshot.builder()
                .value(seconds)
                .labels(Labels.of("venue", venue, "class", kind))
                .build();
    }

    private static GaugeSnapshot.Builder gauge(final String name, final String help) {
        return GaugeSnapshot.builder().name(name).help(help);
    }

    private static GaugeDataPointSnapshot point(final boolean holds, final Labels labels) {
        return point(holds ? 1 : 0, labels);
    }

    private static GaugeDataPointSnapshot point(final double value, final Labels labels) {
        return GaugeDataPointSnapshot.builder().value(value).labels(labels).build();
    }
}
