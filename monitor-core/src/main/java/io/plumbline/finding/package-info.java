/**
 * What was found: edges with evidence, from the engine to the desk.
 *
 * <pre>
 *   detectors ─▶ FindingSink ─▶ FindingRing ─▶ FindingHandler (desk)      thread: desk
 *                          └──▶ InlineFindings (replay, tests)            caller's thread
 *   Finding ─▶ FindingJson: one line, the same bytes for the same finding
 * </pre>
 */
package io.plumbline.finding;
