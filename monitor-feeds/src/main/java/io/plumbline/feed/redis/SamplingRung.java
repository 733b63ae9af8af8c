package io.plumbline.feed.redis;

import io.plumbline.market.Rung;

/**
 * The lowest rung, which every Redis offers: all keys are read once per interval. A value that
 * comes and goes between two samples is never seen, and the time of a write is only known to lie
 * between them. Data thread only.
 */
final class SamplingRung {
    private final long intervalNs;
    private final FullRead full;
    private final Observer observer;
    private long dueNs;

    SamplingRung(final long intervalNs, final FullRead full, final Observer observer) {
        this.intervalNs = intervalNs;
        this.full = full;
        this.observer = observer;
    }

    /** Samples when it is time. */
    void turn(final long nowNs) {
        if (nowNs >= dueNs) {
            dueNs = Math.max(dueNs + intervalNs, nowNs + intervalNs / 2);
            full.reconcile(Rung.SAMPLING);
            observer.heartbeat(nowNs);
        }
    }

    long dueNs() {
        return dueNs;
    }
}
