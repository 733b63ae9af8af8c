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
 *  or RecordedMarket   ▲      │ VenueWire
 *           │          │      └─ words, answers, heartbeats of one venue
 *           │   SimulatedMoves: any venue's market, without words
 *           └▶ PriceWriter ──▶ RedisPriceSink ──▶ Redis                  thread: price-writer
 * </pre>
 *
 * <p>The writer always gets the true market; feed faults act only on what clients are sent. The
 * server stands on Java-WebSocket, which shares no code with the monitor's Netty client.
 *
 * <p>A market is told in one of two ways. Frames have their words already: the demo's synthetic
 * Binance and recordings; each client is passed those that it asked for. {@link
 * io.plumbline.feed.sim.MarketMove Moves} have none: each client's {@link
 * io.plumbline.feed.sim.VenueWire} words them, and its counts go on when a fault swallows a
 * message, so that a loss is one. A venue is one file, written from its documentation, and one line
 * in {@link io.plumbline.feed.sim.VenueWires}; {@code VenueLiveTest} then tries it against the
 * monitor.
 */
package io.plumbline.feed.sim;
