package io.plumbline.feed.websocket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.plumbline.time.EpochNanoClock;

/**
 * Reads the clock, once per socket read, before anything is decoded. Every frame that comes out of
 * these bytes carries this stamp; it never precedes the arrival of the frame's last byte.
 */
final class ReadStamp extends ChannelInboundHandlerAdapter {
    private final EpochNanoClock clock;
    private final Session session;

    ReadStamp(final EpochNanoClock clock, final Session session) {
        this.clock = clock;
        this.session = session;
    }

    @Override
    public void channelRead(final ChannelHandlerContext context, final Object message) {
        session.received(clock.epochNanos());
        context.fireChannelRead(message);
    }
}
