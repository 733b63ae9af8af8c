package io.plumbline.feed.redis;

/**
 * Where one Redis process listens.
 *
 * @param host a name or an address, IPv6 without brackets
 */
public record RedisNode(String host, int port) {
    private static final int DEFAULT_PORT = 6379;
    private static final char COLON = ':';

    /** Refuses what cannot be an address, with the remedy. */
    public RedisNode {
        if (host.isBlank()) {
            throw new IllegalArgumentException("a Redis needs a host");
        }
        if (port <= 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + ": use 1 to 65535");
        }
    }

    /**
     * Reads {@code host[:port]}, an IPv6 address in brackets.
     *
     * @throws IllegalArgumentException naming what is wrong
     */
    public static RedisNode parse(final String text) {
        return parse(text, DEFAULT_PORT);
    }

    /** The same with another port where none is given. */
    public static RedisNode parse(final String text, final int defaultPort) {
        final int colon = text.lastIndexOf(':');
        final boolean portGiven = colon > text.lastIndexOf(']');
        final String bracketed = portGiven ? text.substring(0, colon) : text;
        final String host =
                bracketed.startsWith("[") && bracketed.endsWith("]")
                        ? bracketed.substring(1, bracketed.length() - 1)
                        : bracketed;
        if (host.isBlank()) {
            throw new IllegalArgumentException("'" + text + "': the host is missing");
        }
        return new RedisNode(host, portGiven ? port(text, colon + 1) : defaultPort);
    }

    private static int port(final String text, final int from) {
        final String port = text.substring(from);
        if (port.isEmpty() || port.length() > 8 || !port.chars().allMatch(Character::isDigit)) {
            throw new IllegalArgumentException(
                    "'" + text + "': the port '" + port + "' is not a number");
        }
        return Integer.parseInt(port);
    }

    /** {@code host:port}, with brackets around an IPv6 address: what {@link #parse} reads. */
    @Override
    public String toString() {
        return (host.indexOf(COLON) < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
