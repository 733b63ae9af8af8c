package io.plumbline.feed.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.plumbline.feed.FeedContext;
import io.plumbline.inbound.InboundType;
import io.plumbline.metrics.CounterId;
import java.nio.ByteBuffer;

/**
 * The end of the pipeline: tells the session what happened, in the session's words. Every exception
 * ends the connection here; the codecs leave it open after some of them.
 */
final class FrameHandler extends SimpleChannelInboundHandler<WebSocketFrame> {
    private static final int NORMAL = 1000;
    private static final int PROTOCOL_ERROR = 1002;
    private static final int TOO_BIG = 1009;

    private final FeedContext context;
    private final Session session;

    FrameHandler(final FeedContext context, final Session session) {
        super(WebSocketFrame.class);
        this.context = context;
        this.session = session;
    }

    @Override
    protected void channelRead0(final ChannelHandlerContext channel, final WebSocketFrame frame) {
        if (frame.rsv() != 0) {
            context.counters().increment(CounterId.FEED_ERRORS);
            session.end(nowNs(), PROTOCOL_ERROR, "reserved bits without an extension");
        } else if (frame instanceof TextWebSocketFrame) {
            session.frame(InboundType.FRAME_TEXT, bytes(frame.content()));
        } else if (frame instanceof BinaryWebSocketFrame) {
            session.frame(InboundType.FRAME_BINARY, bytes(frame.content()));
        } else if (frame instanceof PongWebSocketFrame) {
            session.pong();
        } else if (frame instanceof CloseWebSocketFrame close) {
            final String status =
                    close.statusCode() < 0 ? "no status" : String.valueOf(close.statusCode());
            session.end(
                    nowNs(),
                    NORMAL,
                    "closed by the venue: "
                            + status
                            + " "
                            + PeerText.printable(close.reasonText()));
        }
    }

    @Override
    public void channelReadComplete(final ChannelHandlerContext channel) {
        session.readComplete();
        channel.fireChannelReadComplete();
    }

    @Override
    public void userEventTriggered(final ChannelHandlerContext channel, final Object event) {
        if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
            session.upgraded(nowNs());
        } else if (event == ClientHandshakeStateEvent.HANDSHAKE_TIMEOUT) {
            session.end(nowNs(), NORMAL, "no answer to the WebSocket upgrade in time");
        } else if (event instanceof SslHandshakeCompletionEvent tls && !tls.isSuccess()) {
            session.end(nowNs(), NORMAL, "TLS failed: " + root(tls.cause()).getMessage());
        }
        channel.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(final ChannelHandlerContext channel) {
        session.end(
                nowNs(),
                NORMAL,
                session.wasUpgraded()
                        ? "connection lost without a close frame"
                        : "connection closed before the upgrade");
        channel.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext channel, final Throwable cause) {
        context.counters().increment(CounterId.FEED_ERRORS);
        final Throwable root = root(cause);
        session.end(
                nowNs(), status(cause), root.getClass().getSimpleName() + ": " + root.getMessage());
        channel.close();
    }

    /** A view of the frame's bytes, without a copy unless the codec left them in pieces. */
    private static ByteBuffer bytes(final ByteBuf content) {
        return content.nioBufferCount() == 1
                ? content.internalNioBuffer(content.readerIndex(), content.readableBytes())
                : content.nioBuffer();
    }

    private static int status(final Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof CorruptedWebSocketFrameException corrupted) {
                return corrupted.closeStatus().code();
            }
            if (t instanceof TooLongFrameException || t instanceof DecompressionException) {
                return TOO_BIG;
            }
        }
        return PROTOCOL_ERROR;
    }

    private static Throwable root(final Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }

    private long nowNs() {
        return context.clock().epochNanos();
    }
}
