package io.plumbline.market.probe;

/**
 * What a reading is about. The code is written into journals: constants are added, never
 * renumbered. 1 to 31 for what stands around the price, from 32 for the health of servers.
 */
public enum ProbeKind {
    /**
     * Whether a probe can read its target: FAILED with the reason and the remedy, or not FAILED
     * once it can again. Target: the probe's name; item: what it wanted to read.
     */
    PROBE_STATE(1),
    /** A stream, by XINFO STREAM. Target: its key. */
    STREAM(2),
    /**
     * A consumer group of a stream, by XINFO GROUPS and CONSUMERS, XPENDING and XRANGE. Target: the
     * stream's key; item: the group; text: the consumer that holds the oldest pending entry.
     */
    GROUP(3),
    /** A list that a consumer pops from. Target: its key; text: its head, as it stands. */
    QUEUE(4),
    /**
     * The result of a command that was taken from a queue, whether it is there yet. Target: the
     * queue; item: the command's id; text: a key of another name that has this id, where one was
     * found.
     */
    RESULT(5),
    /**
     * A key that is written again and again as a whole. Target: the pattern; item: the key; text:
     * its value, where it is not the SAME as before; node: who has it.
     */
    SNAPSHOT(6),
    /**
     * The keys of a pattern that should expire, after one walk over all of them. Target: the
     * pattern; text: one that has no expiry; node: who has that one.
     */
    CACHED(7),
    /**
     * A message on a channel. Target: the subscribed pattern; item: the channel; text: the message.
     */
    EVENT(8),
    /**
     * A key whose name a watched key may have been meant by. Target: the name as it stands; values:
     * EXISTS, TTL_NS; text: the beginning of its value, nothing where it cannot be read; node: who
     * has it.
     */
    KEY_NAME(30),
    /** Whether the names of all keys can be walked through: FAILED with the reason. */
    KEY_SCAN(31),
    /**
     * One server process. Target: host:port; text: INFO as it came, with {@link Measure#PING_NS};
     * FAILED when this node cannot be reached.
     */
    NODE_INFO(32),
    /** What a node thinks of its Cluster. Target: host:port; text: CLUSTER INFO, CLUSTER NODES. */
    NODE_CLUSTER(33),
    /** A row of a database. Target: the table; item: the symbol; text: the price, as they stand. */
    DATABASE_ROW(48),
    /** A table was read to its end. Target: the table; text: the type of its price column. */
    DATABASE_TABLE(49);

    private static final ProbeKind[] BY_CODE = new ProbeKind[256];

    static {
        for (final ProbeKind kind : values()) {
            BY_CODE[kind.code] = kind;
        }
    }

    private final int code;

    ProbeKind(final int code) {
        this.code = code;
    }

    /** The number that stands for this kind in a journal, 1 to 255. */
    public int code() {
        return code;
    }

    /** The kind of {@code code}, or null where a later version wrote it. */
    public static ProbeKind ofCode(final int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
