package io.plumbline.detect;

import io.plumbline.market.Channel;

/**
 * One instrument's data on one channel of one connection: when it last came, and how often it
 * usually does. The learned threshold is a silence that this lane has practically never had: the
 * largest of -ln(p) / rate (p = 1e-6, Poisson), three times its longest recent silence, and a
 * floor; at most a cap. Arrivals within 100 ms count as one instant.
 */
final class Lane {
    /** -ln(1e-6), in thousandths. */
    private static final long MINUS_LN_P_MILLI = 13_816;

    private static final long INSTANT_NS = 100_000_000L;
    private static final long WINDOW_NS = 120_000_000_000L;
    private static final int LEARNED_AFTER = 20;

    final int source;
    final int instrument;
    final Channel channel;
    long lastNs;
    long events;

    /** When its stream last spoke, be it to say again what is known. */
    long aliveNs;

    /** Movements elsewhere that imply one here, since this lane last moved. */
    int siblingMoves;

    /** Silent past its threshold, as of the last tick. */
    boolean overdue;

    /** The same, and its stream said nothing at all. */
    boolean silent;

    private long windowStartNs;
    private long windowInstants;
    private long lastInstantNs;
    private long meanNs;
    private long longestNs;
    private long previousLongestNs;

    Lane(final int source, final int instrument, final Channel channel) {
        this.source = source;
        this.instrument = instrument;
        this.channel = channel;
    }

    /**
     * Data came.
     *
     * @param repeated whether it said again what is known already
     * @return whether the lane moved by it
     */
    boolean onData(final boolean repeated, final long nowNs) {
        if (repeated && events > 0) {
            alive(nowNs);
            return false;
        }
        moved(nowNs);
        return true;
    }

    /** News came. */
    void moved(final long nowNs) {
        if (events == 0) {
            windowStartNs = nowNs;
            lastInstantNs = nowNs;
        }
        final long silenceNs = nowNs - lastInstantNs;
        if (silenceNs >= INSTANT_NS) {
            longestNs = overdue ? longestNs : Math.max(longestNs, silenceNs);
            windowInstants++;
            lastInstantNs = nowNs;
        }
        events++;
        lastNs = nowNs;
        siblingMoves = 0;
        overdue = false;
        alive(nowNs);
        if (nowNs - windowStartNs > WINDOW_NS) {
            meanNs = (nowNs - windowStartNs) / Math.max(1, windowInstants);
            windowStartNs = nowNs;
            windowInstants = 0;
            previousLongestNs = longestNs;
            longestNs = 0;
        }
    }

    /** What is known already came again: a sign of life of the stream, no news of the symbol. */
    private void alive(final long nowNs) {
        aliveNs = nowNs;
        silent = false;
    }

    /** Starts the clock anew: a new connection, or time in which the monitor itself stood still. */
    void restart(final long nowNs) {
        if (events > 0) {
            lastNs = nowNs;
            lastInstantNs = nowNs;
        }
        siblingMoves = 0;
        overdue = false;
        alive(nowNs);
    }

    /** The learned threshold, or {@code capNs} before enough was seen. */
    long thresholdNs(final long floorNs, final long capNs) {
        if (meanNs == 0 && windowInstants < LEARNED_AFTER) {
            return capNs;
        }
        final long mean = meanNs != 0 ? meanNs : (lastInstantNs - windowStartNs) / windowInstants;
        final long learned =
                Math.max(
                        mean * MINUS_LN_P_MILLI / 1_000,
                        3 * Math.max(longestNs, previousLongestNs));
        return Math.min(capNs, Math.max(floorNs, learned));
    }
}
