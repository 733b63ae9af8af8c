package io.plumbline.feed.websocket;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketClientCompressionHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.plumbline.feed.FeedContext;
import io.plumbline.feed.rest.Trust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.RejectedExecutionException;

/**
 * Makes one connection: name lookup and trust store on a short-lived thread of its own (both may
 * block), then TCP, TLS and the WebSocket upgrade on the event loop.
 *
 * <p>Names are looked up anew for every attempt and the addresses taken in turn. At most one lookup
 * runs at a time: while one hangs, further attempts fail and say so.
 */
final class Dialer {
    private static final int HANDSHAKE_BYTES = 64 * 1024;
    private static final int INITIAL_LINE_BYTES = 4_096;
    private static final int HEADER_BYTES = 8_192;
    private static final int NORMAL = 1000;

    private final String name;
    private final URI uri;
    private final Endpoint endpoint;
    private final EventLoop loop;
    private final FeedContext context;
    private final WebSocketSettings settings;
    private final ChannelGroup channels;
    private boolean lookingUp;

    Dialer(
            final String name,
            final URI uri,
            final EventLoop loop,
            final FeedContext context,
            final WebSocketSettings settings,
            final ChannelGroup channels) {
        this.name = name;
        this.uri = uri;
        this.endpoint = Endpoint.of(uri);
        this.loop = loop;
        this.context = context;
        this.settings = settings;
        this.channels = channels;
    }

    /** Begins an attempt; every outcome is told to {@code session}. Event loop. */
    void dial(final Session session) {
        if (lookingUp) {
            session.end(nowNs(), NORMAL, "the lookup of " + endpoint.host() + " still hangs");
            return;
        }
        context.threads().start("dial-" + name, () -> lookUp(session));
        lookingUp = true;
    }

    private void lookUp(final Session session) {
        Runnable next;
        try {
            final SslContext tls =
                    endpoint.secure() ? Trust.context(settings.trustedCertificates()) : null;
            final InetAddress[] addresses = InetAddress.getAllByName(endpoint.host());
            next = () -> connect(session, addresses, tls);
        } catch (final IOException | RuntimeException e) {
            next =
                    () ->
                            session.end(
                                    nowNs(),
                                    NORMAL,
                                    e.getClass().getSimpleName() + ": " + e.getMessage());
        }
        final Runnable outcome = next;
        try {
            loop.execute(
                    () -> {
                        lookingUp = false;
                        outcome.run();
                    });
        } catch (final RejectedExecutionException stopped) {
            // The event loops are gone, and with them whoever asked.
        }
    }

    private void connect(
            final Session session, final InetAddress[] addresses, final SslContext tls) {
        if (session.ended()) {
            return;
        }
        final InetSocketAddress address =
                new InetSocketAddress(
                        addresses[session.epoch() % addresses.length], endpoint.port());
        final SameBuffer reads = new SameBuffer();
        new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        (int) settings.timeouts().connect().toMillis())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.SO_RCVBUF, settings.limits().receiveBufferBytes())
                .option(ChannelOption.RECVBUF_ALLOCATOR, reads)
                .handler(
                        new ChannelInitializer<NioSocketChannel>() {
                            @Override
                            protected void initChannel(final NioSocketChannel channel) {
                                channels.add(channel);
                                channel.closeFuture().addListener(ended -> reads.close());
                                session.attach(new ChannelWire(channel, session::wasUpgraded));
                                fill(channel, session, tls);
                            }
                        })
                .connect(address)
                .addListener(
                        done -> {
                            if (!done.isSuccess()) {
                                session.end(
                                        nowNs(),
                                        NORMAL,
                                        "no connection: " + done.cause().getMessage());
                            }
                        });
    }

    private void fill(final Channel channel, final Session session, final SslContext tls) {
        final WebSocketSettings.Limits limits = settings.limits();
        final ChannelPipeline pipeline = channel.pipeline();
        if (tls != null) {
            final SslHandler handler = secured(channel, tls);
            pipeline.addLast(new DirectRecords(handler)).addLast(handler);
        }
        pipeline.addLast(new ReadStamp(context.clock(), session))
                .addLast(new HttpClientCodec(INITIAL_LINE_BYTES, HEADER_BYTES, HEADER_BYTES))
                .addLast(new HttpObjectAggregator(HANDSHAKE_BYTES))
                .addLast(new UpgradeCheck(context.clock(), session))
                .addLast(new WebSocketClientCompressionHandler(limits.maxMessageBytes()))
                .addLast(new VenuePings(session))
                .addLast(protocol(session))
                // The bound above holds per frame; only this one stops a bomb cut into fragments.
                .addLast(new WebSocketFrameAggregator(limits.maxMessageBytes()))
                .addLast(new FrameHandler(context, session));
    }

    private SslHandler secured(final Channel channel, final SslContext tls) {
        final SslHandler handler =
                tls.newHandler(channel.alloc(), endpoint.host(), endpoint.port());
        handler.setHandshakeTimeoutMillis(settings.timeouts().handshake().toMillis());
        handler.setCloseNotifyFlushTimeoutMillis(settings.timeouts().forceClose().toMillis() / 3);
        return handler;
    }

    private WebSocketClientProtocolHandler protocol(final Session session) {
        return new WebSocketClientProtocolHandler(
                new Handshaker(uri, session.access(), settings, session::frame),
                WebSocketClientProtocolConfig.newBuilder()
                        .handshakeTimeoutMillis(settings.timeouts().handshake().toMillis())
                        .forceCloseTimeoutMillis(settings.timeouts().forceClose().toMillis())
                        .handleCloseFrames(false)
                        .dropPongFrames(false)
                        .build());
    }

    private long nowNs() {
        return context.clock().epochNanos();
    }
}
