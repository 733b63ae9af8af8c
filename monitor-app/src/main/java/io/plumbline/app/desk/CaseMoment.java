package io.plumbline.app.desk;

/**
 * One thing that happened to a case.
 *
 * @param atNs when, data time
 * @param detail for a person, "" where the word says all
 */
public record CaseMoment(long atNs, What what, String detail) {
    /** The words are an interface: API, dashboard, store. */
    public enum What {
        /** Stood for long enough. */
        OPENED,
        /** Every condition closed; kept for a while in case it comes back. */
        CLEARING,
        /** Came back within that while. */
        BACK,
        /** Was said to the pagers, by itself; detail: the severity. */
        PAGED,
        /** Was said to the pagers among others of its kind and venue. */
        GROUPED,
        /** Was counted in a storm's one page. */
        ROLLED_UP,
        /** Is not said; detail: which silence, window or case stands before it. */
        SUPPRESSED,
        /** May be said again. */
        RELEASED,
        /** Somebody has taken it on; detail: who, and their note. */
        ACKNOWLEDGED,
        /** Comes and goes; stays open until it has been still for a while. */
        FLAPPING,
        /** Does not come and go any more. */
        STEADY
    }
}
