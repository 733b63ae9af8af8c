package io.plumbline.detect;

import java.util.Arrays;

/**
 * How one writer treats bursts. Between two of its writes several of its instruments move: a batch.
 * A writer that keeps only the last symbol writes the one that moved last, with its newest price,
 * and never the others until each happens to be the last again. Counted, key by key:
 *
 * <ul>
 *   <li>win: written as the one that moved last;
 *   <li>loss: it moved in the batch of another's win and was not written within the settling time;
 *   <li>return: a win after losses (a frozen key has none);
 *   <li>catch-up: its last move was in an earlier batch, and it is written now: a writer that
 *       conflates, throttles or is slow does so, one that forgets never does.
 * </ul>
 *
 * <p>Engine thread; allocates nothing.
 */
final class BurstWriter {
    /** What moves so shortly before we see a write may have moved after it. */
    static final long BLUR_NS = 25_000_000L;

    private static final int FEWEST_VICTIMS = 2;
    private static final int FEWEST_LOSSES = 2;
    private static final int FEWEST_RETURNS = 6;
    private static final int FEWEST_BATCHES = 12;
    private static final int PERCENT_LOST = 90;
    private static final int LAST_VOTES = 40;
    private static final int PERCENT_TOLD = 85;
    private static final int PERCENT_OF_VICTIMS = 70;
    private static final int PERCENT_CAUGHT_UP = 10;

    /** 1,000 ln(10^8): how unlikely it must be that chance picked the last one each time. */
    private static final long UNLIKELY = 18_400;

    private final int[] keys;
    private final long[] movedNs;
    private final long[] movedOrder;
    private final boolean[] pending;
    private final boolean[] inBatch;
    private final int[] wins;
    private final int[] losses;
    private final int[] lossesSinceWin;
    private final int[] returns;
    private final int[] catchUps;
    private long order;
    private long lastWriteNs;
    private int lastMover = -1;
    private boolean tailJudged = true;
    private long batchNs;
    private int batchSize;
    private int open;
    private int lost;
    private long lostVotes;
    private long blurredVotes;
    private int votes;
    private long chance;

    /**
     * @param keys ids of the keys that it fills
     */
    BurstWriter(final int[] keys) {
        this.keys = keys;
        movedNs = new long[keys.length];
        movedOrder = new long[keys.length];
        pending = new boolean[keys.length];
        inBatch = new boolean[keys.length];
        wins = new int[keys.length];
        losses = new int[keys.length];
        lossesSinceWin = new int[keys.length];
        returns = new int[keys.length];
        catchUps = new int[keys.length];
    }

    /** The reference of a key moved on. */
    void moved(final int at, final long nowNs) {
        movedNs[at] = nowNs;
        movedOrder[at] = ++order;
        pending[at] = true;
        lastMover = at;
        tailJudged = false;
    }

    /**
     * A key was written.
     *
     * @param current whether with a price that was the newest one a moment ago
     * @param newest whether with the newest price of its reference
     */
    void wrote(final int at, final boolean current, final boolean newest, final long nowNs) {
        if (open > 0 && inBatch[at] && movedNs[at] <= batchNs) {
            vote(false, false, true);
            closeBatch();
        }
        final boolean first = lastWriteNs == 0;
        final long sinceNs = lastWriteNs - BLUR_NS;
        if (!first && pending[at]) {
            if (!current) {
                vote(false, false, true);
            } else if (movedNs[at] <= sinceNs) {
                catchUps[at]++;
            } else {
                inItsBatch(at, sinceNs, nowNs);
            }
        }
        pending[at] &= !newest;
        lastWriteNs = nowNs;
    }

    private void inItsBatch(final int at, final long sinceNs, final long nowNs) {
        int size = 1;
        boolean isBlurred = false;
        for (int i = 0; i < keys.length; i++) {
            final boolean moved = i != at && pending[i] && movedNs[i] > sinceNs;
            if (moved && movedOrder[i] > movedOrder[at]) {
                isBlurred = true;
                if (movedNs[i] <= nowNs - BLUR_NS) {
                    vote(false, false, open == 0);
                    return;
                }
            } else if (moved) {
                size++;
            }
        }
        if (isBlurred) {
            vote(false, true, open == 0);
            return;
        }
        wins[at]++;
        returns[at] += lossesSinceWin[at] > 0 ? 1 : 0;
        lossesSinceWin[at] = 0;
        if (size > 1 && open == 0) {
            openBatch(at, sinceNs, size, nowNs);
        }
    }

    private void openBatch(final int at, final long sinceNs, final int size, final long nowNs) {
        batchNs = nowNs;
        batchSize = size;
        open = size - 1;
        for (int i = 0; i < keys.length; i++) {
            inBatch[i] =
                    i != at && pending[i] && movedNs[i] > sinceNs && movedOrder[i] < movedOrder[at];
        }
    }

    private void closeBatch() {
        open = 0;
        Arrays.fill(inBatch, false);
    }

    /** Time passes: what was not written within {@code settleNs} is lost. */
    void tick(final long settleNs, final long nowNs) {
        if (open > 0 && nowNs - batchNs > settleNs) {
            lost++;
            vote(true, false, true);
            chance += Math.round(1_000 * Math.log(batchSize));
            for (int i = 0; i < keys.length; i++) {
                if (inBatch[i]) {
                    losses[i]++;
                    lossesSinceWin[i]++;
                }
            }
            closeBatch();
        }
        if (!tailJudged && nowNs - movedNs[lastMover] > 2 * settleNs) {
            tailJudged = true;
            vote(false, false, pending[lastMover]);
        }
    }

    /** Old evidence counts half. */
    void age() {
        lost /= 2;
        chance /= 2;
        for (int i = 0; i < keys.length; i++) {
            wins[i] /= 2;
            losses[i] /= 2;
            returns[i] /= 2;
            catchUps[i] /= 2;
        }
    }

    /** Whether all that it did lately says that it keeps only the last symbol of a burst. */
    boolean forgets() {
        return lost >= FEWEST_BATCHES
                && isOnlyTheLast()
                && chance >= UNLIKELY
                && victims() >= FEWEST_VICTIMS
                && allReturns() >= FEWEST_RETURNS
                && lossesOfVictims() * 100 >= allLosses() * PERCENT_OF_VICTIMS;
    }

    private void vote(final boolean isLost, final boolean isBlurred, final boolean counts) {
        if (counts) {
            lostVotes = lostVotes << 1 | (isLost ? 1 : 0);
            blurredVotes = blurredVotes << 1 | (isBlurred ? 1 : 0);
            votes = Math.min(LAST_VOTES, votes + 1);
        }
    }

    /**
     * Whether the last votes say so, whatever was before; what moved just before we saw a write
     * cannot be told from what moved after it and votes neither way.
     */
    private boolean isOnlyTheLast() {
        final long recent = (1L << votes) - 1;
        final int forIt = Long.bitCount(lostVotes & recent);
        final int neither = Long.bitCount(blurredVotes & recent);
        return forIt * 100 >= (votes - neither) * PERCENT_LOST
                && forIt * 100 >= votes * PERCENT_TOLD;
    }

    /** Whether it may turn out so, and this key is one of those that were lost. */
    boolean mayForget(final int at) {
        return lossesSinceWin[at] > 0
                && lost >= FEWEST_VICTIMS * FEWEST_LOSSES
                && isOnlyTheLast()
                && returning() >= FEWEST_VICTIMS;
    }

    private int returning() {
        int keysThatReturned = 0;
        for (final int each : returns) {
            keysThatReturned += each > 0 ? 1 : 0;
        }
        return keysThatReturned;
    }

    /** Keys that lose and come back. */
    int victims() {
        int victims = 0;
        for (int i = 0; i < keys.length; i++) {
            victims += isVictim(i) ? 1 : 0;
        }
        return victims;
    }

    private boolean isVictim(final int at) {
        return losses[at] >= FEWEST_LOSSES
                && returns[at] > 0
                && catchUps[at] * 100 <= (wins[at] + catchUps[at]) * PERCENT_CAUGHT_UP;
    }

    private int lossesOfVictims() {
        int sum = 0;
        for (int i = 0; i < keys.length; i++) {
            sum += isVictim(i) ? losses[i] : 0;
        }
        return sum;
    }

    private int allReturns() {
        int sum = 0;
        for (final int each : returns) {
            sum += each;
        }
        return sum;
    }

    /** Prices that never came. */
    int allLosses() {
        int sum = 0;
        for (final int each : losses) {
            sum += each;
        }
        return sum;
    }

    /** The key that was lost most often. */
    int worstKey() {
        int worst = 0;
        for (int i = 1; i < keys.length; i++) {
            worst = losses[i] > losses[worst] ? i : worst;
        }
        return keys[worst];
    }

    /** Batches of which only the last symbol was written. */
    int lostBatches() {
        return lost;
    }

    /** Redis was not seen: what is pending says nothing any more. */
    void unseen() {
        closeBatch();
        Arrays.fill(pending, false);
        lastWriteNs = 0;
        tailJudged = true;
    }
}
