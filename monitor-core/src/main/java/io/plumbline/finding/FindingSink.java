package io.plumbline.finding;

/** Where detectors put their findings: claim the draft, fill it, publish it. Engine thread only. */
public interface FindingSink {
    /** The reusable draft, cleared, with kind, edge, the kind's severity and the time set. */
    Finding claim(FindingKind kind, Edge edge, String detector, long nowNs);

    /**
     * Publishes the claimed draft. Never waits: see the implementation for what a full ring does.
     */
    void publish();
}
