package io.plumbline.app.latency;

import io.plumbline.metrics.Hop;

/**
 * The latencies of one hop and one name at the end of the last interval.
 *
 * @param name what they belong to: a venue, a Redis server, "all"
 * @param fromNs begin of the last interval, ns since the epoch
 * @param toNs its end, ns since the epoch
 * @param interval what came in during it
 * @param total everything since the start, up to its end
 * @param buckets the same in fixed buckets
 */
public record LatencyView(
        Hop hop,
        String name,
        long fromNs,
        long toNs,
        LatencyStats interval,
        LatencyStats total,
        LatencyBuckets buckets) {}
