package io.plumbline.app.latency;

import org.HdrHistogram.Histogram;

/**
 * What one histogram says, in nanoseconds; all zero when it is empty. Percentiles are upper ends of
 * histogram cells: at most 1 % above the true value.
 */
public record LatencyStats(
        long count, long minNs, long p50Ns, long p90Ns, long p99Ns, long p999Ns, long maxNs) {
    /** Nothing recorded. */
    public static final LatencyStats EMPTY = new LatencyStats(0, 0, 0, 0, 0, 0, 0);

    /** Reads {@code histogram}, which nobody may write meanwhile. */
    static LatencyStats of(final Histogram histogram) {
        return histogram.getTotalCount() == 0
                ? EMPTY
                : new LatencyStats(
                        histogram.getTotalCount(),
                        histogram.getMinValue(),
                        histogram.getValueAtPercentile(50),
                        histogram.getValueAtPercentile(90),
                        histogram.getValueAtPercentile(99),
                        histogram.getValueAtPercentile(99.9),
                        histogram.getMaxValue());
    }
}
