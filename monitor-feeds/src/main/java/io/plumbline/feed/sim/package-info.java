/**
 * An exchange, a price writer and their faults, all made up but honest: what the monitor is tried
 * against. Everything that decides happens on one thread with a seed and given times, so a run can
 * be repeated; the sockets and Redis only carry what was decided.
 *
 * <pre>
 *                    FaultPlayer ──▶ GroundTruth (file), GroundTruthMatcher       thread: simulation
 *                         │ started / ended
 *              ┌──────────┴───────────┐
 *              ▼                      ▼
 *          FeedFaults            WriterFaults
 *              │ FrameFilter          │ per key
 *              ▼                      ▼
 *  SimulatedMarket ──▶ ExchangeSimulator ──▶ WebSocket ──▶ the monitor   threads: Java-WebSocket's
 *  or RecordedMarket └▶ PriceWriter ──▶ RedisPriceSink ──▶ Redis         thread: price-writer
 * </pre>
 *
 * <p>The writer always gets the true market; feed faults act only on what clients are sent. The
 * server stands on Java-WebSocket, which shares no code with the monitor's Netty client.
 */
package io.plumbline.feed.sim;
