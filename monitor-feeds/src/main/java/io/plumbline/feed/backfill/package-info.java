/**
 * What was lost is fetched again over REST: trades by their ids after a gap, and whole order books.
 * The main flow asks and never waits; the answers enter the ring like anything else that was
 * received, so the journal has them and a replay asks nobody.
 *
 * <pre>
 * finding of a gap ─┐                                        ┌─▶ BACKFILL ─┐
 *                   ├─▶ Backfill (queue, budget, breaker) ───┤             ├─▶ inbound ring
 * book's wish ──────┘        thread: backfill-VENUE          └─▶ SNAPSHOT ─┘
 * </pre>
 */
package io.plumbline.feed.backfill;
