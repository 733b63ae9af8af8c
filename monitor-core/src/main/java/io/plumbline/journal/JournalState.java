package io.plumbline.journal;

/** Where recording stands. */
public enum JournalState {
    /** Everything is written. To DISK_FULL below the floor, to FAULTED on an error. */
    RECORDING,
    /** Nothing is written. To RECORDING when a quarter more than the floor is free. */
    DISK_FULL,
    /**
     * Nothing is written until the pause is over. To RECORDING when the attempt that follows
     * succeeds, to DISK_FULL when that turns out to be the cause.
     */
    FAULTED,
    /** The end. */
    CLOSED
}
