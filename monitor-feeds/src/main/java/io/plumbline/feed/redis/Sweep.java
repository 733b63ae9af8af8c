package io.plumbline.feed.redis;

import io.plumbline.market.Rung;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import io.plumbline.time.EpochNanoClock;

/**
 * The reconciling sweep beside a push rung: looks at every key once per interval and compares with
 * what was last seen. Data thread only.
 *
 * <p>A difference alone proves nothing, its notification may be on the way. So a ping is sent on
 * the push connection after the doubtful read: by TCP order its answer comes after every
 * notification that the read could have overtaken. Who is then still untold, was missed.
 *
 * <p>Asking for a key's deadline costs twice what asking for its value does. Where the push tells
 * of deadlines, too, a sweep asks only for those that may be over before the next sweeps, and for
 * every {@link #DEADLINES_EVERY}th of the others.
 */
final class Sweep {
    /** In so many sweeps every deadline is asked for once. */
    static final int DEADLINES_EVERY = 64;

    private static final int SWEEPS_AHEAD = 3;
    private static final long DOUBT_NS = 100_000_000L;

    private final FullRead full;
    private final KeyReader reader;
    private final KeyViews views;
    private final DirtyKeys dirty;
    private final Observer observer;
    private final Counters counters;
    private final EpochNanoClock clock;
    private final long intervalNs;
    private final ReadBatch doubts = new ReadBatch();
    private int part;
    private int turn;
    private long dueNs;
    private long doubtedNs;
    private long barrier;

    Sweep(
            final RedisSettings settings,
            final FullRead full,
            final KeyReader reader,
            final KeyViews views,
            final DirtyKeys dirty,
            final Observer observer,
            final Counters counters,
            final EpochNanoClock clock) {
        this.full = full;
        this.reader = reader;
        this.views = views;
        this.dirty = dirty;
        this.observer = observer;
        this.counters = counters;
        this.clock = clock;
        intervalNs = settings.sweepIntervalNs();
    }

    /** Begins anew after a full reconciliation at {@code nowNs}. */
    void restart(final long nowNs) {
        part = 0;
        doubts.clear();
        dueNs = nowNs + partIntervalNs();
    }

    /** Looks at the next part of the keys when it is time, or settles the doubts of the last. */
    void turn(final long nowNs, final Rung rung, final Ladder ladder) {
        if (doubts.size > 0) {
            if (nowNs >= doubtedNs + DOUBT_NS && ladder.answered(barrier)) {
                settle(nowNs, ladder);
            }
        } else if (nowNs >= dueNs && full.batches() > 0) {
            dueNs = Math.max(dueNs + partIntervalNs(), nowNs);
            look(full.batch(part), rung);
            part++;
            if (part == full.batches()) {
                part = 0;
                turn++;
                counters.increment(CounterId.REDIS_SWEEPS);
            }
            if (doubts.size > 0) {
                barrier = ladder.ping(nowNs);
            }
        }
    }

    private long partIntervalNs() {
        return intervalNs / Math.max(1, full.batches());
    }

    /** When it wants its next turn. */
    long dueNs() {
        return doubts.size > 0 ? doubtedNs + DOUBT_NS : dueNs;
    }

    private void look(final ReadBatch batch, final Rung rung) {
        time(batch, rung == Rung.NOTIFICATION || rung == Rung.TRACKING);
        reader.read(batch);
        doubtedNs = batch.repliedNs;
        for (int i = 0; i < batch.size; i++) {
            final int key = batch.ids[i];
            if (observer.elsewhere(batch, i)) {
                continue;
            }
            if (!views.differs(batch, i)) {
                views.touch(batch, i);
            } else if (views.unseen(key)
                    || views.expired(batch, i)
                    || !views.contentDiffers(batch, i)) {
                observer.found(batch, i, Rung.SWEEP);
            } else {
                doubts.add(key);
            }
        }
    }

    private void time(final ReadBatch batch, final boolean told) {
        final long aheadNs = clock.epochNanos() + SWEEPS_AHEAD * intervalNs;
        for (int i = 0; i < batch.size; i++) {
            final int key = batch.ids[i];
            batch.timed[i] =
                    !told
                            || key % DEADLINES_EVERY == turn % DEADLINES_EVERY
                            || views.mayExpire(key, aheadNs);
            batch.expiresAtNs[i] = views.expiresAtNs(key);
        }
    }

    private void settle(final long nowNs, final Ladder ladder) {
        int left = 0;
        for (int i = 0; i < doubts.size; i++) {
            final int key = doubts.ids[i];
            if (views.readNs(key) < doubtedNs && !dirty.contains(key)) {
                doubts.ids[left++] = key;
            }
        }
        doubts.size = left;
        reader.read(doubts);
        int vanished = 0;
        for (int i = 0; i < doubts.size; i++) {
            vanished += views.vanished(doubts, i) ? 1 : 0;
        }
        if (vanished < 2 || !full.reconcile(Rung.SWEEP)) {
            judge(nowNs, ladder);
        }
        doubts.clear();
    }

    /** A write of another Redis type, which the flags that we ask for do not cover. */
    private boolean untold(final int i) {
        return doubts.states[i] == ReadBatch.WRONG_TYPE;
    }

    private void judge(final long nowNs, final Ladder ladder) {
        int missed = 0;
        for (int i = 0; i < doubts.size; i++) {
            if (dirty.contains(doubts.ids[i]) || observer.elsewhere(doubts, i)) {
                continue;
            }
            if (views.contentDiffers(doubts, i)) {
                missed += views.unseen(doubts.ids[i]) || untold(i) ? 0 : 1;
                observer.found(doubts, i, Rung.SWEEP);
            } else {
                views.touch(doubts, i);
            }
        }
        if (missed > 0) {
            ladder.missed(missed, nowNs);
        }
    }
}
