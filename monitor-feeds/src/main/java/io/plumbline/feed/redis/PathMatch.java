package io.plumbline.feed.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Which of a few member paths lead to the place where a walk over a value stands. A path is names
 * with dots between them, {@code data.0.p}: a name of digits also counts the elements of a list,
 * from 0. {@code .} is the value as a whole; an empty path leads nowhere.
 *
 * <p>Engine thread only; allocates nothing after construction.
 */
class PathMatch {
    static final String WHOLE = ".";
    private static final int NO_INDEX = -1;
    private static final int LONGEST_INDEX = 9;

    private final byte[][][] names;
    private final int[][] indices;
    private final boolean[] given;
    private final int[] matched;

    PathMatch(final String... paths) {
        names = new byte[paths.length][][];
        indices = new int[paths.length][];
        given = new boolean[paths.length];
        matched = new int[paths.length];
        for (int i = 0; i < paths.length; i++) {
            given[i] = !paths[i].isEmpty();
            final String[] parts =
                    paths[i].isEmpty() || paths[i].equals(WHOLE)
                            ? new String[0]
                            : paths[i].split("\\.");
            names[i] = new byte[parts.length][];
            indices[i] = new int[parts.length];
            for (int j = 0; j < parts.length; j++) {
                names[i][j] = parts[j].getBytes(StandardCharsets.UTF_8);
                indices[i][j] = index(parts[j]);
            }
        }
    }

    private static int index(final String name) {
        final boolean digits =
                name.length() <= LONGEST_INDEX && name.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits && (name.length() == 1 || name.charAt(0) != '0')
                ? Integer.parseInt(name)
                : NO_INDEX;
    }

    int size() {
        return names.length;
    }

    /** Back to the outermost value. */
    void reset() {
        for (int i = 0; i < matched.length; i++) {
            matched[i] = given[i] ? 0 : -1;
        }
    }

    /** Whether the path ends at the value of this depth where the walk stands. */
    boolean isHere(final int path, final int depth) {
        return matched[path] == depth && names[path].length == depth;
    }

    /** Goes into the member of this name; whether the path does. */
    boolean enter(
            final int path, final int depth, final byte[] bytes, final int from, final int to) {
        final boolean leads =
                matched[path] == depth
                        && names[path].length > depth
                        && Arrays.equals(
                                names[path][depth], 0, names[path][depth].length, bytes, from, to);
        matched[path] = leads ? depth + 1 : matched[path];
        return leads;
    }

    /** Goes into the element, or the member whose name is a number; whether the path does. */
    boolean enter(final int path, final int depth, final long index) {
        final boolean leads =
                matched[path] == depth
                        && names[path].length > depth
                        && indices[path][depth] != NO_INDEX
                        && indices[path][depth] == index;
        matched[path] = leads ? depth + 1 : matched[path];
        return leads;
    }

    /** Out again, of whatever was entered at this depth. */
    void leave(final int depth) {
        for (int i = 0; i < matched.length; i++) {
            matched[i] = Math.min(matched[i], depth);
        }
    }
}
