package io.plumbline.market;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The Redis keys that are watched, by dense id, each with what it is declared to carry. Built once
 * at start, then only read.
 */
public final class WatchedKeys {
    /**
     * One key and its rule.
     *
     * @param name the Redis key
     * @param source id of the Redis that holds it
     * @param instrument whose price it carries
     * @param field which field of the venue's stream
     * @param lagBudgetNs how late a value may be before it is a finding
     * @param closeLagNs below this a late key counts as on time again
     * @param toleranceTicks how many ticks of deviation are accepted
     * @param toleranceBps how many basis points are accepted; not given for none
     * @param ttlExpected whether a TTL must be set
     * @param ttlShortestNs the shortest remaining life a fresh write may have, 0 for no such rule
     * @param writer name of the process that fills it, for findings about a whole writer
     */
    public record WatchedKey(
            int id,
            String name,
            int source,
            int instrument,
            Field field,
            long lagBudgetNs,
            long closeLagNs,
            int toleranceTicks,
            Decimal toleranceBps,
            boolean ttlExpected,
            long ttlShortestNs,
            String writer) {}

    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** The golden ratio in 64 bits, as of Fibonacci hashing. */
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final List<WatchedKey> keys = new ArrayList<>();
    private byte[][] names = new byte[64][];
    private int[] ids = new int[64];

    /** Adds {@code key}, whose id must be {@link #size()}. */
    public void add(final WatchedKey key) {
        if (key.id != keys.size()) {
            throw new IllegalArgumentException("key ids are dense: expected " + keys.size());
        }
        keys.add(key);
        if (keys.size() * 2 > names.length) {
            names = new byte[names.length * 2][];
            ids = new int[names.length];
            keys.forEach(this::put);
        } else {
            put(key);
        }
    }

    /** The id of the key of this name, or -1. Allocates nothing. */
    public int find(final byte[] bytes, final int offset, final int length) {
        final int mask = names.length - 1;
        for (int slot = hash(bytes, offset, length) & mask;
                names[slot] != null;
                slot = (slot + 1) & mask) {
            if (Arrays.equals(names[slot], 0, names[slot].length, bytes, offset, offset + length)) {
                return ids[slot];
            }
        }
        return -1;
    }

    public WatchedKey key(final int id) {
        return keys.get(id);
    }

    public int size() {
        return keys.size();
    }

    public List<WatchedKey> all() {
        return List.copyOf(keys);
    }

    private void put(final WatchedKey key) {
        final byte[] name = key.name.getBytes(StandardCharsets.UTF_8);
        final int mask = names.length - 1;
        int slot = hash(name, 0, name.length) & mask;
        while (names[slot] != null) {
            slot = (slot + 1) & mask;
        }
        names[slot] = name;
        ids[slot] = key.id;
    }

    /** Eight bytes at a time; the last eight may have been seen before. */
    private static int hash(final byte[] bytes, final int offset, final int length) {
        long hash = length;
        if (length < Long.BYTES) {
            for (int i = offset; i < offset + length; i++) {
                hash = hash << Byte.SIZE | bytes[i] & 0xff;
            }
            return fold(hash);
        }
        final int last = offset + length - Long.BYTES;
        for (int i = offset; i < last; i += Long.BYTES) {
            hash = (hash ^ (long) WORD.get(bytes, i)) * MULTIPLIER;
            hash ^= hash >>> 32;
        }
        return fold(hash ^ (long) WORD.get(bytes, last));
    }

    private static int fold(final long hash) {
        return (int) ((hash ^ hash >>> 32) * MULTIPLIER >>> 32);
    }
}
