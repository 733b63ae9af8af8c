package io.plumbline.app.alert;

import java.util.random.RandomGenerator;

/** Full jitter: a random delay below a ceiling that doubles with every attempt. One thread. */
final class RetryDelay {
    /** Not at once: the same socket error would come back at once, too. */
    private static final long SHORTEST_NS = 50_000_000L;

    private final long firstNs;
    private final long longestNs;
    private final RandomGenerator random;

    RetryDelay(final long firstNs, final long longestNs, final RandomGenerator random) {
        this.firstNs = firstNs;
        this.longestNs = longestNs;
        this.random = random;
    }

    /**
     * @param attempts how many have failed, at least 1
     */
    long afterNs(final int attempts) {
        long ceilingNs = firstNs;
        for (int i = 1; i < attempts && ceilingNs < longestNs; i++) {
            ceilingNs *= 2;
        }
        final long boundNs = Math.min(ceilingNs, longestNs);
        return Math.min(boundNs, Math.max(SHORTEST_NS, random.nextLong(boundNs + 1)));
    }
}
