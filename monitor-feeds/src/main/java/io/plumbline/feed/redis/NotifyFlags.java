package io.plumbline.feed.redis;

import java.util.List;
import java.util.TreeSet;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The server's {@code notify-keyspace-events} as a set, because Redis returns the letters in
 * another order than they were given, and {@code A} for a whole group. Only ever read: the monitor
 * never sends CONFIG SET.
 */
final class NotifyFlags {
    /** What an operator is told to set. */
    private static final String WANTED = "K$ghxe";

    private static final String ALL = "g$lshzxetd";

    private final String text;

    private NotifyFlags(final String text) {
        this.text = text;
    }

    /** Asks the server; unknown when the user may not ask. */
    static NotifyFlags ask(final RedisLink link) {
        try {
            final List<?> reply =
                    (List<?>) link.ask(Command.CONFIG, "GET", "notify-keyspace-events");
            return new NotifyFlags(
                    reply.size() < 2
                            ? null
                            : new String(
                                    (byte[]) reply.get(1),
                                    java.nio.charset.StandardCharsets.US_ASCII));
        } catch (final JedisConnectionException down) {
            throw down;
        } catch (final JedisDataException refused) {
            return new NotifyFlags(null);
        }
    }

    /** The flags of this text, null for a server that does not tell. */
    static NotifyFlags of(final String text) {
        return new NotifyFlags(text);
    }

    boolean known() {
        return text != null;
    }

    /** The letters that are missing to see every write, expiry and deletion; "" when none are. */
    String missing(final boolean hashes) {
        final TreeSet<Character> have = letters(text == null ? "" : text);
        final StringBuilder missing = new StringBuilder();
        for (final char flag : WANTED.toCharArray()) {
            if (!have.contains(flag) && (flag != 'h' || hashes)) {
                missing.append(flag);
            }
        }
        return missing.toString();
    }

    /** The exact command for an operator, keeping what is set already. */
    String remedy() {
        final StringBuilder flags = new StringBuilder(WANTED);
        for (final char flag : (text == null ? "" : text).toCharArray()) {
            if (WANTED.indexOf(flag) < 0) {
                flags.append(flag);
            }
        }
        return "CONFIG SET notify-keyspace-events " + flags;
    }

    @Override
    public String toString() {
        return text == null ? "unknown" : "\"" + text + "\"";
    }

    private static TreeSet<Character> letters(final String text) {
        final TreeSet<Character> letters = new TreeSet<>();
        for (final char flag : text.toCharArray()) {
            letters.add(flag);
            if (flag == 'A') {
                for (final char each : ALL.toCharArray()) {
                    letters.add(each);
                }
            }
        }
        return letters;
    }
}
