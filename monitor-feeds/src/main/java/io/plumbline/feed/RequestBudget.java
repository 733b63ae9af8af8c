package io.plumbline.feed;

/**
 * What we allow ourselves to send to a venue: at most N requests in any window, counted exactly
 * (the times of the last N grants are kept, so there is no burst at a window's edge as a refilled
 * bucket has). It is also the breaker behind that budget: after a refusal that blames us, it is
 * closed until a given time, then lets a single probe through until the venue has accepted one.
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

    private final long windowNs;
    private final long[] grantedNs;
    private int oldest;
    private int used;
    private boolean closed;
    private long closedUntilNs;
    private boolean probing;
    private long probeNs;

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
    }

    /** The venue accepted a request: the breaker is shut again. */
    public synchronized void reopen() {
        closed = false;
        probing = false;
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
