/**
 * What a configuration comes to: names with their dense ids, decoders, detectors. The same for a
 * live run and for a replay, so that both judge alike.
 *
 * <pre>
 *   Config ─▶ Watch (sources, instruments, keys, subscriptions, decoders)
 *                └─▶ DetectorSet (detectors in order, their sentences) ─▶ Engine
 * </pre>
 */
package io.plumbline.app.watch;
