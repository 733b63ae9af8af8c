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
    WITHOUT_TTL(25),
    /** From the ping to its answer, ns. */
    PING_NS(128),
    /** 1 for a primary, 0 for a replica. */
    PRIMARY(129),
    /** A replica: 1 while its link to the primary is up; seconds since it went down otherwise. */
    LINK_UP(130),
    LINK_DOWN_S(131),
    /** A replica: seconds since its primary was last heard. */
    PRIMARY_HEARD_S(132),
    /** Bytes of the replication stream up to here. */
    REPLICATION_OFFSET(133),
    /** A primary: its replicas. */
    REPLICAS(134),
    /** A primary: replicas that are not online. */
    REPLICAS_NOT_ONLINE(135),
    /** A primary: how far its slowest replica is behind, in bytes, and in seconds unheard. */
    REPLICA_BEHIND_BYTES(136),
    REPLICA_UNHEARD_S(137),
    MEMORY_USED(138),
    /** 0 for no limit. */
    MEMORY_MOST(139),
    /** Memory that the process has for each byte that it uses, in hundredths. */
    FRAGMENTATION_PERCENT(140),
    /** 1 when keys may be evicted, 0 when writes are refused instead. */
    EVICTS(141),
    /** Counted since the server's start. */
    EVICTED(142),
    EXPIRED(143),
    REJECTED_CONNECTIONS(144),
    /** Clients cut because they did not read what they were sent (Redis 7.4 and later). */
    OUTPUT_BUFFER_KILLS(145),
    COMMANDS(146),
    /** 1 when the last attempt to write a snapshot, the log, the log anew succeeded. */
    SNAPSHOT_OK(147),
    LOG_WRITE_OK(148),
    LOG_REWRITE_OK(149),
    /** 1 while the server reads its data from disk. */
    LOADING(150),
    UPTIME_S(151),
    /** A number that stands for the server's run: another one is another run. */
    RUN(152),
    BLOCKED_CLIENTS(153),
    CLIENTS(154),
    MOST_CLIENTS(155),
    OPERATIONS_PER_SECOND(156),
    /** 1 for a node of a Cluster. */
    CLUSTERED(157),
    /** 1 while the Cluster serves; then slots, nodes that hold some, nodes that are known. */
    CLUSTER_OK(160),
    SLOTS_ASSIGNED(161),
    SLOTS_OK(162),
    SLOTS_PFAIL(163),
    SLOTS_FAIL(164),
    CLUSTER_SIZE(165),
    KNOWN_NODES(166),
    /** Nodes that the others gave up, that this one suspects, that it has no link to. */
    NODES_FAIL(167),
    NODES_PFAIL(168),
    NODES_UNLINKED(169),
    /** When a row says that it was written, ns since the epoch. */
    UPDATED_NS(192),
    /** How a number is stored: 0 exactly, 1 as a float of 64 bits, 2 of 32 bits, 3 as text. */
    STORED(193),
    /** Digits after the point that the column's type keeps. */
    SCALE(194),
    /** Rows that were read of a table, and the number of the reading that they belong to. */
    ROWS(195),
    SWEEP(196),
    /** 1 when the table has more rows than are read. */
    ROWS_CUT(197);

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
