package io.plumbline.feed.redis;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisMovedDataException;

/**
 * The connection that the probes of a Redis share: one question, one answer. Probe thread; {@link
 * #cut} any thread.
 */
public final class ProbeLink {
    private static final int MOST_NODES = 64;

    private final RedisLink link;
    private final RedisSettings settings;
    private final Map<RedisNode, RedisLink> others = new ConcurrentHashMap<>();

    ProbeLink(final RedisLink link, final RedisSettings settings) {
        this.link = link;
        this.settings = settings;
    }

    /**
     * One command and its reply, from the node of a Cluster that owns the key; throws
     * JedisDataException when Redis refuses it.
     */
    public Object ask(final Command command, final String... arguments) {
        try {
            return link.ask(command, arguments);
        } catch (final JedisMovedDataException moved) {
            final RedisNode owner =
                    new RedisNode(moved.getTargetNode().getHost(), moved.getTargetNode().getPort());
            if (others.size() >= MOST_NODES && !others.containsKey(owner)) {
                throw moved;
            }
            return others.computeIfAbsent(owner, node -> RedisLink.forData(settings.at(node)))
                    .ask(command, arguments);
        }
    }

    /** The server's own clock, ns since the epoch. */
    public long serverNs() {
        final List<?> parts = list(ask(Command.TIME));
        return number(parts.get(0), 0) * 1_000_000_000L + number(parts.get(1), 0) * 1_000L;
    }

    void cut() {
        link.cut();
        others.values().forEach(RedisLink::cut);
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
