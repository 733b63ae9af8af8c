package io.plumbline.market;

/** Over which text a venue takes the checksum of its book: facts per venue, set by the decoder. */
public enum ChecksumRule {
    /** The venue gives no checksum. */
    NONE,
    /**
     * 10 asks from the best on, then 10 bids from the best on: price and size of each as sent,
     * without the point and without leading zeros.
     */
    KRAKEN,
    /**
     * 25 levels, bid and ask by turns, {@code price:size} of each as sent, joined with colons; a
     * side that has no more is passed over.
     */
    OKX,
    /**
     * The same with numbers as JavaScript prints them and the amounts of asks negative (books of
     * precision P0 to P4).
     */
    BITFINEX
}
