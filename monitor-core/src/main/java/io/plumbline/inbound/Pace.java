package io.plumbline.inbound;

/** How much of a hurry a consumer is in. */
public enum Pace {
    /** Takes each message as soon as the ring's {@link WaitKind} lets it. */
    WOKEN,

    /**
     * Lets messages gather for a millisecond after each batch: so many of them wake it once, and
     * meanwhile no producer pays for waking it.
     */
    NAPS,

    /** Never sleeps: a core of its own, given up to whoever wants it. */
    SPINS
}
