package io.plumbline.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.HdrHistogram.Histogram;

/**
 * How many latencies there were of which size. One thread records and another one reads meanwhile,
 * with no barrier between them that would hold the first one up: the counts only grow, and who
 * reads takes what came since the last time. Sizes are told apart as an HdrHistogram from 1,000 ns
 * with two digits does.
 */
final class LatencyCounts {
    private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);

    /** Below this nothing is told apart: 512 ns. */
    private static final int UNIT_BITS = 9;

    /** A size is told by so many of its highest bits. */
    private static final int BITS = 8;

    private static final int HALF = 1 << (BITS - 1);
    private static final long LINEAR = (1L << (UNIT_BITS + BITS)) - 1;

    private final long[] counts = new long[index(LatencyRecorder.HIGHEST_NS) + 1];
    private final long[] taken = new long[counts.length];

    /**
     * The recording thread.
     *
     * @param nanos 0 to {@link LatencyRecorder#HIGHEST_NS}
     */
    void record(final long nanos) {
        final int i = index(nanos);
        COUNT.setOpaque(counts, i, counts[i] + 1);
    }

    /** The reading thread: adds what came since the last call. */
    void takeInto(final Histogram histogram) {
        for (int i = 0; i < counts.length; i++) {
            final long count = (long) COUNT.getOpaque(counts, i);
            if (count > taken[i]) {
                histogram.recordValueWithCount(lowest(i), count - taken[i]);
                taken[i] = count;
            }
        }
    }

    private static int index(final long nanos) {
        final int shift = Long.SIZE - BITS - Long.numberOfLeadingZeros(nanos | LINEAR);
        return (shift - UNIT_BITS) * HALF + (int) (nanos >>> shift);
    }

    private static long lowest(final int index) {
        final int doublings = Math.max(0, index / HALF - 1);
        return (long) (index - doublings * HALF) << (doublings + UNIT_BITS);
    }
}
