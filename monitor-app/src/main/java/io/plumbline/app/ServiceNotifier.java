package io.plumbline.app;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how the service is, by one datagram each to {@code NOTIFY_SOCKET} (sd_notify(3)):
 * READY=1 when everything runs, WATCHDOG=1 while the engine moves, STOPPING=1 at the end. Without
 * that variable it does nothing. Java has no datagram sockets with a path as name; Netty's native
 * transport, which is small, has. Not shared between threads.
 */
final class ServiceNotifier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceNotifier.class);
    private static final long MICRO_NS = 1_000L;

    /** While the monitor is started anew, it may stand for so long. */
    private static final long RENEWAL_US = 120_000_000L;

    /** Between two signs of life, where systemd says nothing. */
    private static final long USUAL_NS = 1_000_000_000L;

    private final byte[] path;
    private final long watchdogUs;
    private final Socket socket;
    private long engineNs;
    private long toldNs = Long.MIN_VALUE / 2;
    private boolean failing;

    private ServiceNotifier(final byte[] path, final long watchdogUs, final Socket socket) {
        this.path = path;
        this.watchdogUs = watchdogUs;
        this.socket = socket;
    }

    /**
     * @param environment the value of a variable, or null: {@code System::getenv}
     */
    static ServiceNotifier of(final UnaryOperator<String> environment) {
        final String address = environment.apply("NOTIFY_SOCKET");
        if (address == null || address.isEmpty()) {
            return new ServiceNotifier(new byte[0], 0, null);
        }
        if (!Epoll.isAvailable()) {
            LOG.warn(
                    "systemd cannot be told how the service is: {}; write Type=exec and no"
                            + " WatchdogSec in the unit",
                    Epoll.unavailabilityCause().toString());
            return new ServiceNotifier(new byte[0], 0, null);
        }
        final byte[] path = address.getBytes(StandardCharsets.UTF_8);
        if (path[0] == '@') {
            path[0] = 0;
        }
        return new ServiceNotifier(
                path, micros(environment.apply("WATCHDOG_USEC")), Socket.newSocketDomainDgram());
    }

    private static long micros(final String text) {
        return text != null && text.matches("\\d{1,15}") ? Long.parseLong(text) : 0;
    }

    /** Everything runs, perhaps anew. */
    void ready() {
        tell("READY=1" + (watchdogUs == 0 ? "" : "\nWATCHDOG_USEC=" + watchdogUs + "\nWATCHDOG=1"));
    }

    /** The monitor is started anew, because more symbols are known; that takes its time. */
    void renewing() {
        if (watchdogUs != 0) {
            tell("WATCHDOG_USEC=" + RENEWAL_US + "\nWATCHDOG=1");
        }
    }

    void stopping() {
        tell("STOPPING=1");
    }

    /**
     * Says that the service lives, if it does: the engine has moved since it was last said.
     *
     * @param movedNs when the engine last took a message
     */
    void alive(final long movedNs, final long nowNs) {
        final long everyNs = watchdogUs == 0 ? USUAL_NS : watchdogUs * MICRO_NS / 4;
        if (watchdogUs != 0 && movedNs > engineNs && nowNs - toldNs >= everyNs) {
            engineNs = movedNs;
            toldNs = nowNs;
            tell("WATCHDOG=1");
        }
    }

    private void tell(final String state) {
        if (socket == null) {
            return;
        }
        final byte[] bytes = state.getBytes(StandardCharsets.UTF_8);
        final ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length).put(bytes);
        try {
            socket.sendToDomainSocket(buffer, 0, bytes.length, path);
            failing = false;
        } catch (final IOException e) {
            if (!failing) {
                LOG.warn("systemd does not hear the service at NOTIFY_SOCKET: {}", e.toString());
                failing = true;
            }
        }
    }

    @Override
    public void close() {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (final IOException e) {
            LOG.debug("closing the socket to systemd", e);
        }
    }
}
