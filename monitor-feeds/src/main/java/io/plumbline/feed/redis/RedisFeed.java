package io.plumbline.feed.redis;

import io.plumbline.feed.Feed;
import io.plumbline.feed.FeedContext;
import io.plumbline.feed.FeedStatus;
import io.plumbline.market.MonitorFact;
import io.plumbline.market.Rung;
import io.plumbline.market.SessionState;
import io.plumbline.market.WatchedKeys;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.LatencyRecorder;
import java.util.List;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Observes the watched keys of one standalone Redis: push for latency, a reconciling sweep for
 * truth, a barrier ping for liveness. Reads only; the package's page has the drawing.
 */
public final class RedisFeed implements Feed {
    private static final Logger LOG = LoggerFactory.getLogger(RedisFeed.class);
    private static final long SETTLE_NS = 500_000_000L;
    private static final long LONGEST_PAUSE_NS = 100_000_000L;
    private static final long SETTLING_PAUSE_NS = 5_000_000L;
    private static final long PROBE_INTERVAL_NS = 1_000_000_000L;
    private static final long BACKOFF_SHORTEST_NS = 50_000_000L;
    private static final long BACKOFF_LONGEST_NS = 1_000_000_000L;
    private static final long JOIN_MS = 2_000;

    private final RedisSettings settings;
    private final FeedContext context;
    private final DirtyKeys dirty;
    private final KeyReader reader;
    private final Observer observer;
    private final ObserverHealth health;
    private final FullRead full;
    private final SamplingRung sampling;
    private final Sweep sweep;
    private final PushReader pushReader;
    private final Ladder ladder;
    private final ReadBatch batch = new ReadBatch();
    private final SplittableRandom jitter;

    private SessionState state = SessionState.DOWN;
    private Rung told = Rung.NONE;
    private boolean downTold;
    private boolean everConnected;
    private long connectedNs;
    private long downSinceNs;
    private long probeDueNs;
    private long backoffNs = BACKOFF_SHORTEST_NS;

    private volatile RedisLink link;
    private volatile boolean closed;
    private volatile FeedStatus status;
    private volatile RedisProbe probe = new RedisProbe(Rung.NONE, 0, List.of(), "");
    private volatile long lastAnswerNs;
    private Thread pushThread;
    private Thread dataThread;

    /**
     * @param source the id of this server in {@code Sources}
     * @param keys the keys of this server, all of them and no others
     * @param formatsByKeyId how each key's value is read
     * @param roundTrips takes every data round trip; may be shared
     */
    public RedisFeed(
            final RedisSettings settings,
            final int source,
            final WatchedKeys keys,
            final List<ValueFormat> formatsByKeyId,
            final FeedContext context,
            final LatencyRecorder roundTrips) {
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
        this.settings = settings;
        this.context = context;
        dirty = new DirtyKeys(keys.size());
        reader = new KeyReader(keys, formatsByKeyId, context.clock(), roundTrips);
        final KeyViews views = new KeyViews(keys.size());
        observer =
                new Observer(
                        source,
                        context.inbound(),
                        context.counters(),
                        context.clock(),
                        reader,
                        views);
        health = new ObserverHealth(observer);
        full = new FullRead(keys.size(), reader, views, observer);
        sampling = new SamplingRung(settings.samplingIntervalNs(), full, observer);
        sweep = new Sweep(settings, full, reader, views, dirty, observer, context.counters());
        pushReader = new PushReader();
        ladder =
                new Ladder(
                        new PushRung.PushContext(
                                settings,
                                keys,
                                KeyPrefixes.of(
                                        keys.all().stream()
                                                .map(WatchedKeys.WatchedKey::name)
                                                .toList()),
                                dirty,
                                context.clock(),
                                context.counters()),
                        formatsByKeyId.stream()
                                .anyMatch(format -> format.kind() == ValueFormat.Kind.HASH),
                        pushReader,
                        health,
                        observer);
        jitter = new SplittableRandom(settings.name().hashCode());
        status = new FeedStatus(name(), SessionState.DOWN, "not started", 0, 0, 0);
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
        final FeedStatus last = status;
        return new FeedStatus(
                last.name(),
                last.state(),
                last.detail(),
                last.sinceNs(),
                lastAnswerNs,
                last.epoch());
    }

    /** By which rung it looks and why not by a better one: any thread. */
    public RedisProbe probe() {
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

    private void run() {
        while (!closed) {
            try {
                connect();
                while (!closed) {
                    turn();
                }
            } catch (final RuntimeException failure) {
                if (!closed) {
                    lost(failure);
                    pause();
                }
            }
        }
        final RedisLink open = link;
        if (open != null) {
            open.cut();
        }
    }

    private void begin() {
        observer.nextEpoch();
        state(SessionState.CONNECTING, settings.address());
    }

    /** Connects and reads once: a Redis that is loading or refuses to be read is not up. */
    private void connect() {
        if (state == SessionState.DOWN && !downTold) {
            begin();
        }
        final RedisLink fresh = RedisLink.forData(settings);
        link = fresh;
        reader.attach(fresh);
        reader.read(full.batch(0));
        backoffNs = BACKOFF_SHORTEST_NS;
        final long nowNs = context.clock().epochNanos();
        if (everConnected) {
            context.counters().increment(CounterId.REDIS_RECONNECTS);
        }
        everConnected = true;
        if (downTold) {
            downTold = false;
            begin();
            observer.fact(
                    MonitorFact.REDIS_UP,
                    settings.address()
                            + " answers again after "
                            + (nowNs - downSinceNs) / 1_000_000L
                            + " ms");
        }
        connectedNs = nowNs;
        told = Rung.NONE;
        ladder.begin(fresh, nowNs);
    }

    private void lost(final RuntimeException failure) {
        final long nowNs = context.clock().epochNanos();
        context.counters().increment(CounterId.REDIS_ERRORS);
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
        final String reason = RedisLink.reason(failure, settings);
        if (downTold) {
            status = new FeedStatus(name(), state, reason, downSinceNs, 0, observer.epoch());
        } else {
            downTold = true;
            downSinceNs = nowNs;
            state(SessionState.DOWN, reason);
            observer.fact(MonitorFact.REDIS_DOWN, reason);
        }
    }

    private void pause() {
        final long nanos = 1 + jitter.nextLong(backoffNs);
        backoffNs = Math.min(2 * backoffNs, BACKOFF_LONGEST_NS);
        final long untilNs = context.clock().epochNanos() + nanos;
        long leftNs = nanos;
        while (!closed && leftNs > 0) {
            dirty.await(leftNs);
            leftNs = untilNs - context.clock().epochNanos();
        }
    }

    private void turn() {
        final long nowNs = context.clock().epochNanos();
        ladder.turn(nowNs);
        if (told == Rung.NONE) {
            if (!ladder.settled() && nowNs - connectedNs < SETTLE_NS) {
                dirty.await(SETTLING_PAUSE_NS);
                return;
            }
            tellRung();
            full.snapshot();
            ladder.takeReconcile();
            sweep.restart(nowNs);
        } else if (ladder.current() != told) {
            tellRung();
        }
        if (ladder.takeReconcile()) {
            full.reconcile(Rung.SWEEP);
            sweep.restart(nowNs);
        }
        drain();
        if (ladder.current() == Rung.SAMPLING) {
            sampling.turn(nowNs);
        } else {
            sweep.turn(nowNs, ladder);
        }
        ladder.judge(nowNs);
        if (nowNs >= probeDueNs || probe.rung() != told) {
            probeDueNs = nowNs + PROBE_INTERVAL_NS;
            probe = ladder.probe();
        }
        final long slowestNs = reader.takeSlowest();
        if (slowestNs > 0) {
            lastAnswerNs = nowNs;
            health.answered(slowestNs, nowNs);
        }
        dirty.await(untilDueNs());
    }

    /** Reads what was mentioned: one batch a turn, so that pings and sweeps keep their time. */
    private void drain() {
        if (dirty.takeEverything()) {
            full.reconcile(ladder.pushed());
        }
        batch.clear();
        dirty.drainTo(batch);
        if (batch.size == 0) {
            return;
        }
        final Rung rung = ladder.pushed();
        for (int i = 0; i < batch.size; i++) {
            if (batch.kinds[i] != 0) {
                observer.events(batch.ids[i], batch.kinds[i], rung, batch.notifiedNs[i]);
            }
        }
        reader.read(batch);
        for (int i = 0; i < batch.size; i++) {
            observer.value(batch, i, rung, batch.notifiedNs[i]);
        }
    }

    private long untilDueNs() {
        final long dueNs = ladder.current() == Rung.SAMPLING ? sampling.dueNs() : sweep.dueNs();
        return Math.min(LONGEST_PAUSE_NS, Math.max(0, dueNs - context.clock().epochNanos()));
    }

    private void tellRung() {
        if (told != Rung.NONE) {
            context.counters().increment(CounterId.REDIS_RUNG_CHANGES);
        }
        told = ladder.current();
        state(SessionState.LIVE, told.label() + " rung");
    }

    private void state(final SessionState next, final String reason) {
        state = next;
        status =
                new FeedStatus(
                        name(),
                        next,
                        reason,
                        context.clock().epochNanos(),
                        lastAnswerNs,
                        observer.epoch());
        observer.session(next, reason);
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
