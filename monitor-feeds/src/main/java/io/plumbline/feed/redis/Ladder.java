package io.plumbline.feed.redis;

import io.plumbline.feed.redis.PushRung.Phase;
import io.plumbline.feed.redis.PushRung.PushContext;
import io.plumbline.market.Rung;
import io.plumbline.metrics.CounterId;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides by which rung Redis is observed: takes the best that the server offers, proves it by a
 * barrier ping, falls when it fails, climbs when it can be had again. While no push rung is proven,
 * sampling goes on. Data thread only.
 */
final class Ladder {
    /** Where the push connection stands. */
    enum State {
        /** Data connection down, nothing is wanted. */
        OFF,
        /** No push connection; a rung is looked for when it is time. */
        IDLE,
        /** The push thread connects and subscribes. */
        OPENING,
        /** Subscribed; the first barrier ping is not answered yet. */
        PROVING,
        /** The rung is in use. */
        LIVE,
        /** In use; its connection was lost, and the next one goes on exactly where it ended. */
        RESUMING,
        /** Cut; the push thread has not let go yet. */
        ENDING
    }

    private static final Logger LOG = LoggerFactory.getLogger(Ladder.class);
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long PROBE_INTERVAL_NS = 5 * SECOND_NS;
    private static final long FLAGS_INTERVAL_NS = SECOND_NS;
    private static final long SLOW_TWICE_NS = 10 * SECOND_NS;
    private static final long RETRY_SHORTEST_NS = 20_000_000L;

    /** Longer than this nothing is seen by no other rung; what came meanwhile is told late. */
    private static final long RESUME_WITHIN_NS = SECOND_NS;

    private final RedisSettings settings;
    private final PushContext context;
    private final RungOptions options;
    private final PushReader reader;
    private final ObserverHealth health;
    private final Observer observer;
    private final List<Rung> rungs;
    private final Barrier barrier;

    private RedisLink link;
    private State state = State.OFF;
    private PushRung push;
    private Rung pushed = Rung.NOTIFICATION;
    private boolean reconcile;
    private boolean settled;
    private int best;
    private String reason = "";
    private long nextLookNs;
    private long resumeUntilNs;

    /** When a ping was last not answered: a connection that is slow twice is left, not resumed. */
    private long silentNs = Long.MIN_VALUE / 2;

    private long flagsDueNs;
    private long retryNs = RETRY_SHORTEST_NS;
    private final Misses misses = new Misses();

    Ladder(
            final PushContext context,
            final boolean hashes,
            final PushReader reader,
            final ObserverHealth health,
            final Observer observer) {
        this.settings = context.settings();
        this.context = context;
        options = new RungOptions(settings, hashes);
        this.reader = reader;
        this.health = health;
        this.observer = observer;
        rungs = options.rungs();
        barrier = new Barrier(settings);
        best = settings.rung().expectsFirst(settings.offers()) ? 0 : Integer.MAX_VALUE;
    }

    /** Takes over at another node of the same Redis: what was had before is missed there. */
    void follows(final Ladder former) {
        best = Math.min(best, former.best);
    }

    /** A data connection stands: begins to look for a rung. */
    void begin(final RedisLink connected, final long nowNs) {
        link = connected;
        options.attach(connected);
        settled = false;
        reconcile = false;
        nextLookNs = nowNs;
        if (push == null) {
            state(State.IDLE, nowNs, "connected");
        } else {
            state(State.ENDING, nowNs, "connected");
        }
    }

    /** The data connection is gone: nothing is decided until the next {@link #begin}. */
    void end(final long nowNs) {
        link = null;
        settled = false;
        if (push != null) {
            if (isInUse() && push.rung() == Rung.REPLICATION) {
                context.counters().increment(CounterId.REDIS_STREAM_BREAKS);
            }
            push.cut();
        }
        state(State.OFF, nowNs, "data connection lost");
    }

    /** One step; may ask Redis, so it throws JedisException when the data connection fails. */
    void turn(final long nowNs) {
        switch (state) {
            case OFF:
                break;
            case IDLE:
                if (nowNs >= nextLookNs) {
                    look(nowNs);
                }
                break;
            case OPENING:
                if (push.phase() == Phase.ENDED) {
                    lost(push.failure(), nowNs);
                } else if (push.phase() == Phase.SUBSCRIBED) {
                    barrier.begin();
                    state(State.PROVING, nowNs, "subscribed");
                    barrier(nowNs);
                }
                break;
            case PROVING:
                barrier(nowNs);
                if (state == State.PROVING && answered(1)) {
                    if (isPlaced()) {
                        live(nowNs);
                    } else {
                        settled = true;
                        options.waits(push.rung());
                    }
                }
                break;
            case RESUMING:
                resume(nowNs);
                break;
            case LIVE:
                barrier(nowNs);
                if (state == State.LIVE) {
                    lostWrites(push.takeLost(), nowNs);
                }
                if (state == State.LIVE && nowNs >= flagsDueNs) {
                    flagsDueNs = nowNs + FLAGS_INTERVAL_NS;
                    watch(nowNs);
                }
                break;
            case ENDING:
                if (push.phase() == Phase.ENDED) {
                    push = null;
                    state(State.IDLE, nowNs, "push connection gone");
                }
                break;
            default:
                throw new IllegalStateException(state.name());
        }
    }

    /** Tells whether the observer sees less than its best; after the values of a turn. */
    void judge(final long nowNs) {
        if (!settled) {
            return;
        }
        final int index = rungs.indexOf(current());
        best = Math.min(best, index);
        if (index > best) {
            health.degraded(
                    "observes by "
                            + current().label()
                            + " instead of "
                            + rungs.get(best).label()
                            + ": "
                            + options.whyNot(rungs.get(best), reason));
        } else if (misses.areOver(nowNs)) {
            health.recovered(current().label() + " rung, the sweep agrees");
        }
    }

    /** The rung in use: SAMPLING whenever no push rung is proven. */
    Rung current() {
        return isInUse() ? push.rung() : Rung.SAMPLING;
    }

    /** The replication tap, whether in use or not yet; null for another rung. */
    ReplicationRung tap() {
        return push instanceof ReplicationRung ? (ReplicationRung) push : null;
    }

    /** Whether its connection stands, so that it can be compared with the keys. */
    boolean isLive() {
        return state == State.LIVE;
    }

    /** By which rung mentions in the dirty keys came. */
    Rung pushed() {
        return pushed;
    }

    /** Whether it is decided by which rung this connection begins. */
    boolean settled() {
        return settled;
    }

    /** Whether a rung went live since the last call, so that all keys must be compared once. */
    boolean takeReconcile() {
        final boolean due = reconcile;
        reconcile = false;
        return due;
    }

    /** Sends a ping on the push connection and returns its number for {@link #answered}. */
    long ping(final long nowNs) {
        return barrier.ping(push, link, nowNs);
    }

    /** Whether everything that was told before ping {@code number} has arrived. */
    boolean answered(final long number) {
        return push != null && push.pong() >= number;
    }

    /** The sweep found writes that no push had told. */
    void missed(final int count, final long nowNs) {
        context.counters().add(CounterId.REDIS_MISSED_UPDATES, count);
        missed(count, "writes that no " + pushed().label() + " told", nowNs);
    }

    /** The rung itself knows that writes did not arrive: everything is compared once. */
    private void lostWrites(final long count, final long nowNs) {
        if (count > 0) {
            context.dirty().markEverything();
            missed(count, "writes of the writer's " + pushed().label(), nowNs);
        }
    }

    private void missed(final long count, final String what, final long nowNs) {
        final String why = "missed " + misses.add(count, nowNs) + " " + what;
        health.degraded(why);
        if (misses.areTooMany() && state == State.LIVE) {
            misses.forget();
            options.unreliable(push.rung(), why, nowNs);
            leave(why, nowNs);
        }
    }

    /** What is known now, for the health page. */
    RedisProbe probe() {
        return options.probe(state == State.OFF ? Rung.NONE : current());
    }

    private void look(final long nowNs) {
        final Rung rung = options.best(nowNs);
        if (rung == Rung.SAMPLING) {
            settled = true;
            nextLookNs = nowNs + PROBE_INTERVAL_NS;
            return;
        }
        pushed = rung;
        context.writes().clear();
        push = options.connection(rung, context, nowNs);
        state(State.OPENING, nowNs, rung.label());
        reader.assign(push);
    }

    /** A stream of commands says little before it is known in which database it is. */
    private boolean isPlaced() {
        return tap() == null || tap().isDatabaseKnown();
    }

    private boolean isInUse() {
        return state == State.LIVE || state == State.RESUMING;
    }

    private void live(final long nowNs) {
        reconcile = true;
        settled = true;
        retryNs = RETRY_SHORTEST_NS;
        flagsDueNs = nowNs + FLAGS_INTERVAL_NS;
        nextLookNs = nowNs + PROBE_INTERVAL_NS;
        options.works(push.rung());
        state(State.LIVE, nowNs, "ping answered");
    }

    /** The flags may be taken away at run time, and a better rung may come into reach. */
    private void watch(final long nowNs) {
        if (push.rung() == Rung.NOTIFICATION && !options.isOffered(Rung.NOTIFICATION)) {
            leave(options.whyNot(Rung.NOTIFICATION, reason), nowNs);
        } else if (nowNs >= nextLookNs && rungs.indexOf(push.rung()) > 0) {
            nextLookNs = nowNs + PROBE_INTERVAL_NS;
            final Rung better = options.best(nowNs);
            if (rungs.indexOf(better) < rungs.indexOf(push.rung())) {
                settled = false;
                nextLookNs = nowNs;
                push.cut();
                state(State.ENDING, nowNs, "climbs to " + better.label());
            }
        }
    }

    /** One life of the connection after another, until one goes on or it takes too long. */
    private void resume(final long nowNs) {
        if (push.phase() == Phase.SUBSCRIBED) {
            context.counters().increment(CounterId.REDIS_STREAM_RESUMES);
            retryNs = RETRY_SHORTEST_NS;
            barrier.goOn(nowNs);
            state(State.LIVE, nowNs, "went on where it had ended");
        } else if (nowNs > resumeUntilNs || (push.phase() == Phase.ENDED && push.refused())) {
            context.counters().increment(CounterId.REDIS_STREAM_BREAKS);
            leave(
                    "lost the "
                            + push.rung().label()
                            + " connection and cannot go on where it ended: "
                            + push.failure(),
                    nowNs);
        } else if (push.phase() == Phase.ENDED && nowNs >= nextLookNs) {
            nextLookNs = nowNs + retryNs;
            retryNs = Math.min(2 * retryNs, SECOND_NS);
            push = push.next();
            reader.assign(push);
        }
    }

    private void barrier(final long nowNs) {
        if (push.phase() == Phase.ENDED) {
            lost(push.failure(), nowNs);
            return;
        }
        if (barrier.takeAnswer(push)) {
            observer.heartbeat(nowNs);
        }
        if (barrier.isSilent(nowNs)) {
            push.cut();
            lost(
                    "the barrier ping was not answered for "
                            + settings.barrierTimeoutNs() / 1_000_000L
                            + " ms",
                    nowNs);
            silentNs = nowNs;
        } else {
            barrier.turn(push, link, nowNs);
        }
    }

    /** The push connection ended by itself. Only if Redis still answers, that is the news. */
    private void lost(final String reason, final long nowNs) {
        link.ping();
        final Rung rung = push.rung();
        final boolean wasLive = state == State.LIVE;
        if (wasLive && push.canGoOn() && nowNs - silentNs > SLOW_TWICE_NS) {
            resumeUntilNs = nowNs + RESUME_WITHIN_NS;
            nextLookNs = nowNs;
            retryNs = RETRY_SHORTEST_NS;
            state(State.RESUMING, nowNs, reason);
            return;
        }
        if (push.refused()) {
            options.refused(rung, reason, nowNs);
        } else {
            options.failed(rung, reason, nowNs);
        }
        retryNs = wasLive ? RETRY_SHORTEST_NS : Math.min(2 * retryNs, SECOND_NS);
        if (wasLive) {
            leave("lost the " + rung.label() + " connection: " + reason, nowNs);
        } else {
            settled |= !push.refused();
            nextLookNs = nowNs + (push.refused() ? 0 : retryNs);
            state(State.ENDING, nowNs, reason);
        }
    }

    private void leave(final String reason, final long nowNs) {
        settled = false;
        health.degraded(reason);
        push.cut();
        nextLookNs = nowNs;
        state(State.ENDING, nowNs, reason);
    }

    private void state(final State next, final long nowNs, final String why) {
        LOG.debug("redis/{} push {} -> {} at {}: {}", settings.name(), state, next, nowNs, why);
        state = next;
        reason = why;
    }
}
