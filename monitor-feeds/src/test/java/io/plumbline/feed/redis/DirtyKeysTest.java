package io.plumbline.feed.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;

/** What stands between the push thread and the data thread. */
final class DirtyKeysTest {
    @Test
    void shouldKeepFirstStampAndAllKinds() {
        final DirtyKeys dirty = new DirtyKeys(3);
        dirty.mark(2, 0, 10);
        dirty.mark(0, DirtyKeys.EXPIRED, 11);
        dirty.mark(2, DirtyKeys.DELETED, 12);
        assertTrue(dirty.contains(2));
        final ReadBatch batch = new ReadBatch();
        dirty.drainTo(batch);
        assertEquals(
                "2@10/1 0@11/2",
                batch.ids[0]
                        + "@"
                        + batch.notifiedNs[0]
                        + "/"
                        + batch.kinds[0]
                        + " "
                        + batch.ids[1]
                        + "@"
                        + batch.notifiedNs[1]
                        + "/"
                        + batch.kinds[1]);
        assertEquals(2, batch.size);
        assertFalse(dirty.contains(2));
    }

    @Test
    void shouldTakeMoreThanABatchInParts() {
        final DirtyKeys dirty = new DirtyKeys(1_200);
        for (int key = 0; key < 1_200; key++) {
            dirty.mark(key, 0, 1);
        }
        final ReadBatch batch = new ReadBatch();
        int taken = 0;
        for (int round = 0; round < 3; round++) {
            batch.clear();
            dirty.drainTo(batch);
            taken += batch.size;
            dirty.await(1_000_000_000L);
        }
        assertEquals(1_200, taken);
    }

    @Test
    void shouldNeverLoseTheLastMention() throws InterruptedException {
        final long seed = 7;
        final int keys = 50;
        final int mentions = 400_000;
        final DirtyKeys dirty = new DirtyKeys(keys);
        final AtomicLongArray written = new AtomicLongArray(keys);
        final AtomicLong done = new AtomicLong();
        final Thread push =
                new Thread(
                        () -> {
                            final SplittableRandom random = new SplittableRandom(seed);
                            for (int i = 1; i <= mentions; i++) {
                                final int key = random.nextInt(keys);
                                written.set(key, i);
                                dirty.mark(key, 0, i);
                            }
                            done.set(1);
                            dirty.wake();
                        });
        final long[] read = new long[keys];
        final ReadBatch batch = new ReadBatch();
        push.start();
        boolean last = false;
        while (!last) {
            last = done.get() == 1;
            batch.clear();
            dirty.drainTo(batch);
            for (int i = 0; i < batch.size; i++) {
                read[batch.ids[i]] = written.get(batch.ids[i]);
            }
            if (!last) {
                dirty.await(1_000_000L);
            }
        }
        push.join();
        for (int key = 0; key < keys; key++) {
            assertEquals(written.get(key), read[key], "key " + key + ", seed " + seed);
        }
    }
}
