package io.plumbline.market;

/**
 * By which way a Redis value was seen; a lower rung sees less. The ordinal is written into
 * journals: constants are added at the end only.
 */
public enum Rung {
    /** Nothing observes this key now. */
    NONE("none"),
    /** The replication stream: every write, in order. */
    REPLICATION("replication"),
    /** The writer's own stream. */
    STREAM("stream"),
    /** Keyspace notification, then a read. */
    NOTIFICATION("notification"),
    /** RESP3 broadcast tracking, then a read. */
    TRACKING("tracking"),
    /** Pipelined sampling: the write lies somewhere between two samples. */
    SAMPLING("sampling"),
    /** The reconciling sweep. */
    SWEEP("sweep"),
    /** The writer's own channel; between STREAM and NOTIFICATION. */
    CHANNEL("channel");

    private static final Rung[] ALL = values();

    private final String label;

    Rung(final String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** The rung at this ordinal, NONE for one that a later version wrote. */
    public static Rung ofOrdinal(final int ordinal) {
        return ordinal >= 0 && ordinal < ALL.length ? ALL[ordinal] : NONE;
    }
}
