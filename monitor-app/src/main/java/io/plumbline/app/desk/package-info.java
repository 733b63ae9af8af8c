/**
 * The desk: findings become cases, cases become pages. One thread, {@code desk}; the API reads
 * snapshots.
 *
 * <pre>
 *  finding ring ──▶ Desk ─┬─▶ FindingLog ──▶ findings.ndjson             (every finding, once)
 *   thread: desk          ├─▶ RecentFindings ─────────────────────▶ /api/findings (any thread)
 *                         └─▶ Case (one per fingerprint)
 *                               │  Condition per kind: for, keepFiringFor
 *                               │  PENDING ▸ OPEN ▸ CLEARING ▸ RESOLVED ──▶ /api/cases (any thread)
 *                               ▼
 *  people ──▶ Silences ─────▶ Pages: Inhibition ▸ PageGroups ▸ StormLimit ▸ RollUp
 *                               │ CaseNotice, committed per batch
 *                               ▼
 *                             Pager ──▶ app.alert
 * </pre>
 */
package io.plumbline.app.desk;
