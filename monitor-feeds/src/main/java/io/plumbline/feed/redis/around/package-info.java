/**
 * Probes of what stands around the price in a Redis: streams, queues, snapshots, keys without
 * expiry, and the channels of events. They only read; what it means is judged behind the ring.
 *
 * <pre>
 *  StreamProbe   XINFO STREAM, GROUPS, CONSUMERS, XPENDING, XRANGE ─▶ STREAM, GROUP
 * </pre>
 */
package io.plumbline.feed.redis.around;
