package io.plumbline.market;

/**
 * How a snapshot that was fetched joins a stream of differences by their numbers: the documented
 * procedure of Binance, spot for CONTIGUOUS and futures for CHAINED. L is the snapshot's number, a
 * difference covers U to u and follows pu.
 */
final class Splice {
    private Splice() {}

    /** Whether differences under this rule can be joined to a snapshot at all. */
    static boolean isPossible(final SequenceRule rule) {
        return rule == SequenceRule.CONTIGUOUS || rule == SequenceRule.CHAINED;
    }

    /** Whether the snapshot holds the difference already: u <= L, on futures u < L. */
    static boolean isStale(final SequenceRule rule, final long last, final long snapshot) {
        return rule == SequenceRule.CHAINED ? last < snapshot : last <= snapshot;
    }

    /**
     * Whether the first difference that is not stale follows the snapshot: U <= L + 1, on futures U
     * <= L, or pu == L, which says the same outright.
     */
    static boolean isJoined(
            final SequenceRule rule, final long first, final long previous, final long snapshot) {
        return rule == SequenceRule.CHAINED
                ? first <= snapshot || previous == snapshot
                : first <= snapshot + 1;
    }
}
