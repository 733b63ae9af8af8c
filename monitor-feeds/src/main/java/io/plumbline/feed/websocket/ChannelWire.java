package io.plumbline.feed.websocket;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.function.BooleanSupplier;

/**
 * A Netty channel as the session's wire. What is sent is bounded by the session's message budget,
 * so nothing can pile up in the channel's outbound buffer.
 */
final class ChannelWire implements Wire {
    private final Channel channel;
    private final BooleanSupplier upgraded;

    ChannelWire(final Channel channel, final BooleanSupplier upgraded) {
        this.channel = channel;
        this.upgraded = upgraded;
    }

    @Override
    public void text(final String message) {
        channel.writeAndFlush(new TextWebSocketFrame(message));
    }

    @Override
    public void ping() {
        channel.writeAndFlush(new PingWebSocketFrame(Unpooled.EMPTY_BUFFER));
    }

    @Override
    public void pong(final byte[] payload) {
        channel.writeAndFlush(new PongWebSocketFrame(Unpooled.wrappedBuffer(payload)));
    }

    /** The protocol handler waits for the goodbye to leave, up to its force-close timeout. */
    @Override
    public void close(final int status) {
        if (upgraded.getAsBoolean() && channel.isActive()) {
            channel.writeAndFlush(new CloseWebSocketFrame(status, ""));
        }
        channel.close();
    }
}
