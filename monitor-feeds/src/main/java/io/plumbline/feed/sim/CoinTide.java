package io.plumbline.feed.sim;

import java.util.Random;

/**
 * The movement that all markets of one coin share: a walk that is pulled back to its anchor, in
 * ten-millionths of the price. Simulation thread.
 */
final class CoinTide {
    private static final long STEP_NS = 50_000_000;
    private static final long ONE = 10_000_000;
    private static final int STRIDE = 200;
    private static final int PULL = 50;

    private final Random random;
    private long nextNs = Long.MIN_VALUE;
    private long level;

    CoinTide(final long seed) {
        random = new Random(seed);
    }

    /** Moves on when it is time; a long pause counts as one step. */
    void step(final long nowNs) {
        if (nowNs >= nextNs) {
            level += random.nextInt(2 * STRIDE + 1) - STRIDE - level / PULL;
            nextNs = nowNs + STEP_NS;
        }
    }

    /** By how many ticks a price of {@code anchorTicks} stands above its anchor. */
    long offset(final long anchorTicks) {
        return anchorTicks * level / ONE;
    }
}
