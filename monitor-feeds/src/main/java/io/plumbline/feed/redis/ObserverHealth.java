package io.plumbline.feed.redis;

import io.plumbline.market.MonitorFact;

/**
 * Two conditions, told when they begin and when they end, never in between: the observer sees less
 * than it should, and Redis answers slowly. Data thread only.
 */
final class ObserverHealth {
    private static final long SLOW_NS = 250_000_000L;
    private static final long NORMAL_AFTER_NS = 2_000_000_000L;

    private final Observer observer;
    private boolean degraded;
    private boolean slow;
    private long lastSlowNs;

    ObserverHealth(final Observer observer) {
        this.observer = observer;
    }

    void degraded(final String reason) {
        if (!degraded) {
            degraded = true;
            observer.fact(MonitorFact.OBSERVER_DEGRADED, reason);
        }
    }

    void recovered(final String detail) {
        if (degraded) {
            degraded = false;
            observer.fact(MonitorFact.OBSERVER_RECOVERED, detail);
        }
    }

    /** The slowest answer since the last call. */
    void answered(final long roundTripNs, final long nowNs) {
        if (roundTripNs > SLOW_NS) {
            lastSlowNs = nowNs;
            if (!slow) {
                slow = true;
                observer.fact(
                        MonitorFact.REDIS_SLOW,
                        "an answer took " + roundTripNs / 1_000_000L + " ms");
            }
        } else if (slow && roundTripNs > 0 && nowNs - lastSlowNs > NORMAL_AFTER_NS) {
            slow = false;
            observer.fact(
                    MonitorFact.REDIS_NORMAL, "an answer took " + roundTripNs / 1_000L + " us");
        }
    }
}
