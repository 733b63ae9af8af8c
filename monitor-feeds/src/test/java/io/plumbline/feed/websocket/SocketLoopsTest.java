package io.plumbline.feed.websocket;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.plumbline.inbound.Pace;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each pace serves sockets, takes tasks of other threads, keeps its timers and ends. */
class SocketLoopsTest {
    private static final int PATIENCE_S = 10;

    @ParameterizedTest
    @EnumSource(names = {"WOKEN", "SPINS"})
    void socketsTasksAndTimersHaveTheirTurn(final Pace pace) throws Exception {
        final EventLoopGroup loops = SocketLoops.of("test-io", pace);
        final BlockingQueue<String> came = new LinkedBlockingQueue<>();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            final Channel channel = connected(loops, server, came);
            try (Socket peer = server.accept()) {
                peer.getOutputStream().write("first".getBytes(US_ASCII));
                assertEquals("first", came.poll(PATIENCE_S, SECONDS));

                loops.submit(() -> came.add("task")).get(PATIENCE_S, SECONDS);
                assertEquals("task", came.poll(PATIENCE_S, SECONDS));

                loops.schedule(() -> came.add("timer"), 5, MILLISECONDS);
                assertEquals("timer", came.poll(PATIENCE_S, SECONDS));

                peer.getOutputStream().write("behind".getBytes(US_ASCII));
                assertEquals("behind", came.poll(PATIENCE_S, SECONDS));
            }
            assertTrue(channel.closeFuture().await(PATIENCE_S, SECONDS), "the end was not seen");
        } finally {
            assertTrue(
                    loops.shutdownGracefully(0, 1, SECONDS).await(PATIENCE_S, SECONDS),
                    "the thread does not end");
        }
    }

    private static Channel connected(
            final EventLoopGroup loops, final ServerSocket server, final BlockingQueue<String> came)
            throws InterruptedException {
        return new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .handler(
                        new SimpleChannelInboundHandler<ByteBuf>() {
                            @Override
                            protected void channelRead0(
                                    final ChannelHandlerContext context, final ByteBuf bytes) {
                                came.add(bytes.toString(US_ASCII));
                            }
                        })
                .connect(server.getLocalSocketAddress())
                .sync()
                .channel();
    }
}
