package io.plumbline.app.profile;

import io.plumbline.feed.redis.ValueFormat;
import io.plumbline.market.Field;
import io.plumbline.market.Instruments.Instrument;
import java.util.List;

/**
 * What was found out of one key under one format.
 *
 * @param writes values that changed while it was watched
 * @param matches prices that its values fit, the likeliest first
 * @param tried how many prices it was compared with
 * @param writesNs when it was written, sorted
 */
record KeyProfile(
        String redis,
        String key,
        String type,
        ValueFormat format,
        int writes,
        List<Match> matches,
        int tried,
        Life life,
        long[] writesNs) {

    /** Values that must have been compared before anything is said. */
    static final int FEWEST = 5;

    /** Of a thousand values so many must fit. */
    private static final int LEAST_SHARE = 800;

    /**
     * A price that the values fit.
     *
     * @param judged values that could be compared
     * @param exact of them equal to a version of the price
     * @param near of them equal but for what binary floating point makes of it
     * @param ahead of both, seen in Redis before our own feed showed them
     * @param lagMedianNs since it was no longer the current price: lower bounds
     * @param sinceMedianNs since it became the current price: an upper bound
     */
    record Match(
            Instrument instrument,
            Field field,
            int judged,
            int exact,
            int near,
            int ahead,
            long lagMedianNs,
            long lagP99Ns,
            long sinceMedianNs) {
        /** Values that fit, of a thousand. */
        int share() {
            return (int) ((exact + near) * 1_000L / Math.max(1, judged));
        }

        boolean isSure() {
            return judged >= FEWEST && share() >= LEAST_SHARE;
        }
    }

    /**
     * How long the key lives.
     *
     * @param with times that it was seen with a time to live
     * @param without times that it was seen without
     */
    record Life(int with, int without, long longestNs, long shortestNs) {}

    /** The price that it carries, or null. */
    Match best() {
        return matches.isEmpty() || !matches.get(0).isSure() ? null : matches.get(0);
    }
}
