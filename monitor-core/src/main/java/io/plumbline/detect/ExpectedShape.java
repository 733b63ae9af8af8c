package io.plumbline.detect;

import io.plumbline.market.probe.Shape;
import io.plumbline.market.probe.ShapeRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The shape that messages of one kind have: declared, or learned from the first of them. A field is
 * required when it stood in every message that had its parent. Judging allocates nothing.
 */
final class ExpectedShape {
    private static final int MOST = 512;

    private final List<String> paths = new ArrayList<>();
    private long[] hashes = new long[32];
    private long[] parents = new long[32];
    private int[] types = new int[32];
    private int[] seen = new int[32];
    private int[] last = new int[32];
    private boolean[] required = new boolean[32];
    private int messages;
    private boolean complete;

    /** A shape that is still to be learned. */
    ExpectedShape() {}

    /** A declared shape. */
    ExpectedShape(final ShapeRule rule) {
        for (final ShapeRule.Field field : rule.fields()) {
            final int index = add(Shape.hash(field.path()), parentOf(field.path()), field.path());
            types[index] = field.types();
            required[index] = field.required();
        }
        complete = true;
    }

    private static long parentOf(final String path) {
        final int dot = path.lastIndexOf('.');
        final int bracket = path.endsWith("[]") ? path.length() - 2 : -1;
        return Shape.hash(path.substring(0, Math.max(0, Math.max(dot, bracket))));
    }

    boolean isComplete() {
        return complete;
    }

    /** How many messages taught it. */
    int messages() {
        return messages;
    }

    /** Learns from one more message. */
    void learn(final Shape shape) {
        messages++;
        for (int i = 0; i < shape.size(); i++) {
            int index = find(shape.hash(i));
            if (index < 0) {
                index = add(shape.hash(i), shape.parent(i), shape.path(i));
            }
            if (index >= 0) {
                types[index] |= shape.types(i);
                seen[index]++;
            }
        }
    }

    /** Ends the learning. */
    void conclude() {
        complete = true;
        for (int i = 0; i < paths.size(); i++) {
            final int parent = find(parents[i]);
            final boolean element = paths.get(i).endsWith("[]");
            required[i] =
                    !element
                            && (paths.get(i).isEmpty()
                                    ? seen[i] == messages
                                    : parent >= 0 && seen[i] == seen[parent]);
        }
    }

    /** Takes a field that was not known as one that may stand there. */
    void accept(final Shape shape, final int index) {
        final int added = add(shape.hash(index), shape.parent(index), shape.path(index));
        if (added >= 0) {
            types[added] = Shape.ANY;
        }
    }

    /** Begins a comparison; {@link #missing} ends it. */
    void begin() {
        messages++;
    }

    /**
     * Compares the {@code i}th field of a message.
     *
     * @return the field here when its type is another one, {@link #UNKNOWN} when it is not known,
     *     else {@link #EQUAL}
     */
    int compare(final Shape shape, final int i) {
        final int index = find(shape.hash(i));
        if (index < 0) {
            return UNKNOWN;
        }
        last[index] = messages;
        return (shape.types(i) & ~types[index]) == 0 ? EQUAL : index;
    }

    static final int EQUAL = -1;
    static final int UNKNOWN = -2;

    /** The first required field that the message did not have although it had its parent, or -1. */
    int missing() {
        for (int i = 0; i < paths.size(); i++) {
            if (required[i] && last[i] != messages) {
                final int parent = paths.get(i).isEmpty() ? -1 : find(parents[i]);
                if (parent < 0 || last[parent] == messages) {
                    return i;
                }
            }
        }
        return -1;
    }

    String path(final int index) {
        return paths.get(index);
    }

    int types(final int index) {
        return types[index];
    }

    long parent(final int index) {
        return parents[index];
    }

    /** All fields with their types, for people. */
    String text() {
        final StringBuilder out = new StringBuilder();
        for (int i = 0; i < paths.size(); i++) {
            if (!paths.get(i).isEmpty() && (types[i] & (Shape.OBJECT | Shape.ARRAY)) == 0) {
                out.append(out.length() == 0 ? "" : ", ")
                        .append(paths.get(i))
                        .append(required[i] ? " " : "? ")
                        .append(Shape.names(types[i]));
            }
        }
        return out.toString();
    }

    private int find(final long hash) {
        for (int i = 0; i < paths.size(); i++) {
            if (hashes[i] == hash) {
                return i;
            }
        }
        return -1;
    }

    private int add(final long hash, final long parent, final String path) {
        final int index = paths.size();
        if (index == MOST) {
            return -1;
        }
        if (index == hashes.length) {
            final int length = index * 2;
            hashes = Arrays.copyOf(hashes, length);
            parents = Arrays.copyOf(parents, length);
            types = Arrays.copyOf(types, length);
            seen = Arrays.copyOf(seen, length);
            last = Arrays.copyOf(last, length);
            required = Arrays.copyOf(required, length);
        }
        paths.add(path);
        hashes[index] = hash;
        parents[index] = parent;
        return index;
    }
}
