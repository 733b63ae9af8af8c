package io.plumbline.app.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that take connections and give nothing for them: a third says nothing, a third says a
 * byte now and then, a third asks for much and reads little. Whoever is thrown out comes again five
 * seconds later. They come from as many addresses of loopback as are asked for.
 */
final class SlowClients implements AutoCloseable {
    private static final long AGAIN_MS = 5_000;
    private static final long DRIP_MS = 100;
    private static final byte[] DRIPS =
            ("GET /health HTTP/1.1\r\nHost: localhost\r\nX: " + "y".repeat(4_000))
                    .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MUCH =
            "GET /api/symbols HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    final AtomicLong connected = new AtomicLong();
    final AtomicLong asked = new AtomicLong();
    final AtomicLong dripped = new AtomicLong();
    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final InetSocketAddress server;
    private final int addresses;
    private volatile boolean ended;

    SlowClients(final int port, final int clients, final int addresses) {
        server = new InetSocketAddress("127.0.0.1", port);
        this.addresses = addresses;
        for (int i = 0; i < clients; i++) {
            final int number = i;
            loops.schedule(() -> connect(number), number, TimeUnit.MILLISECONDS);
        }
    }

    private void connect(final int number) {
        if (ended) {
            return;
        }
        final int from = number % addresses;
        new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, number % 3 != 2)
                .option(ChannelOption.SO_RCVBUF, 4_096)
                .localAddress(
                        new InetSocketAddress("127.1." + from / 200 + "." + (from % 200 + 1), 0))
                .handler(new Slow(number))
                .connect(server)
                .addListener(
                        done -> {
                            if (!done.isSuccess()) {
                                again(number);
                            }
                        });
    }

    private void again(final int number) {
        if (!ended) {
            loops.schedule(() -> connect(number), AGAIN_MS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        ended = true;
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** One connection. */
    private final class Slow extends ChannelInboundHandlerAdapter {
        private final int number;
        private int next;

        Slow(final int number) {
            this.number = number;
        }

        @Override
        public void channelActive(final ChannelHandlerContext context) {
            connected.incrementAndGet();
            switch (number % 3) {
                case 0 -> next = 0;
                case 1 -> drip(context);
                default -> {
                    asked.incrementAndGet();
                    context.writeAndFlush(Unpooled.wrappedBuffer(MUCH));
                    sip(context);
                }
            }
        }

        private void drip(final ChannelHandlerContext context) {
            if (context.channel().isActive() && next < DRIPS.length) {
                dripped.incrementAndGet();
                context.writeAndFlush(Unpooled.wrappedBuffer(DRIPS, next++, 1));
                context.executor().schedule(() -> drip(context), DRIP_MS, TimeUnit.MILLISECONDS);
            }
        }

        private void sip(final ChannelHandlerContext context) {
            if (context.channel().isActive()) {
                context.read();
                context.executor()
                        .schedule(() -> sip(context), 10 * DRIP_MS, TimeUnit.MILLISECONDS);
            }
        }

        @Override
        public void channelInactive(final ChannelHandlerContext context) {
            again(number);
        }

        @Override
        public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
            context.close();
        }
    }
}
