package io.plumbline.inbound;

import java.nio.ByteBuffer;

/**
 * The door without a ring: hands every message straight to the handlers on the caller's thread.
 * Tests and replay; not for several threads.
 */
public final class InlineInbound implements Inbound {
    private final InboundHandler[] handlers;
    private final InboundMessage message = new InboundMessage();

    public InlineInbound(final InboundHandler... handlers) {
        this.handlers = handlers.clone();
    }

    @Override
    public boolean offer(
            final InboundType type,
            final int source,
            final int epoch,
            final long stampNs,
            final byte[] bytes,
            final int offset,
            final int length) {
        message.set(type, source, epoch, 0, stampNs, bytes, offset, length);
        for (final InboundHandler handler : handlers) {
            handler.onMessage(message);
            handler.onBatchEnd();
        }
        return true;
    }

    @Override
    public boolean offer(
            final InboundType type,
            final int source,
            final int epoch,
            final long stampNs,
            final ByteBuffer payload) {
        final byte[] copy = new byte[payload.remaining()];
        payload.duplicate().get(copy);
        return offer(type, source, epoch, stampNs, copy, 0, copy.length);
    }
}
