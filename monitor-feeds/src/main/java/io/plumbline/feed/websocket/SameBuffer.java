package io.plumbline.feed.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * Reads of one socket go into the same buffer, as long as nobody keeps it: a message is copied into
 * the ring before the next read. Whoever does keep it (a part of a frame, the rest of a TLS record)
 * has it to itself, and the next read gets a new one. Of one connection; event loop only.
 */
final class SameBuffer extends DefaultMaxMessagesRecvByteBufAllocator {
    private static final int READ_BYTES = 64 * 1024;
    private static final int READS_AT_ONCE = 16;

    private ByteBuf buffer;
    private boolean closed;

    SameBuffer() {
        super(READS_AT_ONCE);
    }

    // Netty's own allocators answer this type, too.
    @SuppressWarnings("deprecation")
    @Override
    public Handle newHandle() {
        return new Reads();
    }

    /** The connection has ended. */
    void close() {
        closed = true;
        forget();
    }

    private void forget() {
        if (buffer != null) {
            buffer.release();
            buffer = null;
        }
    }

    private final class Reads extends MaxMessageHandle {
        @Override
        public int guess() {
            return READ_BYTES;
        }

        @Override
        public ByteBuf allocate(final ByteBufAllocator allocator) {
            if (closed) {
                return allocator.ioBuffer(READ_BYTES);
            }
            if (buffer == null || buffer.refCnt() > 1) {
                forget();
                buffer = allocator.ioBuffer(READ_BYTES, READ_BYTES);
            }
            return buffer.clear().retain();
        }
    }
}
