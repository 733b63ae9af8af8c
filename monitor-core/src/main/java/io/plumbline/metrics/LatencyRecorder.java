package io.plumbline.metrics;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * Latencies of one hop and one source, nanoseconds. Any thread records, or one only where it was
 * made for that, which costs less; the reporter takes intervals. Bounded: a value above 60 s is
 * recorded as 60 s, one below zero is counted and not recorded.
 */
public final class LatencyRecorder {
    /** The largest latency that is told apart. */
    public static final long HIGHEST_NS = 60_000_000_000L;

    private static final int DIGITS = 2;

    private final Hop hop;
    private final String name;
    private final Counters counters;
    private final Histogram total = new Histogram(1_000, HIGHEST_NS, DIGITS);

    /** One of the two. */
    private final Recorder shared;

    private final LatencyCounts own;
    private Histogram interval;

    /**
     * @param name what the latencies belong to: a venue, a Redis server, "all"
     */
    public LatencyRecorder(final Hop hop, final String name, final Counters counters) {
        this(hop, name, counters, new Recorder(1_000, HIGHEST_NS, DIGITS), null);
    }

    private LatencyRecorder(
            final Hop hop,
            final String name,
            final Counters counters,
            final Recorder shared,
            final LatencyCounts own) {
        this.hop = hop;
        this.name = name;
        this.counters = counters;
        this.shared = shared;
        this.own = own;
    }

    /** The same for one thread that records. */
    public static LatencyRecorder ofOneThread(
            final Hop hop, final String name, final Counters counters) {
        return new LatencyRecorder(hop, name, counters, null, new LatencyCounts());
    }

    public Hop hop() {
        return hop;
    }

    public String name() {
        return name;
    }

    public void record(final long nanos) {
        if (nanos < 0) {
            counters.increment(CounterId.LATENCY_NEGATIVE);
        } else if (own != null) {
            own.record(Math.min(nanos, HIGHEST_NS));
        } else {
            shared.recordValue(Math.min(nanos, HIGHEST_NS));
        }
    }

    /**
     * What came in since the last call, also added to the total. Reporter thread only; the
     * histogram is valid until the next call.
     */
    public synchronized Histogram interval() {
        if (own == null) {
            interval = shared.getIntervalHistogram(interval);
        } else {
            interval = interval == null ? new Histogram(1_000, HIGHEST_NS, DIGITS) : interval;
            interval.reset();
            own.takeInto(interval);
        }
        if (interval.getTotalCount() > 0) {
            total.add(interval);
        }
        return interval;
    }

    /** A copy of everything up to the last {@link #interval()}. */
    public synchronized Histogram total() {
        return total.copy();
    }
}
