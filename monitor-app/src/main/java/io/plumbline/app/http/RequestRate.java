package io.plumbline.app.http;

/**
 * Permits up to so many requests a second, in bursts of as many. Under the lock of {@link Callers}.
 */
final class RequestRate {
    private static final long SECOND_NS = 1_000_000_000L;

    private final long perRequestNs;
    private long paidUntilNs = Long.MIN_VALUE;

    RequestRate(final int perSecond) {
        perRequestNs = SECOND_NS / perSecond;
    }

    /** Takes one request if there is room for it now. */
    boolean take(final long nowNs) {
        final long next = Math.max(paidUntilNs, nowNs - SECOND_NS) + perRequestNs;
        if (next > nowNs) {
            return false;
        }
        paidUntilNs = next;
        return true;
    }
}
