package io.plumbline.detect;

import io.plumbline.finding.FindingKind;

/**
 * When a key is well again. A wrong one is with the next values that are right. A late one is not:
 * a price that goes to and fro makes many late values look current. It must prove {@value
 * #PROMPT_PROOFS} times that it follows at once, with nothing late for a while; or agree for a
 * minute in which nothing moves.
 */
final class Recovery {
    private static final int PROMPT_PROOFS = 3;
    private static final long LATE_CLEAR_NS = 5_000_000_000L;
    private static final long AGREED_NS = 60_000_000_000L;

    private final long clearAfterNs;
    private long lastBadNs;
    private boolean goodSinceBad;
    private int promptProofs;

    /**
     * @param clearAfterNs how long everything must be well
     */
    Recovery(final long clearAfterNs) {
        this.clearAfterNs = clearAfterNs;
    }

    void bad(final long nowNs) {
        lastBadNs = nowNs;
        goodSinceBad = false;
        promptProofs = 0;
    }

    /** A value was right; {@code prompt} when it followed its reference at once. */
    void good(final boolean prompt) {
        goodSinceBad = true;
        promptProofs += prompt ? 1 : 0;
    }

    /** Whether what is open is over; {@code agrees} when the key shows the current reference. */
    boolean isOver(final FindingKind open, final boolean agrees, final long nowNs) {
        final long quietNs = nowNs - lastBadNs;
        if (open == FindingKind.PRICE_WRONG) {
            return goodSinceBad && quietNs > clearAfterNs;
        }
        return promptProofs >= PROMPT_PROOFS
                ? quietNs > Math.max(clearAfterNs, LATE_CLEAR_NS)
                : quietNs > AGREED_NS && agrees;
    }
}
