/**
 * The engine and its questions. Engine thread, live and in replay alike.
 *
 * <pre>
 *   inbound ring ─▶ Engine: decode ▸ market state ▸ detectors, in this order
 *                     sequence   gap, duplicate, reorder, reset
 *                     session    connections that are down or stuck
 *                     mute       whole connections without data       (brings Silence up to date)
 *                     staleness  symbols without data                 (writes Freshness)
 *                     key        Redis keys that are not there
 *                     ttl        keys that would outlive their writer
 *                     value      what is no price
 *                     precision  prices off the tick grid
 *                     price      late or wrong, and why (package diagnose)
 *                     burst      writers that keep only the last of a burst
 *                     frozen     keys and writers that stand
 *                     writer-lag writers whose keys are all late
 *                     lag        feeds that deliver old data
 *                     overload, monitor, parse, clock: the monitor's own troubles
 *                     misnamed   keys under a name that nobody reads
 *                     coverage   what could be judged, and for how long
 *                   ─▶ FindingSink: edges with evidence
 * </pre>
 *
 * <p>A detector is a function of its own state, the event and {@code nowNs}; it never reads a
 * clock, never logs, and allocates nothing while there is nothing to tell.
 */
package io.plumbline.detect;
