package io.plumbline.app.config;

import java.time.Duration;

/** The thresholds of the detectors, one record each. */
public record DetectorsConfig(
        Price price, Staleness staleness, Sequence sequence, Key key, Credential credential) {

    /**
     * Prices in Redis against the reference.
     *
     * @param grace how long a value without a match is held before it is wrong
     * @param window how far back versions of a reference are kept
     * @param frozenVersions how many versions the reference must have moved on, for
     * @param frozenFor how long, before an unchanged value is frozen
     * @param clearAfter how long a value must be right before its finding closes
     */
    public record Price(
            Duration grace,
            Duration window,
            int frozenVersions,
            Duration frozenFor,
            Duration clearAfter) {}

    /**
     * Silence.
     *
     * @param connection silence of a whole connection
     * @param symbol silence of one symbol; null to learn it from the symbol's own rate
     * @param symbolFloor the shortest learned threshold
     * @param symbolCap the longest learned threshold
     * @param neverSeen time from the acknowledgement to the first message
     */
    public record Staleness(
            Duration connection,
            Duration symbol,
            Duration symbolFloor,
            Duration symbolCap,
            Duration neverSeen) {}

    /**
     * Sequences.
     *
     * @param reorderWindow how long a missing id may come late before it is a gap; zero for none
     */
    public record Sequence(Duration reorderWindow) {}

    /**
     * Keys and their time to live.
     *
     * @param deletedGrace how long a deleted key may take to come back
     * @param missingAfter how long a key may take to be written first
     * @param ttlGrace how long after its deadline an expired key is told
     */
    public record Key(Duration deletedGrace, Duration missingAfter, Duration ttlGrace) {}

    /**
     * What lets the monitor in at venues.
     *
     * @param warnBefore how long before its end a token is told
     */
    public record Credential(Duration warnBefore) {}
}
