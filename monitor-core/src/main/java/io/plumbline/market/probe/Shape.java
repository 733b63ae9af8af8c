package io.plumbline.market.probe;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Which fields a JSON payload has and of which types: paths like {@code order.fills[].price}, each
 * once. A reused list, filled by a decoder; allocates nothing after construction. Of the elements
 * of an array the union is kept.
 */
public final class Shape {
    /** A JSON type is one bit, a set of them a mask. */
    public static final int OBJECT = 1;

    public static final int ARRAY = 2;
    public static final int STRING = 4;
    public static final int NUMBER = 8;
    public static final int BOOLEAN = 16;
    public static final int NULL = 32;

    /** The payload is no JSON. */
    public static final int NOT_JSON = 64;

    public static final int ANY = OBJECT | ARRAY | STRING | NUMBER | BOOLEAN | NULL;

    /** The hash of the whole payload, which has no path. */
    public static final long ROOT = hash(new byte[0], 0, 0);

    private static final String[] NAMES = {
        "object", "array", "string", "number", "boolean", "null", "no JSON"
    };
    private static final int MOST = 256;
    private static final int LONGEST_PATH = 512;
    private static final byte[] ELEMENT = {'[', ']'};

    private final byte[] path = new byte[LONGEST_PATH];
    private final long[] hashes = new long[MOST];
    private final long[] parents = new long[MOST];
    private final int[] types = new int[MOST];
    private final int[] ends = new int[MOST];
    private final byte[] names = new byte[MOST * 64];
    private int pathLength;
    private int size;
    private boolean tooBig;
    private long variant;
    private boolean given;

    /** Forgets everything. */
    public void clear() {
        size = 0;
        pathLength = 0;
        tooBig = false;
        variant = ROOT;
        given = false;
    }

    /** Begins a payload. */
    public void begin() {
        clear();
        given = true;
    }

    /** Whether there is one. */
    public boolean isGiven() {
        return given;
    }

    /** Whether it has more fields, or longer paths, than are kept: then it cannot be judged. */
    public boolean tooBig() {
        return tooBig;
    }

    /** Enters a field of the object at hand. @return what {@link #leave} takes */
    public int enter(final byte[] key, final int offset, final int length) {
        final int mark = pathLength;
        if (mark > 0) {
            append(new byte[] {'.'}, 0, 1);
        }
        append(key, offset, length);
        return mark;
    }

    /** Enters the elements of the array at hand. @return what {@link #leave} takes */
    public int enterElement() {
        final int mark = pathLength;
        append(ELEMENT, 0, ELEMENT.length);
        return mark;
    }

    /** Back to where an enter stood. */
    public void leave(final int mark) {
        pathLength = mark;
    }

    /** The hash of the path at hand. */
    public long here() {
        return hash(path, 0, pathLength);
    }

    /** What stands at the path at hand, within what stands at {@code parent}. */
    public void add(final int type, final long parent) {
        final long hash = here();
        for (int i = 0; i < size; i++) {
            if (hashes[i] == hash) {
                types[i] |= type;
                return;
            }
        }
        final int from = size == 0 ? 0 : ends[size - 1];
        if (size == MOST || from + pathLength > names.length) {
            tooBig = true;
            return;
        }
        System.arraycopy(path, 0, names, from, pathLength);
        ends[size] = from + pathLength;
        hashes[size] = hash;
        parents[size] = parent;
        types[size] = type;
        size++;
    }

    /** The payload says by this text which of several kinds of message it is. */
    public void variant(final byte[] text, final int offset, final int length) {
        variant = hash(text, offset, length);
    }

    /** The hash of that text, {@link #ROOT} without one. */
    public long variant() {
        return variant;
    }

    public int size() {
        return size;
    }

    public long hash(final int index) {
        return hashes[index];
    }

    public long parent(final int index) {
        return parents[index];
    }

    /** The types at this path: one, but for elements of an array. */
    public int types(final int index) {
        return types[index];
    }

    /** The path as text, "" for the whole payload: cold paths. */
    public String path(final int index) {
        final int from = index == 0 ? 0 : ends[index - 1];
        return new String(names, from, ends[index] - from, StandardCharsets.UTF_8);
    }

    /** The hash of a path or a variant. */
    public static long hash(final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return hash(bytes, 0, bytes.length);
    }

    /** Types as text: {@code string or null}. */
    public static String names(final int mask) {
        final StringBuilder out = new StringBuilder();
        for (int i = 0; i < NAMES.length; i++) {
            if ((mask & 1 << i) != 0) {
                out.append(out.length() == 0 ? "" : " or ").append(NAMES[i]);
            }
        }
        return out.toString();
    }

    /** The type of this name, 0 for none. */
    public static int type(final String name) {
        final int index = Arrays.asList(NAMES).indexOf(name);
        return "any".equals(name) ? ANY : index < 0 || 1 << index == NOT_JSON ? 0 : 1 << index;
    }

    /** FNV-1a, 64 bits. */
    private static long hash(final byte[] bytes, final int offset, final int length) {
        long hash = 0xcbf29ce484222325L;
        for (int i = offset; i < offset + length; i++) {
            hash = (hash ^ bytes[i] & 0xff) * 0x100000001b3L;
        }
        return hash;
    }

    private void append(final byte[] part, final int offset, final int length) {
        if (pathLength + length > path.length) {
            tooBig = true;
            return;
        }
        System.arraycopy(part, offset, path, pathLength, length);
        pathLength += length;
    }
}
