/**
 * Plumbline: is this the price that the exchange sent, and is it still?
 *
 * <pre>
 *  exchanges ─▶ WebSocketFeed ─┐                              ┌─▶ JournalWriter            thread: journal
 *  Redis ─────▶ RedisFeed ─────┼─▶ inbound ring (Disruptor) ──┤
 *  clock ─────▶ TimerFeed ─────┘   raw bytes, in one order    └─▶ Engine: decode ▸ detectors thread: engine
 *    threads: feed-io, redis-*, timer                                 │ findings
 *                                                                     ▼
 *                                                               finding ring
 *                                                                     ▼
 *                                 Desk: cases ▸ inhibition ▸ outbox ▸ pager, API            thread: desk
 * </pre>
 *
 * <p>Data walks from left to right; no package imports one that lies to its right. A replay is the
 * same engine fed by {@code JournalReader} on one thread: the same journal gives the same findings,
 * byte for byte.
 */
package io.plumbline;
