package io.plumbline.app.latency;

import io.plumbline.metrics.Hop;
import io.plumbline.metrics.LatencyRecorder;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Takes every recorder's interval when it is due, keeps the last one and the total for the API, and
 * gives it to the sink.
 *
 * <p>One thread calls {@link #poll} and {@link #close}; {@link #latest} may be called by any.
 */
public final class LatencyReporter implements AutoCloseable {
    private final List<LatencyRecorder> recorders;
    private final LatencyBuckets[] buckets;
    private final IntervalSink sink;
    private final long intervalNs;
    private long fromNs;
    private long nowNs;
    private volatile List<LatencyView> latest;

    /**
     * @param recorders one per (hop, name), complete: none is added later
     * @param sink closed by {@link #close}
     * @param intervalNs the length of an interval
     * @param startNs when the first interval begins, ns since the epoch
     */
    public LatencyReporter(
            final List<LatencyRecorder> recorders,
            final IntervalSink sink,
            final long intervalNs,
            final long startNs) {
        if (intervalNs <= 0) {
            throw new IllegalArgumentException("latency interval must be above 0 ns");
        }
        this.recorders = List.copyOf(recorders);
        this.sink = sink;
        this.intervalNs = intervalNs;
        fromNs = startNs;
        nowNs = startNs;
        buckets = new LatencyBuckets[this.recorders.size()];
        final List<LatencyView> views = new ArrayList<>(buckets.length);
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = LatencyBuckets.EMPTY;
            views.add(
                    view(
                            this.recorders.get(i),
                            startNs,
                            LatencyStats.EMPTY,
                            LatencyStats.EMPTY,
                            i));
        }
        latest = List.copyOf(views);
    }

    /**
     * Reports if an interval has passed; call it from a timer that ticks more often than that.
     *
     * @return whether it reported
     */
    public boolean poll(final long nowNs) {
        this.nowNs = Math.max(this.nowNs, nowNs);
        if (this.nowNs - fromNs < intervalNs) {
            return false;
        }
        report(this.nowNs);
        return true;
    }

    /** The last interval and the total of every recorder, in their order. */
    public List<LatencyView> latest() {
        return latest;
    }

    /** Reports what came in since the last interval, up to the last {@link #poll}'s time. */
    @Override
    public void close() {
        report(nowNs);
        sink.close();
    }

    private void report(final long toNs) {
        final List<LatencyView> views = new ArrayList<>(buckets.length);
        for (int i = 0; i < buckets.length; i++) {
            final LatencyRecorder recorder = recorders.get(i);
            final Histogram interval = recorder.interval();
            LatencyStats total = latest.get(i).total();
            if (interval.getTotalCount() > 0) {
                total = LatencyStats.of(recorder.total());
                buckets[i] = buckets[i].plus(interval);
                sink.append(recorder.hop(), recorder.name(), fromNs, toNs, interval);
            }
            views.add(view(recorder, toNs, LatencyStats.of(interval), total, i));
        }
        sink.intervalEnd();
        latest = List.copyOf(views);
        fromNs = toNs;
    }

    private LatencyView view(
            final LatencyRecorder recorder,
            final long toNs,
            final LatencyStats interval,
            final LatencyStats total,
            final int index) {
        final Hop hop = recorder.hop();
        return new LatencyView(hop, recorder.name(), fromNs, toNs, interval, total, buckets[index]);
    }
}
