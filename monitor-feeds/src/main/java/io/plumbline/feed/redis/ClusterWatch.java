package io.plumbline.feed.redis;

import io.plumbline.feed.FeedContext;
import io.plumbline.market.WatchedKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Knows which node owns which slot: asks another node every 2 s, and at once when a part was told
 * MOVED. Thread {@code redis-cluster-NAME}; parts read the published map, so that no node that
 * stands still delays them.
 */
final class ClusterWatch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterWatch.class);
    private static final long ASK_INTERVAL_NS = 2_000_000_000L;
    private static final long SHORTEST_INTERVAL_NS = 50_000_000L;
    private static final long PATIENCE_NS = 500_000_000L;
    private static final int MOST_WANTED = 64;

    private final RedisSettings settings;
    private final Topology.Cluster cluster;
    private final Runnable onChange;
    private final int[] slotOfKey;
    private final AtomicIntegerArray askedPart;
    private final Set<RedisNode> wanted = ConcurrentHashMap.newKeySet();
    private final AtomicLong version = new AtomicLong(1);
    private final Shards shards;
    private final Map<RedisNode, RedisLink> links = new HashMap<>();
    private final FeedContext context;
    private int turn;
    private volatile ClusterMap map;
    private volatile String failure = "no node of the cluster has been asked yet";
    private volatile boolean silent;
    private volatile boolean urgent;
    private volatile boolean closed;
    private volatile Thread thread;

    /**
     * @param settings of any node
     * @param onChange called on any thread: keys, nodes or both may have changed places
     */
    ClusterWatch(
            final RedisSettings settings,
            final Topology.Cluster cluster,
            final WatchedKeys keys,
            final FeedContext context,
            final Runnable onChange) {
        this.settings =
                settings.withName(settings.name() + " cluster")
                        .withTiming(settings.timing().within(PATIENCE_NS, PATIENCE_NS));
        this.cluster = cluster;
        this.context = context;
        this.onChange = onChange;
        shards = new Shards(cluster.maxParts());
        slotOfKey =
                keys.all().stream()
                        .mapToInt(key -> HashSlot.of(RedisLink.bytes(key.name())))
                        .toArray();
        askedPart = new AtomicIntegerArray(slotOfKey.length);
        for (int key = 0; key < slotOfKey.length; key++) {
            askedPart.set(key, ClusterMap.NOBODY);
        }
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        while (!closed) {
            final long beganNs = context.clock().epochNanos();
            urgent = false;
            ask();
            pause(beganNs);
        }
        links.values().forEach(RedisLink::cut);
    }

    private void pause(final long beganNs) {
        long leftNs = ASK_INTERVAL_NS;
        while (!closed && leftNs > 0) {
            LockSupport.parkNanos(this, leftNs);
            final long passedNs = context.clock().epochNanos() - beganNs;
            leftNs = (urgent ? SHORTEST_INTERVAL_NS : ASK_INTERVAL_NS) - passedNs;
        }
    }

    /** Another node every time, so that one that is cut off from the rest is not believed long. */
    private void ask() {
        final Set<RedisNode> nodes = new LinkedHashSet<>();
        if (map != null) {
            nodes.addAll(map.known());
        }
        nodes.addAll(cluster.seeds());
        links.keySet().removeIf(node -> !nodes.contains(node) && cut(links.get(node)));
        final List<RedisNode> order = new ArrayList<>(nodes);
        final List<String> failures = new ArrayList<>();
        for (int i = 0; i < order.size() && !closed; i++) {
            turn++;
            final RedisNode node = order.get(turn % order.size());
            try {
                shards.take(ClusterNode.parse(answer(node), node, settings.access().tls()));
                silent = false;
                publish();
                return;
            } catch (final JedisException | IllegalArgumentException e) {
                failures.add(RedisLink.reason(e, settings.at(node)));
                cut(links.remove(node));
            }
        }
        failure = "no node of the cluster tells who owns which slot: " + failures;
        silent = true;
    }

    private String answer(final RedisNode node) {
        RedisLink link = links.get(node);
        if (link == null) {
            link = RedisLink.forData(settings.at(node));
            links.put(node, link);
        }
        return new String((byte[]) link.ask(Command.CLUSTER, "NODES"), StandardCharsets.UTF_8);
    }

    private void publish() {
        wanted.forEach(shards::want);
        wanted.clear();
        final ClusterMap fresh = shards.map();
        if (fresh.same(map)) {
            return;
        }
        map = fresh;
        for (int key = 0; key < slotOfKey.length; key++) {
            askedPart.compareAndSet(key, fresh.part(slotOfKey[key]), ClusterMap.NOBODY);
        }
        LOG.debug("redis/{}: slots or nodes have changed places", settings.name());
        changed();
    }

    private void changed() {
        version.incrementAndGet();
        onChange.run();
    }

    /** Any thread: the map is out of date. */
    void wake() {
        urgent = true;
        LockSupport.unpark(thread);
    }

    void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    /** Changes when keys, nodes or both may have changed places. */
    long version() {
        return version.get();
    }

    /** Null before the first answer. */
    ClusterMap map() {
        return map;
    }

    boolean owns(final int part, final int key) {
        final ClusterMap known = map;
        return known != null && known.part(slotOfKey[key]) == part;
    }

    boolean isAsked(final int part, final int key) {
        return askedPart.get(key) == part;
    }

    /** A part was told that a key has gone to {@code node} before its slot. */
    void asked(final int key, final RedisNode node) {
        final ClusterMap known = map;
        final int part = known == null ? ClusterMap.NOBODY : known.partAt(node);
        if (part == ClusterMap.NOBODY) {
            if (wanted.size() < MOST_WANTED) {
                wanted.add(node);
            }
            wake();
        } else if (askedPart.getAndSet(key, part) != part) {
            changed();
        }
    }

    /** A part was told that a key is not here. */
    void moved(final int part, final int key) {
        if (!askedPart.compareAndSet(key, part, ClusterMap.NOBODY) && owns(part, key)) {
            wake();
        }
    }

    /** Why no node can be named; "" while one tells. */
    String failure() {
        return failure;
    }

    /** What an operator should know; "" when all is well. */
    String trouble() {
        final ClusterMap known = map;
        if (known != null && known.unobserved() > 0) {
            return known.unobserved()
                    + " nodes with slots are not observed, because maxNodes is "
                    + cluster.maxParts()
                    + ": raise it and start anew";
        }
        return silent && known != null ? failure : "";
    }

    private static boolean cut(final RedisLink link) {
        if (link != null) {
            link.cut();
        }
        return true;
    }
}
