package io.plumbline.feed.sim;

/** What a writer fault does with the prices of one key. Simulation thread. */
interface Distortion {
    /** The market price behind {@code source} changed. */
    void onPrice(PriceKey source, long nowNs);

    /** Time went on. */
    default void step(final long nowNs) {}
}
