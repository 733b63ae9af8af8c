/**
 * The demo: a real Redis, a simulated exchange, a price writer and a monitor in one process, and
 * faults with a known truth.
 *
 * <pre>
 *   SimulatedMarket ─▶ ExchangeSimulator ─(WebSocket)─▶ Monitor ─▶ findings ─▶ GroundTruthMatcher
 *         └─▶ PriceWriter ─▶ Redis ─(keys)─────────────▶   │                        ▲
 *                 ▲ faults                                                           │
 *   FaultPlayer ──┴──────────────── what was really broken ──────────────────────────┘
 * </pre>
 */
package io.plumbline.app.demo;
