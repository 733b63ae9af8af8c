package io.plumbline.finding;

/** How bad it is, worst last. */
public enum Severity {
    /** Worth knowing. */
    LOW,
    /** Degraded. */
    MEDIUM,
    /** Integrity compromised. */
    HIGH,
    /** Trading blind. */
    CRITICAL
}
