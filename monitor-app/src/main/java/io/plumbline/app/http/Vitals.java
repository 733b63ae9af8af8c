package io.plumbline.app.http;

import java.util.Map;

/**
 * What happened to the connections to venues over time.
 *
 * @param spanNs how far back this looks: an hour, less since the start
 * @param attempts connections begun in it
 * @param refused of those, how many were not established
 * @param lost established connections that ended without a plan
 * @param planned established connections that ended by plan
 * @param standing connections that stand now
 * @param upNs for how long of the span each feed was up, by its name
 * @param recentNs how far back the following looks: five minutes, less since the start
 * @param messages that venues sent in it
 * @param unparsed messages in it that no decoder could read
 */
public record Vitals(
        long spanNs,
        long attempts,
        long refused,
        long lost,
        long planned,
        long standing,
        Map<String, Long> upNs,
        long recentNs,
        long messages,
        long unparsed) {
    /** Nothing yet. */
    public static final Vitals NONE = new Vitals(0, 0, 0, 0, 0, 0, Map.of(), 0, 0, 0);

    public Vitals {
        upNs = Map.copyOf(upNs);
    }

    /** Connections that could not be made or were lost. */
    long failures() {
        return refused + lost;
    }

    /** Connections that were established, or stood already. */
    long established() {
        return standing + lost + planned;
    }
}
