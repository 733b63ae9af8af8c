package io.plumbline.app.desk;

import io.plumbline.finding.Severity;

/** How many pages may go out. CRITICAL has the whole bound, the others a part. Desk thread. */
final class StormLimit {
    private final TokenBucket all;
    private final TokenBucket ordinary;

    StormLimit(final DeskSettings settings) {
        all = new TokenBucket(settings.criticalPagesPerMinute(), settings.criticalPagesPerMinute());
        ordinary = new TokenBucket(settings.pagesPerMinute(), settings.pagesPerMinute());
    }

    /** Whether a page of this severity may go now; counts it if so. */
    boolean admit(final Severity severity, final long nowNs) {
        if (severity == Severity.CRITICAL) {
            return all.take(nowNs);
        }
        return all.has(nowNs) && ordinary.take(nowNs) && all.take(nowNs);
    }
}
