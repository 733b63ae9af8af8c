package io.plumbline.app.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.util.ReferenceCountUtil;
import io.plumbline.time.EpochNanoClock;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The monitor's pages: health, metrics and the API; beyond loopback only for who has the token, as
 * is everywhere what changes something.
 *
 * <p>{@link #start} and {@link #close} are called by the composition root's thread, never by an
 * event loop. The event loops are handed in and left running: give it one thread of its own,
 * because answers are made on it. Start the JVM with {@code -Dio.netty.jfr.enabled=false}: else
 * Netty starts the flight recorder with its first buffer, and the first answer takes a quarter of a
 * second.
 */
public final class HttpServer implements AutoCloseable {
    /** A burst of callers waits here, instead of trying again after a second. */
    private static final int BACKLOG = 4_096;

    /** Few enough that who comes first has asked before a crowd behind takes all places. */
    private static final int ACCEPTED_AT_ONCE = 16;

    /** What the kernel takes of an answer: more is not made before the client has read. */
    private static final int SEND_BYTES = 256 * 1_024;

    private static final int LOW_BYTES = 16 * 1_024;
    private static final int HIGH_BYTES = 64 * 1_024;
    private static final long REHEARSE_EVERY_MS = 20;
    private static final long CLOSE_WITHIN_MS = 1_000;

    private final HttpSettings settings;
    private final EventLoopGroup loops;
    private final Service service;
    private Channel listener;

    /**
     * @param loops of NIO; one thread is enough
     * @param view read at every request, from the moment {@link #start} is called
     * @param clock paces requests
     */
    public HttpServer(
            final HttpSettings settings,
            final HttpLimits limits,
            final EventLoopGroup loops,
            final MonitorView view,
            final EpochNanoClock clock) {
        this.settings = settings;
        this.loops = loops;
        final Routes routes = Routes.of(view);
        final Access access = new Access(settings.token(), !settings.isLoopback());
        service =
                new Service(
                        routes,
                        new RequestRules(
                                settings.hosts(),
                                path -> routes.order(path) != null,
                                new OrderRules(access)),
                        access,
                        new Callers(limits.requestsPerSecond()),
                        limits,
                        view.counters(),
                        clock,
                        new OpenConnections(limits.connections(), limits.connectionsPerAddress()),
                        new FaultLog(clock));
    }

    /**
     * Binds, and answers from then on.
     *
     * @throws PortInUse when another process listens there
     * @throws IOException when the address cannot be bound, or is no loopback one and there is no
     *     token
     */
    public void start() throws IOException {
        if (!settings.isLoopback() && (!settings.isNumeric() || settings.token().isEmpty())) {
            throw new IOException(
                    "http.bind "
                            + settings.address()
                            + " is not a loopback address; use 127.0.0.1, or set http.token and an"
                            + " address in numbers");
        }
        final ChannelFuture bound =
                new ServerBootstrap()
                        .group(loops)
                        .channel(NioServerSocketChannel.class)
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .option(
                                ChannelOption.RECVBUF_ALLOCATOR,
                                new FixedRecvByteBufAllocator(1)
                                        .maxMessagesPerRead(ACCEPTED_AT_ONCE))
                        .childOption(ChannelOption.AUTO_READ, false)
                        .childOption(ChannelOption.SO_SNDBUF, SEND_BYTES)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(
                                ChannelOption.WRITE_BUFFER_WATER_MARK,
                                new WriteBufferWaterMark(LOW_BYTES, HIGH_BYTES))
                        .childHandler(new Pipeline(service))
                        .bind(new InetSocketAddress(settings.address(), settings.port()))
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw cannotBind(bound.cause());
        }
        listener = bound.channel();
        long delayMs = 0;
        for (final Route route : service.routes().all()) {
            loops.next().schedule(() -> rehearse(route), delayMs, TimeUnit.MILLISECONDS);
            delayMs += REHEARSE_EVERY_MS;
        }
    }

    /**
     * Makes an answer that nobody reads: the classes behind it are loaded before the first client
     * waits for them. Apart from each other, so that a client who is there already is served.
     */
    private void rehearse(final Route route) {
        try {
            route.handler().answer(Query.of(route.path(), route.names()));
        } catch (final BadParameter | RuntimeException e) {
            service.faults().report(route.path(), e);
        }
    }

    /** The port that is listened on: the given one, or the one that was free. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** Stops listening and closes every connection; waits a second at most for each step. */
    @Override
    public void close() {
        if (listener != null) {
            listener.close().awaitUninterruptibly(CLOSE_WITHIN_MS, TimeUnit.MILLISECONDS);
            final List<ChannelFuture> closing = new ArrayList<>();
            service.connections().all().forEach(open -> closing.add(open.close()));
            for (final ChannelFuture closed : closing) {
                closed.awaitUninterruptibly(CLOSE_WITHIN_MS, TimeUnit.MILLISECONDS);
            }
        }
    }

    private IOException cannotBind(final Throwable cause) {
        final String where = "port " + settings.port() + " on " + settings.address();
        return cause instanceof BindException
                ? new PortInUse(settings.address(), settings.port(), cause)
                : new IOException(
                        where
                                + " cannot be opened ("
                                + cause.getMessage()
                                + "): choose another with http.port (the demo: --http-port)",
                        cause);
    }

    /** From bytes to requests; one read at a time, see {@link HttpConnection}. */
    private static final class Pipeline extends ChannelInitializer<SocketChannel> {
        private final Service service;

        Pipeline(final Service service) {
            this.service = service;
        }

        @Override
        protected void initChannel(final SocketChannel channel) {
            final HttpConnection connection = new HttpConnection(service);
            channel.pipeline()
                    .addLast(new Arrivals(connection))
                    .addLast(new RequestDecoder(service.limits()))
                    .addLast(new HttpResponseEncoder())
                    .addLast(new FlowControlHandler())
                    .addLast(new ChunkedWriteHandler())
                    .addLast(connection);
        }
    }

    /**
     * Tells the connection that bytes have come, before anything is made of them; throws them away
     * once it wants no more.
     */
    private static final class Arrivals extends ChannelInboundHandlerAdapter {
        private final HttpConnection connection;

        Arrivals(final HttpConnection connection) {
            this.connection = connection;
        }

        @Override
        public void channelRead(final ChannelHandlerContext context, final Object bytes) {
            if (connection.bytesArrived()) {
                context.fireChannelRead(bytes);
            } else {
                ReferenceCountUtil.release(bytes);
                context.read();
            }
        }
    }
}
