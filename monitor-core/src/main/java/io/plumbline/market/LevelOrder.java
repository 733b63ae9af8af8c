package io.plumbline.market;

/**
 * Sorts the levels of a snapshot that came in no order: in place, in n log n steps whatever a peer
 * sends, levels of the same price in the order in which they came.
 */
final class LevelOrder {
    private LevelOrder() {}

    /**
     * @param order 0 to {@code count - 1}; its content is lost
     */
    static void sort(
            final long[] keys,
            final long[] sizes,
            final int[] scales,
            final int[] order,
            final int count) {
        for (int parent = count / 2 - 1; parent >= 0; parent--) {
            sink(keys, order, parent, count);
        }
        for (int last = count - 1; last > 0; last--) {
            final int largest = order[0];
            order[0] = order[last];
            order[last] = largest;
            sink(keys, order, 0, last);
        }
        arrange(keys, sizes, scales, order, count);
    }

    private static void sink(
            final long[] keys, final int[] order, final int from, final int count) {
        final int sinking = order[from];
        int at = from;
        for (int child = 2 * at + 1; child < count; child = 2 * at + 1) {
            if (child + 1 < count && isBehind(keys, order[child + 1], order[child])) {
                child++;
            }
            if (!isBehind(keys, order[child], sinking)) {
                break;
            }
            order[at] = order[child];
            at = child;
        }
        order[at] = sinking;
    }

    private static boolean isBehind(final long[] keys, final int a, final int b) {
        return keys[a] > keys[b] || keys[a] == keys[b] && a > b;
    }

    /** Moves every level to its place, along the circles of the permutation. */
    private static void arrange(
            final long[] keys,
            final long[] sizes,
            final int[] scales,
            final int[] order,
            final int count) {
        for (int start = 0; start < count; start++) {
            final long key = keys[start];
            final long size = sizes[start];
            final int scale = scales[start];
            int at = start;
            while (order[at] != start) {
                final int from = order[at];
                keys[at] = keys[from];
                sizes[at] = sizes[from];
                scales[at] = scales[from];
                order[at] = at;
                at = from;
            }
            keys[at] = key;
            sizes[at] = size;
            scales[at] = scale;
            order[at] = at;
        }
    }
}
