/**
 * What the keys of a Redis carry, found out by watching: rules are proposed for a person to read.
 *
 * <pre>
 *   keys found by SCAN ─▶ ProfilePlan (each key under each format that it may have, as a Config)
 *                              │ Watch, feeds, ring, Engine: those of the monitor
 *                              ▼
 *                          Likeness (a detector that finds nothing: it compares each value with the
 *                              │     PriceHistory of every price that it may be)
 *                              ▼
 *                          KeyProfile ─▶ Proposal (patterns, writers, YAML)
 * </pre>
 */
package io.plumbline.app.profile;
