package io.plumbline.market.probe;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Names as dense ids, found by their bytes without allocating. Bounded: when it is full, a new name
 * has no id. One thread.
 */
public final class NameTable {
    private final int most;
    private final List<String> texts = new ArrayList<>();
    private byte[][] names = new byte[16][];
    private int[] ids = new int[16];

    /**
     * @param most names that are taken
     */
    public NameTable(final int most) {
        this.most = most;
    }

    /** The id of this name, or -1. Allocates nothing. */
    public int find(final byte[] bytes, final int offset, final int length) {
        final int slot = slot(bytes, offset, length);
        return names[slot] == null ? -1 : ids[slot];
    }

    /** The id of this name, new where it was not known; -1 when there is no room for it. */
    public int intern(final byte[] bytes, final int offset, final int length) {
        final int slot = slot(bytes, offset, length);
        if (names[slot] != null) {
            return ids[slot];
        }
        if (texts.size() == most) {
            return -1;
        }
        final int id = texts.size();
        texts.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
        names[slot] = Arrays.copyOfRange(bytes, offset, offset + length);
        ids[slot] = id;
        if (texts.size() * 2 > names.length) {
            grow();
        }
        return id;
    }

    public int intern(final String name) {
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return intern(bytes, 0, bytes.length);
    }

    public String name(final int id) {
        return texts.get(id);
    }

    public int size() {
        return texts.size();
    }

    private void grow() {
        final byte[][] oldNames = names;
        final int[] oldIds = ids;
        names = new byte[oldNames.length * 2][];
        ids = new int[names.length];
        for (int i = 0; i < oldNames.length; i++) {
            if (oldNames[i] != null) {
                final int slot = slot(oldNames[i], 0, oldNames[i].length);
                names[slot] = oldNames[i];
                ids[slot] = oldIds[i];
            }
        }
    }

    /** Where this name stands, or the free place where it would. */
    private int slot(final byte[] bytes, final int offset, final int length) {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + bytes[i];
        }
        final int mask = names.length - 1;
        int slot = (hash ^ hash >>> 15) & mask;
        while (names[slot] != null
                && !Arrays.equals(
                        names[slot], 0, names[slot].length, bytes, offset, offset + length)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
