/**
 * Rare and slow questions beside the price observer, on a connection and a thread of their own, so
 * that no price waits for them.
 *
 * <pre>
 *  ProbeServer (how to reach it) ──▶ ProbeFeed ──▶ Probe, Probe, ... each at its interval
 *                                        │            thread: probe-NAME
 *                                        ▼
 *                                   ProbeReport ──▶ PROBE messages ──▶ Inbound (the ring)
 * </pre>
 *
 * <p>A probe says what it read, never what that means: the detectors judge behind the ring. What it
 * may not or cannot read it says once, with the remedy, and once more when it can again.
 */
package io.plumbline.feed.probe;
