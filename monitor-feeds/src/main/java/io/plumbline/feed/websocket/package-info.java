/**
 * The WebSocket client for every venue, on Netty.
 *
 * <pre>
 *  socket ─▶ DirectRecords, TLS ─▶ ReadStamp ─▶ HTTP codec ─▶ UpgradeCheck ─▶ inflate ─▶ VenuePings
 *         (data records by the  (one clock read        (until the      (non-101 is     (bounded per   │
 *          short way)            per socket read)       upgrade)        told here)      frame)        ▼
 *  Inbound ◀─ Session ◀─ FrameHandler ◀─ WebSocketFrameAggregator ◀─ WebSocket protocol
 *                │                        (bounded per message)
 *                └─▶ Outgoing ─▶ Wire (subscribe, ping, pong, close), within the venue's budget
 *
 *  WebSocketFeed ── owns ──▶ Session serving, and beside it a successor while changing over
 *        │─── may it ask ──▶ Admission (budget of attempts, refusals)
 *        └──── dials by ──▶ Dialer (threads dial-NAME for the name lookup)
 * </pre>
 *
 * <p>All of a feed runs on one event loop (thread feed-io-N). {@link
 * io.plumbline.feed.websocket.Session}, {@link io.plumbline.feed.websocket.Subscriptions} and
 * {@link io.plumbline.feed.websocket.Liveness} know neither Netty nor a clock, so they are tested
 * with time as an argument.
 */
package io.plumbline.feed.websocket;
