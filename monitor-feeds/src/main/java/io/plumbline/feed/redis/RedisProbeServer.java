package io.plumbline.feed.redis;

import io.plumbline.feed.probe.ProbeServer;
import java.util.List;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * How the probes of a Redis reach it: the server, the master that sentinels name now, or the first
 * node of a Cluster that answers, from which {@link ProbeLink} follows to the owner of a key. Any
 * thread.
 */
public final class RedisProbeServer implements ProbeServer<ProbeLink> {
    private final RedisSettings settings;
    private final Topology topology;
    private volatile RedisNode node;

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
        final RedisSettings place = place();
        node = place.node();
        return linked(place);
    }

    /** Where {@link #open()} led to last. */
    public RedisNode node() {
        return node;
    }

    /** Connects to another node of the same Redis, as the same user. */
    public ProbeLink open(final RedisNode other) {
        final RedisSettings place = settings.at(other);
        return linked(place);
    }

    private ProbeLink linked(final RedisSettings place) {
        return new ProbeLink(RedisLink.forData(place), place, topology instanceof Topology.Cluster);
    }

    /** What {@code CLIENT LIST} shows of the monitor's connections. */
    public String clientName() {
        return settings.access().clientName();
    }

    /** Where to connect to now. */
    RedisSettings place() {
        if (topology instanceof Topology.Sentinels sentinels) {
            return settings.at(master(sentinels));
        }
        return topology instanceof Topology.Cluster cluster ? settings.at(seed(cluster)) : settings;
    }

    private RedisNode master(final Topology.Sentinels sentinels) {
        JedisException last = new JedisConnectionException("no sentinel answers");
        for (final RedisNode sentinel : sentinels.nodes()) {
            RedisLink link = null;
            try {
                link =
                        RedisLink.forData(
                                new RedisSettings(
                                        settings.name() + " sentinel",
                                        sentinel,
                                        0,
                                        sentinels.access(),
                                        RungChoice.AUTO,
                                        settings.timing()));
                final List<?> address =
                        ProbeLink.list(
                                link.ask(
                                        Command.SENTINEL,
                                        "GET-MASTER-ADDR-BY-NAME",
                                        sentinels.master()));
                if (address.size() == 2) {
                    return new RedisNode(
                            ProbeLink.text(address.get(0)),
                            (int) ProbeLink.number(address.get(1), 0));
                }
                last =
                        new JedisConnectionException(
                                sentinel + " knows no master '" + sentinels.master() + "'");
            } catch (final JedisException silent) {
                last = silent;
            } finally {
                if (link != null) {
                    link.cut();
                }
            }
        }
        throw last;
    }

    private RedisNode seed(final Topology.Cluster cluster) {
        JedisException last = new JedisConnectionException("no node answers");
        for (final RedisNode seed : cluster.seeds()) {
            try {
                RedisLink.forData(settings.at(seed)).cut();
                return seed;
            } catch (final JedisException silent) {
                last = silent;
            }
        }
        throw last;
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
        return RedisLink.reason(failure, settings);
    }
}
