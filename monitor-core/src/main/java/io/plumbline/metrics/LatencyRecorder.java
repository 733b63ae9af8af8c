package io.plumbline.metrics;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * Latencies of one hop and one source, nanoseconds. Any thread records; the reporter takes
 * intervals. Bounded: a value above 60 s is recorded as 60 s, one below zero is counted and not
 * recorded.
 */
public final class LatencyRecorder {
    /** The largest latency that is told apart. */
    public static final long HIGHEST_NS = 60_000_000_000L;

    private static final int DIGITS = 2;

    private final Hop hop;
    private final String name;
    private final Counters counters;
    private final Recorder recorder = new Recorder(1_000, HIGHEST_NS, DIGITS);
    private final Histogram total = new Histogram(1_000, HIGHEST_NS, DIGITS);
    private Histogram interval;

    /**
     * @param name what the latencies belong to: a venue, a Redis server, "all"
     */
    public LatencyRecorder(final Hop hop, final String name, final Counters counters) {
        this.hop = hop;
        this.name = name;
        this.counters = counters;
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
        } else {
            recorder.recordValue(Math.min(nanos, HIGHEST_NS));
        }
    }

    /**
     * What came in since the last call, also added to the total. Reporter thread only; the
     * histogram is valid until the next call.
     */
    public synchronized Histogram interval() {
        interval = recorder.getIntervalHistogram(interval);
        total.add(interval);
        return interval;
    }

    /** A copy of everything up to the last {@link #interval()}. */
    public synchronized Histogram total() {
        return total.copy();
    }
}
