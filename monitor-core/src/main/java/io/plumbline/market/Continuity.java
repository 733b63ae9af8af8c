package io.plumbline.market;

/** How an event follows what came before it on its stream. */
public enum Continuity {
    /** The stream has no sequence rule, or the event is no market data. */
    UNJUDGED,
    /** The first of its stream. */
    FIRST,
    /** As it must be. */
    NEXT,
    /** Something is missing before it. */
    GAP,
    /** The same as above, and it was the monitor itself that lost it. */
    OWN_LOSS,
    /** The state that is known already, sent again on purpose: a sign of life, no news. */
    REPEATED,
    /** Seen before on the same connection. */
    DUPLICATE,
    /** Fills a hole that was already passed. */
    REORDER,
    /** The venue began a new count. */
    RESET,
    /** A second connection's copy of what is already known: no fault at all. */
    REDUNDANT,
    /** The same, of what the first one never brought: its hole is filled. */
    FILLED;

    /** Whether the event moves its stream forward, so that its prices are news. */
    public boolean isNews() {
        return this != DUPLICATE
                && this != REORDER
                && this != REDUNDANT
                && this != FILLED
                && this != REPEATED;
    }
}
