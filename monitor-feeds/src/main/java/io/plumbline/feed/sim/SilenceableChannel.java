package io.plumbline.feed.sim;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;

/**
 * A socket that can go silent like the far end of a half-open connection: nothing is sent any more
 * and nothing that arrives is looked at, while TCP stays open. There is no way back but closing.
 */
final class SilenceableChannel implements ByteChannel {
    private final SocketChannel channel;
    private final ByteBuffer sink = ByteBuffer.allocate(4_096);
    private volatile boolean silent;

    SilenceableChannel(final SocketChannel channel) {
        this.channel = channel;
    }

    /** Any thread. */
    void silence() {
        silent = true;
    }

    /** Selector thread. */
    @Override
    public int read(final ByteBuffer target) throws IOException {
        if (!silent) {
            return channel.read(target);
        }
        sink.clear();
        return channel.read(sink) < 0 ? -1 : 0;
    }

    /** Selector thread. */
    @Override
    public int write(final ByteBuffer source) throws IOException {
        if (!silent) {
            return channel.write(source);
        }
        final int swallowed = source.remaining();
        source.position(source.limit());
        return swallowed;
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
