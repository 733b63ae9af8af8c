package io.plumbline.app.latency;

import io.plumbline.metrics.Hop;
import io.plumbline.metrics.LatencyRecorder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** The latencies of several runs added up, by hop and name. One thread. */
public final class LatencyTotals {
    private record Of(Hop hop, String name) {}

    /** Everything of one hop and name. */
    public record Total(Hop hop, String name, LatencyStats stats, LatencyBuckets buckets) {}

    private final Map<Of, Histogram> histograms = new LinkedHashMap<>();

    /** Adds what {@code recorders} took since they were last asked. */
    public void add(final List<LatencyRecorder> recorders) {
        for (final LatencyRecorder recorder : recorders) {
            final Histogram interval = recorder.interval();
            if (interval.getTotalCount() > 0) {
                histograms.merge(
                        new Of(recorder.hop(), recorder.name()),
                        interval.copy(),
                        (all, more) -> {
                            all.add(more);
                            return all;
                        });
            }
        }
    }

    /** What came together, empty ones left out, in the order in which they were met. */
    public List<Total> all() {
        final List<Total> totals = new ArrayList<>();
        histograms.forEach(
                (of, histogram) ->
                        totals.add(
                                new Total(
                                        of.hop,
                                        of.name,
                                        LatencyStats.of(histogram),
                                        LatencyBuckets.EMPTY.plus(histogram))));
        return totals;
    }
}
