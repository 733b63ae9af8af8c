package io.plumbline.feed.redis;

import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisClusterException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/** One shard of a Cluster: the node that takes its writes, and the keys in its slots. */
final class ClusterPart implements NodeFinder, Territory {
    private static final long ROLE_INTERVAL_NS = 2_000_000_000L;

    /** Below the pause of a turn: a refusal that lasts longer than that is not missed. */
    private static final long STATE_INTERVAL_NS = 75_000_000L;

    private static final String WELL = "cluster_state:ok";

    private final ClusterWatch watch;
    private final int part;
    private RedisLink checked;
    private RedisNode at;
    private long roleDueNs;
    private long stateDueNs;
    private boolean tellsState;
    private String refusal = "";

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

    /** Who looks again has lost the node: another may have its slots by now. */
    @Override
    public RedisNode find() {
        final ClusterMap map = watch.map();
        if (checked != null) {
            watch.wake();
        }
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
        if (link != checked) {
            checked = link;
            roleDueNs = nowNs;
            stateDueNs = nowNs;
            tellsState = true;
        }
        if (tellsState && nowNs >= stateDueNs) {
            stateDueNs = nowNs + STATE_INTERVAL_NS;
            checkState(link);
        }
        if (nowNs >= roleDueNs) {
            roleDueNs = nowNs + ROLE_INTERVAL_NS;
            if (!MasterWatch.isMaster(link)) {
                watch.wake();
            }
        }
    }

    /**
     * A node that counts its Cluster as down answers pings, and refuses the writes of every shard
     * while one is without a node: what then is not written is no writer's doing, also where nobody
     * reads meanwhile.
     */
    private void checkState(final RedisLink link) {
        try {
            if (!RedisLink.text(link.ask(Command.CLUSTER, "INFO")).contains(WELL)) {
                throw new JedisClusterException(
                        "CLUSTERDOWN the node does not say " + WELL + ": nothing can be written");
            }
            refusal = "";
        } catch (final JedisClusterException down) {
            throw down;
        } catch (final JedisDataException notAllowed) {
            tellsState = false;
            refusal =
                    "a Cluster that refuses all writes is noticed late: "
                            + notAllowed.getMessage()
                            + "; grant +cluster|info to the monitor's user";
        }
    }

    @Override
    public boolean moves() {
        return true;
    }

    @Override
    public String trouble() {
        final String trouble = part == 0 ? watch.trouble() : "";
        return trouble.isEmpty() ? refusal : trouble;
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
