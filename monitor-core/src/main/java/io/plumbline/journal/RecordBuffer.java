package io.plumbline.journal;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Records on their way from the journal thread to the disk: one half is filled while the other is
 * written, so that a disk which is slow, even for half a second in an fsync, holds nobody up. When
 * the half is full before the disk is ready, records are lost: the answer says so, and their
 * numbers are missing from the journal.
 *
 * <p>A half begins small and grows with what waits: what was never needed holds no memory.
 */
final class RecordBuffer {
    private static final int LEAST_BYTES = 1 << 20;
    private static final int GROWTH = 4;

    private final CRC32C crc = new CRC32C();
    private final int mostBytes;
    private final int wakeBytes;
    private final Runnable wake;
    private ByteBuffer filling;
    private ByteBuffer writing;
    private long sequence;
    private boolean closed;

    /** Something other than the timer's ticks waits. */
    private boolean pressing;

    /** The disk thread sleeps until something is pressing. */
    private boolean resting;

    /**
     * @param bytes of each half, at most
     * @param wakeBytes how much may wait before {@code wake} is called; while the disk thread
     *     {@link #rests} the first message that is no tick of the timer is enough
     */
    RecordBuffer(final int bytes, final int wakeBytes, final Runnable wake) {
        mostBytes = bytes;
        filling = half(Math.min(LEAST_BYTES, bytes));
        writing = half(Math.min(LEAST_BYTES, bytes));
        this.wakeBytes = Math.min(wakeBytes, bytes / 2);
        this.wake = wake;
    }

    private static ByteBuffer half(final int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Journal thread: numbers the message and keeps it. False: there was no room, it is lost. */
    boolean append(final InboundMessage message) {
        final boolean kept;
        final boolean enough;
        synchronized (this) {
            sequence++;
            final int before = filling.position();
            kept =
                    !closed
                            && message.length <= JournalLayout.MAX_PAYLOAD_BYTES
                            && fits(JournalLayout.padded(JournalLayout.PAYLOAD + message.length));
            if (kept) {
                JournalLayout.put(filling, crc, sequence, 0, message);
            }
            pressing |= kept && message.type != InboundType.TIMER;
            enough = before < wakeBytes && filling.position() >= wakeBytes || pressing && resting;
            resting &= !enough;
        }
        if (enough) {
            wake.run();
        }
        return kept;
    }

    private boolean fits(final int bytes) {
        while (bytes > filling.remaining() && filling.capacity() < mostBytes) {
            final long next = Math.min(mostBytes, (long) filling.capacity() * GROWTH);
            filling = half((int) next).put(filling.flip());
        }
        return bytes <= filling.remaining();
    }

    /** Disk thread: whether it may sleep for longer, as nothing but ticks of the timer waits. */
    synchronized boolean rests() {
        resting = !pressing;
        return resting;
    }

    /**
     * Disk thread: takes what waits; the buffer is the caller's until the next call.
     *
     * @param last there will be no next call: whatever is appended from here on is lost
     */
    synchronized ByteBuffer swap(final boolean last) {
        closed = last;
        pressing = false;
        final ByteBuffer filled = filling.flip();
        filling = writing.clear();
        writing = filled;
        return filled;
    }
}
