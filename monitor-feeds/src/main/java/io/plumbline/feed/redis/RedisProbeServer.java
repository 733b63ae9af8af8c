package io.plumbline.feed.redis;

import io.plumbline.feed.probe.ProbeServer;
import java.util.List;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** How the probes of a Redis reach it. */
public final class RedisProbeServer implements ProbeServer<ProbeLink> {
    private final RedisSettings settings;
    private final Topology topology;
    private volatile RedisNode node;

    /** A server that stays where it is. */
    public RedisProbeServer(final RedisSettings settings) {
        this(settings, new Topology.Standalone());
    }

    /**
     * @param topology tells with every connection where it leads: to the master that sentinels
     *     name, to the first node of a Cluster that answers
     */
    public RedisProbeServer(final RedisSettings settings, final Topology topology) {
        this.settings = settings;
        this.topology = topology;
        node = settings.node();
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public ProbeLink open() {
        if (topology instanceof Topology.Sentinels sentinels) {
            return open(master(sentinels));
        }
        if (topology instanceof Topology.Cluster cluster) {
            return open(cluster.seeds());
        }
        return open(settings.node());
    }

    /** Where the last connection that was opened by {@link #open()} leads. */
    public RedisNode node() {
        return node;
    }

    private ProbeLink open(final List<RedisNode> seeds) {
        JedisException last = null;
        for (final RedisNode seed : seeds) {
            try {
                final ProbeLink link = open(seed);
                node = seed;
                return link;
            } catch (final JedisException failure) {
                last = failure;
            }
        }
        throw last;
    }

    /** Asks the sentinels, one after another, for the master. */
    private RedisNode master(final Topology.Sentinels sentinels) {
        JedisException last = null;
        for (final RedisNode sentinel : sentinels.nodes()) {
            RedisLink link = null;
            try {
                link =
                        RedisLink.forData(
                                settings.at(sentinel).inDatabase(0).withAccess(sentinels.access()));
                final List<?> address =
                        ProbeLink.list(
                                link.ask(
                                        Command.SENTINEL,
                                        "GET-MASTER-ADDR-BY-NAME",
                                        sentinels.master()));
                if (address.size() == 2) {
                    node =
                            new RedisNode(
                                    ProbeLink.text(address.get(0)),
                                    (int) ProbeLink.number(address.get(1), 0));
                    return node;
                }
                last =
                        new JedisConnectionException(
                                sentinel + " knows no master '" + sentinels.master() + "'");
            } catch (final JedisException failure) {
                last = failure;
            } finally {
                if (link != null) {
                    link.cut();
                }
            }
        }
        throw last;
    }

    /** Connects to another node of the same Redis, as the same user. */
    public ProbeLink open(final RedisNode other) {
        return new ProbeLink(RedisLink.forData(settings.at(other)));
    }

    /** What {@code CLIENT LIST} shows of the monitor's connections. */
    public String clientName() {
        return settings.access().clientName();
    }

    @Override
    public void close(final ProbeLink connection) {
        connection.cut();
    }

    @Override
    public boolean isRefusal(final Exception failure) {
        return failure instanceof JedisDataException;
    }

    @Override
    public String reason(final Exception failure) {
        return RedisLink.reason(failure, settings.at(node));
    }
}
