package io.plumbline.feed.sim;

/** A market that is driven from outside: synthetic or recorded. Simulation thread. */
public interface FrameSource {
    /**
     * Publishes everything that is due at {@code nowNs}, in order.
     *
     * @param nowNs ns since the epoch, never going back
     */
    void step(long nowNs, FrameListener out);

    /** Whether nothing will ever be published again. */
    boolean finished();

    /**
     * Lets the ids of an instrument begin anew, as after a restart of the matching engine.
     *
     * @return whether this market can do that
     */
    default boolean restartIds(final String venue, final String symbol) {
        return false;
    }
}
