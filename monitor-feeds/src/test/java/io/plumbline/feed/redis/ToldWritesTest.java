package io.plumbline.feed.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.redis.ToldWrite.Kind;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** Between one thread that puts and one that takes: nothing is lost, and the bound holds. */
final class ToldWritesTest {
    private final ToldWrites writes = new ToldWrites();

    @Test
    void holdsAsManyAsItSaysInOrder() {
        for (int i = 0; i < ToldWrites.CAPACITY; i++) {
            assertTrue(writes.offer(write(i)));
        }
        assertFalse(writes.offer(write(-1)));
        assertThrows(CancellationException.class, () -> writes.put(write(-1), () -> true));
        for (int i = 0; i < ToldWrites.CAPACITY; i++) {
            assertEquals(i, writes.poll().place());
        }
        assertNull(writes.poll());
    }

    @Test
    void forgetsAll() {
        writes.offer(write(1));
        writes.offer(write(2));
        writes.clear();
        assertTrue(writes.isEmpty());
        writes.offer(write(3));
        assertEquals(3, writes.poll().place());
    }

    @Test
    void losesNothingWhereTheTakerIsSlower() throws InterruptedException {
        final int count = 20 * ToldWrites.CAPACITY;
        final Thread push =
                new Thread(
                        () -> {
                            for (int i = 0; i < count; i++) {
                                writes.put(write(i), () -> false);
                            }
                        });
        push.start();
        int next = 0;
        while (next < count) {
            final ToldWrite write = writes.poll();
            if (write == null) {
                Thread.onSpinWait();
            } else {
                assertEquals(next, write.place());
                next++;
            }
        }
        push.join();
        assertTrue(writes.isEmpty());
    }

    private static ToldWrite write(final long place) {
        return ToldWrite.of(Kind.GONE, 0, place, 0);
    }
}
