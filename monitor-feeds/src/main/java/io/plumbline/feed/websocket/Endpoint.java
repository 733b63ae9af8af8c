package io.plumbline.feed.websocket;

import java.net.URI;
import java.util.Locale;

/**
 * Where a WebSocket address leads. Its text names host and port only: a path or query may carry a
 * key.
 */
record Endpoint(String host, int port, boolean secure) {
    private static final int PLAIN_PORT = 80;
    private static final int SECURE_PORT = 443;

    /** IllegalArgumentException with the remedy where {@code uri} is not a WebSocket address. */
    static Endpoint of(final URI uri) {
        final String scheme =
                uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        final boolean secure = scheme.equals("wss");
        if (uri.getHost() == null || !secure && !scheme.equals("ws")) {
            throw new IllegalArgumentException(
                    "a venue endpoint looks like wss://host:port/path (ws:// for a local peer), not"
                            + " "
                            + scheme
                            + "://"
                            + uri.getHost());
        }
        final String host =
                uri.getHost().startsWith("[")
                        ? uri.getHost().substring(1, uri.getHost().length() - 1)
                        : uri.getHost();
        final int standard = secure ? SECURE_PORT : PLAIN_PORT;
        return new Endpoint(host, uri.getPort() < 0 ? standard : uri.getPort(), secure);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
