package io.plumbline.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LatencyRecorderTest {
    private final Counters counters = new Counters();
    private final LatencyRecorder shared = new LatencyRecorder(Hop.ENGINE, "all", counters);
    private final LatencyRecorder own = LatencyRecorder.ofOneThread(Hop.ENGINE, "all", counters);

    @Test
    void shouldTellTheSameWhoeverRecords() {
        for (int bits = 0; bits < 40; bits++) {
            for (final long nearby : new long[] {-1, 0, 1, 12_345}) {
                record(Math.max(0, (1L << bits) + nearby));
            }
        }
        assertEquals(shared.interval(), own.interval());
        assertEquals(shared.total(), own.total());
    }

    @Test
    void shouldTakeAnIntervalOnce() {
        record(1_000_000);
        shared.interval();
        own.interval();
        record(3_000_000);
        record(3_000_000);
        assertEquals(shared.interval(), own.interval());
        assertEquals(0, own.interval().getTotalCount());
        assertEquals(3, own.total().getTotalCount());
    }

    @Test
    void shouldCountWhatIsBelowZero() {
        own.record(-1);
        assertEquals(0, own.interval().getTotalCount());
        assertEquals(1, counters.get(CounterId.LATENCY_NEGATIVE));
    }

    private void record(final long nanos) {
        shared.record(nanos);
        own.record(nanos);
    }
}
