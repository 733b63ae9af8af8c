package io.plumbline.market;

import java.util.Arrays;

/**
 * Ids by venue and the bytes of the venue's symbol: an open table, hashed and compared by the first
 * and the last eight bytes, which for names of up to 16 bytes is all of them. Engine thread;
 * looking up allocates nothing.
 */
final class SymbolTable {
    private static final int FIRST_SLOTS = 64;
    private static final int ALL_IN_WORDS = 2 * Long.BYTES;

    private byte[][] names = new byte[FIRST_SLOTS][];
    private String[] venues = new String[FIRST_SLOTS];
    private long[] heads = new long[FIRST_SLOTS];
    private long[] tails = new long[FIRST_SLOTS];
    private int[] ids = new int[FIRST_SLOTS];
    private int size;

    /** Adds a name that is not there yet. */
    void put(final String venue, final byte[] name, final int id) {
        if (++size * 2 > names.length) {
            grow();
        }
        final long head = head(name, 0, name.length);
        final long tail = tail(name, 0, name.length);
        final int mask = names.length - 1;
        int slot = slot(venue, head, tail, mask);
        while (names[slot] != null) {
            slot = slot + 1 & mask;
        }
        names[slot] = name;
        venues[slot] = venue;
        heads[slot] = head;
        tails[slot] = tail;
        ids[slot] = id;
    }

    /** The id under this name, or -1. */
    int find(final String venue, final byte[] bytes, final int offset, final int length) {
        final long head = head(bytes, offset, length);
        final long tail = tail(bytes, offset, length);
        final int mask = names.length - 1;
        for (int slot = slot(venue, head, tail, mask);
                names[slot] != null;
                slot = slot + 1 & mask) {
            if (heads[slot] == head
                    && tails[slot] == tail
                    && names[slot].length == length
                    && (length <= ALL_IN_WORDS
                            || Arrays.equals(
                                    names[slot], 0, length, bytes, offset, offset + length))
                    && venues[slot].equals(venue)) {
                return ids[slot];
            }
        }
        return -1;
    }

    private static int slot(final String venue, final long head, final long tail, final int mask) {
        final long mixed = (head ^ venue.hashCode()) * 0x9E37_79B9_7F4A_7C15L + tail;
        return (int) (mixed * 0x9E37_79B9_7F4A_7C15L >>> 32) & mask;
    }

    /** The first eight bytes, or as many as there are. */
    private static long head(final byte[] bytes, final int offset, final int length) {
        if (offset + Long.BYTES <= bytes.length && length > 0) {
            final long word = EightBytes.word(bytes, offset);
            return length >= Long.BYTES ? word : word & -1L >>> (Long.BYTES - length << 3);
        }
        long word = 0;
        for (int i = Math.min(length, Long.BYTES) - 1; i >= 0; i--) {
            word = word << 8 | bytes[offset + i] & 0xFF;
        }
        return word;
    }

    /** The last eight bytes; 0 where the head holds all. */
    private static long tail(final byte[] bytes, final int offset, final int length) {
        return length <= Long.BYTES ? 0 : EightBytes.word(bytes, offset + length - Long.BYTES);
    }

    private void grow() {
        final byte[][] oldNames = names;
        final String[] oldVenues = venues;
        final int[] oldIds = ids;
        final int slots = oldNames.length * 2;
        names = new byte[slots][];
        venues = new String[slots];
        heads = new long[slots];
        tails = new long[slots];
        ids = new int[slots];
        final int known = size;
        size = 0;
        for (int slot = 0; slot < oldNames.length; slot++) {
            if (oldNames[slot] != null) {
                put(oldVenues[slot], oldNames[slot], oldIds[slot]);
            }
        }
        size = known;
    }
}
