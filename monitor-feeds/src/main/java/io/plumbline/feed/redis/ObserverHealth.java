package io.plumbline.feed.redis;

import io.plumbline.market.MonitorFact;

/**
 * Two conditions, told when they begin and when they end, never in between: the observer sees less
 * than it should, and Redis answers slowly. It sees less for one of two reasons, its rung or what
 * is known of the nodes, and well when both are gone. Data thread only.
 */
final class ObserverHealth {
    private static final long SLOW_NS = 250_000_000L;
    private static final long NORMAL_AFTER_NS = 2_000_000_000L;

    private final Observer observer;
    private boolean degraded;
    private boolean troubled;
    private boolean slow;
    private long lastSlowNs;

    ObserverHealth(final Observer observer) {
        this.observer = observer;
    }

    void degraded(final String reason) {
        if (!degraded && !troubled) {
            observer.fact(MonitorFact.OBSERVER_DEGRADED, reason);
        }
        degraded = true;
    }

    void recovered(final String detail) {
        if (degraded && !troubled) {
            observer.fact(MonitorFact.OBSERVER_RECOVERED, detail);
        }
        degraded = false;
    }

    /** What is wrong with what is known of the nodes; "" for nothing. */
    void nodes(final String trouble) {
        if (!trouble.isEmpty() && !troubled && !degraded) {
            observer.fact(MonitorFact.OBSERVER_DEGRADED, trouble);
        } else if (trouble.isEmpty() && troubled && !degraded) {
            observer.fact(MonitorFact.OBSERVER_RECOVERED, "its nodes are known and observed");
        }
        troubled = !trouble.isEmpty();
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
