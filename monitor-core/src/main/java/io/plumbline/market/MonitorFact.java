package io.plumbline.market;

/**
 * Facts about the monitor itself that enter the one order, so that a replay knows them too. Payload
 * of a MONITOR message: the constant's name, a space, a sentence of detail.
 */
public enum MonitorFact {
    /** A write of the journal failed; recording is off or lossy. */
    JOURNAL_FAULT,
    /** The journal writes again. */
    JOURNAL_RECOVERED,
    /** Free disk space fell below the floor: recording stopped, detection goes on. */
    DISK_FULL,
    /** There is room again: recording goes on. */
    DISK_RECOVERED,
    /** The Redis observer fell to a lower rung, lost its push connection, or missed a write. */
    OBSERVER_DEGRADED,
    /** The Redis observer has its best rung back and the sweep agrees. */
    OBSERVER_RECOVERED,
    /** Redis does not answer. */
    REDIS_DOWN,
    /** Redis answers again. */
    REDIS_UP,
    /** Redis answers slowly: the detail says how slowly. */
    REDIS_SLOW,
    /** Redis answers at its usual pace again. */
    REDIS_NORMAL,
    /** The venue refused a subscription: {@code channel symbol message}. */
    SUBSCRIBE_REJECTED,
    /** A venue's limit was met: 418, 429, or our own budget ran out. */
    RATE_LIMITED,
    /** The limit is behind us. */
    RATE_NORMAL,
    /** A ping was not answered in time. */
    HEARTBEAT_MISSED,
    /** The configured symbol is not listed by the venue: {@code symbol nearest names}. */
    SYMBOL_UNKNOWN,
    /** Not every symbol that is meant is known, or may be watched: the detail says why. */
    UNIVERSE_INCOMPLETE,
    /** Every symbol that is meant is known now. */
    UNIVERSE_COMPLETE,
    /** Symbols that are meant came up since the start; they are watched after the next one. */
    UNIVERSE_GROWN,
    /** The monitor is told to stop: connections that end from here on are no finding. */
    STOPPING,
    /** The venue's exchange information could not be had: tick sizes cannot be checked. */
    REFERENCE_MISSING,
    /**
     * What lets the monitor in at the venue is good until then: {@code seconds words}, seconds
     * since the epoch, 0 where its end is not known.
     */
    CREDENTIAL_UNTIL,
    /** Another node of the same Redis took over and answers: {@code from A to B: why}. */
    REDIS_MOVED
}
