package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What systemd would hear, at a socket of the kind that it has. */
class ServiceNotifierTest {
    private static final long S = 1_000_000_000L;

    @TempDir Path folder;
    private Socket systemd;

    private ServiceNotifier notifier(final Map<String, String> more) throws IOException {
        assumeTrue(Epoll.isAvailable(), "needs Linux on x86-64 or aarch64");
        final Path path = folder.resolve("notify");
        systemd = Socket.newSocketDomainDgram();
        systemd.bind(new DomainSocketAddress(path.toString()));
        final Map<String, String> environment = new java.util.HashMap<>(more);
        environment.put("NOTIFY_SOCKET", path.toString());
        return ServiceNotifier.of(environment::get);
    }

    /** The next datagram; the socket does not wait, so only after something was sent. */
    private String heard() throws IOException {
        final ByteBuffer buffer = ByteBuffer.allocateDirect(512);
        final var from = systemd.recvFromDomainSocket(buffer, 0, buffer.capacity());
        if (from == null) {
            return "";
        }
        final byte[] bytes = new byte[from.receivedAmount()];
        buffer.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @AfterEach
    void close() throws IOException {
        if (systemd != null) {
            systemd.close();
        }
    }

    @Test
    void lifeOfAService() throws IOException {
        try (ServiceNotifier service = notifier(Map.of("WATCHDOG_USEC", "10000000"))) {
            service.ready();
            assertEquals("READY=1\nWATCHDOG_USEC=10000000\nWATCHDOG=1", heard());
            service.alive(100 * S, 100 * S);
            assertEquals("WATCHDOG=1", heard());
            service.alive(101 * S, 101 * S);
            assertEquals("", heard(), "too soon");
            service.alive(100 * S, 110 * S);
            assertEquals("", heard(), "the engine stands still");
            service.alive(110 * S, 110 * S);
            assertEquals("WATCHDOG=1", heard());
            service.renewing();
            assertEquals("WATCHDOG_USEC=120000000\nWATCHDOG=1", heard());
            service.stopping();
            assertEquals("STOPPING=1", heard());
        }
    }

    @Test
    void withoutAWatchdogOnlyItsBeginningAndItsEnd() throws IOException {
        try (ServiceNotifier service = notifier(Map.of())) {
            service.ready();
            assertEquals("READY=1", heard());
            service.alive(100 * S, 100 * S);
            service.renewing();
            service.stopping();
            assertEquals("STOPPING=1", heard());
        }
    }

    @Test
    void withoutSystemdNothing() {
        try (ServiceNotifier service = ServiceNotifier.of(name -> null)) {
            service.ready();
            service.alive(1, 1);
            service.stopping();
        }
    }
}
