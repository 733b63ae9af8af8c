package io.plumbline.market;

/** How far the order book of one instrument is to be believed. */
public enum BookState {
    /** Nothing was seen of it. */
    EMPTY,
    /**
     * Differences were seen and no snapshot yet; they are held where a snapshot can be joined to
     * them by its number. Or a snapshot stands there and no difference has joined it.
     */
    BUFFERING,
    /** A snapshot and every difference since: the venue's book. */
    PROVEN,
    /**
     * Something is missing or does not agree: what is there is what was last known, until the next
     * snapshot proves it anew. Differences are held as when buffering.
     */
    GAPPED
}
