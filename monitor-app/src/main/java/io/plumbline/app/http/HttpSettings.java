package io.plumbline.app.http;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the server listens and by which names it may be called.
 *
 * @param address "localhost" or an address in numbers; beyond loopback {@link HttpServer#start}
 *     wants a token
 * @param port 0 for any free one
 * @param hosts further names that the Host header may carry, without port, beside localhost,
 *     127.0.0.1 and [::1]
 * @param token that opens what changes something and, beyond loopback, everything; "" for none
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

    /** Whether only this host can reach it; looks no name up. */
    boolean isLoopback() {
        return address.equals("localhost")
                || isNumeric()
                        && new InetSocketAddress(address, 0).getAddress().isLoopbackAddress();
    }

    /** Whether the address is one, and no name that would have to be looked up. */
    boolean isNumeric() {
        return NetUtil.isValidIpV4Address(address) || NetUtil.isValidIpV6Address(address);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return address + ":" + port;
    }

    /** This port on 127.0.0.1, no further names. */
    public static HttpSettings loopback(final int port) {
        return new HttpSettings("127.0.0.1", port, Set.of(), "");
    }
}
