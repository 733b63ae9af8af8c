package io.plumbline.feed.redis;

import io.plumbline.feed.FeedContext;
import io.plumbline.market.Rung;
import io.plumbline.time.EpochNanoClock;

/**
 * What the data thread does at a node between two looks at its rung: takes what the push connection
 * told, reads what must be read, and compares. Data thread only.
 */
final class ObservingTurn {
    /** What it works with. */
    record Parts(
            DirtyKeys dirty,
            ToldWrites writes,
            FullRead full,
            KeyReader reader,
            KeyViews views,
            Observer observer) {}

    private final Territory territory;
    private final boolean[] observed;
    private final DirtyKeys dirty;
    private final ToldWrites writes;
    private final FullRead full;
    private final KeyReader reader;
    private final Observer observer;
    private final SamplingRung sampling;
    private final Sweep sweep;
    private final WriteTeller teller;
    private final TapObserver tapObserver;
    private final EpochNanoClock clock;
    private final ReadBatch batch = new ReadBatch();

    /**
     * @param observed which keys are here now, by id; changed by its owner
     */
    ObservingTurn(
            final RedisSettings settings,
            final Territory territory,
            final boolean[] observed,
            final int keys,
            final Parts parts,
            final FeedContext context) {
        this.territory = territory;
        this.observed = observed;
        dirty = parts.dirty();
        writes = parts.writes();
        full = parts.full();
        reader = parts.reader();
        observer = parts.observer();
        clock = context.clock();
        sampling = new SamplingRung(settings.samplingIntervalNs(), full, observer);
        sweep =
                new Sweep(
                        settings,
                        full,
                        reader,
                        parts.views(),
                        dirty,
                        observer,
                        context.counters(),
                        clock);
        teller = new WriteTeller(parts.views(), observer);
        tapObserver =
                new TapObserver(
                        settings,
                        territory,
                        keys,
                        writes,
                        full,
                        reader,
                        parts.views(),
                        observer,
                        teller,
                        context.counters(),
                        clock);
    }

    /** All keys have just been read; from here on the rung in use tells what changes. */
    void begin(final Ladder ladder, final RedisLink link, final long nowNs) {
        if (ladder.current() == Rung.REPLICATION) {
            tapObserver.begin(link);
        } else {
            sweep.restart(nowNs);
        }
    }

    /**
     * No rung is in use yet: takes what the one that is being proven tells, as its proof comes
     * behind that.
     */
    void settle(final Ladder ladder, final long nowNs) {
        final ReplicationRung tap = ladder.tap();
        if (tap != null) {
            tapObserver.prove(tap, nowNs);
        } else {
            tellWrites(Rung.NONE);
        }
    }

    /** One step of whatever the rung in use needs; throws JedisException when Redis fails. */
    void turn(final Ladder ladder, final RedisLink link, final long nowNs) {
        final Rung rung = ladder.current();
        final ReplicationRung tap = ladder.tap();
        if (rung == Rung.REPLICATION) {
            tapObserver.turn(tap, ladder, link);
            return;
        }
        if (tap != null) {
            tapObserver.prove(tap, nowNs);
        } else {
            tellWrites(rung);
        }
        drain(ladder);
        if (rung == Rung.SAMPLING) {
            sampling.turn(nowNs);
        } else {
            sweep.turn(nowNs, rung, ladder);
        }
    }

    /** What the writer's own stream or channel told: before the rung is in use it is forgotten. */
    private void tellWrites(final Rung rung) {
        for (int i = 0; i < ToldWrites.CAPACITY && observer.hasRoomToSpare(); i++) {
            final ToldWrite write = writes.poll();
            if (write == null) {
                return;
            }
            if ((rung == Rung.STREAM || rung == Rung.CHANNEL) && observed[write.key()]) {
                teller.tell(write, rung);
            }
        }
    }

    /** Reads what was mentioned: one batch a turn, so that pings and sweeps keep their time. */
    private void drain(final Ladder ladder) {
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
            batch.asking[i] = !territory.owns(batch.ids[i]);
        }
        reader.read(batch);
        for (int i = 0; i < batch.size; i++) {
            if (!observer.elsewhere(batch, i)) {
                if (batch.kinds[i] != 0) {
                    observer.events(batch.ids[i], batch.kinds[i], rung, batch.notifiedNs[i]);
                }
                observer.value(batch, i, rung, batch.notifiedNs[i]);
            }
        }
    }

    /** How long it may pause unless it is woken. */
    long untilDueNs(final Ladder ladder) {
        final long nowNs = clock.epochNanos();
        final long dueNs;
        switch (ladder.current()) {
            case REPLICATION:
                dueNs = tapObserver.dueNs(nowNs);
                break;
            case SAMPLING:
                dueNs = sampling.dueNs();
                break;
            default:
                dueNs = writes.isEmpty() ? sweep.dueNs() : nowNs;
                break;
        }
        return dueNs <= nowNs ? 0 : dueNs - nowNs;
    }
}
