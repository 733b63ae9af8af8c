package io.plumbline.market;

/**
 * Asks for a new snapshot of a book: the way from the engine back to the feeds, which may fetch it
 * or not. Called on the engine thread, so an implementation only notes the wish and returns.
 */
@FunctionalInterface
public interface SnapshotRequests {
    /** For replay: what the recording has is all there is. */
    SnapshotRequests NONE = (instrument, nowNs) -> {};

    /**
     * The differences of this instrument wait for a snapshot from the venue's REST interface. Told
     * once when the wait begins, and again after a pause for as long as it lasts.
     *
     * @param nowNs data time, ns since the epoch
     */
    void wanted(int instrument, long nowNs);

    /**
     * The book of this instrument is unproven, and its snapshots come in the stream: only a new
     * subscription brings one. Told like {@link #wanted}.
     *
     * @param source the connection that fed the book last, or -1 where none did
     */
    default void resubscriptionWanted(final int instrument, final int source, final long nowNs) {}
}
