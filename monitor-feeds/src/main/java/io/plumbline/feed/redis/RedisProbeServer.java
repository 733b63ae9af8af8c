package io.plumbline.feed.redis;

import io.plumbline.feed.probe.ProbeServer;
import redis.clients.jedis.exceptions.JedisDataException;

/** How the probes of a Redis reach it. */
public final class RedisProbeServer implements ProbeServer<ProbeLink> {
    private final RedisSettings settings;

    public RedisProbeServer(final RedisSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public ProbeLink open() {
        return new ProbeLink(RedisLink.forData(settings));
    }

    /** Where it is reached. */
    public RedisNode node() {
        return settings.node();
    }

    /** Connects to another node of the same Redis, as the same user. */
    public ProbeLink open(final RedisNode node) {
        return new ProbeLink(RedisLink.forData(settings.at(node)));
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
        return RedisLink.reason(failure, settings);
    }
}
