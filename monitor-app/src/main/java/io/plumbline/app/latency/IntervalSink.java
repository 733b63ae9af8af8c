package io.plumbline.app.latency;

import io.plumbline.metrics.Hop;
import org.HdrHistogram.Histogram;

/** Takes the histograms of every interval. Reporter thread only. */
public interface IntervalSink extends AutoCloseable {
    /** Keeps nothing. */
    IntervalSink NONE =
            new IntervalSink() {
                @Override
                public void append(
                        final Hop hop,
                        final String name,
                        final long fromNs,
                        final long toNs,
                        final Histogram histogram) {}

                @Override
                public void intervalEnd() {}

                @Override
                public void close() {}
            };

    /**
     * One histogram that is not empty; it is valid during the call only. Never throws: a sink that
     * cannot write says so by its own means and drops.
     */
    void append(Hop hop, String name, long fromNs, long toNs, Histogram histogram);

    /** All histograms of the interval were given. */
    void intervalEnd();

    @Override
    void close();
}
