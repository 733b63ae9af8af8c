package io.plumbline.feed.redis;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * How to reach one standalone Redis and how closely to look at it.
 *
 * @param name the name of the server in findings and thread names
 * @param user the ACL user, "" for the default user
 * @param tls whether the connection is encrypted and the host name verified
 * @param connectTimeoutNs for TCP and TLS together
 * @param socketTimeoutNs how long an answer may take before Redis counts as down
 * @param samplingIntervalNs from one sample of all keys to the next on the sampling rung
 * @param sweepIntervalNs each key is compared at least this often on the push rungs
 * @param barrierIntervalNs from one ping on the push connection to the next
 * @param barrierTimeoutNs a push connection that leaves a ping unanswered for this long is given
 *     up; with the interval it bounds how long a half-open connection goes unnoticed
 * @param clientName what {@code CLIENT LIST} shows
 */
public record RedisSettings(
        String name,
        String host,
        int port,
        int database,
        String user,
        Secret password,
        boolean tls,
        long connectTimeoutNs,
        long socketTimeoutNs,
        RungChoice rung,
        long samplingIntervalNs,
        long sweepIntervalNs,
        long barrierIntervalNs,
        long barrierTimeoutNs,
        String clientName) {

    private static final long MILLISECOND_NS = 1_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int DEFAULT_PORT = 6379;

    /** Refuses what cannot work, with the remedy. */
    public RedisSettings {
        require(!name.isBlank(), "a Redis needs a name");
        require(!host.isBlank(), "a Redis needs a host");
        require(port > 0 && port < 65_536, "port " + port + ": use 1 to 65535");
        require(database >= 0, "database " + database + ": use 0 or more");
        require(
                samplingIntervalNs >= MILLISECOND_NS,
                "sampling interval " + samplingIntervalNs + " ns: use 1 ms or more");
        require(
                sweepIntervalNs >= 10 * MILLISECOND_NS,
                "sweep interval " + sweepIntervalNs + " ns: use 10 ms or more");
        require(
                barrierIntervalNs >= 10 * MILLISECOND_NS && barrierTimeoutNs >= barrierIntervalNs,
                "the barrier timeout must be at least the barrier interval, that 10 ms or more");
        require(
                connectTimeoutNs >= MILLISECOND_NS && socketTimeoutNs >= MILLISECOND_NS,
                "connect and socket timeouts: use 1 ms or more");
        require(
                clientName.chars().allMatch(c -> c > ' ' && c < 0x7f),
                "client name '" + clientName + "': Redis allows no white space in it");
    }

    /**
     * Settings with defaults from {@code redis://[user[:password]@]host[:port][/db]}, or {@code
     * rediss://} for TLS. Percent-escapes in user and password are decoded.
     *
     * @throws IllegalArgumentException naming what is wrong, never showing user or password
     */
    public static RedisSettings parse(final String uri) {
        final boolean tls = uri.startsWith("rediss://");
        final int scheme = uri.indexOf("://");
        final int at = uri.lastIndexOf('@');
        final String shown = at < 0 ? uri : "redis://***@" + uri.substring(at + 1);
        require(
                tls || uri.startsWith("redis://"),
                "Redis address '" + shown + "': begin with redis:// or rediss://");
        String user = "";
        Secret password = Secret.NONE;
        if (at >= 0) {
            final String userInfo = uri.substring(scheme + 3, at);
            final int colon = userInfo.indexOf(':');
            user = decoded(colon < 0 ? userInfo : userInfo.substring(0, colon));
            if (colon >= 0) {
                password = Secret.of(decoded(userInfo.substring(colon + 1)).toCharArray());
            }
        }
        final String rest = uri.substring(at < 0 ? scheme + 3 : at + 1);
        final int slash = rest.indexOf('/');
        final String authority = slash < 0 ? rest : rest.substring(0, slash);
        final String path = slash < 0 ? "" : rest.substring(slash + 1);
        final int colon = authority.lastIndexOf(':');
        final boolean portGiven = colon > authority.lastIndexOf(']');
        final String bracketed = portGiven ? authority.substring(0, colon) : authority;
        final String host =
                bracketed.startsWith("[") && bracketed.endsWith("]")
                        ? bracketed.substring(1, bracketed.length() - 1)
                        : bracketed;
        require(!host.isBlank(), "Redis address '" + shown + "': the host is missing");
        return new RedisSettings(
                "main",
                host,
                portGiven ? number(authority.substring(colon + 1), "port", shown) : DEFAULT_PORT,
                path.isEmpty() ? 0 : number(path, "database", shown),
                user,
                password,
                tls,
                2 * SECOND_NS,
                1_500 * MILLISECOND_NS,
                RungChoice.AUTO,
                10 * MILLISECOND_NS,
                SECOND_NS,
                250 * MILLISECOND_NS,
                2 * SECOND_NS,
                "plumbline");
    }

    /** The same Redis under another name. */
    public RedisSettings withName(final String newName) {
        return new RedisSettings(
                newName,
                host,
                port,
                database,
                user,
                password,
                tls,
                connectTimeoutNs,
                socketTimeoutNs,
                rung,
                samplingIntervalNs,
                sweepIntervalNs,
                barrierIntervalNs,
                barrierTimeoutNs,
                clientName);
    }

    /** The same Redis, observed by another choice of rungs. */
    public RedisSettings withRung(final RungChoice newRung) {
        return new RedisSettings(
                name,
                host,
                port,
                database,
                user,
                password,
                tls,
                connectTimeoutNs,
                socketTimeoutNs,
                newRung,
                samplingIntervalNs,
                sweepIntervalNs,
                barrierIntervalNs,
                barrierTimeoutNs,
                clientName);
    }

    /** {@code host:port db n}, for people. */
    public String address() {
        return host + ":" + port + " db " + database;
    }

    private static int number(final String text, final String what, final String uri) {
        require(
                text.length() < 9 && !text.isEmpty() && text.chars().allMatch(Character::isDigit),
                "Redis address '" + uri + "': the " + what + " '" + text + "' is not a number");
        return Integer.parseInt(text);
    }

    private static String decoded(final String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (final IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "Redis address: user or password holds a broken %-escape; write % as %25");
        }
    }

    private static void require(final boolean holds, final String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
