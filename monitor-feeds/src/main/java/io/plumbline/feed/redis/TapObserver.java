package io.plumbline.feed.redis;

import io.plumbline.feed.redis.AlignedRead.Purpose;
import io.plumbline.market.Rung;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import io.plumbline.time.EpochNanoClock;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * What the data thread does while the replication tap is in use: tells every write in order, reads
 * the keys of which the stream does not tell the value, and compares all keys with it once per
 * sweep interval. Where the engine does not keep up it waits, and with it the stream: nothing is
 * lost. Data thread only.
 */
final class TapObserver {
    private static final int MOST_WRITES = 4_096;
    private static final int WRITES_BETWEEN_LOOKS = 64;
    private static final long ROOM_PAUSE_NS = 50_000L;
    private static final long PROOF_NS = 10_000_000L;

    private final Territory territory;
    private final ToldWrites writes;
    private final FullRead full;
    private final KeyReader reader;
    private final Observer observer;
    private final WriteTeller teller;
    private final AlignedRead aligned;
    private final Counters counters;
    private final EpochNanoClock clock;
    private final long sweepIntervalNs;
    private final long[] againSinceNs;
    private final int[] againKinds;
    private final ReadBatch again = new ReadBatch();
    private final ReadBatch proof = new ReadBatch();
    private int againCount;
    private int part;
    private int toReconcile;
    private long dueNs;
    private long proofDueNs;
    private long from;

    TapObserver(
            final RedisSettings settings,
            final Territory territory,
            final int keys,
            final ToldWrites writes,
            final FullRead full,
            final KeyReader reader,
            final KeyViews views,
            final Observer observer,
            final WriteTeller teller,
            final Counters counters,
            final EpochNanoClock clock) {
        this.territory = territory;
        this.writes = writes;
        this.full = full;
        this.reader = reader;
        this.observer = observer;
        this.teller = teller;
        this.counters = counters;
        this.clock = clock;
        aligned = new AlignedRead(keys, reader, views, observer);
        sweepIntervalNs = settings.sweepIntervalNs();
        againSinceNs = new long[keys];
        againKinds = new int[keys];
    }

    /** The tap comes into use: what it told before now is known already, or is read. */
    void begin(final RedisLink link) {
        from = ReplicationInfo.ask(link).offset();
        aligned.drop();
        Arrays.fill(againSinceNs, 0);
        Arrays.fill(againKinds, 0);
        againCount = 0;
        reconcile();
    }

    private void reconcile() {
        part = 0;
        toReconcile = full.batches();
    }

    /**
     * The tap is not in use yet: what it tells is forgotten, but for the proof that it is in the
     * watched database.
     */
    void prove(final ReplicationRung tap, final long nowNs) {
        final long parsed = tap.parsed();
        for (ToldWrite write = writes.poll(); write != null; write = writes.poll()) {
            if (write.kind() == ToldWrite.Kind.MAYBE
                    && write.value() != null
                    && nowNs >= proofDueNs) {
                proofDueNs = nowNs + PROOF_NS;
                proof.clear();
                proof.add(write.key());
                reader.read(proof);
                if (Arrays.equals(proof.values[0], write.value())) {
                    tap.prove();
                }
            }
        }
        tap.processed(parsed);
    }

    /** One step; throws JedisException when the data connection fails. */
    void turn(final ReplicationRung tap, final Ladder ladder, final RedisLink link) {
        drain(tap);
        if (aligned.isDue(tap.processed())) {
            final int missed = aligned.settle(key -> readAgain(key, clock.epochNanos()));
            if (missed > 0) {
                ladder.missed(missed, clock.epochNanos());
            }
        }
        if (!aligned.isOpen() && ladder.isLive()) {
            look(link, clock.epochNanos());
            aligned.reached(tap.processed());
        }
    }

    /** When it wants its next turn, unless a write wakes it. */
    long dueNs(final long nowNs) {
        if (!writes.isEmpty() || (!aligned.isOpen() && (againCount > 0 || toReconcile > 0))) {
            return nowNs;
        }
        return aligned.isOpen() ? Long.MAX_VALUE : dueNs;
    }

    private void drain(final ReplicationRung tap) {
        final long parsed = tap.parsed();
        for (int i = 0; i < MOST_WRITES; i++) {
            if (i % WRITES_BETWEEN_LOOKS == 0 && !observer.hasRoomToSpare()) {
                LockSupport.parkNanos(this, ROOM_PAUSE_NS);
                return;
            }
            final ToldWrite write = writes.poll();
            if (write == null) {
                aligned.reached(parsed);
                tap.processed(parsed);
                return;
            }
            aligned.reached(write.place() - 1);
            if (write.place() > from) {
                take(write);
            }
            tap.processed(write.place() - 1);
        }
    }

    private void take(final ToldWrite write) {
        switch (write.kind()) {
            case FLUSHED:
                teller.flushed(write, Rung.REPLICATION, againSinceNs.length);
                for (int key = 0; key < againSinceNs.length; key++) {
                    settled(key);
                    aligned.told(key, ToldWrite.ALL);
                }
                break;
            case EVERYTHING:
                aligned.drop();
                reconcile();
                break;
            default:
                one(write);
                break;
        }
    }

    private void one(final ToldWrite write) {
        final int key = write.key();
        final boolean waits = againSinceNs[key] != 0 && write.kind() == ToldWrite.Kind.CHANGED;
        final boolean perhapsMoved = write.kind() == ToldWrite.Kind.GONE && !territory.isWhole();
        if (perhapsMoved) {
            againKinds[key] = DirtyKeys.DELETED;
        }
        if (waits || perhapsMoved || !teller.tell(write, Rung.REPLICATION)) {
            readAgain(key, write.stampNs());
            aligned.blurred(key);
        } else {
            settled(key);
            aligned.told(
                    key, write.kind() == ToldWrite.Kind.CHANGED ? write.fields() : ToldWrite.ALL);
        }
    }

    private void readAgain(final int key, final long sinceNs) {
        if (againSinceNs[key] == 0) {
            againSinceNs[key] = sinceNs;
            againCount++;
        }
    }

    private void settled(final int key) {
        if (againSinceNs[key] != 0) {
            againSinceNs[key] = 0;
            againKinds[key] = 0;
            againCount--;
        }
    }

    private void look(final RedisLink link, final long nowNs) {
        final int parts = full.batches();
        final long partIntervalNs = sweepIntervalNs / Math.max(1, parts);
        toReconcile = Math.min(toReconcile, parts);
        part = part < parts ? part : 0;
        if (toReconcile > 0) {
            aligned.begin(full.batch(parts - toReconcile), Purpose.RECONCILE, link);
            toReconcile--;
            dueNs = nowNs + partIntervalNs;
        } else if (againCount > 0) {
            again.clear();
            for (int key = 0; key < againSinceNs.length && again.size < ReadBatch.LIMIT; key++) {
                if (againSinceNs[key] != 0) {
                    again.add(key, againSinceNs[key], againKinds[key]);
                    again.asking[again.size - 1] = !territory.owns(key);
                    settled(key);
                }
            }
            aligned.begin(again, Purpose.READ_AGAIN, link);
        } else if (nowNs >= dueNs && parts > 0) {
            dueNs = Math.max(dueNs + partIntervalNs, nowNs);
            aligned.begin(full.batch(part), Purpose.SWEEP, link);
            part++;
            if (part == parts) {
                part = 0;
                counters.increment(CounterId.REDIS_SWEEPS);
            }
        }
    }
}
