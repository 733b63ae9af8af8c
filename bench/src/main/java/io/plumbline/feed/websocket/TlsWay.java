package io.plumbline.feed.websocket;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import io.plumbline.feed.rest.Trust;
import java.io.IOException;
import java.nio.file.Path;

/** The way from the bytes of a socket read that are encrypted to data messages. */
public final class TlsWay {
    private TlsWay() {}

    /**
     * As the feed has it, or by Netty's handler alone. Its handshake begins at once: what it wants
     * sent lies in the channel.
     *
     * @param authority PEM file of whom to trust
     * @param direct as the feed has it
     */
    public static EmbeddedChannel open(
            final Path authority,
            final String host,
            final int port,
            final boolean direct,
            final FrameWays.Taker taker)
            throws IOException {
        final EmbeddedChannel channel = FrameWays.direct(taker);
        final SslHandler tls =
                Trust.context(authority).newHandler(ByteBufAllocator.DEFAULT, host, port);
        channel.pipeline().addFirst(tls);
        if (direct) {
            channel.pipeline().addFirst(new DirectRecords(tls));
        }
        return channel;
    }
}
