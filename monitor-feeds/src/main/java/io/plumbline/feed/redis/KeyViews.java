package io.plumbline.feed.redis;

import io.plumbline.market.MarketEvent;
import java.util.Arrays;

/** What was last seen of each key, to tell a change from a repetition. Data thread only. */
final class KeyViews {
    private static final byte UNSEEN = 0;

    /** A key found missing this shortly before its computed deadline has expired. */
    private static final long DEADLINE_SLACK_NS = 100_000_000L;

    private final byte[] states;
    private final byte[][] values;
    private final byte[][] sequences;
    private final byte[][] times;
    private final long[] expiresAtNs;
    private final long[] readNs;

    KeyViews(final int keys) {
        states = new byte[keys];
        values = new byte[keys][];
        sequences = new byte[keys][];
        times = new byte[keys][];
        expiresAtNs = new long[keys];
        readNs = new long[keys];
        Arrays.fill(readNs, MarketEvent.NONE);
    }

    /** When the last read of this key was sent: a write seen only now happened after it. */
    long readNs(final int key) {
        return readNs[key];
    }

    boolean unseen(final int key) {
        return states[key] == UNSEEN;
    }

    /** Keys that were there when last looked at. */
    int present() {
        int count = 0;
        for (final byte state : states) {
            if (state == ReadBatch.PRESENT || state == ReadBatch.WRONG_TYPE) {
                count++;
            }
        }
        return count;
    }

    /** Whether what was read says that something was written: value, presence, type, or TTL. */
    boolean differs(final ReadBatch batch, final int i) {
        return contentDiffers(batch, i)
                || (batch.states[i] != ReadBatch.ABSENT
                        && deadlineMoved(
                                expiresAtNs[batch.ids[i]],
                                batch.expiresAtNs[i],
                                batch.deadlineToleranceNs));
    }

    /** The same without a TTL that only moved: what a push must have told of. */
    boolean contentDiffers(final ReadBatch batch, final int i) {
        final int key = batch.ids[i];
        return states[key] != batch.states[i]
                || !Arrays.equals(values[key], batch.values[i])
                || !Arrays.equals(sequences[key], batch.sequences[i])
                || !Arrays.equals(times[key], batch.times[i])
                || (batch.states[i] != ReadBatch.ABSENT
                        && expiresAtNs[key] != MarketEvent.NONE
                        && (expiresAtNs[key] == MarketEvent.NEVER)
                                != (batch.expiresAtNs[i] == MarketEvent.NEVER));
    }

    /** The deadline of {@code key} as far as it is known. */
    long expiresAtNs(final int key) {
        return expiresAtNs[key];
    }

    /** Whether the key's deadline must be asked for to know whether it is there at {@code byNs}. */
    boolean mayExpire(final int key, final long byNs) {
        return states[key] != ReadBatch.PRESENT
                || expiresAtNs[key] == MarketEvent.NONE
                || expiresAtNs[key] != MarketEvent.NEVER && expiresAtNs[key] <= byNs;
    }

    /** Puts into row {@code i} what was last seen of {@code key}. */
    void show(final int key, final ReadBatch batch, final int i) {
        batch.ids[i] = key;
        batch.states[i] = states[key];
        batch.values[i] = values[key];
        batch.sequences[i] = sequences[key];
        batch.times[i] = times[key];
        batch.expiresAtNs[i] = expiresAtNs[key];
    }

    /** Whether the key was there, is missing, and had no deadline that explains it. */
    boolean vanished(final ReadBatch batch, final int i) {
        final int key = batch.ids[i];
        return batch.states[i] == ReadBatch.ABSENT
                && (states[key] == ReadBatch.PRESENT || states[key] == ReadBatch.WRONG_TYPE)
                && !expired(batch, i);
    }

    /** Whether the key is missing because its deadline has passed. */
    boolean expired(final ReadBatch batch, final int i) {
        return batch.states[i] == ReadBatch.ABSENT
                && expiresAtNs[batch.ids[i]] != MarketEvent.NEVER
                && expiresAtNs[batch.ids[i]] != MarketEvent.NONE
                && expiresAtNs[batch.ids[i]] <= batch.repliedNs + DEADLINE_SLACK_NS;
    }

    /** Remembers of row {@code i} what is not among {@code told}, bits of ToldWrite. */
    void merge(final ReadBatch batch, final int i, final int told) {
        final int key = batch.ids[i];
        if ((told & ToldWrite.VALUE) == 0) {
            values[key] = batch.values[i];
        }
        if ((told & ToldWrite.SEQUENCE) == 0) {
            sequences[key] = batch.sequences[i];
        }
        if ((told & ToldWrite.TIME) == 0) {
            times[key] = batch.times[i];
        }
        if ((told & ToldWrite.DEADLINE) == 0) {
            expiresAtNs[key] = batch.expiresAtNs[i];
        }
    }

    /** Remembers what was read. */
    void take(final ReadBatch batch, final int i) {
        final int key = batch.ids[i];
        states[key] = batch.states[i];
        values[key] = batch.values[i];
        sequences[key] = batch.sequences[i];
        times[key] = batch.times[i];
        expiresAtNs[key] = batch.expiresAtNs[i];
        readNs[key] = batch.sentNs;
    }

    /** Remembers only that it was looked at and nothing had changed. */
    void touch(final ReadBatch batch, final int i) {
        readNs[batch.ids[i]] = batch.sentNs;
    }

    /** Forgets a key whose observation found no room in the ring: the next read tells it anew. */
    void forget(final int key) {
        states[key] = UNSEEN;
    }

    private static boolean deadlineMoved(
            final long beforeNs, final long nowNs, final long toleranceNs) {
        if (beforeNs == MarketEvent.NONE || nowNs == MarketEvent.NONE) {
            return beforeNs != nowNs && nowNs != MarketEvent.NONE;
        }
        return beforeNs == MarketEvent.NEVER || nowNs == MarketEvent.NEVER
                ? beforeNs != nowNs
                : Math.abs(nowNs - beforeNs) > toleranceNs;
    }
}
