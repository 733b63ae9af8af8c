package io.plumbline.feed.redis;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * The connection that the probes of a Redis share: one question, one answer. Probe thread; {@link
 * #cut} any thread.
 */
public final class ProbeLink {
    private static final int MOST_NODES = 64;
    private static final int MOST_HOPS = 3;

    private final RedisLink link;
    private final RedisSettings settings;
    private final boolean cluster;
    private final Map<RedisNode, RedisLink> others = new ConcurrentHashMap<>();
    private RedisNode answered;

    /**
     * @param settings of the node at the other end of {@code link}
     * @param cluster whether there are others beside it
     */
    ProbeLink(final RedisLink link, final RedisSettings settings, final boolean cluster) {
        this.link = link;
        this.settings = settings;
        this.cluster = cluster;
        answered = settings.node();
    }

    /**
     * One command and its reply, from the node of a Cluster that has the key, also while its slot
     * moves; throws JedisDataException when Redis refuses it.
     */
    public Object ask(final Command command, final String... arguments) {
        RedisNode node = settings.node();
        boolean ahead = false;
        for (int hop = 0; ; hop++) {
            try {
                final RedisLink at = at(node);
                if (ahead) {
                    at.ask(Command.ASKING);
                }
                final Object reply = at.ask(command, arguments);
                answered = node;
                return reply;
            } catch (final JedisRedirectionException elsewhere) {
                final HostAndPort target = elsewhere.getTargetNode();
                node =
                        new RedisNode(
                                target.getHost().isEmpty() ? node.host() : target.getHost(),
                                target.getPort());
                ahead = elsewhere instanceof JedisAskDataException;
                if (hop == MOST_HOPS || others.size() >= MOST_NODES && !isOpen(node)) {
                    throw elsewhere;
                }
            }
        }
    }

    /** One command and its reply, from this node. */
    Object askAt(final RedisNode node, final Command command, final String... arguments) {
        return at(node).ask(command, arguments);
    }

    /** The node of a Cluster that gave the last answer about a key; "" where there is only one. */
    public String answered() {
        return cluster ? answered.toString() : "";
    }

    /** Who has the keys of which slots now: in a Cluster asked, elsewhere the one node has all. */
    List<ClusterNode> owners() {
        return owners(settings.node());
    }

    /** The same as this node knows it: of its own slots it is the first to hear. */
    List<ClusterNode> owners(final RedisNode asked) {
        if (!cluster) {
            final BitSet all = new BitSet(HashSlot.COUNT);
            all.set(0, HashSlot.COUNT);
            return List.of(new ClusterNode("", settings.node(), true, true, "", 0, all));
        }
        return ClusterNode.parse(
                        text(at(asked).ask(Command.CLUSTER, "NODES")),
                        asked,
                        settings.access().tls())
                .stream()
                .filter(node -> node.primary() && !node.slots().isEmpty())
                .toList();
    }

    private RedisLink at(final RedisNode node) {
        return node.equals(settings.node())
                ? link
                : others.computeIfAbsent(node, other -> RedisLink.forData(settings.at(other)));
    }

    private boolean isOpen(final RedisNode node) {
        return node.equals(settings.node()) || others.containsKey(node);
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
