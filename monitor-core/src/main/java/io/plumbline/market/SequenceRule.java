package io.plumbline.market;

/** How the sequence numbers of a stream follow one another: facts per venue and channel. */
public enum SequenceRule {
    /** The venue gives no sequence: coverage says "no gap proof". */
    NONE,
    /** {@code first == previous last + 1}: trade ids, spot depth. */
    CONTIGUOUS,
    /**
     * {@code previousSequence == previous last}; the numbers themselves jump: futures depth, OKX
     * and Deribit books.
     */
    CHAINED,
    /** Only ever upwards, with holes that mean nothing: bookTicker. */
    INCREASING,
    /**
     * Upwards or the same: a state that is sent again as a sign of life, ids shared by messages.
     */
    NOT_DECREASING
}
