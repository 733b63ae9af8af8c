package io.plumbline.app.http;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A server on a free port over a fake monitor, with a loop of its own. */
final class RunningServer implements AutoCloseable {
    final FakeMonitor monitor = new FakeMonitor();
    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final HttpServer server;

    RunningServer(final HttpLimits limits) throws IOException {
        this(limits, "127.0.0.1", "");
    }

    RunningServer(final HttpLimits limits, final String address, final String token)
            throws IOException {
        server =
                new HttpServer(
                        new HttpSettings(address, 0, Set.of("Monitor.Example"), token),
                        limits,
                        loops,
                        monitor,
                        new SystemClock());
        server.start();
    }

    int port() {
        return server.port();
    }

    RawClient client() throws IOException {
        return new RawClient(port());
    }

    void closeServer() {
        server.close();
    }

    @Override
    public void close() {
        server.close();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
