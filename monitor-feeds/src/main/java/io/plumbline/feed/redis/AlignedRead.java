package io.plumbline.feed.redis;

import io.plumbline.market.Rung;
import java.util.Arrays;

/**
 * A read of keys that is put in its place among the writes of the replication stream: it is asked
 * for between two questions for the end of the history, so what it found stood at some offset
 * between the two. When the stream is told up to the second one, a key that was not written in
 * between must hold what was read, and one that was must have held it at some step in between.
 * Exact for keys that are written thousands of times a second. Data thread only.
 */
final class AlignedRead {
    /** Why it is done. */
    enum Purpose {
        /** To prove that nothing was missed. */
        SWEEP,
        /** The stream tells that these were written, not what. */
        READ_AGAIN,
        /** The stream was joined: what was written before is not known. */
        RECONCILE
    }

    private static final int NO_ROW = -1;
    private static final int TOUCHED = 16;

    private final KeyReader reader;
    private final KeyViews views;
    private final Observer observer;
    private final int[] rows;
    private final int[] touched = new int[ReadBatch.LIMIT];
    private final boolean[] matched = new boolean[ReadBatch.LIMIT];
    private ReadBatch batch;
    private Purpose purpose;
    private long from;
    private long to;
    private boolean crossed;

    AlignedRead(
            final int keys, final KeyReader reader, final KeyViews views, final Observer observer) {
        this.reader = reader;
        this.views = views;
        this.observer = observer;
        rows = new int[keys];
        Arrays.fill(rows, NO_ROW);
    }

    /** Whether one is under way. */
    boolean isOpen() {
        return batch != null;
    }

    /** Reads {@code wanted}; throws JedisException when Redis does not answer. */
    void begin(final ReadBatch wanted, final Purpose why, final RedisLink link) {
        from = ReplicationInfo.ask(link).offset();
        reader.read(wanted);
        to = ReplicationInfo.ask(link).offset();
        batch = wanted;
        purpose = why;
        crossed = false;
        for (int i = 0; i < batch.size; i++) {
            rows[batch.ids[i]] = i;
            touched[i] = 0;
            matched[i] = false;
        }
    }

    /** Forgets it. */
    void drop() {
        if (batch != null) {
            for (int i = 0; i < batch.size; i++) {
                rows[batch.ids[i]] = NO_ROW;
            }
            batch = null;
        }
    }

    /** The stream is about to be told beyond {@code offset}. */
    void reached(final long offset) {
        if (batch != null && !crossed && offset >= from) {
            crossed = true;
            for (int i = 0; i < batch.size; i++) {
                matched[i] = fits(i);
            }
        }
    }

    /** A write of {@code fields} of {@code key} was told: bits of ToldWrite. */
    void told(final int key, final int fields) {
        if (batch != null && crossed && rows[key] != NO_ROW) {
            final int i = rows[key];
            touched[i] |= fields | TOUCHED;
            matched[i] |= fits(i);
        }
    }

    /** Whether the key may hold what was read: of one that is forgotten nothing is known. */
    private boolean fits(final int i) {
        return views.unseen(batch.ids[i]) || !views.contentDiffers(batch, i);
    }

    /** {@code key} was written, and only a later read will know what. */
    void blurred(final int key) {
        if (batch != null && rows[key] != NO_ROW) {
            touched[rows[key]] = TOUCHED | ToldWrite.ALL;
            matched[rows[key]] = true;
        }
    }

    /** Whether the stream is told far enough, when it is told up to {@code offset}. */
    boolean isDue(final long offset) {
        return batch != null && crossed && offset >= to;
    }

    /**
     * Judges what was read, tells what is only known from it, and ends.
     *
     * @param again takes the keys that have to be read once more
     * @return writes that the stream did not tell
     */
    int settle(final Again again) {
        int missed = 0;
        for (int i = 0; i < batch.size; i++) {
            if (observer.elsewhere(batch, i)) {
                continue;
            }
            if (touched[i] == 0) {
                missed += untouched(i) ? 1 : 0;
            } else if (!matched[i]) {
                missed += purpose == Purpose.SWEEP ? 1 : 0;
                views.merge(batch, i, touched[i]);
                again.add(batch.ids[i]);
            }
        }
        drop();
        return missed;
    }

    /** Tells row {@code i} if it says something new; returns whether that was missed. */
    private boolean untouched(final int i) {
        final int key = batch.ids[i];
        if (purpose == Purpose.READ_AGAIN) {
            if (batch.states[i] == ReadBatch.ABSENT) {
                observer.events(key, batch.kinds[i], Rung.REPLICATION, batch.notifiedNs[i]);
            }
            observer.value(batch, i, Rung.REPLICATION, batch.notifiedNs[i]);
            return false;
        }
        if (!views.differs(batch, i)) {
            views.touch(batch, i);
            return false;
        }
        final boolean news =
                purpose == Purpose.SWEEP
                        && views.contentDiffers(batch, i)
                        && !views.unseen(key)
                        && !views.expired(batch, i);
        observer.found(batch, i, Rung.SWEEP);
        return news;
    }

    /** Who reads keys again. */
    interface Again {
        void add(int key);
    }
}
