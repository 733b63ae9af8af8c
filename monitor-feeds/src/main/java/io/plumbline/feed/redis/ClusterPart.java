package io.plumbline.feed.redis;

import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/** One shard of a Cluster: the node that takes its writes, and the keys in its slots. */
final class ClusterPart implements NodeFinder, Territory {
    private static final long ROLE_INTERVAL_NS = 2_000_000_000L;

    private final ClusterWatch watch;
    private final int part;
    private RedisLink checked;
    private RedisNode at;
    private long roleDueNs;

    ClusterPart(final ClusterWatch watch, final int part) {
        this.watch = watch;
        this.part = part;
    }

    /** The first part speaks for a Cluster of which nothing is known. */
    @Override
    public boolean isWanted() {
        final ClusterMap map = watch.map();
        return map == null ? part == 0 : map.node(part) != null;
    }

    @Override
    public RedisNode find() {
        final ClusterMap map = watch.map();
        if (map == null || map.node(part) == null) {
            throw new JedisConnectionException(watch.failure());
        }
        return map.node(part);
    }

    /**
     * A failover leaves the connection to the old primary open, and as a replica it answers on:
     * only ROLE tells.
     */
    @Override
    public void check(final RedisNode node, final RedisLink link, final long nowNs) {
        at = node;
        final RedisNode now = watch.map().node(part);
        if (!node.equals(now)) {
            throw new NodeMoved(
                    now == null ? "its node owns no slots any more" : now + " owns its slots now");
        }
        if (link != checked || nowNs >= roleDueNs) {
            checked = link;
            roleDueNs = nowNs + ROLE_INTERVAL_NS;
            if (!MasterWatch.isMaster(link)) {
                watch.wake();
            }
        }
    }

    @Override
    public boolean moves() {
        return true;
    }

    @Override
    public String trouble() {
        return part == 0 ? watch.trouble() : "";
    }

    @Override
    public boolean isWhole() {
        return false;
    }

    @Override
    public long version() {
        return watch.version();
    }

    @Override
    public boolean owns(final int key) {
        return watch.owns(part, key);
    }

    @Override
    public boolean isAsked(final int key) {
        return watch.isAsked(part, key);
    }

    @Override
    public void redirected(final int key, final JedisRedirectionException where) {
        if (where instanceof JedisAskDataException) {
            final HostAndPort target = where.getTargetNode();
            watch.asked(
                    key,
                    new RedisNode(
                            target.getHost().isEmpty() ? at.host() : target.getHost(),
                            target.getPort()));
        } else {
            watch.moved(part, key);
        }
    }
}
