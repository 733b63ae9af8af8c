package io.plumbline.feed.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.plumbline.inbound.InboundType;
import java.nio.ByteBuffer;

/**
 * The two ways from the bytes of a socket read to data messages, for a benchmark to compare: as the
 * feed has it, and through Netty's codec alone. In this package because what it compares is not
 * public.
 */
public final class FrameWays {
    private static final int LIMIT = 8 << 20;

    /** Takes a message. */
    @FunctionalInterface
    public interface Taker {
        void take(InboundType type, ByteBuffer payload);
    }

    private FrameWays() {}

    /** As the feed has it. */
    public static EmbeddedChannel direct(final Taker taker) {
        return new EmbeddedChannel(
                new DirectFrames(config(), taker::take),
                new Utf8FrameValidator(false),
                new WebSocketFrameAggregator(LIMIT),
                new Frames(taker));
    }

    /** Without the short way. */
    public static EmbeddedChannel codec(final Taker taker) {
        return new EmbeddedChannel(
                new WebSocket13FrameDecoder(config()),
                new Utf8FrameValidator(false),
                new WebSocketFrameAggregator(LIMIT),
                new Frames(taker));
    }

    private static WebSocketDecoderConfig config() {
        return WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(false)
                .allowExtensions(true)
                .maxFramePayloadLength(LIMIT)
                .closeOnProtocolViolation(false)
                .build();
    }

    private static final class Frames extends ChannelInboundHandlerAdapter {
        private final Taker taker;

        Frames(final Taker taker) {
            this.taker = taker;
        }

        @Override
        public void channelRead(final ChannelHandlerContext context, final Object message) {
            final WebSocketFrame frame = (WebSocketFrame) message;
            final ByteBuf content = frame.content();
            taker.take(
                    InboundType.FRAME_TEXT,
                    content.internalNioBuffer(content.readerIndex(), content.readableBytes()));
            frame.release();
        }
    }
}
