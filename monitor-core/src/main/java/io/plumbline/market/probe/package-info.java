/**
 * What a probe read: rare and slow questions beside the price observer (streams, queues, the health
 * of a server), each answer one message in the one order.
 *
 * <pre>
 *  ProbeFeed ─▶ ReadingWriter ─▶ PROBE bytes ─▶ ring ─▶ Reading (MarketEvent.reading) ─▶ detectors
 * </pre>
 *
 * <p>A reading carries what the server said and no verdict: thresholds live in the detectors, so
 * that a replay with another configuration judges anew.
 */
package io.plumbline.market.probe;
