package io.plumbline.journal;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** What every segment begins with, so that each can be judged on its own. Disk thread only. */
final class SegmentPrelude {
    private final CRC32C crc = new CRC32C();
    private final InboundMessage message = new InboundMessage();
    private final byte[] config;
    private final byte[] sources;

    SegmentPrelude(final byte[] config, final byte[] sources) {
        this.config = config.clone();
        this.sources = sources.clone();
    }

    /** The segment's header and its prelude records, ready to be written. */
    ByteBuffer of(
            final long number,
            final long firstSequence,
            final long stampNs,
            final int previousCrc) {
        final ByteBuffer bytes =
                ByteBuffer.allocate(
                                JournalLayout.HEADER_BYTES
                                        + JournalLayout.padded(
                                                JournalLayout.PAYLOAD + config.length)
                                        + JournalLayout.padded(
                                                JournalLayout.PAYLOAD + sources.length))
                        .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(JournalLayout.header(number, firstSequence, stampNs, previousCrc));
        put(bytes, InboundType.CONFIG, stampNs, config);
        put(bytes, InboundType.SOURCES, stampNs, sources);
        return bytes.flip();
    }

    private void put(
            final ByteBuffer bytes,
            final InboundType type,
            final long stampNs,
            final byte[] payload) {
        message.set(type, 0, 0, 0, stampNs, payload, 0, payload.length);
        JournalLayout.put(bytes, crc, 0, JournalLayout.PRELUDE_FLAG, message);
    }
}
