package io.plumbline.feed.redis;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Protocol.Command;

/**
 * The connection that the probes of a Redis share: one question, one answer. Probe thread; {@link
 * #cut} any thread.
 */
public final class ProbeLink {
    private final RedisLink link;

    ProbeLink(final RedisLink link) {
        this.link = link;
    }

    /** One command and its reply; throws JedisDataException when Redis refuses it. */
    public Object ask(final Command command, final String... arguments) {
        return link.ask(command, arguments);
    }

    /** The server's own clock, ns since the epoch. */
    public long serverNs() {
        final List<?> parts = list(ask(Command.TIME));
        return number(parts.get(0), 0) * 1_000_000_000L + number(parts.get(1), 0) * 1_000L;
    }

    void cut() {
        link.cut();
    }

    /** A reply that is a text; null where Redis says nil. */
    public static String text(final Object reply) {
        return reply instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : null;
    }

    /** A reply that is a whole number, bare or as text; {@code absent} where Redis says nil. */
    public static long number(final Object reply, final long absent) {
        if (reply instanceof Long number) {
            return number;
        }
        final String text = text(reply);
        return text == null || text.isEmpty() ? absent : Long.parseLong(text);
    }

    /** A reply that is a list; empty where Redis says nil. */
    public static List<?> list(final Object reply) {
        return reply instanceof List<?> list ? list : List.of();
    }

    /** A reply of names and values in turn. */
    public static Map<String, Object> fields(final Object reply) {
        final List<?> list = list(reply);
        final Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i + 1 < list.size(); i += 2) {
            fields.put(text(list.get(i)), list.get(i + 1));
        }
        return fields;
    }
}
