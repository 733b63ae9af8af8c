package io.plumbline.diagnose;

/**
 * The boundary that broke: what a wrong value is instead of the price that it should be. In the
 * order in which causes are believed where several fit. Names are an interface (JSON, API, pages).
 */
public enum Cause {
    /** Another field of the same instrument: bid for ask, mark or index for last, mid. */
    OTHER_FIELD,
    /** The same pair on another market of the same exchange: spot for perpetual. */
    OTHER_MARKET,
    /** The same pair on another exchange. */
    OTHER_VENUE,
    /** Another instrument: swapped keys. */
    OTHER_INSTRUMENT,
    /** The price of one coin where the contract counts many (1000PEPE), or the other way round. */
    CONTRACT_MULTIPLIER,
    /** Times or divided by 10^n. */
    SCALED,
    /** 1/x. */
    INVERTED,
    /** The noise of binary arithmetic in the last digits. */
    FLOAT64_NOISE,
    /** Went through a float of 32 bits. */
    FLOAT32,
    /** Digits were cut or rounded off. */
    TRUNCATED,
    /** Digits finer than the tick beside the price: computed, or of a market with a finer grid. */
    FINER_THAN_TICK,
    /** A price that was right once: the writer stands, or plays something back. */
    OLDER_VALUE,
    /** The price in another currency. */
    WRONG_QUOTE,
    /** Nothing explains it, or not surely enough. */
    UNKNOWN
}
