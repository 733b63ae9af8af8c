package io.plumbline.app.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.metrics.Counters;
import io.plumbline.metrics.Hop;
import io.plumbline.metrics.LatencyRecorder;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencyReporterTest {
    private static final long SECOND = 1_000_000_000L;

    private final LatencyRecorder engine = new LatencyRecorder(Hop.ENGINE, "all", new Counters());
    private final LatencyRecorder redis =
            new LatencyRecorder(Hop.REDIS_ROUND_TRIP, "main", new Counters());
    private final Collected sink = new Collected();
    private final LatencyReporter reporter =
            new LatencyReporter(List.of(engine, redis), sink, 10 * SECOND, 100 * SECOND);

    @Test
    void shouldReportOnlyWhenAnIntervalHasPassed() {
        engine.record(5_000);
        assertFalse(reporter.poll(109 * SECOND));
        assertTrue(reporter.poll(110 * SECOND));
        assertFalse(reporter.poll(111 * SECOND));
        redis.record(7_000);
        redis.record(7_000);
        assertTrue(reporter.poll(121 * SECOND));
        assertEquals(
                List.of("ENGINE all 100-110 1", "end", "REDIS_ROUND_TRIP main 110-121 2", "end"),
                sink.lines);
    }

    @Test
    void shouldShowTheLastIntervalAndTheTotal() {
        engine.record(1_000_000);
        reporter.poll(110 * SECOND);
        engine.record(3_000_000);
        engine.record(4_000_000);
        reporter.poll(120 * SECOND);
        final LatencyView view = reporter.latest().get(0);
        assertEquals(Hop.ENGINE, view.hop());
        assertEquals("all", view.name());
        assertEquals(110 * SECOND, view.fromNs());
        assertEquals(120 * SECOND, view.toNs());
        assertEquals(2, view.interval().count());
        assertEquals(3, view.total().count());
        assertNear(3_000_000, view.interval().minNs());
        assertNear(1_000_000, view.total().minNs());
        assertNear(4_000_000, view.total().maxNs());
        assertNear(3_000_000, view.total().p50Ns());
        assertEquals(LatencyStats.EMPTY, reporter.latest().get(1).total());
    }

    @Test
    void shouldSortEverythingSinceTheStartIntoBuckets() {
        engine.record(800);
        engine.record(40_000);
        reporter.poll(110 * SECOND);
        engine.record(40_000);
        engine.record(30 * SECOND);
        reporter.poll(120 * SECOND);
        final LatencyBuckets buckets = reporter.latest().get(0).buckets();
        final List<String> filled = new ArrayList<>();
        for (int i = 0; i < LatencyBuckets.size(); i++) {
            if (buckets.count(i) > 0) {
                filled.add(LatencyBuckets.upToNs(i) + ":" + buckets.count(i));
            }
        }
        assertEquals(List.of("2500:1", "50000:2", Long.MAX_VALUE + ":1"), filled);
        assertNear(30 * SECOND, buckets.sumNs());
    }

    @Test
    void shouldShowEveryRecorderBeforeTheFirstInterval() {
        final List<String> names = new ArrayList<>();
        reporter.latest().forEach(view -> names.add(view.name() + view.total().count()));
        assertEquals(List.of("all0", "main0"), names);
    }

    @Test
    void shouldReportTheRestWhenClosed() {
        reporter.poll(104 * SECOND);
        engine.record(5_000);
        reporter.close();
        assertEquals(List.of("ENGINE all 100-104 1", "end", "closed"), sink.lines);
    }

    /** Within the histogram's two digits. */
    private static void assertNear(final long expected, final long actual) {
        assertTrue(Math.abs(expected - actual) <= expected / 50, expected + " but " + actual);
    }

    private static final class Collected implements IntervalSink {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void append(
                final Hop hop,
                final String name,
                final long fromNs,
                final long toNs,
                final Histogram histogram) {
            lines.add(
                    hop
                            + " "
                            + name
                            + " "
                            + fromNs / SECOND
                            + "-"
                            + toNs / SECOND
                            + " "
                            + histogram.getTotalCount());
        }

        @Override
        public void intervalEnd() {
            lines.add("end");
        }

        @Override
        public void close() {
            lines.add("closed");
        }
    }
}
