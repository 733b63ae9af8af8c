/**
 * What the messages mean, and what is known from them so far. Engine thread.
 *
 * <pre>
 *   InboundMessage ─▶ MessageDecoder ─▶ MarketEvent (one reused draft)
 *                                           │
 *        Sessions ◀── connections ──────────┤
 *        Streams ◀─── sequence numbers ─────┤   sets event.continuity
 *        References ◀ prices ───────────────┤   one PriceHistory per instrument and field
 *                                           │   (watched, with its Past; or a brief witness);
 *                                           │   RecentValues: whose value is this?
 *        Observations ◀ Redis values ───────┘
 *                          │
 *                          ▼
 *        MarketState: read by every detector; Freshness is written by the staleness detector;
 *        Board carries the result to other threads
 * </pre>
 *
 * <p>Names are dense ids from {@code Sources}, {@code Instruments} and {@code WatchedKeys}, made at
 * start from the configuration. Money is {@code Decimal}, never a double.
 */
package io.plumbline.market;
