package io.plumbline.feed.sim;

import java.util.Random;

/** Where an instrument trades: around its coin's tide, in whole ticks. Simulation thread. */
final class PriceWalk {
    /** Spread of trade prices around the coin's tide: one ten-thousandth, at least this. */
    private static final long LEAST_JITTER_TICKS = 5;

    private final long anchorTicks;
    private final CoinTide tide;
    private final Random random;
    private final int jitterTicks;
    private long lastTicks;
    private long bidTicks;
    private long askTicks;

    PriceWalk(final long anchorTicks, final CoinTide tide, final Random random) {
        this.anchorTicks = anchorTicks;
        this.tide = tide;
        this.random = random;
        jitterTicks = (int) Math.max(LEAST_JITTER_TICKS, anchorTicks / 10_000);
        lastTicks = anchorTicks;
        bidTicks = anchorTicks;
        askTicks = anchorTicks + 1;
    }

    /** Trades at another price than the last one; whether the aggressor sold. */
    boolean step() {
        long price =
                anchorTicks
                        + tide.offset(anchorTicks)
                        + random.nextInt(2 * jitterTicks + 1)
                        - jitterTicks;
        if (price == lastTicks) {
            price += random.nextBoolean() ? 1 : -1;
        }
        lastTicks = price;
        final boolean sold = random.nextBoolean();
        final int spread = 1 + random.nextInt(3);
        bidTicks = sold ? price : price - spread;
        askTicks = sold ? price + spread : price;
        return sold;
    }

    long lastTicks() {
        return lastTicks;
    }

    long bidTicks() {
        return bidTicks;
    }

    long askTicks() {
        return askTicks;
    }
}
