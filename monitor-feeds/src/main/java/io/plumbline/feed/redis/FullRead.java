package io.plumbline.feed.redis;

import io.plumbline.market.Rung;
import java.util.Arrays;

/**
 * One look at all keys: as many batches as they take, read one after the other before anything is
 * judged, so that "everything is gone" can be told from "this key is gone". Data thread only.
 */
final class FullRead {
    private static final int FLUSHED_AT_LEAST = 2;
    private static final int FLUSHED_PERCENT = 90;

    private ReadBatch[] batches;
    private final KeyReader reader;
    private final KeyViews views;
    private final Observer observer;

    FullRead(
            final int keys, final KeyReader reader, final KeyViews views, final Observer observer) {
        this.reader = reader;
        this.views = views;
        this.observer = observer;
        final int[] all = new int[keys];
        Arrays.setAll(all, key -> key);
        restrict(all, Territory.WHOLE);
    }

    /** Looks only at these keys from now on. */
    void restrict(final int[] keys, final Territory territory) {
        batches = new ReadBatch[(keys.length + ReadBatch.LIMIT - 1) / ReadBatch.LIMIT];
        for (int i = 0; i < batches.length; i++) {
            batches[i] = new ReadBatch();
            final int first = i * ReadBatch.LIMIT;
            final int end = Math.min(keys.length, first + ReadBatch.LIMIT);
            for (int at = first; at < end; at++) {
                batches[i].add(keys[at]);
                batches[i].asking[at - first] = !territory.owns(keys[at]);
            }
        }
    }

    /** How many round trips a complete look takes. */
    int batches() {
        return batches.length;
    }

    /**
     * The {@code i}th part of the keys, read only by itself; all are timed until the caller says.
     */
    ReadBatch batch(final int i) {
        Arrays.fill(batches[i].timed, true);
        return batches[i];
    }

    /** Reads all keys and tells every one of them: after a connect. */
    void snapshot() {
        read();
        tell(Rung.SWEEP, true);
    }

    /**
     * Reads all keys, tells those that changed, and before them a flush where nearly all of them
     * vanished together without a deadline that explains it.
     *
     * @return whether they were flushed
     */
    boolean reconcile(final Rung rung) {
        read();
        int vanished = 0;
        for (final ReadBatch batch : batches) {
            for (int i = 0; i < batch.size; i++) {
                vanished += views.vanished(batch, i) ? 1 : 0;
            }
        }
        final boolean flushed =
                vanished >= FLUSHED_AT_LEAST && vanished * 100 >= views.present() * FLUSHED_PERCENT;
        if (flushed) {
            observer.flushed(rung, batches[0].repliedNs);
        }
        tell(rung, false);
        return flushed;
    }

    private void read() {
        for (int i = 0; i < batches.length; i++) {
            reader.read(batch(i));
        }
    }

    private void tell(final Rung rung, final boolean all) {
        for (final ReadBatch batch : batches) {
            for (int i = 0; i < batch.size; i++) {
                if (observer.elsewhere(batch, i)) {
                    continue;
                }
                if (all || views.differs(batch, i)) {
                    observer.found(batch, i, rung);
                } else {
                    views.touch(batch, i);
                }
            }
        }
    }
}
