package io.plumbline.feed.venue;

import java.time.Duration;

/**
 * What a venue allows its clients; see each venue's own documentation.
 *
 * @param streamsPerConnection the most streams on one connection
 * @param messagesPerSecond client messages per second and connection, pings and pongs included
 * @param connectsPerWindow connection attempts per {@code connectWindow} and address
 * @param lifetime after which the venue closes a connection; null for no such rule
 * @param pingInterval how often we ping; also how fast a half-open connection is found
 * @param serverPingTimeout how long the server may be without a ping before it is suspicious
 * @param largestMessageBytes room that the venue's largest message needs on the wire and put
 *     together; where the settings give more, they hold
 */
public record VenueLimits(
        int streamsPerConnection,
        int messagesPerSecond,
        int connectsPerWindow,
        Duration connectWindow,
        Duration lifetime,
        Duration pingInterval,
        Duration serverPingTimeout,
        int largestMessageBytes) {
    /** Of a venue whose messages fit into the usual room. */
    public VenueLimits(
            final int streamsPerConnection,
            final int messagesPerSecond,
            final int connectsPerWindow,
            final Duration connectWindow,
            final Duration lifetime,
            final Duration pingInterval,
            final Duration serverPingTimeout) {
        this(
                streamsPerConnection,
                messagesPerSecond,
                connectsPerWindow,
                connectWindow,
                lifetime,
                pingInterval,
                serverPingTimeout,
                0);
    }
}
