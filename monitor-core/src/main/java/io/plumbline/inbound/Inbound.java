package io.plumbline.inbound;

import java.nio.ByteBuffer;

/**
 * The one door into the monitor. Any thread may offer; none ever waits: a message for which there
 * is no room is dropped and counted, and the next message of its source says how many went missing.
 */
public interface Inbound {
    /**
     * Copies {@code length} bytes in.
     *
     * @return whether there was room
     */
    boolean offer(
            InboundType type,
            int source,
            int epoch,
            long stampNs,
            byte[] bytes,
            int offset,
            int length);

    /** The same from a buffer's remaining bytes; the buffer's position is left where it was. */
    boolean offer(InboundType type, int source, int epoch, long stampNs, ByteBuffer payload);

    /**
     * Whether there is room to spare. Who brings much at once and can wait with it asks before, so
     * that it neither loses anything nor crowds out those who cannot.
     */
    default boolean hasRoomToSpare() {
        return true;
    }

    /** The same with text (rare messages: session changes, facts). */
    default boolean offer(
            final InboundType type,
            final int source,
            final int epoch,
            final long stampNs,
            final String text) {
        final byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return offer(type, source, epoch, stampNs, bytes, 0, bytes.length);
    }
}
