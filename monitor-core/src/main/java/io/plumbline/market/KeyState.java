package io.plumbline.market;

/** What is known of a Redis key. The ordinal is written into journals: add at the end only. */
public enum KeyState {
    UNKNOWN,
    NEVER_WRITTEN,
    PRESENT,
    EXPIRED,
    EVICTED,
    DELETED,
    /** Another part of a Cluster holds it now: not gone, and not seen until that one tells it. */
    MOVED,
    /** Everything was flushed. */
    FLUSHED,
    /** Read and not there; why is not known. */
    ABSENT;

    private static final KeyState[] ALL = values();

    public static KeyState ofOrdinal(final int ordinal) {
        return ordinal >= 0 && ordinal < ALL.length ? ALL[ordinal] : UNKNOWN;
    }
}
