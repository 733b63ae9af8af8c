package io.plumbline.app;

import io.plumbline.app.http.Vitals;
import io.plumbline.feed.Feed;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the connections to venues went within the last hour: the counters as they stood every ten
 * seconds, and for how long each feed was up. The desk's clock writes, any thread reads.
 */
final class VitalSigns {
    private static final long SAMPLE_NS = 10_000_000_000L;
    private static final long HOUR_NS = 3_600_000_000_000L;
    private static final long RECENT_NS = 300_000_000_000L;
    private static final int SAMPLES = (int) (HOUR_NS / SAMPLE_NS) + 1;

    /** Everything that is counted, as it stood. */
    private record Sample(
            long atNs,
            long attempts,
            long refused,
            long ended,
            long planned,
            long messages,
            long unparsed,
            long[] upNs) {}

    private final Counters counters;
    private final List<Feed> venues;
    private final Deque<Sample> samples = new ArrayDeque<>(SAMPLES);
    private final long[] upNs;
    private long lastNs;

    VitalSigns(final Counters counters, final List<Feed> venues) {
        this.counters = counters;
        this.venues = venues;
        upNs = new long[venues.size()];
    }

    /** Several times a second. */
    synchronized void record(final long nowNs) {
        final long passedNs = lastNs == 0 ? 0 : Math.max(0, nowNs - lastNs);
        lastNs = nowNs;
        for (int i = 0; i < upNs.length; i++) {
            if (venues.get(i).status().state().hears()) {
                upNs[i] += passedNs;
            }
        }
        if (samples.isEmpty() || nowNs - samples.getLast().atNs >= SAMPLE_NS) {
            if (samples.size() == SAMPLES) {
                samples.removeFirst();
            }
            samples.addLast(sample(nowNs));
        }
    }

    private Sample sample(final long nowNs) {
        return new Sample(
                nowNs,
                counters.get(CounterId.FEED_CONNECT_ATTEMPTS),
                counters.get(CounterId.FEED_CONNECT_FAILURES),
                counters.get(CounterId.FEED_DISCONNECTS),
                counters.get(CounterId.FEED_ROTATIONS),
                counters.get(CounterId.FEED_FRAMES),
                counters.get(CounterId.ENGINE_UNPARSED),
                upNs.clone());
    }

    synchronized Vitals read(final long nowNs) {
        if (samples.isEmpty()) {
            return Vitals.NONE;
        }
        final Sample now = sample(nowNs);
        final Sample hour = since(nowNs - HOUR_NS);
        final Sample recent = since(nowNs - RECENT_NS);
        final long planned = now.planned - hour.planned;
        final Map<String, Long> up = new HashMap<>();
        for (int i = 0; i < upNs.length; i++) {
            up.put(venues.get(i).name(), now.upNs[i] - hour.upNs[i]);
        }
        return new Vitals(
                Math.max(0, nowNs - hour.atNs),
                now.attempts - hour.attempts,
                now.refused - hour.refused,
                Math.max(0, now.ended - hour.ended - planned),
                planned,
                venues.stream().filter(venue -> venue.status().state().hears()).count(),
                up,
                Math.max(0, nowNs - recent.atNs),
                now.messages - recent.messages,
                now.unparsed - recent.unparsed);
    }

    /** The first sample of this time or later; the first of all counts from the start. */
    private Sample since(final long atNs) {
        for (final Sample sample : samples) {
            if (sample.atNs >= atNs) {
                return sample;
            }
        }
        return samples.getLast();
    }
}
