package io.plumbline.feed.redis;

/**
 * Keys to read in one round trip and what came back: reused, data thread only. Bounded by {@link
 * #LIMIT}; more keys take more batches.
 */
final class ReadBatch {
    /** The most keys in one pipelined request. */
    static final int LIMIT = 500;

    /** What a read found. */
    static final byte ABSENT = 1;

    static final byte PRESENT = 2;
    static final byte WRONG_TYPE = 3;

    /** Another node of the Cluster has it, or is about to: nothing is known of it here. */
    static final byte ELSEWHERE = 4;

    final int[] ids = new int[LIMIT];
    final long[] notifiedNs = new long[LIMIT];
    final int[] kinds = new int[LIMIT];

    /** Whether to read it although its slot is not this node's yet. */
    final boolean[] asking = new boolean[LIMIT];

    /** Whether to ask for the deadline too; else {@link #expiresAtNs} is what was known of it. */
    final boolean[] timed = new boolean[LIMIT];

    final byte[] states = new byte[LIMIT];
    final byte[][] values = new byte[LIMIT][];
    final byte[][] sequences = new byte[LIMIT][];
    final byte[][] times = new byte[LIMIT][];

    /** Our clock; NEVER without TTL, NONE when not known or absent. */
    final long[] expiresAtNs = new long[LIMIT];

    int size;

    /** When the request was sent and when its answer was whole, ns since the epoch. */
    long sentNs;

    long repliedNs;

    /** How far two readings of the same deadline may lie apart. */
    long deadlineToleranceNs;

    void clear() {
        size = 0;
    }

    void add(final int key) {
        add(key, 0, 0);
    }

    void add(final int key, final long notifiedAtNs, final int kind) {
        ids[size] = key;
        notifiedNs[size] = notifiedAtNs;
        kinds[size] = kind;
        asking[size] = false;
        timed[size] = true;
        size++;
    }
}
