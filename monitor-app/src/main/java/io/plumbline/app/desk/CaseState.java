package io.plumbline.app.desk;

/**
 * Where a case stands.
 *
 * <pre>
 *            for elapsed            all conditions closed          keepFiringFor elapsed
 *  PENDING ────────────────▶ OPEN ────────────────────▶ CLEARING ──────────────────▶ RESOLVED
 *     │                       ▲ │                           │                           ▲ ▲
 *     │                       └─┼──── a condition is back ──┘                           │ │
 *     │                         └──────── an event's keepFiringFor elapsed ─────────────┘ │
 *     └─────────────────────── closed before `for` elapsed: nobody is told ───────────────┘
 * </pre>
 *
 * <p>A case that flaps stays CLEARING until it has been still for long enough.
 */
public enum CaseState {
    /** A condition is raised, but not yet for as long as its {@code for}. Nobody is told. */
    PENDING,
    /** At least one condition holds. Missing evidence keeps it so. */
    OPEN,
    /** Every condition has closed; one that comes back within {@code keepFiringFor} reopens. */
    CLEARING,
    /** Over, and gone from the desk: the next open edge begins a new episode. */
    RESOLVED
}
