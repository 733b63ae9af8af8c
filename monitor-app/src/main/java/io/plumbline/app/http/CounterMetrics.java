package io.plumbline.app.http;

import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/** Every {@link CounterId} as a Prometheus counter. */
final class CounterMetrics implements MultiCollector {
    /** The library adds this to the name of every counter itself. */
    private static final String SUFFIX = "_total";

    private final Counters counters;

    CounterMetrics(final Counters counters) {
        this.counters = counters;
    }

    @Override
    public MetricSnapshots collect() {
        final MetricSnapshots.Builder snapshots = MetricSnapshots.builder();
        for (final CounterId id : CounterId.values()) {
            final String name = id.metric();
            snapshots.metricSnapshot(
                    CounterSnapshot.builder()
                            .name(name.substring(0, name.length() - SUFFIX.length()))
                            .help(id.sentence())
                            .dataPoint(
                                    CounterDataPointSnapshot.builder()
                                            .value(counters.get(id))
                                            .build())
                            .build());
        }
        return snapshots.build();
    }
}
