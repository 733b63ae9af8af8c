package io.plumbline.feed.redis;

import io.plumbline.market.Rung;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * How to reach one node of a Redis and how closely to look at it.
 *
 * @param name the name of the Redis in findings and thread names
 * @param node where it listens
 * @param offers what may be observed beside the keys
 * @param timing how long and how often
 */
public record RedisSettings(
        String name,
        RedisNode node,
        int database,
        Access access,
        RungChoice rung,
        RedisOffers offers,
        Timing timing) {

    private static final long MILLISECOND_NS = 1_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;

    /**
     * As whom and how a connection is made.
     *
     * @param user the ACL user, "" for the default user
     * @param tls whether it is encrypted and the host name verified
     * @param trust PEM file of the authorities to trust; null for the JDK's
     * @param clientName what {@code CLIENT LIST} shows
     */
    public record Access(String user, Secret password, boolean tls, Path trust, String clientName) {
        /** Nobody in particular, in the clear. */
        public static final Access OPEN = new Access("", Secret.NONE, false, null, "plumbline");

        /** Refuses a client name that Redis would. */
        public Access {
            require(
                    clientName.chars().allMatch(c -> c > ' ' && c < 0x7f),
                    "client name '" + clientName + "': Redis allows no white space in it");
        }
    }

    /**
     * @param connectTimeoutNs for TCP and TLS together
     * @param socketTimeoutNs how long an answer may take before Redis counts as down
     * @param samplingIntervalNs from one sample of all keys to the next on the sampling rung
     * @param sweepIntervalNs each key is compared at least this often on the push rungs
     * @param barrierIntervalNs from one ping on the push connection to the next
     * @param barrierTimeoutNs a push connection that leaves a ping unanswered for this long is
     *     given up; with the interval it bounds how long a half-open connection goes unnoticed
     */
    public record Timing(
            long connectTimeoutNs,
            long socketTimeoutNs,
            long samplingIntervalNs,
            long sweepIntervalNs,
            long barrierIntervalNs,
            long barrierTimeoutNs) {
        /** What suits most. */
        public static final Timing DEFAULT =
                new Timing(
                        2 * SECOND_NS,
                        1_500 * MILLISECOND_NS,
                        10 * MILLISECOND_NS,
                        SECOND_NS,
                        250 * MILLISECOND_NS,
                        2 * SECOND_NS);

        /** Refuses what cannot work, with the remedy. */
        public Timing {
            require(
                    samplingIntervalNs >= MILLISECOND_NS,
                    "sampling interval " + samplingIntervalNs + " ns: use 1 ms or more");
            require(
                    sweepIntervalNs >= 10 * MILLISECOND_NS,
                    "sweep interval " + sweepIntervalNs + " ns: use 10 ms or more");
            require(
                    barrierIntervalNs >= 10 * MILLISECOND_NS
                            && barrierTimeoutNs >= barrierIntervalNs,
                    "the barrier timeout must be at least the barrier interval, that 10 ms or"
                            + " more");
            require(
                    connectTimeoutNs >= MILLISECOND_NS && socketTimeoutNs >= MILLISECOND_NS,
                    "connect and socket timeouts: use 1 ms or more");
        }

        /** The same, looking this often. */
        public Timing looking(final long newSamplingNs, final long newSweepNs) {
            return new Timing(
                    connectTimeoutNs,
                    socketTimeoutNs,
                    newSamplingNs,
                    newSweepNs,
                    barrierIntervalNs,
                    barrierTimeoutNs);
        }

        /** The same, giving up sooner. */
        public Timing within(final long newConnectNs, final long newSocketNs) {
            return new Timing(
                    newConnectNs,
                    newSocketNs,
                    samplingIntervalNs,
                    sweepIntervalNs,
                    barrierIntervalNs,
                    barrierTimeoutNs);
        }
    }

    /** Refuses what cannot work, with the remedy. */
    public RedisSettings {
        require(!name.isBlank(), "a Redis needs a name");
        require(database >= 0, "database " + database + ": use 0 or more");
    }

    /** The same without anything beside the keys. */
    public RedisSettings(
            final String name,
            final RedisNode node,
            final int database,
            final Access access,
            final RungChoice rung,
            final Timing timing) {
        this(name, node, database, access, rung, RedisOffers.NONE, timing);
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
        final String path = slash < 0 ? "" : rest.substring(slash + 1);
        final RedisNode node;
        try {
            node = RedisNode.parse(slash < 0 ? rest : rest.substring(0, slash));
        } catch (final IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    "Redis address '" + shown + "': " + wrong.getMessage(), wrong);
        }
        return new RedisSettings(
                "main",
                node,
                path.isEmpty() ? 0 : database(path, shown),
                new Access(user, password, tls, null, Access.OPEN.clientName()),
                RungChoice.AUTO,
                RedisOffers.NONE,
                Timing.DEFAULT);
    }

    /** The same Redis under another name. */
    public RedisSettings withName(final String newName) {
        return new RedisSettings(newName, node, database, access, rung, offers, timing);
    }

    /** The same Redis, observed by another choice of rungs. */
    public RedisSettings withRung(final RungChoice newRung) {
        return new RedisSettings(name, node, database, access, newRung, offers, timing);
    }

    /** The same Redis, of which more may be observed. */
    public RedisSettings withOffers(final RedisOffers newOffers) {
        return new RedisSettings(name, node, database, access, rung, newOffers, timing);
    }

    /** The rungs that may be used, best first; ends with SAMPLING. */
    public List<Rung> rungs() {
        return rung.rungs(offers);
    }

    /** Another node of the same Redis. */
    public RedisSettings at(final RedisNode other) {
        return new RedisSettings(name, other, database, access, rung, offers, timing);
    }

    /** The same Redis, another of its databases. */
    public RedisSettings withDatabase(final int other) {
        return new RedisSettings(name, node, other, access, rung, offers, timing);
    }

    /** The same Redis, reached otherwise. */
    public RedisSettings withAccess(final Access newAccess) {
        return new RedisSettings(name, node, database, newAccess, rung, offers, timing);
    }

    /** The same Redis, looked at otherwise. */
    public RedisSettings withTiming(final Timing newTiming) {
        return new RedisSettings(name, node, database, access, rung, offers, newTiming);
    }

    /** See {@link Timing}. */
    public long samplingIntervalNs() {
        return timing.samplingIntervalNs();
    }

    /** See {@link Timing}. */
    public long sweepIntervalNs() {
        return timing.sweepIntervalNs();
    }

    /** See {@link Timing}. */
    public long barrierIntervalNs() {
        return timing.barrierIntervalNs();
    }

    /** See {@link Timing}. */
    public long barrierTimeoutNs() {
        return timing.barrierTimeoutNs();
    }

    /** {@code host:port db n}, for people. */
    public String address() {
        return node + " db " + database;
    }

    private static int database(final String text, final String uri) {
        require(
                text.length() < 9 && !text.isEmpty() && text.chars().allMatch(Character::isDigit),
                "Redis address '" + uri + "': the database '" + text + "' is not a number");
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
