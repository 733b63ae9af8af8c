/**
 * Latency per hop: taken from the recorders once an interval, kept for the API and the metrics, and
 * written where the standard HdrHistogram tools read it.
 *
 * <pre>
 *  engine, feeds, redis            reporter thread                              any thread
 *  LatencyRecorder.record ──▶ LatencyReporter.poll(nowNs) ──▶ latest() ──▶ /api/latency, /metrics
 *   (one per hop and name)            │
 *                                     ▼ every interval that is not empty
 *                                IntervalSink ── LatencyLog ──▶ latency-YYYYMMDD.hlog
 * </pre>
 *
 * Nothing is averaged: what leaves this package is counts, percentiles and bucket counts.
 */
package io.plumbline.app.latency;
