package io.plumbline.feed;

/**
 * What we allow ourselves to send to a venue: at most N requests in any window, counted exactly
 * (the times of the last N grants are kept, so there is no burst at a window's edge as a refilled
 * bucket has). It is also the breaker behind that budget: after a refusal that blames us, it is
 * closed until a given time, then lets a single probe through until the venue has accepted one.
 * While nobody is reached at all, one probe at a time goes too, ever more slowly: else the
 * connections of a venue that is away use the budget up among them, and stay out after it is back.
 *
 * <p>One instance may be shared by all connections of a venue, on different threads; each call is
 * short and never waits. When the budget is used up the caller is told how long to wait; nothing is
 * queued here.
 */
public final class RequestBudget {
    /** How long an unanswered probe keeps others waiting, in case its owner went away. */
    private static final long PROBE_LEASE_NS = 45_000_000_000L;

    /** How soon those who wait for a probe ask again. */
    private static final long PROBE_CHECK_NS = 1_000_000_000L;

    /** After so many failures in a row the pause has its full length. */
    private static final int SLOWEST_AFTER = 5;

    private final long windowNs;
    private final long[] grantedNs;
    private int oldest;
    private int used;
    private boolean closed;
    private long closedUntilNs;
    private boolean probing;
    private long probeNs;
    private boolean outage;
    private int failures;

    /**
     * @param requests how many in any window
     * @param windowNs the window's length
     */
    public RequestBudget(final int requests, final long windowNs) {
        if (requests < 1 || windowNs < 1) {
            throw new IllegalArgumentException(
                    "a budget needs at least one request per window, got "
                            + requests
                            + " per "
                            + windowNs
                            + " ns");
        }
        this.grantedNs = new long[requests];
        this.windowNs = windowNs;
    }

    /** Takes one request: 0 when granted, else how long to wait before asking again, in ns. */
    public long tryAcquire(final long nowNs) {
        return tryAcquire(nowNs, 0);
    }

    /**
     * The same, leaving {@code spare} requests for something more urgent.
     *
     * @return 0 when granted, else how long to wait before asking again, in ns
     */
    public synchronized long tryAcquire(final long nowNs, final int spare) {
        final long closedNs = closedForNs(nowNs);
        if (closedNs > 0) {
            return closedNs;
        }
        while (used > 0 && grantedNs[oldest] <= nowNs - windowNs) {
            oldest = (oldest + 1) % grantedNs.length;
            used--;
        }
        final int over = used + Math.min(spare, grantedNs.length - 1) - grantedNs.length;
        if (over >= 0) {
            return grantedNs[(oldest + over) % grantedNs.length] + windowNs - nowNs;
        }
        grantedNs[(oldest + used) % grantedNs.length] = nowNs;
        used++;
        if (closed) {
            probing = true;
            probeNs = nowNs;
        }
        return 0;
    }

    /** The venue blamed us: nothing is granted until then, and after that one probe at a time. */
    public synchronized void closeUntil(final long untilNs) {
        closedUntilNs = closed ? Math.max(closedUntilNs, untilNs) : untilNs;
        closed = true;
        probing = false;
        outage = false;
    }

    /**
     * A request met nobody: the next one is a probe, at the slowest at two thirds of the pace that
     * the budget could go on with for ever.
     */
    public synchronized void unreached(final long nowNs) {
        if (closed && !outage && nowNs < closedUntilNs) {
            probing = false;
            return;
        }
        final long slowestNs = windowNs / grantedNs.length * 3 / 2;
        closeUntil(nowNs + (slowestNs >> SLOWEST_AFTER - failures));
        failures = Math.min(failures + 1, SLOWEST_AFTER);
        outage = true;
    }

    /** Whether requests wait for a sign of life, and not because we sent too many. */
    public synchronized boolean isOutage() {
        return outage;
    }

    /** The venue accepted a request: the breaker is shut again. */
    public synchronized void reopen() {
        closed = false;
        probing = false;
        outage = false;
        failures = 0;
    }

    private long closedForNs(final long nowNs) {
        if (!closed) {
            return 0;
        }
        if (probing) {
            final long leaseNs = probeNs + PROBE_LEASE_NS - nowNs;
            return Math.max(0, Math.min(leaseNs, PROBE_CHECK_NS));
        }
        return Math.max(0, closedUntilNs - nowNs);
    }
}
