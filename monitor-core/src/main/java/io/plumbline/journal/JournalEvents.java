package io.plumbline.journal;

/**
 * Told when recording stops and starts again: edges, in pairs, on the journal's disk thread.
 * Detection goes on through all of it; what is not recorded meanwhile is counted as JOURNAL_LOST.
 */
public interface JournalEvents {
    /** A write, an fsync or the opening of a segment failed; it is tried again after a pause. */
    void faulted(String detail);

    /** The fault is behind us. */
    void recovered(String detail);

    /** Free space fell below the floor. */
    void diskFull(String detail);

    /** There is room again, with a margin. */
    void diskRecovered(String detail);
}
