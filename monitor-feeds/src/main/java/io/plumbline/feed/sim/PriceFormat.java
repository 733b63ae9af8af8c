package io.plumbline.feed.sim;

/** How a price stands in Redis. */
public enum PriceFormat {
    /** The number itself. */
    PLAIN,
    /** A JSON object with the price as a string and the write's time in ms. */
    JSON,
    /** A hash with the price in one field and the write's time in ms in another. */
    HASH
}
