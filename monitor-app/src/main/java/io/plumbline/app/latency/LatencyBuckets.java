package io.plumbline.app.latency;

import java.util.Arrays;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Everything recorded since the start in fixed buckets, so that Prometheus can add instances and
 * take percentiles over any window. Immutable.
 */
public final class LatencyBuckets {
    /** Upper ends of all buckets but the last, which takes what lies above. */
    private static final long[] BOUNDS_NS = {
        1_000L,
        2_500L,
        5_000L,
        10_000L,
        25_000L,
        50_000L,
        100_000L,
        250_000L,
        500_000L,
        1_000_000L,
        2_500_000L,
        5_000_000L,
        10_000_000L,
        25_000_000L,
        50_000_000L,
        100_000_000L,
        250_000_000L,
        500_000_000L,
        1_000_000_000L,
        2_500_000_000L,
        10_000_000_000L
    };

    /** Nothing recorded. */
    public static final LatencyBuckets EMPTY = new LatencyBuckets(new long[size()], 0);

    private final long[] counts;
    private final long sumNs;

    private LatencyBuckets(final long[] counts, final long sumNs) {
        this.counts = counts;
        this.sumNs = sumNs;
    }

    /** These and the values of {@code interval}, which nobody may write meanwhile. */
    LatencyBuckets plus(final Histogram interval) {
        final long[] next = counts.clone();
        long sum = sumNs;
        for (final HistogramIterationValue cell : interval.recordedValues()) {
            final long count = cell.getCountAddedInThisIterationStep();
            final int found = Arrays.binarySearch(BOUNDS_NS, cell.getValueIteratedTo());
            next[found < 0 ? -found - 1 : found] += count;
            sum += count * interval.medianEquivalentValue(cell.getValueIteratedTo());
        }
        return new LatencyBuckets(next, sum);
    }

    /** How many buckets there are, the open one included. */
    public static int size() {
        return BOUNDS_NS.length + 1;
    }

    /** Upper end of a bucket in nanoseconds; {@link Long#MAX_VALUE} for the open one. */
    public static long upToNs(final int bucket) {
        return bucket < BOUNDS_NS.length ? BOUNDS_NS[bucket] : Long.MAX_VALUE;
    }

    /** How many values lie in this bucket alone. */
    public long count(final int bucket) {
        return counts[bucket];
    }

    /** The sum of all values as far as the histogram tells them apart. */
    public long sumNs() {
        return sumNs;
    }
}
