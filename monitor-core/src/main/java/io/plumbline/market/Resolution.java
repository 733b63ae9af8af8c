package io.plumbline.market;

/** How finely the writes of a Redis key are seen. */
public enum Resolution {
    UNKNOWN("unknown"),
    /** Every write with its value, in order. */
    EVERY_WRITE("every write"),
    /** That something was written is told, then the latest value is read: some may be skipped. */
    LATEST_VALUE("latest value"),
    /** Looked at from time to time: a value that comes and goes in between is never seen. */
    SAMPLED("sampled");

    private final String label;

    Resolution(final String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** The finest that {@code rung} allows. */
    public static Resolution of(final Rung rung) {
        switch (rung) {
            case REPLICATION:
            case STREAM:
            case CHANNEL:
                return EVERY_WRITE;
            case NOTIFICATION:
            case TRACKING:
                return LATEST_VALUE;
            case SAMPLING:
            case SWEEP:
                return SAMPLED;
            default:
                return UNKNOWN;
        }
    }

    /**
     * How far two looks lay apart, in ns: the write is somewhere in between. 0 where writes are
     * told, NONE where it is not known.
     */
    public long intervalNs(final long writtenAfterNs, final long receivedNs) {
        if (this != SAMPLED) {
            return this == UNKNOWN ? MarketEvent.NONE : 0;
        }
        return writtenAfterNs == MarketEvent.NONE
                ? MarketEvent.NONE
                : Math.max(0, receivedNs - writtenAfterNs);
    }
}
