package io.plumbline.feed.redis;

import io.plumbline.market.Rung;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The least that a user of Redis must be allowed so that nothing the monitor asks is refused, as
 * the command that an operator runs. What connections say before they are known (AUTH, HELLO) needs
 * no permission.
 */
public final class AclRule {
    private static final String INVALIDATED = "__redis__:invalidate";

    private final String user;
    private final Version version;
    private final Set<String> commands = new TreeSet<>();
    private final Set<String> keys = new LinkedHashSet<>();
    private final Set<String> channels = new LinkedHashSet<>();

    /** A version of Redis. */
    public record Version(int major, int minor) {
        /** The first that asks for read permission alone and knows absolute deadlines. */
        public static final Version SEVEN = new Version(7, 0);

        /**
         * Reads {@code 7}, {@code 7.0} or {@code 7.0.15}.
         *
         * @throws IllegalArgumentException for anything else
         */
        public static Version parse(final String text) {
            if (!text.matches("\\d{1,3}(\\.\\d{1,3}){0,3}")) {
                throw new IllegalArgumentException(
                        "'" + text + "' is no version of Redis; write 7.0 or 7.0.15");
            }
            final String[] parts = text.split("\\.");
            return new Version(
                    Integer.parseInt(parts[0]), parts.length < 2 ? 0 : Integer.parseInt(parts[1]));
        }

        boolean atLeast(final int leastMajor, final int leastMinor) {
            return major > leastMajor || major == leastMajor && minor >= leastMinor;
        }

        @Override
        public String toString() {
            return major + "." + minor;
        }
    }

    /**
     * @throws IllegalArgumentException where that version has no users
     */
    public AclRule(final String user, final Version version) {
        if (!version.atLeast(6, 0)) {
            throw new IllegalArgumentException(
                    "Redis " + version + " has no users: ACL came with 6.0");
        }
        this.user = user;
        this.version = version;
    }

    /**
     * What the observer of price keys asks.
     *
     * @param names the keys
     * @param globs what covers them
     */
    public AclRule prices(
            final RedisSettings settings,
            final Topology topology,
            final List<String> names,
            final List<String> globs,
            final List<ValueFormat> formats) {
        connects(settings);
        keys.addAll(globs);
        final boolean hashes = formats.stream().anyMatch(AclRule::isHash);
        final boolean strings = !formats.stream().allMatch(AclRule::isHash);
        if (hashes) {
            commands.add("hmget");
        }
        if (strings) {
            commands.add("get");
        }
        if (strings && !(topology instanceof Topology.Cluster)) {
            commands.add("mget");
        }
        if (version.atLeast(7, 0)) {
            commands.addAll(List.of("pexpiretime", "time"));
        } else {
            commands.add("pttl");
        }
        if (topology instanceof Topology.Cluster) {
            commands.addAll(List.of("asking", "cluster|info", "cluster|nodes"));
        }
        if (!(topology instanceof Topology.Standalone)) {
            commands.add("role");
        }
        settings.rungs().forEach(rung -> climbs(rung, settings, names));
        return this;
    }

    private void climbs(final Rung rung, final RedisSettings settings, final List<String> names) {
        switch (rung) {
            case REPLICATION:
                asks("info", "psync", "replconf", "time");
                break;
            case STREAM:
                reads(
                        KeyPattern.escaped(settings.offers().stream().key()),
                        "xread",
                        "xinfo|stream");
                break;
            case CHANNEL:
                listens(settings.offers().channel().name(), "subscribe");
                break;
            case NOTIFICATION:
                asks("config|get", "client|id", "client|tracking");
                listens(INVALIDATED, "subscribe");
                KeyPrefixes.of(names)
                        .forEach(
                                prefix ->
                                        listens(
                                                NotificationRung.pattern(
                                                        settings.database(), prefix),
                                                "psubscribe"));
                break;
            case TRACKING:
                asks("client|tracking");
                break;
            default:
                break;
        }
    }

    /** What every connection asks. */
    public AclRule connects(final RedisSettings settings) {
        commands.addAll(List.of("ping", "client|setname"));
        if (settings.database() > 0) {
            commands.add("select");
        }
        return this;
    }

    /** These commands, which name no key. */
    public AclRule asks(final String... more) {
        commands.addAll(List.of(more));
        return this;
    }

    /** These commands, over the keys of a glob. */
    public AclRule reads(final String glob, final String... more) {
        keys.add(glob);
        return asks(more);
    }

    /** Listens to a channel, or with {@code psubscribe} to exactly this pattern. */
    public AclRule listens(final String channel, final String command) {
        channels.add(channel);
        return asks(command);
    }

    /** The command. Passwords of the user stay what they are. */
    public String line() {
        final StringBuilder line = new StringBuilder("ACL SETUSER ").append(quoted(user));
        line.append(" on resetkeys");
        if (version.atLeast(6, 2)) {
            line.append(" resetchannels");
        }
        line.append(" -@all");
        commands.forEach(command -> line.append(" +").append(command));
        final String read = version.atLeast(7, 0) ? "%R~" : "~";
        keys.forEach(key -> line.append(' ').append(quoted(read + key)));
        if (version.atLeast(6, 2)) {
            channels.forEach(channel -> line.append(' ').append(quoted('&' + channel)));
        }
        return line.toString();
    }

    private static boolean isHash(final ValueFormat format) {
        return format.kind() == ValueFormat.Kind.HASH;
    }

    private static String quoted(final String word) {
        return word.chars().noneMatch(c -> c <= ' ' || c == '"' || c == '\'')
                ? word
                : '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
