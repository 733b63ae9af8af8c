package io.plumbline.feed.websocket;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker13;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.plumbline.feed.venue.Venue;
import java.net.URI;

/**
 * Netty's handshake with a decoder that reports a violation and leaves the closing to us. Left to
 * itself the decoder writes its close frame past the encoder: the write fails and the venue is told
 * 1000 whatever it did.
 */
final class Handshaker extends WebSocketClientHandshaker13 {
    private final DirectFrames.Sink sink;

    /**
     * @param sink takes the data messages that need no codec
     */
    Handshaker(
            final URI uri,
            final Venue.Access access,
            final WebSocketSettings settings,
            final DirectFrames.Sink sink) {
        super(
                access.enter(uri),
                WebSocketVersion.V13,
                null,
                true,
                headers(access),
                settings.limits().maxFrameBytes(),
                true,
                false,
                settings.timeouts().forceClose().toMillis());
        this.sink = sink;
    }

    private static HttpHeaders headers(final Venue.Access access) {
        final HttpHeaders headers = new DefaultHttpHeaders();
        access.headers().forEach(headers::set);
        return headers;
    }

    @Override
    protected WebSocketFrameDecoder newWebsocketDecoder() {
        return new DirectFrames(
                WebSocketDecoderConfig.newBuilder()
                        .expectMaskedFrames(false)
                        .allowExtensions(true)
                        .maxFramePayloadLength(maxFramePayloadLength())
                        .closeOnProtocolViolation(false)
                        .build(),
                sink);
    }
}
