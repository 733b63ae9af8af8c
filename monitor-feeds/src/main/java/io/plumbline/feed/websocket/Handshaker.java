package io.plumbline.feed.websocket;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker13;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.net.URI;

/**
 * Netty's handshake with a decoder that reports a violation and leaves the closing to us. Left to
 * itself the decoder writes its close frame past the encoder: the write fails and the venue is told
 * 1000 whatever it did.
 */
final class Handshaker extends WebSocketClientHandshaker13 {
    Handshaker(final URI uri, final WebSocketSettings settings) {
        super(
                uri,
                WebSocketVersion.V13,
                null,
                true,
                new DefaultHttpHeaders(),
                settings.limits().maxFrameBytes(),
                true,
                false,
                settings.timeouts().forceClose().toMillis());
    }

    @Override
    protected WebSocketFrameDecoder newWebsocketDecoder() {
        return new WebSocket13FrameDecoder(
                WebSocketDecoderConfig.newBuilder()
                        .expectMaskedFrames(false)
                        .allowExtensions(true)
                        .maxFramePayloadLength(maxFramePayloadLength())
                        .closeOnProtocolViolation(false)
                        .build());
    }
}
