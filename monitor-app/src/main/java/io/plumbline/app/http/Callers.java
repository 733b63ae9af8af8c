package io.plumbline.app.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How fast each address asks, over all of its connections and a while beyond them. The addresses
 * that were heard last are known, of more the oldest are forgotten. Any event loop.
 */
final class Callers {
    private static final int MOST = 1_024;
    private static final int NETWORK_BYTES = 8;

    private final int requestsPerSecond;
    private final Map<String, RequestRate> rates =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(final Map.Entry<String, RequestRate> eldest) {
                    return size() > MOST;
                }
            };

    Callers(final int requestsPerSecond) {
        this.requestsPerSecond = requestsPerSecond;
    }

    /** Takes one request of {@code address} if there is room for it now. */
    synchronized boolean take(final String address, final long nowNs) {
        return rates.computeIfAbsent(address, unknown -> new RequestRate(requestsPerSecond))
                .take(nowNs);
    }

    /** By what a caller is known: an IPv6 network of 64 bits is one, as it is one customer's. */
    static String address(final InetAddress of) {
        return of instanceof Inet6Address
                ? Arrays.toString(Arrays.copyOf(of.getAddress(), NETWORK_BYTES))
                : of.getHostAddress();
    }
}
