package io.plumbline.feed.websocket;

import java.nio.file.Path;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Everything about a venue connection that an operator may want to change.
 *
 * @param trustedCertificates a PEM file of the certificate authorities to trust instead of the
 *     JDK's (a private gateway); null for the JDK's
 */
public record WebSocketSettings(
        Timeouts timeouts,
        Limits limits,
        Reconnect reconnect,
        Rotation rotation,
        Path trustedCertificates) {
    /**
     * Deadlines of one connection.
     *
     * @param connect for the TCP connection
     * @param handshake for TLS, and again for the WebSocket upgrade
     * @param attempt for all of it together, the name lookup included
     * @param ack for the answer to each subscribe request
     * @param warm for first data on every stream; after it the connection counts as live anyway
     * @param pong for the answer to each ping; two silent ones in a row end the connection
     * @param check how often the clocks are looked at
     * @param forceClose after which a closing connection is cut
     */
    public record Timeouts(
            Duration connect,
            Duration handshake,
            Duration attempt,
            Duration ack,
            Duration warm,
            Duration pong,
            Duration check,
            Duration forceClose) {}

    /**
     * Bounds of what is read; a connection that exceeds one is closed with status 1009.
     *
     * @param maxFrameBytes one frame on the wire
     * @param maxMessageBytes one message, inflated and put together
     * @param receiveBufferBytes the kernel's buffer for the socket
     */
    public record Limits(int maxFrameBytes, int maxMessageBytes, int receiveBufferBytes) {
        /** The same with room for messages of this length in one frame. */
        Limits withRoomFor(final int messageBytes) {
            return new Limits(
                    Math.max(maxFrameBytes, messageBytes),
                    Math.max(maxMessageBytes, messageBytes),
                    receiveBufferBytes);
        }
    }

    /**
     * When to try again.
     *
     * @param base upper bound of the first wait
     * @param cap upper bound of every wait
     * @param healthyAfter LIVE for this long, a connection's end counts as the first failure again
     * @param refusalHold the least wait after 403, 418, 429 and 451; a longer Retry-After wins
     */
    public record Reconnect(
            Duration base, Duration cap, Duration healthyAfter, Duration refusalHold) {}

    /**
     * Planned change of connection, make-before-break.
     *
     * @param after how long a connection is used; null to take it from the venue's own limit
     * @param overlap how long both connections run side by side
     */
    public record Rotation(Duration after, Duration overlap) {
        /** A connection is replaced this long before the venue would close it. */
        private static final Duration MARGIN = Duration.ofMinutes(30);

        /**
         * How long a new connection is used, ns: by chance a little more or less, so that not all
         * are changed at once.
         *
         * @param lifetime after which the venue closes it; null where it does not
         */
        long lifeNs(final Duration lifetime, final RandomGenerator random) {
            if (after != null) {
                return after.toNanos();
            }
            if (lifetime == null) {
                return Long.MAX_VALUE;
            }
            final long marginNs = Math.min(MARGIN.toNanos(), lifetime.toNanos() / 4);
            final long jitterNs = marginNs * 2 / 3;
            return lifetime.toNanos() - marginNs + random.nextLong(-jitterNs, jitterNs + 1);
        }
    }

    /** What is used where nothing is configured. */
    public static WebSocketSettings defaults() {
        return new WebSocketSettings(
                new Timeouts(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(5),
                        Duration.ofMillis(250),
                        Duration.ofSeconds(3)),
                new Limits(4 << 20, 8 << 20, 1 << 20),
                new Reconnect(
                        Duration.ofMillis(500),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60)),
                new Rotation(null, Duration.ofSeconds(2)),
                null);
    }

    /** The same with other deadlines. */
    public WebSocketSettings with(final Timeouts other) {
        return new WebSocketSettings(other, limits, reconnect, rotation, trustedCertificates);
    }

    /** The same with other bounds. */
    public WebSocketSettings with(final Limits other) {
        return new WebSocketSettings(timeouts, other, reconnect, rotation, trustedCertificates);
    }

    /** The same with another patience. */
    public WebSocketSettings with(final Reconnect other) {
        return new WebSocketSettings(timeouts, limits, other, rotation, trustedCertificates);
    }

    /** The same with another rotation. */
    public WebSocketSettings with(final Rotation other) {
        return new WebSocketSettings(timeouts, limits, reconnect, other, trustedCertificates);
    }

    /** The same trusting only the authorities in this PEM file. */
    public WebSocketSettings trusting(final Path certificates) {
        return new WebSocketSettings(timeouts, limits, reconnect, rotation, certificates);
    }
}
