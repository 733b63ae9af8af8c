package io.plumbline.market;

import java.util.Arrays;

/**
 * Ids by venue and the bytes of the venue's symbol: an open table, hashed and compared by the first
 * and the last eight bytes, which for names of up to 16 bytes is all of them. All that a slot holds
 * lies together, because with thousands of symbols each look-up is a miss of the cache. Engine
 * thread; looking up allocates nothing.
 *
 * <pre>
 * slot, four longs
 *   0  the first eight bytes
 *   1  the last eight bytes; 0 where the first hold all
 *   2  venue + 1 (20 bits), length (24 bits), id (20 bits); 0: nothing here
 *   3  not used
 * </pre>
 */
final class SymbolTable {
    private static final int FIRST_SLOTS = 64;
    private static final int ALL_IN_WORDS = 2 * Long.BYTES;
    private static final int SLOT_SHIFT = 2;
    private static final int TAIL = 1;
    private static final int ENTRY = 2;
    private static final int ID_BITS = 20;
    private static final int LENGTH_BITS = 24;
    private static final long ID_MASK = (1L << ID_BITS) - 1;

    private long[] slots = new long[FIRST_SLOTS << SLOT_SHIFT];
    private String[] venues = new String[0];
    private byte[][] names = new byte[FIRST_SLOTS][];
    private int size;

    /** Adds a name that is not there yet; ids are dense. */
    void put(final String venue, final byte[] name, final int id) {
        if (id >= names.length) {
            names = Arrays.copyOf(names, names.length * 2);
        }
        names[id] = name;
        if (++size << SLOT_SHIFT + 1 > slots.length) {
            grow();
        }
        final long entry = entry(learn(venue), name.length) | id;
        put(slots, head(name, 0, name.length), tail(name, 0, name.length), entry);
    }

    private static void put(final long[] into, final long head, final long tail, final long entry) {
        final int mask = into.length - 1;
        int slot = slot(entry, head, tail, mask);
        while (into[slot + ENTRY] != 0) {
            slot = slot + (1 << SLOT_SHIFT) & mask;
        }
        into[slot] = head;
        into[slot + TAIL] = tail;
        into[slot + ENTRY] = entry;
    }

    private int learn(final String venue) {
        final int known = index(venue);
        if (known >= 0) {
            return known;
        }
        venues = Arrays.copyOf(venues, venues.length + 1);
        venues[venues.length - 1] = venue;
        return venues.length - 1;
    }

    /** The place of a venue in the list of those that are known, or -1. */
    private int index(final String venue) {
        for (int i = 0; i < venues.length; i++) {
            if (venues[i].equals(venue)) {
                return i;
            }
        }
        return -1;
    }

    private static long entry(final int venue, final int length) {
        return (venue + 1L << LENGTH_BITS | length) << ID_BITS;
    }

    /** The id under this name, or -1; a name of no bytes, where there may be no array, has none. */
    int find(final String venue, final byte[] bytes, final int offset, final int length) {
        final int known = index(venue);
        if (known < 0 || length == 0) {
            return -1;
        }
        final long head = head(bytes, offset, length);
        final long tail = tail(bytes, offset, length);
        final long wanted = entry(known, length);
        final int mask = slots.length - 1;
        for (int slot = slot(wanted, head, tail, mask);
                slots[slot + ENTRY] != 0;
                slot = slot + (1 << SLOT_SHIFT) & mask) {
            final long entry = slots[slot + ENTRY];
            if (slots[slot] == head
                    && slots[slot + TAIL] == tail
                    && (entry & ~ID_MASK) == wanted
                    && (length <= ALL_IN_WORDS
                            || Arrays.equals(
                                    names[(int) (entry & ID_MASK)],
                                    0,
                                    length,
                                    bytes,
                                    offset,
                                    offset + length))) {
                return (int) (entry & ID_MASK);
            }
        }
        return -1;
    }

    /** Where in the table to look first: the id in {@code entry} does not count. */
    private static int slot(final long entry, final long head, final long tail, final int mask) {
        final long mixed = (head ^ entry >>> ID_BITS) * 0x9E37_79B9_7F4A_7C15L + tail;
        return (int) (mixed * 0x9E37_79B9_7F4A_7C15L >>> 32) << SLOT_SHIFT & mask;
    }

    /** The first eight bytes, or as many as there are. */
    private static long head(final byte[] bytes, final int offset, final int length) {
        if (offset + Long.BYTES <= bytes.length) {
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
        final long[] grown = new long[slots.length * 2];
        for (int slot = 0; slot < slots.length; slot += 1 << SLOT_SHIFT) {
            if (slots[slot + ENTRY] != 0) {
                put(grown, slots[slot], slots[slot + TAIL], slots[slot + ENTRY]);
            }
        }
        slots = grown;
    }
}
