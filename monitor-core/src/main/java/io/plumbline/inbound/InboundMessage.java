package io.plumbline.inbound;

import java.nio.charset.StandardCharsets;

/**
 * One message as its consumer sees it: a reused view, valid only during the call that hands it
 * over. The payload is {@code bytes[offset, offset + length)}; nobody but the owner may change it.
 */
public final class InboundMessage {
    public InboundType type;

    /** Dense id from {@code Sources}: one per connection, Redis server, timer. */
    public int source;

    /** Which connection of this source the message came over; grows by one per connect. */
    public int epoch;

    /** Messages of this source that were dropped since its last one, because the ring was full. */
    public int droppedBefore;

    /** When it was received, at the socket, nanoseconds since the epoch. */
    public long stampNs;

    public byte[] bytes;
    public int offset;
    public int length;

    /** Sets every field; a reference that is there already costs no store (and no barrier). */
    public InboundMessage set(
            final InboundType type,
            final int source,
            final int epoch,
            final int droppedBefore,
            final long stampNs,
            final byte[] bytes,
            final int offset,
            final int length) {
        if (this.type != type) {
            this.type = type;
        }
        this.source = source;
        this.epoch = epoch;
        this.droppedBefore = droppedBefore;
        this.stampNs = stampNs;
        if (this.bytes != bytes) {
            this.bytes = bytes;
        }
        this.offset = offset;
        this.length = length;
        return this;
    }

    /** The payload as text: cold paths and tests. */
    public String text() {
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }
}
