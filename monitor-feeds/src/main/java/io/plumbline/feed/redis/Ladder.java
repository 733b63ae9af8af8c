package io.plumbline.feed.redis;

import io.plumbline.feed.redis.PushRung.Phase;
import io.plumbline.feed.redis.PushRung.PushContext;
import io.plumbline.market.Rung;
import io.plumbline.metrics.CounterId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
        /** Cut; the push thread has not let go yet. */
        ENDING
    }

    private static final Logger LOG = LoggerFactory.getLogger(Ladder.class);
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long PROBE_INTERVAL_NS = 5 * SECOND_NS;
    private static final long FLAGS_INTERVAL_NS = SECOND_NS;
    private static final long REFUSED_NS = 30 * SECOND_NS;
    private static final long MISS_WINDOW_NS = 10 * SECOND_NS;
    private static final int MISSES_TO_FALL = 3;
    private static final long HOLD_SHORTEST_NS = 10 * SECOND_NS;
    private static final long HOLD_LONGEST_NS = 300 * SECOND_NS;
    private static final long RETRY_SHORTEST_NS = 20_000_000L;

    private final RedisSettings settings;
    private final PushContext context;
    private final boolean hashes;
    private final PushReader reader;
    private final ObserverHealth health;
    private final Observer observer;
    private final List<Rung> rungs;
    private final Map<Rung, String> whyNot = new EnumMap<>(Rung.class);
    private final Map<Rung, Long> heldUntilNs = new EnumMap<>(Rung.class);
    private final Map<Rung, Long> holdNs = new EnumMap<>(Rung.class);

    private RedisLink link;
    private State state = State.OFF;
    private PushRung push;
    private Rung pushed = Rung.NOTIFICATION;
    private boolean reconcile;
    private boolean settled;
    private int best;
    private String reason = "";
    private String remedy = "";
    private long nextLookNs;
    private long flagsDueNs;
    private long pingDueNs;
    private long pings;
    private long judgedPing;
    private long judgedSinceNs;
    private long retryNs = RETRY_SHORTEST_NS;
    private long missWindowNs;
    private int misses;

    Ladder(
            final PushContext context,
            final boolean hashes,
            final PushReader reader,
            final ObserverHealth health,
            final Observer observer) {
        this.settings = context.settings();
        this.context = context;
        this.hashes = hashes;
        this.reader = reader;
        this.health = health;
        this.observer = observer;
        rungs = settings.rung().rungs();
        best = settings.rung() == RungChoice.AUTO ? Integer.MAX_VALUE : 0;
        missWindowNs = Long.MIN_VALUE / 2;
    }

    /** A data connection stands: begins to look for a rung. */
    void begin(final RedisLink connected, final long nowNs) {
        link = connected;
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
                    judgedPing = 0;
                    state(State.PROVING, nowNs, "subscribed");
                    barrier(nowNs);
                }
                break;
            case PROVING:
                barrier(nowNs);
                if (state == State.PROVING && answered(1)) {
                    live(nowNs);
                }
                break;
            case LIVE:
                barrier(nowNs);
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
                            + whyNot.getOrDefault(rungs.get(best), reason));
        } else if (nowNs - missWindowNs > MISS_WINDOW_NS) {
            health.recovered(current().label() + " rung, the sweep agrees");
        }
    }

    /** The rung in use: SAMPLING whenever no push rung is proven. */
    Rung current() {
        return state == State.LIVE ? push.rung() : Rung.SAMPLING;
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
        pings++;
        if (judgedPing == 0) {
            judgedPing = pings;
            judgedSinceNs = nowNs;
        }
        try {
            push.ping(pings);
        } catch (final RuntimeException broken) {
            push.cut();
        }
        return pings;
    }

    /** Whether everything that was told before ping {@code number} has arrived. */
    boolean answered(final long number) {
        return push != null && push.pong() >= number;
    }

    /** The sweep found writes that no push had told. */
    void missed(final int count, final long nowNs) {
        context.counters().add(CounterId.REDIS_MISSED_UPDATES, count);
        misses = nowNs - missWindowNs > MISS_WINDOW_NS ? count : misses + count;
        missWindowNs = nowNs;
        final String reason = "missed " + misses + " writes that no " + pushed().label() + " told";
        health.degraded(reason);
        if (misses >= MISSES_TO_FALL && state == State.LIVE) {
            misses = 0;
            final Rung rung = push.rung();
            final long hold = holdNs.getOrDefault(rung, HOLD_SHORTEST_NS);
            holdNs.put(rung, Math.min(2 * hold, HOLD_LONGEST_NS));
            hold(rung, reason, nowNs + hold);
            leave(reason, nowNs);
        }
    }

    /** What is known now, for the health page. */
    RedisProbe probe() {
        final Rung now = state == State.OFF ? Rung.NONE : current();
        final List<String> why = new ArrayList<>();
        for (final Rung rung : rungs) {
            if (rung == now) {
                break;
            }
            if (whyNot.containsKey(rung)) {
                why.add("not by " + rung.label() + ": " + whyNot.get(rung));
            }
        }
        return new RedisProbe(
                now,
                now == Rung.SAMPLING ? settings.samplingIntervalNs() : 0,
                List.copyOf(why),
                now == Rung.NOTIFICATION || now == Rung.NONE ? "" : remedy);
    }

    private void look(final long nowNs) {
        final Rung rung = bestAvailable(nowNs);
        if (rung == Rung.SAMPLING) {
            settled = true;
            nextLookNs = nowNs + PROBE_INTERVAL_NS;
            return;
        }
        pings = 0;
        pushed = rung;
        push =
                rung == Rung.NOTIFICATION
                        ? new NotificationRung(context)
                        : new TrackingRung(context);
        state(State.OPENING, nowNs, rung.label());
        reader.assign(push);
    }

    private Rung bestAvailable(final long nowNs) {
        for (final Rung rung : rungs) {
            if (rung == Rung.SAMPLING
                    || (heldUntilNs.getOrDefault(rung, Long.MIN_VALUE) <= nowNs
                            && (rung != Rung.NOTIFICATION || flagsAllow()))) {
                return rung;
            }
        }
        return Rung.SAMPLING;
    }

    /** Asks for the flags. Unknown ones are trusted only where the operator chose this rung. */
    private boolean flagsAllow() {
        final NotifyFlags flags = NotifyFlags.ask(link);
        remedy = flags.remedy();
        if (!flags.known()) {
            whyNot.put(
                    Rung.NOTIFICATION,
                    "CONFIG GET is refused, so it is not known whether notifications are on");
            return settings.rung() == RungChoice.NOTIFICATION;
        }
        final String missing = flags.missing(hashes);
        if (!missing.isEmpty()) {
            whyNot.put(
                    Rung.NOTIFICATION,
                    "notify-keyspace-events is " + flags + " and lacks " + missing);
        }
        return missing.isEmpty();
    }

    private void live(final long nowNs) {
        reconcile = true;
        settled = true;
        retryNs = RETRY_SHORTEST_NS;
        flagsDueNs = nowNs + FLAGS_INTERVAL_NS;
        nextLookNs = nowNs + PROBE_INTERVAL_NS;
        whyNot.remove(push.rung());
        state(State.LIVE, nowNs, "ping answered");
    }

    /** The flags may be taken away at run time, and a better rung may come into reach. */
    private void watch(final long nowNs) {
        if (push.rung() == Rung.NOTIFICATION) {
            if (!flagsAllow()) {
                leave(whyNot.get(Rung.NOTIFICATION), nowNs);
            }
        } else if (nowNs >= nextLookNs) {
            nextLookNs = nowNs + PROBE_INTERVAL_NS;
            final Rung better = bestAvailable(nowNs);
            if (rungs.indexOf(better) < rungs.indexOf(push.rung())) {
                settled = false;
                nextLookNs = nowNs;
                push.cut();
                state(State.ENDING, nowNs, "climbs to " + better.label());
            }
        }
    }

    private void barrier(final long nowNs) {
        if (push.phase() == Phase.ENDED) {
            lost(push.failure(), nowNs);
            return;
        }
        if (judgedPing > 0 && answered(judgedPing)) {
            judgedPing = 0;
            observer.heartbeat(nowNs);
        }
        if (judgedPing > 0 && nowNs - judgedSinceNs > settings.barrierTimeoutNs()) {
            push.cut();
            lost(
                    "the barrier ping was not answered for "
                            + settings.barrierTimeoutNs() / 1_000_000L
                            + " ms",
                    nowNs);
        } else if ((judgedPing == 0 && nowNs >= pingDueNs) || pings == 0) {
            pingDueNs = nowNs + settings.barrierIntervalNs();
            ping(nowNs);
        }
    }

    /** The push connection ended by itself. Only if Redis still answers, that is the news. */
    private void lost(final String reason, final long nowNs) {
        link.ping();
        final Rung rung = push.rung();
        if (push.refused()) {
            hold(rung, reason, nowNs + REFUSED_NS);
        } else {
            whyNot.put(rung, "the push connection failed: " + reason);
        }
        final boolean wasLive = state == State.LIVE;
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

    private void hold(final Rung rung, final String reason, final long untilNs) {
        whyNot.put(rung, reason);
        heldUntilNs.put(rung, untilNs);
    }

    private void state(final State next, final long nowNs, final String why) {
        LOG.debug("redis/{} push {} -> {} at {}: {}", settings.name(), state, next, nowNs, why);
        state = next;
        reason = why;
    }
}
