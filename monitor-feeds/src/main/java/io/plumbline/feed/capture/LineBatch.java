package io.plumbline.feed.capture;

import io.plumbline.market.EightBytes;
import java.io.IOException;

/**
 * Lines on their way from the thread that unpacks to the one that reads: one owns them at a time.
 */
final class LineBatch {
    private static final int LINES = 256;
    private static final int USUAL_BYTES = 1 << 16;

    private final Lines.Step[] steps = new Lines.Step[LINES];
    private final byte[][] slabs = new byte[LINES][];
    private final int[] starts = new int[LINES];
    private final int[] ends = new int[LINES];
    private byte[] slab = new byte[USUAL_BYTES];
    private int used;
    private int size;

    /** Of the file, behind the batch. */
    long taken;

    String damage = "";

    /** Nothing comes after it. */
    boolean last;

    /** Why nothing comes after it, where that is not the end of the input. */
    Throwable failure;

    void clear() {
        size = 0;
        used = 0;
        if (slab.length > USUAL_BYTES) {
            slab = new byte[USUAL_BYTES];
        }
    }

    boolean isFull() {
        return size == LINES || used > USUAL_BYTES / 2;
    }

    int size() {
        return size;
    }

    /** Keeps a copy of what the lines stand at. */
    void add(final Lines.Step step, final Lines lines) {
        final int length = step == Lines.Step.LINE ? lines.lineEnd() - lines.lineStart() : 0;
        final int needed = length + EightBytes.SLACK;
        if (slab.length - used < needed) {
            // What was laid down before keeps the array that it lies in.
            slab = new byte[Math.max(needed, USUAL_BYTES)];
            used = 0;
        }
        if (length > 0) {
            System.arraycopy(lines.bytes(), lines.lineStart(), slab, used, length);
        }
        steps[size] = step;
        slabs[size] = slab;
        starts[size] = used;
        ends[size] = used + length;
        used += length;
        size++;
    }

    Lines.Step step(final int index) {
        return steps[index];
    }

    byte[] bytes(final int index) {
        return slabs[index];
    }

    int start(final int index) {
        return starts[index];
    }

    int end(final int index) {
        return ends[index];
    }

    /** Says why nothing comes after it. */
    void rethrow() throws IOException {
        if (failure instanceof IOException) {
            throw (IOException) failure;
        }
        if (failure instanceof RuntimeException) {
            throw (RuntimeException) failure;
        }
        if (failure instanceof Error) {
            throw (Error) failure;
        }
    }
}
