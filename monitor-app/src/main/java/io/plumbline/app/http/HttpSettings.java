package io.plumbline.app.http;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the server listens and by which names it may be called.
 *
 * @param address a loopback address or "localhost"; nothing else is accepted by {@link
 *     HttpServer#start}
 * @param port 0 for any free one
 * @param hosts further names that the Host header may carry, without port, beside localhost,
 *     127.0.0.1 and [::1]
 * @param token whoever shows it may change something; "" for nobody
 */
public record HttpSettings(String address, int port, Set<String> hosts, String token) {
    /** Names are kept in lower case. */
    public HttpSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("http.port must be from 0 to 65535, not " + port);
        }
        hosts =
                hosts.stream()
                        .map(host -> host.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** This port on 127.0.0.1, no further names. */
    public static HttpSettings loopback(final int port) {
        return new HttpSettings("127.0.0.1", port, Set.of(), "");
    }

    /** Without the token. */
    @Override
    public String toString() {
        return address + ':' + port;
    }
}
