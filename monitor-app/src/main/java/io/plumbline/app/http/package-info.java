/**
 * The monitor's pages: HTTP, each answer at once; beyond loopback only for who has the token.
 *
 * <pre>
 *   client ═══════════════▶ Arrivals ▸ RequestDecoder ▸ FlowControl ▸ HttpConnection      thread: http
 *                           (clock)    (strict, 8 KiB)  (one by one)      │
 *                                     OpenConnections, Callers ▸ RequestRules ▸ Access ▸ Routes
 *                                                                         │
 *        /health /health/deps /ready ◀── HealthAnswers ───┐               │
 *        /api/debug/... /ws/health ◀──── DebugAnswers ────┤
 *        /api/findings /api/cases /api/latency ◀ ApiAnswers               │
 *        /api/symbols ◀───────────────── SymbolAnswers ───┼── MonitorView ┘
 *        /api/cases/... /api/silences ◀▶ ControlAnswers ──┤   (orders: POST, OrderRules, Controls;
 *                                                         │    answered when they are durable)
 *        /metrics ◀───────────────────── MetricsAnswer ───┤   (given by the composition root:
 *        / ◀──────────────────────────── IndexPage ───────┘    snapshots, nothing is waited for)
 * </pre>
 *
 * Whoever is slow, large, many or ambiguous is refused by {@link io.plumbline.app.http.HttpLimits}
 * and {@code RequestRules}, whoever has too large a share by {@code OpenConnections}; a refusal is
 * one JSON object {@code {"error": sentence}} that repeats nothing of what was sent. A further
 * route is one entry in {@code Routes} and one method, and says by its {@code Content} what it
 * answers: {@code /api/openapi.json} is made of that, and a test asks every route and holds the
 * answer against it.
 */
package io.plumbline.app.http;
