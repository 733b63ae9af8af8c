package io.plumbline.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpServerTest {
    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    @AfterEach
    void stop() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Test
    void shouldNameThePortInUseAndTheRemedy() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                HttpServer server = server("127.0.0.1", other.getLocalPort())) {
            assertEquals(
                    "port "
                            + other.getLocalPort()
                            + " on 127.0.0.1 is in use: choose another with http.port (the demo:"
                            + " --http-port)",
                    assertThrows(PortInUse.class, server::start).getMessage());
        }
    }

    @Test
    void shouldRefuseToListenBeyondLoopback() {
        for (final String address : List.of("0.0.0.0", "::", "192.0.2.1", "monitor.example", "")) {
            try (HttpServer server = server(address, 0)) {
                final IOException refused = assertThrows(IOException.class, server::start);
                assertTrue(
                        refused.getMessage().startsWith("http.bind " + address + " is not"),
                        refused.getMessage());
            }
        }
    }

    @Test
    void shouldRefuseAPortThatIsNone() {
        assertEquals(
                "http.port must be from 0 to 65535, not 65536",
                assertThrows(IllegalArgumentException.class, () -> HttpSettings.loopback(65_536))
                        .getMessage());
    }

    @Test
    void shouldCloseItsConnectionsAndLeaveThePortFree() throws IOException {
        final HttpServer server = server("127.0.0.1", 0);
        server.start();
        final int port = server.port();
        try (RawClient idle = new RawClient(port)) {
            idle.get("/ready");
            idle.readAnswer();
            server.close();
            assertEquals("", idle.readToEnd());
        }
        try (HttpServer next = server("127.0.0.1", port)) {
            startWithinASecond(next);
            assertEquals(port, next.port());
        }
    }

    /** The kernel gives a port back with the selector's next turn. */
    private static void startWithinASecond(final HttpServer server) throws IOException {
        for (int attempt = 0; ; attempt++) {
            try {
                server.start();
                return;
            } catch (final PortInUse e) {
                if (attempt == 50) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
    }

    private HttpServer server(final String address, final int port) {
        return new HttpServer(
                new HttpSettings(address, port, Set.of(), ""),
                HttpLimits.STANDARD,
                loops,
                new FakeMonitor(),
                new SystemClock());
    }
}
