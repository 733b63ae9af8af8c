package io.plumbline.feed.sim;

/** Stands between the market and the clients of the exchange. Simulation thread. */
@FunctionalInterface
public interface FrameFilter {
    /** A healthy exchange. */
    FrameFilter NONE = (frame, out) -> out.onFrame(frame);

    /** Passes {@code frame} on to {@code out} never, once, twice or later. */
    void onFrame(SimulatedFrame frame, FrameListener out);

    /** The same for one client's words for a {@link MarketMove}. */
    default void onMessage(final Passing message) {
        message.pass();
    }
}
