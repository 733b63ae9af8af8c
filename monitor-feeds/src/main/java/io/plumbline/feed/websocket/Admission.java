package io.plumbline.feed.websocket;

import io.plumbline.feed.RequestBudget;
import io.plumbline.market.MonitorFact;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;

/**
 * Whether a venue may be asked for a connection now: within the budget of attempts that all of its
 * feeds share, and not while a refusal holds, which is said once when it begins, and when it is
 * over; one feed at a time while the venue cannot be reached. Event loop only.
 */
final class Admission {
    /** Who is told. */
    @FunctionalInterface
    interface Herald {
        void tell(MonitorFact fact, long nowNs, String detail);
    }

    private final String venue;
    private final Endpoint endpoint;
    private final RequestBudget connects;
    private final long refusalHoldNs;
    private final Counters counters;
    private final Herald herald;
    private boolean limited;

    /**
     * @param connects connection attempts, shared by all feeds of the venue
     * @param refusalHoldNs the least wait after a refusal that blames us
     */
    Admission(
            final String venue,
            final Endpoint endpoint,
            final RequestBudget connects,
            final long refusalHoldNs,
            final Counters counters,
            final Herald herald) {
        this.venue = venue;
        this.endpoint = endpoint;
        this.connects = connects;
        this.refusalHoldNs = refusalHoldNs;
        this.counters = counters;
        this.herald = herald;
    }

    /** Takes an attempt out of the budget, or says how long there is none; 0 when it was taken. */
    long waitNs(final long nowNs) {
        final long waitNs = connects.tryAcquire(nowNs);
        if (waitNs > 0) {
            counters.increment(CounterId.FEED_BUDGET_WAITS);
            if (!connects.isOutage()) {
                limited(nowNs, "connection attempts to " + venue + " are held back", waitNs);
            }
        }
        return waitNs;
    }

    /** The venue let us in. */
    void accepted(final long nowNs) {
        connects.reopen();
        if (limited) {
            limited = false;
            herald.tell(MonitorFact.RATE_NORMAL, nowNs, venue + " accepts connections again");
        }
    }

    /**
     * How long an attempt that was not let in forbids to come back; tells the venue's other feeds
     * too.
     *
     * @param refusal null where nobody was reached
     */
    long refusedForNs(final Session.Refusal refusal, final long nowNs) {
        if (refusal == null) {
            connects.unreached(nowNs);
            return 0;
        }
        return switch (refusal.status()) {
            case 403, 418, 429, 451 -> {
                final long holdNs = Math.max(refusal.retryAfterNs(), refusalHoldNs);
                connects.closeUntil(nowNs + holdNs);
                limited(nowNs, "HTTP " + refusal.status() + " from " + endpoint, holdNs);
                yield holdNs;
            }
            default -> {
                connects.unreached(nowNs);
                yield refusal.retryAfterNs();
            }
        };
    }

    private void limited(final long nowNs, final String why, final long waitNs) {
        if (!limited) {
            limited = true;
            herald.tell(
                    MonitorFact.RATE_LIMITED,
                    nowNs,
                    why + "; next attempt in " + waitNs / 1_000_000 + " ms");
        }
    }
}
