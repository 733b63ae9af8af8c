package io.plumbline.inbound;

/**
 * What a message that enters the monitor is. The code is written into journals: constants are
 * added, never renumbered.
 */
public enum InboundType {
    /** A text frame (or one recorded line) exactly as the venue sent it. */
    FRAME_TEXT(1),
    /** A binary frame exactly as the venue sent it. */
    FRAME_BINARY(2),
    /**
     * A connection changed state: payload {@code STATE reason}, UTF-8, see {@code SessionState}.
     */
    SESSION(3),
    /** A sign of life without data (pong, barrier answer): no payload. */
    HEARTBEAT(4),
    /**
     * A value, or the absence of one, read from Redis: the layout is {@code RedisObservation}'s.
     */
    REDIS_VALUE(5),
    /**
     * Redis told of a deletion, expiry, eviction or flush: the layout is {@code
     * RedisObservation}'s.
     */
    REDIS_EVENT(6),
    /** What the venue's REST interface says of one instrument: a JSON object. */
    REFERENCE(7),
    /** Time passed: payload 8 bytes, the wall clock in epoch nanoseconds, big endian. */
    TIMER(8),
    /**
     * A fact about the monitor itself: payload {@code CODE detail}, UTF-8, see {@code MonitorFact}.
     */
    MONITOR(9),
    /** The concluded configuration, YAML without secrets; first record of every journal segment. */
    CONFIG(10),
    /** Names of sources by id: lines {@code id name}, UTF-8; second record of every segment. */
    SOURCES(11),
    /**
     * An order book as the venue's REST interface gives it: {@code {"symbol":"..","body":..}} with
     * the venue's symbol and its answer as it came.
     */
    SNAPSHOT(12),
    /**
     * Trades fetched after a gap: {@code {"symbol":"..","channel":"..","from":n,"to":n,
     * "gapFrom":n,"gapTo":n,"body":..}} with what was asked for, the whole gap, and the venue's
     * answer as it came; {@code "error":".."} in place of the body where there is none.
     */
    BACKFILL(13),
    /**
     * What a probe read beside the prices (streams, queues, the health of a server): the layout is
     * {@code Reading}'s.
     */
    PROBE(14);

    private static final InboundType[] BY_CODE = new InboundType[16];

    static {
        for (final InboundType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;

    InboundType(final int code) {
        this.code = code;
    }

    /** Whether it was fetched from a venue's REST interface: no sign of life of a connection. */
    public boolean isFetched() {
        return this == REFERENCE || this == SNAPSHOT || this == BACKFILL;
    }

    /** The number that stands for this type in a journal, 1 to 15. */
    public int code() {
        return code;
    }

    /**
     * The type of {@code code}, or null where a later version wrote one that this one does not
     * know.
     */
    public static InboundType ofCode(final int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
