package io.plumbline.feed.sim;

/** What makes a fault exact. The labels stand in the ground truth. */
public enum FaultParameter {
    /** The channel whose message is hit. */
    CHANNEL("channel"),
    /** The {@link Route} whose connections are hit. */
    ROUTE("route"),
    /** How late each write comes. */
    LAG_MS("lagMs"),
    /** How far each write is off, beside the recent range. */
    OFFSET_TICKS("offsetTicks"),
    /** The instrument's tick size. */
    TICK_SIZE("tickSize"),
    /** The symbol whose price is written instead. */
    OTHER_SYMBOL("otherSymbol"),
    /** The power of ten by which each write is multiplied. */
    EXPONENT("exponent"),
    /** What is written instead of a price. */
    TEXT("text"),
    /** The life of the last write. */
    TTL_MS("ttlMs"),
    /** The name under which prices are written instead. */
    NAME("name"),
    /** How long a batch gathers. */
    FLUSH_MS("flushMs");

    private final String label;

    FaultParameter(final String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
