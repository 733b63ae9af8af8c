package io.plumbline.feed.sim;

/** Where price commands go: Redis, or a list in a test. */
@FunctionalInterface
public interface PriceSink {
    /** Takes a command without waiting for anybody. Simulation thread; order is kept. */
    void write(PriceCommand command);

    /**
     * Grows whenever what was written before may be lost (a reconnect): the writer then writes
     * every price again.
     */
    default long generation() {
        return 0;
    }
}
