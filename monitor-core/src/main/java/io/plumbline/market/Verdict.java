package io.plumbline.market;

/** What the monitor now says of a watched key's price. */
public enum Verdict {
    /** No value was seen yet. */
    UNSEEN,
    IN_SYNC,
    /** Equal to an older reference, above the budget. */
    LATE,
    /** No reference equals it yet; the grace runs. */
    SUSPECT,
    WRONG,
    /** Unchanged while the reference moves on. */
    FROZEN,
    /** The reference is not healthy enough to judge by. */
    UNVERIFIABLE,
    /** The key is not there, or holds no price. */
    ABSENT
}
