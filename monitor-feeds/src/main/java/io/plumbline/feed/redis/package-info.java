/**
 * The observer of a Redis: one server, the master that sentinels name, or every shard of a Cluster.
 *
 * <pre>
 *  sentinels ──▶ MasterWatch  ─┐ NodeFinder: which node
 *  nodes ──────▶ ClusterWatch ─┤ Territory: which keys          threads: redis-sentinel-NAME,
 *                (Shards)      ▼                                         redis-cluster-NAME
 *  RedisFeed ──▶ NodeObserver, one per part ──▶ its source {@code redis/NAME}, {@code redis/NAME/2}
 *
 *  and in each part:
 *             push connection (NotificationRung | TrackingRung)
 *  Redis ───────────────────────────────────────▶ PushReader          thread: redis-push-NAME
 *    ▲                                                │ key ids, first stamps; never waits
 *    │                                                ▼
 *    │                                            DirtyKeys            coalesced per key, bounded
 *    │        data connection                         │
 *    └──── KeyReader ◀── drain │ Sweep │ SamplingRung ◀┘               thread: redis-data-NAME
 *              │                    │
 *              ▼                    ▼
 *          KeyViews ──▶ Observer ──▶ Inbound: REDIS_VALUE, REDIS_EVENT, SESSION, MONITOR, HEARTBEAT
 *
 *  Ladder (data thread): which rung, barrier ping, falling and climbing
 *
 *  and beside the prices, on connections of their own:
 *  RedisProbeServer ──▶ ProbeLink ──▶ probe.ProbeFeed ──▶ PROBE       thread: probe-NAME
 *  channels ──────────▶ EventFeed ──────────────────────▶ PROBE       thread: redis-events-NAME
 * </pre>
 *
 * <p>Push for latency, sweep for truth, ping for liveness. The push thread only marks keys; the
 * data thread reads them, decides, and is the only one to offer messages, so they stand in one
 * order. A key that is mentioned again while its read is under way is read again. A difference that
 * the sweep finds counts as a missed write only after a ping, sent on the push connection after the
 * read, was answered and the key is still untold.
 *
 * <p>A part of a Cluster stands for a shard, not for a node, and reads what it hears of. MOVED and
 * ASK mean that a key is elsewhere, never that it is gone: only the owner of its slot can say that.
 * So a slot that moves deletes nothing, and a replica that is still subscribed adds nothing.
 *
 * <p>On the engine's side {@link io.plumbline.feed.redis.RedisDecoder} reads what {@link
 * io.plumbline.feed.redis.ObservationWriter} wrote. Nothing here ever writes to Redis or changes
 * its configuration.
 */
package io.plumbline.feed.redis;
