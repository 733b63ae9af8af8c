package io.plumbline.inbound;

import java.nio.ByteBuffer;

/**
 * The bytes of all cells, side by side in one array, so that a message of several neighbouring
 * cells is one stretch that consumers read in place. Only one that runs over the end and goes on at
 * the start has to be put together. Who may touch which stretch is the ring's business.
 */
final class Slab {
    private final byte[] bytes;
    private final int cellBytes;
    private final long mask;

    /**
     * @param cells a power of two
     */
    Slab(final int cells, final int cellBytes) {
        this.bytes = new byte[cells * cellBytes];
        this.cellBytes = cellBytes;
        this.mask = cells - 1L;
    }

    /** How many cells a message of {@code length} bytes takes: an empty one takes one, too. */
    int cells(final int length) {
        return length == 0 ? 1 : (length - 1) / cellBytes + 1;
    }

    void write(final long sequence, final byte[] from, final int offset, final int length) {
        final int start = start(sequence);
        final int head = Math.min(length, bytes.length - start);
        System.arraycopy(from, offset, bytes, start, head);
        if (head < length) {
            System.arraycopy(from, offset + head, bytes, 0, length - head);
        }
    }

    /** Leaves the buffer's position where it is: the reads are absolute. */
    void write(final long sequence, final ByteBuffer from, final int offset, final int length) {
        final int start = start(sequence);
        final int head = Math.min(length, bytes.length - start);
        from.get(offset, bytes, start, head);
        if (head < length) {
            from.get(offset + head, bytes, 0, length - head);
        }
    }

    /** Whether the message of {@code sequence} runs over the end. */
    boolean wraps(final long sequence, final int length) {
        return start(sequence) + length > bytes.length;
    }

    /** Puts a message that runs over the end together. */
    void assemble(final long sequence, final int length, final byte[] into) {
        final int start = start(sequence);
        final int head = bytes.length - start;
        System.arraycopy(bytes, start, into, 0, head);
        System.arraycopy(bytes, 0, into, head, length - head);
    }

    byte[] bytes() {
        return bytes;
    }

    int start(final long sequence) {
        return (int) (sequence & mask) * cellBytes;
    }
}
