package io.plumbline.feed.websocket;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;

/**
 * Takes the venue's pings before Netty answers them by itself: our pongs count against the venue's
 * message limit, so the session answers, within its budget.
 */
final class VenuePings extends SimpleChannelInboundHandler<PingWebSocketFrame> {
    private final Session session;

    VenuePings(final Session session) {
        super(PingWebSocketFrame.class);
        this.session = session;
    }

    @Override
    protected void channelRead0(
            final ChannelHandlerContext context, final PingWebSocketFrame ping) {
        session.pinged(ByteBufUtil.getBytes(ping.content()));
    }
}
