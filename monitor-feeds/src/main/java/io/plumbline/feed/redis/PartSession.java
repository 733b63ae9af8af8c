package io.plumbline.feed.redis;

import io.plumbline.feed.FeedStatus;
import io.plumbline.market.MonitorFact;
import io.plumbline.market.SessionState;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import io.plumbline.time.EpochNanoClock;

/**
 * What is told of one observer's connection: its states, and that Redis is down, is up, or has
 * moved. DOWN is told only when no node answers; a lost connection that another node takes over
 * within the grace has moved. Data thread; {@link #status()} is any thread's.
 *
 * <pre>
 *  DOWN ──attempt──▶ CONNECTING ──live──▶ LIVE ──lost──▶ SUSPECT ──connected──▶ CONNECTING
 *   ▲                                       │               │ grace over
 *   └───────────────────────────────────────┴── no grace ───┘
 * </pre>
 *
 * A part of a Cluster that has nothing to observe goes back to DOWN without that being told.
 */
final class PartSession {
    private final String name;
    private final Observer observer;
    private final EpochNanoClock clock;
    private final Counters counters;
    private SessionState state = SessionState.DOWN;
    private RedisNode node;
    private boolean downTold;
    private boolean everConnected;
    private long lostSinceNs;
    private String lostReason = "";
    private volatile FeedStatus status;
    private volatile long lastAnswerNs;

    PartSession(
            final String name,
            final Observer observer,
            final EpochNanoClock clock,
            final Counters counters) {
        this.name = name;
        this.observer = observer;
        this.clock = clock;
        this.counters = counters;
        status = new FeedStatus(name, SessionState.DOWN, "not started", 0, 0, 0);
    }

    /** Where it stands: any thread. */
    FeedStatus status() {
        final FeedStatus last = status;
        return new FeedStatus(
                last.name(),
                last.state(),
                last.detail(),
                last.sinceNs(),
                lastAnswerNs,
                last.epoch());
    }

    void answered(final long nowNs) {
        lastAnswerNs = nowNs;
    }

    /** A connection to {@code address} is about to be tried. */
    void attempt(final String address) {
        if (state == SessionState.DOWN && !downTold) {
            begin(address);
        }
    }

    /** A connection to {@code now} stands and answers. */
    void connected(final RedisNode now, final String address, final long nowNs) {
        if (everConnected) {
            counters.increment(CounterId.REDIS_RECONNECTS);
        }
        final RedisNode before = everConnected ? node : now;
        everConnected = true;
        node = now;
        if (downTold) {
            downTold = false;
            begin(address);
            observer.fact(
                    MonitorFact.REDIS_UP,
                    address
                            + " answers again after "
                            + (nowNs - lostSinceNs) / 1_000_000L
                            + " ms"
                            + (before.equals(now) ? "" : "; it was " + before));
        } else if (state != SessionState.CONNECTING) {
            begin(address);
            if (!before.equals(now)) {
                observer.fact(
                        MonitorFact.REDIS_MOVED, "from " + before + " to " + now + lostReason);
            }
        }
    }

    void live(final String detail) {
        state(SessionState.LIVE, detail);
    }

    /**
     * The connection is lost, or could not be made.
     *
     * @param graceNs how long another node may take to step in
     */
    void lost(final String reason, final long nowNs, final long graceNs) {
        if (downTold) {
            status =
                    new FeedStatus(
                            name, state, reason, lostSinceNs, lastAnswerNs, observer.epoch());
            return;
        }
        if (state != SessionState.SUSPECT) {
            lostSinceNs = nowNs;
            lostReason = ": " + reason;
        }
        if (nowNs - lostSinceNs >= graceNs) {
            downTold = true;
            state(SessionState.DOWN, reason);
            observer.fact(MonitorFact.REDIS_DOWN, reason);
        } else if (state != SessionState.SUSPECT) {
            state(SessionState.SUSPECT, reason);
        }
    }

    /** There is nothing to observe any more, which is nobody's fault. */
    void idle() {
        if (state != SessionState.DOWN || downTold) {
            if (downTold) {
                downTold = false;
                observer.fact(MonitorFact.REDIS_UP, "its slots have other owners now");
            }
            state(SessionState.DOWN, "owns no slots");
        }
    }

    private void begin(final String address) {
        observer.nextEpoch();
        state(SessionState.CONNECTING, address);
    }

    private void state(final SessionState next, final String reason) {
        state = next;
        status =
                new FeedStatus(
                        name, next, reason, clock.epochNanos(), lastAnswerNs, observer.epoch());
        observer.session(next, reason);
    }
}
