/**
 * Where messages come from. Every origin is a {@link io.plumbline.feed.Feed}: it is started once,
 * keeps itself connected, and offers what it received, as bytes, to the inbound ring.
 *
 * <pre>
 *  exchange ──▶ websocket.WebSocketFeed ────feed-io-N─┐
 *  exchange ──▶ rest.ReferenceFetcher ──────reference─┤
 *  exchange ──▶ backfill.Backfill ──────────backfill──┤
 *  Redis    ──▶ redis.RedisFeed ────────────redis-N───┼──▶ Inbound (the ring)
 *  Redis    ──▶ probe.ProbeFeed ────────────probe-N───┤
 *  clock    ──▶ TimerFeed ──────────────────timer─────┘
 * </pre>
 *
 * <p>What they share stands here: {@link io.plumbline.feed.Backoff} and {@link
 * io.plumbline.feed.RequestBudget} (with its breaker) decide when to try again. Time is an argument
 * to both, randomness is handed in.
 */
package io.plumbline.feed;
