package io.plumbline.app.config;

import java.util.List;

/**
 * The HTTP server.
 *
 * @param bind an address in numbers, or localhost
 * @param port 0 for any free one
 * @param token that opens what changes something and, beyond loopback, everything; {@link
 *     Secret#NONE} for none
 * @param hosts names by which it may be called, besides the loopback ones and {@code bind}
 * @param connections of one address at once, the eighth part of all by default
 * @param requests of one address a second
 */
public record HttpConfig(
        boolean enabled,
        String bind,
        int port,
        Secret token,
        List<String> hosts,
        int connections,
        int requests) {
    public HttpConfig {
        hosts = List.copyOf(hosts);
    }
}
