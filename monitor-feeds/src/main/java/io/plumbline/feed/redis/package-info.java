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
 *             push connection: ReplicationRung | StreamRung | ChannelRung
 *                              | NotificationRung | TrackingRung
 *  Redis ───────────────────────────────────────▶ PushReader          thread: redis-push-NAME
 *    ▲                                     key ids │    │ writes with their value
 *    │                                             ▼    ▼
 *    │                         coalesced per key  DirtyKeys  ToldWrites   in order; both bounded
 *    │        data connection                          │    │
 *    └──── KeyReader ◀── ObservingTurn: drain │ Sweep │ SamplingRung   thread: redis-data-NAME
 *              │                │             │ WriteTeller, TapObserver (AlignedRead)
 *              ▼                ▼
 *          KeyViews ──▶ Observer ──▶ Inbound: REDIS_VALUE, REDIS_EVENT, SESSION, MONITOR, HEARTBEAT
 *
 *  Ladder (data thread): which rung, Barrier pings, falling, climbing, going on; RungOptions: why
 *
 *  and in the tap's push thread:
 *  ReplicationLink ──▶ ReplicationParser ──▶ CommandEffects ──▶ ToldWrites
 *    PSYNC, bytes        commands, offsets     writes of watched keys
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
 * read, was answered and the key is still untold. Where the push tells of deadlines too, a sweep
 * asks only for those that are near, and for the others in turns. While half of the ring is taken,
 * writes that came with their value wait, and with them whoever can: the tap and the stream.
 *
 * <p>The replication stream carries the writes themselves. The tap waits when the data thread does
 * not keep up (Redis keeps the rest), goes on at its last offset after a lost connection, and is
 * never joined by a full synchronisation. A read of keys is put into its place among the writes by
 * asking for the end of the history before and after it, so that even a key that is written
 * thousands of times a second is proven: what was read must be a step that the stream has told.
 *
 * <p>A part of a Cluster stands for a shard, not for a node, and reads what it hears of. MOVED and
 * ASK mean that a key is elsewhere, never that it is gone: only the owner of its slot can say that.
 * So a slot that moves deletes nothing, and a replica that is still subscribed adds nothing. While
 * a node says that its Cluster is down (one shard without a node is enough, unless told otherwise)
 * its part is down too: every writer is refused.
 *
 * <p>On the engine's side {@link io.plumbline.feed.redis.RedisDecoder} reads what {@link
 * io.plumbline.feed.redis.ObservationWriter} wrote. Nothing here ever writes to Redis or changes
 * its configuration.
 */
package io.plumbline.feed.redis;
