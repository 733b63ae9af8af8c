package io.plumbline.feed;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: full jitter, so that many clients of a venue that fell
 * over together do not return together. The bound doubles with every attempt up to a cap, and
 * starts anew only after a connection that was LIVE for a while: one that is accepted and dropped
 * at once keeps slowing down.
 *
 * <p>For one thread.
 */
public final class Backoff {
    private static final int MOST_DOUBLINGS = 30;

    private final long baseNs;
    private final long capNs;
    private final long healthyNs;
    private final RandomGenerator random;
    private int attempts;

    /** With the defaults: base 500 ms, cap 30 s, reset after 60 s LIVE. */
    public Backoff(final RandomGenerator random) {
        this(500_000_000L, 30_000_000_000L, 60_000_000_000L, random);
    }

    /**
     * @param baseNs upper bound of the first delay
     * @param capNs upper bound of every delay
     * @param healthyNs how long a connection must have been LIVE to start anew
     * @param random where the jitter comes from
     */
    public Backoff(
            final long baseNs,
            final long capNs,
            final long healthyNs,
            final RandomGenerator random) {
        if (baseNs < 1 || capNs < baseNs) {
            throw new IllegalArgumentException(
                    "backoff needs 0 < base <= cap, got base " + baseNs + " ns, cap " + capNs);
        }
        this.baseNs = baseNs;
        this.capNs = capNs;
        this.healthyNs = healthyNs;
        this.random = random;
    }

    /**
     * The wait before the next attempt, uniform over zero to the present bound; raises the bound.
     */
    public long nextDelayNs() {
        final long boundNs = boundNs();
        attempts++;
        return random.nextLong(boundNs + 1);
    }

    /** A connection ended that had been LIVE for {@code liveNs} (0 when it never was). */
    public void ended(final long liveNs) {
        if (liveNs >= healthyNs) {
            attempts = 0;
        }
    }

    private long boundNs() {
        final int doublings = Math.min(attempts, MOST_DOUBLINGS);
        return baseNs > capNs >> doublings ? capNs : baseNs << doublings;
    }
}
