/**
 * Probes of what stands around the price in a Redis: streams, queues, snapshots, keys without
 * expiry, and the channels of events. They only read; what it means is judged behind the ring.
 *
 * <pre>
 *  StreamProbe   XINFO STREAM, GROUPS, CONSUMERS, XPENDING, XRANGE ─▶ STREAM, GROUP
 *  QueueProbe    LLEN, LRANGE, CLIENT LIST, EXISTS ───────────────▶ QUEUE, RESULT
 *  SnapshotProbe GET or HGETALL, PTTL, SCAN ──────────────────────▶ SNAPSHOT
 *  NoExpiryProbe SCAN, PTTL ──────────────────────────────────────▶ CACHED   (NameWalk: every node)
 *  EventFeed     PSUBSCRIBE ──────────────────────────────────────▶ EVENT (ShapeReader takes it apart)
 * </pre>
 */
package io.plumbline.feed.redis.around;
