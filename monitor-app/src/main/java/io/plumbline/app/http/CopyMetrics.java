package io.plumbline.app.http;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/** What two connections with the same streams are worth, each by itself. */
final class CopyMetrics implements MultiCollector {
    private static final double NANOS_PER_SECOND = 1e9;

    private final MonitorView view;

    CopyMetrics(final MonitorView view) {
        this.view = view;
    }

    @Override
    public MetricSnapshots collect() {
        final CounterSnapshot.Builder copies =
                CounterSnapshot.builder()
                        .name("plumbline_feed_copies")
                        .help(
                                "Messages of a connection that has a twin: first or duplicate,"
                                        + " missed by it alone, different from the first copy");
        final CounterSnapshot.Builder timed =
                CounterSnapshot.builder()
                        .name("plumbline_feed_copies_timed")
                        .help("Duplicates of which it is known how much later they came");
        final CounterSnapshot.Builder late =
                CounterSnapshot.builder()
                        .name("plumbline_feed_copies_late_seconds")
                        .help("Seconds by which those came later than the first copies, summed");
        for (final FeedCopies feed : view.copies()) {
            final Labels source = Labels.of("source", feed.name());
            copies.dataPoint(point(feed.first(), source.add("copy", "first")))
                    .dataPoint(point(feed.duplicate(), source.add("copy", "duplicate")))
                    .dataPoint(point(feed.missed(), source.add("copy", "missed")))
                    .dataPoint(point(feed.different(), source.add("copy", "different")));
            timed.dataPoint(point(feed.timed(), source));
            late.dataPoint(point(feed.lateNs() / NANOS_PER_SECOND, source));
        }
        return MetricSnapshots.builder()
                .metricSnapshot(copies.build())
                .metricSnapshot(timed.build())
                .metricSnapshot(late.build())
                .build();
    }

    private static CounterDataPointSnapshot point(final double value, final Labels labels) {
        return CounterDataPointSnapshot.builder().value(value).labels(labels).build();
    }
}
