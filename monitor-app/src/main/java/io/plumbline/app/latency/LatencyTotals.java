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
    private static final int DIGITS = 2;

    private record Of(Hop hop, String name) {}

    /** Everything of one hop and name. */
    public record Total(Hop hop, String name, LatencyStats stats, LatencyBuckets buckets) {}

    private final Map<Of, Histogram> histograms = new LinkedHashMap<>();

    /** Adds what {@code recorders} took since they were last asked. */
    public void add(final List<LatencyRecorder> recorders) {
        for (final LatencyRecorder recorder : recorders) {
            final Histogram interval = recorder.interval();
            if (interval.getTotalCount() > 0) {
                add(recorder.hop(), recorder.name(), interval);
            }
        }
    }

    /** Adds one histogram, which stays the caller's. */
    void add(final Hop hop, final String name, final Histogram more) {
        final Histogram known = histograms.get(new Of(hop, name));
        if (known != null) {
            known.add(more);
        } else {
            final Histogram fresh = new Histogram(1_000, LatencyRecorder.HIGHEST_NS, DIGITS);
            fresh.setAutoResize(true);
            fresh.add(more);
            histograms.put(new Of(hop, name), fresh);
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
