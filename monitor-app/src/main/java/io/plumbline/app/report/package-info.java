/**
 * What a person sees of a replay: one HTML file, and the difference between two sets of findings.
 *
 * <pre>
 *                ┌─▶ PriceWatch ▸ Track ▸ Scene   prices around findings ─┐
 *   Replay ──────┼─▶ Desk ▸ CaseBook              cases and pages         ├─▶ Report ▸ ReportPage
 *   (Onlooker)   ├─▶ SourceBook, CoverageBook     what could be judged    │
 *                └─▶ LatencyTotals                                        │
 *   findings of two replays ─▶ Difference ▸ CaseChanges ──────────────────┘
 * </pre>
 *
 * Everything here is bounded, and the report says by how much and what that left out.
 */
package io.plumbline.app.report;
