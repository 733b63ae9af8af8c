package io.plumbline.feed.redis;

import io.plumbline.feed.Backoff;
import io.plumbline.feed.Feed;
import io.plumbline.feed.FeedContext;
import io.plumbline.feed.FeedStatus;
import io.plumbline.market.Rung;
import io.plumbline.market.WatchedKeys;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.LatencyRecorder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Observes the watched keys at one node at a time: push for latency, a reconciling sweep for truth,
 * a barrier ping for liveness. Which node that is, its {@link NodeFinder} says, and which keys, its
 * {@link Territory}; with every other node the ladder begins anew. One push and one data thread.
 */
final class NodeObserver implements Feed {
    private static final Logger LOG = LoggerFactory.getLogger(NodeObserver.class);
    private static final long SETTLE_NS = 500_000_000L;
    private static final long LONGEST_PAUSE_NS = 100_000_000L;
    private static final long SETTLING_PAUSE_NS = 5_000_000L;
    private static final long PROBE_INTERVAL_NS = 1_000_000_000L;
    private static final long BACKOFF_SHORTEST_NS = 50_000_000L;
    private static final long BACKOFF_LONGEST_NS = 1_000_000_000L;
    private static final long BACKOFF_MOVING_NS = 150_000_000L;
    private static final long GRACE_NS = 1_000_000_000L;
    private static final long JOIN_MS = 2_000;

    private final RedisSettings settings;
    private final NodeFinder finder;
    private final Territory territory;
    private final WatchedKeys keys;
    private final List<ValueFormat> formats;
    private final boolean hashes;
    private final List<String> prefixes;
    private final FeedContext context;
    private final DirtyKeys dirty;
    private final KeyReader reader;
    private final Observer observer;
    private final ObserverHealth health;
    private final PartSession session;
    private final KeyViews views;
    private final FullRead full;
    private final ToldWrites writes = new ToldWrites();
    private final ObservingTurn observing;
    private final PushReader pushReader = new PushReader();
    private final Backoff backoff;

    private final boolean[] observed;
    private long surveyed = -1;
    private RedisSettings at;
    private Ladder ladder;
    private Rung told = Rung.NONE;
    private long connectedNs;
    private long probeDueNs;

    private volatile RedisLink link;
    private volatile boolean closed;
    private volatile RedisProbe probe = new RedisProbe(Rung.NONE, 0, List.of(), "");
    private Thread pushThread;
    private Thread dataThread;

    /**
     * @param settings the name is this part's
     * @param source the id of this part in {@code Sources}
     */
    NodeObserver(
            final RedisSettings settings,
            final NodeFinder finder,
            final Territory territory,
            final int source,
            final WatchedKeys keys,
            final List<ValueFormat> formatsByKeyId,
            final FeedContext context,
            final LatencyRecorder roundTrips) {
        this.settings = settings;
        this.finder = finder;
        this.territory = territory;
        this.keys = keys;
        this.context = context;
        formats = formatsByKeyId;
        hashes = formatsByKeyId.stream().anyMatch(format -> format.kind() == ValueFormat.Kind.HASH);
        prefixes = KeyPrefixes.of(keys.all().stream().map(WatchedKeys.WatchedKey::name).toList());
        dirty = new DirtyKeys(keys.size());
        reader = new KeyReader(keys, formatsByKeyId, territory, context.clock(), roundTrips);
        views = new KeyViews(keys.size());
        observed = new boolean[keys.size()];
        observer =
                new Observer(
                        source,
                        context.inbound(),
                        context.counters(),
                        context.clock(),
                        reader,
                        views);
        health = new ObserverHealth(observer);
        session = new PartSession(name(), observer, context.clock(), context.counters());
        full = new FullRead(keys.size(), reader, views, observer);
        observing =
                new ObservingTurn(
                        settings,
                        territory,
                        observed,
                        keys.size(),
                        new ObservingTurn.Parts(dirty, writes, full, reader, views, observer),
                        context);
        backoff =
                new Backoff(
                        BACKOFF_SHORTEST_NS,
                        finder.moves() ? BACKOFF_MOVING_NS : BACKOFF_LONGEST_NS,
                        0,
                        new SplittableRandom(settings.name().hashCode()));
        at = settings;
        ladder = ladderAt(settings);
    }

    @Override
    public String name() {
        return "redis/" + settings.name();
    }

    @Override
    public void start() {
        pushThread = context.threads().start("redis-push-" + settings.name(), pushReader);
        dataThread = context.threads().start("redis-data-" + settings.name(), this::run);
    }

    @Override
    public FeedStatus status() {
        return session.status();
    }

    /** By which rung it looks and why not by a better one: any thread. */
    RedisProbe probe() {
        return probe;
    }

    @Override
    public void close() {
        closed = true;
        pushReader.close();
        final RedisLink open = link;
        if (open != null) {
            open.cut();
        }
        dirty.wake();
        join(pushThread);
        join(dataThread);
    }

    /** Any thread: nodes or keys may have changed places. */
    void wake() {
        dirty.wake();
    }

    /** Whether there is anything to observe here: any thread. */
    boolean isWanted() {
        return finder.isWanted();
    }

    private void run() {
        while (!closed) {
            try {
                if (!finder.isWanted()) {
                    session.idle();
                    dirty.await(LONGEST_PAUSE_NS);
                    continue;
                }
                connect();
                while (!closed) {
                    turn();
                }
            } catch (final RuntimeException failure) {
                if (!closed) {
                    lost(failure);
                }
            }
        }
        final RedisLink open = link;
        if (open != null) {
            open.cut();
        }
    }

    /** Connects and reads once: a Redis that is loading or refuses to be read is not up. */
    private void connect() {
        session.attempt(at.address());
        final RedisNode node = finder.find();
        if (!node.equals(at.node())) {
            at = settings.at(node);
            final Ladder former = ladder;
            ladder = ladderAt(at);
            ladder.follows(former);
        }
        final RedisLink fresh = RedisLink.forData(at);
        link = fresh;
        finder.check(node, fresh, context.clock().epochNanos());
        reader.attach(fresh);
        survey();
        if (full.batches() > 0) {
            reader.read(full.batch(0));
        }
        backoff.ended(0);
        connectedNs = context.clock().epochNanos();
        session.connected(node, at.address(), connectedNs);
        told = Rung.NONE;
        ladder.begin(fresh, connectedNs);
    }

    private Ladder ladderAt(final RedisSettings node) {
        return new Ladder(
                new PushRung.PushContext(
                        node,
                        keys,
                        formats,
                        prefixes,
                        dirty,
                        writes,
                        reader::serverOffsetNs,
                        context.clock(),
                        context.counters()),
                hashes,
                pushReader,
                health,
                observer);
    }

    private void lost(final RuntimeException failure) {
        final long nowNs = context.clock().epochNanos();
        if (!(failure instanceof NodeMoved)) {
            context.counters().increment(CounterId.REDIS_ERRORS);
        }
        if (!(failure instanceof JedisException)) {
            LOG.error("redis/{}: the observer failed and begins anew", settings.name(), failure);
        }
        final RedisLink open = link;
        link = null;
        if (open != null) {
            open.cut();
        }
        ladder.end(nowNs);
        probe = ladder.probe();
        // Who has waited in vain for an answer has given its grace already, and who is told that
        // nothing can be written has none to give.
        final boolean grace =
                finder.moves() && !RedisLink.timedOut(failure) && !RedisLink.refusesAll(failure);
        session.lost(RedisLink.reason(failure, at), nowNs, grace ? GRACE_NS : 0);
        pause();
    }

    private void pause() {
        final long nanos = Math.max(1, backoff.nextDelayNs());
        final long untilNs = context.clock().epochNanos() + nanos;
        long leftNs = nanos;
        while (!closed && leftNs > 0) {
            dirty.await(leftNs);
            leftNs = untilNs - context.clock().epochNanos();
        }
    }

    private void turn() {
        final long nowNs = context.clock().epochNanos();
        finder.check(at.node(), link, nowNs);
        health.nodes(finder.trouble());
        ladder.turn(nowNs);
        if (told == Rung.NONE) {
            if (!ladder.settled() && nowNs - connectedNs < SETTLE_NS) {
                observing.settle(ladder, nowNs);
                dirty.await(SETTLING_PAUSE_NS);
                return;
            }
            tellRung();
            full.snapshot();
            if (ladder.takeReconcile()) {
                observing.begin(ladder, link, nowNs);
            }
        } else if (ladder.current() != told) {
            tellRung();
        }
        if (territory.version() != surveyed && survey()) {
            full.reconcile(Rung.SWEEP);
            observing.begin(ladder, link, nowNs);
        }
        if (ladder.takeReconcile()) {
            full.reconcile(Rung.SWEEP);
            observing.begin(ladder, link, nowNs);
        }
        observing.turn(ladder, link, nowNs);
        ladder.judge(nowNs);
        if (nowNs >= probeDueNs || probe.rung() != told) {
            probeDueNs = nowNs + PROBE_INTERVAL_NS;
            probe = ladder.probe();
        }
        final long slowestNs = reader.takeSlowest();
        if (slowestNs > 0) {
            session.answered(nowNs);
            health.answered(slowestNs, nowNs);
        }
        dirty.await(Math.min(LONGEST_PAUSE_NS, observing.untilDueNs(ladder)));
    }

    /**
     * Takes in which keys are here. Those that are not any more are let go without a word about
     * their values; those that came are told by the next full read, whatever was known of them.
     *
     * @return whether any came
     */
    private boolean survey() {
        surveyed = territory.version();
        final int[] here = new int[keys.size()];
        int count = 0;
        boolean came = false;
        for (int key = 0; key < here.length; key++) {
            final boolean was = observed[key];
            observed[key] = territory.owns(key) || territory.isAsked(key);
            if (observed[key]) {
                here[count++] = key;
            }
            if (observed[key] && !was) {
                views.forget(key);
                came = true;
            } else if (was && !observed[key]) {
                observer.left(key, context.clock().epochNanos());
            }
        }
        full.restrict(Arrays.copyOf(here, count), territory);
        return came;
    }

    private void tellRung() {
        if (told != Rung.NONE) {
            context.counters().increment(CounterId.REDIS_RUNG_CHANGES);
        }
        told = ladder.current();
        session.live(told.label() + " rung" + (finder.moves() ? " at " + at.node() : ""));
    }

    private static void join(final Thread thread) {
        if (thread == null || thread == Thread.currentThread()) {
            return;
        }
        try {
            thread.join(JOIN_MS);
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
