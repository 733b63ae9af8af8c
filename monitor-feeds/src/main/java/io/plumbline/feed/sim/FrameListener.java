package io.plumbline.feed.sim;

/** Takes frames in market order. Simulation thread. */
@FunctionalInterface
public interface FrameListener {
    /** The market published {@code frame}. Must not block: it holds up the market. */
    void onFrame(SimulatedFrame frame);
}
