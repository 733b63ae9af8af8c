package io.plumbline.market.probe;

/**
 * The numbers that a reading may carry, by name. The code is written into journals: constants are
 * added, never renumbered. 1 to 127 for what stands around the price, from 128 for the health of
 * servers. What a server did not say is not given, never 0.
 */
public enum Measure {
    /** 1 when it is there, 0 when it is not. */
    EXISTS(1),
    /** The server's own clock when it was asked, ns since the epoch. */
    SERVER_NS(2),
    /** Entries or elements in it. */
    LENGTH(3),
    /** Id of the first entry in a stream: the milliseconds and the number after the dash. */
    FIRST_MS(4),
    FIRST_SEQUENCE(5),
    /** The last id that a stream gave out, in two parts as above. */
    LAST_MS(6),
    LAST_SEQUENCE(7),
    /** Entries ever added to a stream (Redis 7.0 and later). */
    ADDED(8),
    /** The largest id that was deleted by XDEL (Redis 7.0 and later). */
    DELETED_MS(9),
    DELETED_SEQUENCE(10),
    /** The last id that was delivered to a group. */
    DELIVERED_MS(11),
    DELIVERED_SEQUENCE(12),
    /** The first id that a group was not given yet. */
    UNREAD_MS(13),
    UNREAD_SEQUENCE(14),
    /** Entries that a group read; not given where Redis does not know. */
    READ(15),
    /** Entries that a group was not given yet; not given where Redis does not know. */
    LAG(16),
    /** Entries that were delivered and not acknowledged. */
    PENDING(17),
    /**
     * For how long the oldest of them has been with its consumer, ns; how often it was delivered.
     */
    PENDING_IDLE_NS(18),
    DELIVERIES(19),
    /** Consumers of a group, or clients blocked on a list; not given where Redis does not tell. */
    CONSUMERS(20),
    /** The time since the liveliest consumer was last seen, ns. */
    IDLE_NS(21),
    /** The time that stands in the text, ns since the epoch: set by the decoder. */
    CONTENT_NS(22),
    /** The life that is left, ns; the largest number for one that does not expire. */
    TTL_NS(23),
    /** 1 when the value is the same as in the reading before: its text is left out. */
    SAME(24),
    /** Keys that do not expire. */
    WITHOUT_TTL(25);

    private static final Measure[] BY_CODE = new Measure[512];
    private static final int COUNT = values().length;

    static {
        for (final Measure measure : values()) {
            BY_CODE[measure.code] = measure;
        }
    }

    private final int code;

    Measure(final int code) {
        this.code = code;
    }

    /** The number that stands for this measure in a journal, 1 to 511. */
    public int code() {
        return code;
    }

    /** The measure of {@code code}, or null where a later version wrote it. */
    public static Measure ofCode(final int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }

    static int count() {
        return COUNT;
    }
}
