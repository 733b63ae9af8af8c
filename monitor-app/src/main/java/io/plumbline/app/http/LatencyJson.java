package io.plumbline.app.http;

import io.plumbline.app.latency.LatencyBuckets;
import io.plumbline.app.latency.LatencyStats;
import io.plumbline.app.latency.LatencyView;

/** One hop as JSON: in {@code /api/latency} and in the dashboard's events. */
final class LatencyJson {
    private static final Shape STATS =
            Shape.object()
                    .whole("count", "")
                    .whole("minNs", "")
                    .whole("p50Ns", "")
                    .whole("p90Ns", "")
                    .whole("p99Ns", "")
                    .whole("p999Ns", "")
                    .whole("maxNs", "");

    static final Shape SHAPE =
            Shape.object()
                    .text("hop", "A stretch of the way.")
                    .text("name", "The venue, the Redis, or all.")
                    .text("meaning", "From where to where.")
                    .time("from", "Begin of the interval.")
                    .orNull()
                    .time("to", "Its end.")
                    .orNull()
                    .object("interval", "The last one.", STATS)
                    .object("total", "Since the start.", STATS);

    static final Shape BUCKETS =
            Shape.object()
                    .text("hop", "A stretch of the way.")
                    .text("name", "The venue, the Redis, or all.")
                    .anything("buckets", "[upToNs, count]; the last has null for upToNs.");

    private LatencyJson() {}

    static void append(final Json json, final LatencyView latency) {
        json.open()
                .field("hop", latency.hop().label())
                .field("name", latency.name())
                .field("meaning", latency.hop().sentence())
                .time("from", latency.fromNs())
                .time("to", latency.toNs());
        stats(json.name("interval"), latency.interval());
        stats(json.name("total"), latency.total());
        json.close();
    }

    private static void stats(final Json json, final LatencyStats stats) {
        json.open()
                .field("count", stats.count())
                .field("minNs", stats.minNs())
                .field("p50Ns", stats.p50Ns())
                .field("p90Ns", stats.p90Ns())
                .field("p99Ns", stats.p99Ns())
                .field("p999Ns", stats.p999Ns())
                .field("maxNs", stats.maxNs())
                .close();
    }

    /**
     * The histogram since the start: {@code buckets: [[upToNs, count], ...]}, null without an end.
     */
    static void buckets(final Json json, final LatencyView latency) {
        json.open().field("hop", latency.hop().label()).field("name", latency.name());
        json.name("buckets").openArray();
        for (int i = 0; i < LatencyBuckets.size(); i++) {
            final long upToNs = LatencyBuckets.upToNs(i);
            json.openArray()
                    .raw(upToNs == Long.MAX_VALUE ? "null" : Long.toString(upToNs))
                    .raw(Long.toString(latency.buckets().count(i)))
                    .closeArray();
        }
        json.closeArray().close();
    }
}
