package io.plumbline.inbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.metrics.Counters;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReservedRoomTest {
    @Test
    void whatIsSaidOnceFindsRoomWhenDataDoesNot() throws InterruptedException {
        final CountDownLatch gate = new CountDownLatch(1);
        final InboundRing ring =
                new InboundRing(
                        new InboundRing.Settings(1_024, 64, WaitKind.BLOCKING, 4_096),
                        1,
                        new Counters(),
                        (role, body) -> {
                            final Thread thread = new Thread(body, role);
                            thread.setDaemon(true);
                            thread.start();
                            return thread;
                        },
                        new ConsumerFaults() {
                            @Override
                            public void onFault(final String role, final Throwable thrown) {
                                throw new AssertionError(thrown);
                            }

                            @Override
                            public void onFatal(final String role, final Error error) {
                                throw error;
                            }
                        });
        ring.start(
                new InboundRing.Role(
                        "stuck",
                        message -> {
                            try {
                                gate.await(10, TimeUnit.SECONDS);
                            } catch (final InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        }));
        int frames = 0;
        while (ring.hasRoomToSpare()) {
            assertTrue(ring.offer(InboundType.FRAME_TEXT, 0, 1, 1, "{}"));
            frames++;
        }
        assertTrue(Math.abs(frames - 512) <= 1, "half of it is to spare: " + frames);
        while (ring.offer(InboundType.FRAME_TEXT, 0, 1, 1, "{}")) {
            frames++;
        }
        assertTrue(frames <= 1_024 - 16, "frames leave the reserve alone: " + frames);
        int control = 0;
        while (control < 16 && ring.offer(InboundType.SESSION, 0, 1, 1, "LIVE again")) {
            control++;
        }
        assertEquals(16, control);
        assertFalse(ring.offer(InboundType.FRAME_TEXT, 0, 1, 1, "{}"));
        gate.countDown();
        assertTrue(ring.close(5_000_000_000L).complete());
    }
}
