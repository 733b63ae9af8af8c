package io.plumbline.journal;

import java.nio.ByteBuffer;

/**
 * Finds the border of records in a buffer of them, because a segment ends between two. Reused; disk
 * thread only.
 */
final class RecordCut {
    private int end;
    private int records;
    private int lastCrc;
    private long lastStampNs;

    /** Walks from the buffer's position over as many as fit into {@code room}. */
    RecordCut within(final ByteBuffer batch, final long room) {
        final int start = batch.position();
        end = start;
        records = 0;
        while (end < batch.limit()) {
            final int next = end + JournalLayout.padded(batch.getInt(end));
            if (next - start > room) {
                break;
            }
            lastCrc = batch.getInt(end + JournalLayout.CRC);
            lastStampNs = batch.getLong(end + JournalLayout.STAMP);
            records++;
            end = next;
        }
        return this;
    }

    int end() {
        return end;
    }

    int records() {
        return records;
    }

    int lastCrc() {
        return lastCrc;
    }

    long lastStampNs() {
        return lastStampNs;
    }
}
