package io.plumbline.app.http;

import io.plumbline.app.latency.LatencyBuckets;
import io.plumbline.app.latency.LatencyStats;
import io.plumbline.app.latency.LatencyView;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/**
 * Latencies in seconds: everything since the start as a histogram, for percentiles over any window
 * and any number of monitors; and the exact percentiles of the last interval, which no fixed bucket
 * can give.
 */
final class LatencyMetrics implements MultiCollector {
    private static final double NANOS_PER_SECOND = 1e9;

    private final MonitorView view;

    LatencyMetrics(final MonitorView view) {
        this.view = view;
    }

    @Override
    public MetricSnapshots collect() {
        final HistogramSnapshot.Builder totals =
                HistogramSnapshot.builder()
                        .name("plumbline_latency_seconds")
                        .help("Latency per hop since the start");
        final GaugeSnapshot.Builder intervals =
                GaugeSnapshot.builder()
                        .name("plumbline_latency_interval_seconds")
                        .help("Percentiles of the latency per hop over the last interval");
        for (final LatencyView latency : view.latency()) {
            final Labels labels = Labels.of("hop", latency.hop().label(), "name", latency.name());
            totals.dataPoint(
                    HistogramDataPointSnapshot.builder()
                            .classicHistogramBuckets(buckets(latency.buckets()))
                            .sum(latency.buckets().sumNs() / NANOS_PER_SECOND)
                            .labels(labels)
                            .build());
            final LatencyStats stats = latency.interval();
            if (stats.count() > 0) {
                intervals
                        .dataPoint(percentile(labels, "50", stats.p50Ns()))
                        .dataPoint(percentile(labels, "90", stats.p90Ns()))
                        .dataPoint(percentile(labels, "99", stats.p99Ns()))
                        .dataPoint(percentile(labels, "99.9", stats.p999Ns()))
                        .dataPoint(percentile(labels, "100", stats.maxNs()));
            }
        }
        return MetricSnapshots.of(totals.build(), intervals.build());
    }

    private static ClassicHistogramBuckets buckets(final LatencyBuckets latencies) {
        final ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        for (int i = 0; i < LatencyBuckets.size(); i++) {
            final long upToNs = LatencyBuckets.upToNs(i);
            buckets.bucket(
                    upToNs == Long.MAX_VALUE ? Double.POSITIVE_INFINITY : upToNs / NANOS_PER_SECOND,
                    latencies.count(i));
        }
        return buckets.build();
    }

    private static GaugeDataPointSnapshot percentile(
            final Labels labels, final String percentile, final long nanos) {
        return GaugeDataPointSnapshot.builder()
                .value(nanos / NANOS_PER_SECOND)
                .labels(labels.add("percentile", percentile))
                .build();
    }
}
