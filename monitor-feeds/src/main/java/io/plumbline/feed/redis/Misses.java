package io.plumbline.feed.redis;

/** Writes that a rung did not tell, as long as one follows the other. Data thread only. */
final class Misses {
    private static final long WINDOW_NS = 10_000_000_000L;
    private static final int TOO_MANY = 3;

    private long lastNs = Long.MIN_VALUE / 2;
    private long count;

    /** Counts more of them. @return how many they are together */
    long add(final long more, final long nowNs) {
        count = areOver(nowNs) ? more : count + more;
        lastNs = nowNs;
        return count;
    }

    /** Whether the rung cannot be relied on. */
    boolean areTooMany() {
        return count >= TOO_MANY;
    }

    /** Another rung is counted from here; that there were some is not over. */
    void forget() {
        count = 0;
    }

    /** Whether there was none for long. */
    boolean areOver(final long nowNs) {
        return nowNs - lastNs > WINDOW_NS;
    }
}
