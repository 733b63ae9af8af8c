package io.plumbline.feed.websocket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.ReferenceCountUtil;
import io.plumbline.feed.RetryAfter;
import io.plumbline.time.EpochNanoClock;
import java.nio.charset.StandardCharsets;

/**
 * Stands before the WebSocket handshake and takes every answer that is not an upgrade, so that the
 * status, the venue's words and its Retry-After are told instead of "invalid handshake".
 */
final class UpgradeCheck extends ChannelInboundHandlerAdapter {
    private static final int SHOWN_BYTES = 160;
    private static final int REDIRECTION = 3;

    private final EpochNanoClock clock;
    private final Session session;

    UpgradeCheck(final EpochNanoClock clock, final Session session) {
        this.clock = clock;
        this.session = session;
    }

    @Override
    public void channelRead(final ChannelHandlerContext context, final Object message) {
        if (!(message instanceof FullHttpResponse response)
                || response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            context.fireChannelRead(message);
            context.pipeline().remove(this);
            return;
        }
        try {
            final long nowNs = clock.epochNanos();
            final String retryAfter = response.headers().get(HttpHeaderNames.RETRY_AFTER);
            session.refused(
                    nowNs,
                    new Session.Refusal(
                            response.status().code(), RetryAfter.parseNs(retryAfter, nowNs)),
                    describe(response));
        } finally {
            ReferenceCountUtil.release(response);
        }
    }

    private static String describe(final FullHttpResponse response) {
        final HttpResponseStatus status = response.status();
        if (response.decoderResult().isFailure()) {
            return "the answer to the upgrade is not HTTP: is this a WebSocket endpoint?";
        }
        if (status.code() / 100 == REDIRECTION) {
            return "upgrade redirected with HTTP "
                    + status
                    + " to "
                    + PeerText.printable(
                            String.valueOf(response.headers().get(HttpHeaderNames.LOCATION)))
                    + ": redirects are not followed, configure the final address";
        }
        final String body =
                response.content()
                        .toString(
                                response.content().readerIndex(),
                                Math.min(response.content().readableBytes(), SHOWN_BYTES),
                                StandardCharsets.UTF_8);
        return "upgrade refused with HTTP "
                + status
                + (body.isBlank() ? "" : ": " + PeerText.printable(body));
    }
}
