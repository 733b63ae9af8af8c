package io.plumbline.feed.redis;

import io.plumbline.feed.Feed;
import io.plumbline.feed.FeedContext;
import io.plumbline.feed.FeedStatus;
import io.plumbline.market.SessionState;
import io.plumbline.market.WatchedKeys;
import io.plumbline.metrics.LatencyRecorder;
import java.util.ArrayList;
import java.util.List;

/**
 * Observes the watched keys of one Redis: a server, the master that sentinels name, or every shard
 * of a Cluster. Reads only; the package's page has the drawing. What is done at a node is {@link
 * NodeObserver}'s.
 */
public final class RedisFeed implements Feed {
    private final String name;
    private final List<NodeObserver> parts = new ArrayList<>();
    private final FeedContext context;
    private final String watchRole;
    private final Runnable watch;
    private final Runnable closeWatch;

    /** One server. */
    public RedisFeed(
            final RedisSettings settings,
            final int source,
            final WatchedKeys keys,
            final List<ValueFormat> formatsByKeyId,
            final FeedContext context,
            final LatencyRecorder roundTrips) {
        this(
                settings,
                new Topology.Standalone(),
                source,
                keys,
                formatsByKeyId,
                context,
                roundTrips);
    }

    /**
     * @param settings how each node is reached; its address is used for one server only
     * @param source the id of its first part in {@code Sources}
     * @param keys the keys of this Redis, all of them and no others
     * @param formatsByKeyId how each key's value is read
     * @param roundTrips takes every data round trip; may be shared
     */
    public RedisFeed(
            final RedisSettings settings,
            final Topology topology,
            final int source,
            final WatchedKeys keys,
            final List<ValueFormat> formatsByKeyId,
            final FeedContext context,
            final LatencyRecorder roundTrips) {
        check(settings, keys, formatsByKeyId);
        this.context = context;
        name = "redis/" + settings.name();
        if (topology instanceof Topology.Sentinels sentinels) {
            final MasterWatch masters = new MasterWatch(settings, sentinels, context, this::wake);
            watch = masters;
            closeWatch = masters::close;
            watchRole = "redis-sentinel-" + settings.name();
            parts.add(
                    new NodeObserver(
                            settings,
                            masters.finder(),
                            Territory.WHOLE,
                            source,
                            keys,
                            formatsByKeyId,
                            context,
                            roundTrips));
        } else if (topology instanceof Topology.Cluster cluster) {
            final ClusterWatch nodes =
                    new ClusterWatch(settings, cluster, keys, context, this::wake);
            watch = nodes;
            closeWatch = nodes::close;
            watchRole = "redis-cluster-" + settings.name();
            for (int i = 0; i < cluster.maxParts(); i++) {
                final ClusterPart part = new ClusterPart(nodes, i);
                parts.add(
                        new NodeObserver(
                                i == 0
                                        ? settings
                                        : settings.withName(settings.name() + "/" + (i + 1)),
                                part,
                                part,
                                source + i,
                                keys,
                                formatsByKeyId,
                                context,
                                roundTrips));
            }
        } else {
            watch = null;
            closeWatch = () -> {};
            watchRole = "";
            parts.add(
                    new NodeObserver(
                            settings,
                            NodeFinder.fixed(settings.node()),
                            Territory.WHOLE,
                            source,
                            keys,
                            formatsByKeyId,
                            context,
                            roundTrips));
        }
    }

    private static void check(
            final RedisSettings settings,
            final WatchedKeys keys,
            final List<ValueFormat> formatsByKeyId) {
        if (formatsByKeyId.size() != keys.size()) {
            throw new IllegalArgumentException(
                    keys.size() + " keys, but " + formatsByKeyId.size() + " value formats");
        }
        if (keys.size() == 0) {
            throw new IllegalArgumentException(
                    "Redis '" + settings.name() + "': no keys to watch, name some or remove it");
        }
        for (final WatchedKeys.WatchedKey key : keys.all()) {
            if (RedisLink.bytes(key.name()).length > RedisObservation.LONGEST_KEY) {
                throw new IllegalArgumentException(
                        "Redis key of "
                                + key.name().length()
                                + " characters: at most "
                                + RedisObservation.LONGEST_KEY
                                + " bytes can be watched: "
                                + key.name().substring(0, 64)
                                + "...");
            }
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() {
        if (watch != null) {
            context.threads().start(watchRole, watch);
        }
        parts.forEach(NodeObserver::start);
    }

    /** The part that stands worst, the first of those in use where all are well. */
    @Override
    public FeedStatus status() {
        final List<FeedStatus> all = statuses();
        return all.stream()
                .filter(status -> status.state() != SessionState.LIVE)
                .findFirst()
                .orElse(all.get(0));
    }

    /** Where each part stands that has something to observe; never none: any thread. */
    public List<FeedStatus> statuses() {
        final List<FeedStatus> statuses =
                parts.stream().filter(NodeObserver::isWanted).map(NodeObserver::status).toList();
        return statuses.isEmpty() ? List.of(parts.get(0).status()) : statuses;
    }

    /** By which rung its first part looks and why not by a better one: any thread. */
    public RedisProbe probe() {
        return parts.get(0).probe();
    }

    @Override
    public void close() {
        closeWatch.run();
        parts.forEach(NodeObserver::close);
    }

    private void wake() {
        parts.forEach(NodeObserver::wake);
    }
}
