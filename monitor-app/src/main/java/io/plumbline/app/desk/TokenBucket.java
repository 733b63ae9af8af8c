package io.plumbline.app.desk;

/**
 * At most {@code capacity} at once and {@code perMinute} in the long run. Starts full. Not shared
 * between threads.
 */
public final class TokenBucket {
    private static final long MINUTE_NS = 60_000_000_000L;

    private final long capacityNs;
    private final long costNs;
    private long balanceNs;
    private long updatedNs = Long.MIN_VALUE;

    public TokenBucket(final int capacity, final int perMinute) {
        if (capacity < 1 || perMinute < 1) {
            throw new IllegalArgumentException(
                    "a rate needs at least 1 per minute, was " + capacity + " and " + perMinute);
        }
        costNs = MINUTE_NS / perMinute;
        capacityNs = costNs * capacity;
        balanceNs = capacityNs;
    }

    /** Whether one may go at {@code nowNs}; takes nothing. */
    public boolean has(final long nowNs) {
        refill(nowNs);
        return balanceNs >= costNs;
    }

    /** Takes one if there is one. */
    public boolean take(final long nowNs) {
        if (!has(nowNs)) {
            return false;
        }
        balanceNs -= costNs;
        return true;
    }

    private void refill(final long nowNs) {
        if (updatedNs != Long.MIN_VALUE && nowNs > updatedNs) {
            balanceNs = Math.min(capacityNs, balanceNs + Math.min(nowNs - updatedNs, capacityNs));
        }
        updatedNs = Math.max(updatedNs, nowNs);
    }
}
