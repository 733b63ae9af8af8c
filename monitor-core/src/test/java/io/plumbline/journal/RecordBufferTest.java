package io.plumbline.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class RecordBufferTest {
    private final AtomicInteger woken = new AtomicInteger();
    private final RecordBuffer buffer = new RecordBuffer(64 << 10, 1 << 20, woken::incrementAndGet);

    @Test
    void shouldLetTicksAloneWaitAndWakeTheDiskForTheFirstMessage() {
        assertTrue(buffer.rests());
        append(InboundType.TIMER, 8);
        append(InboundType.TIMER, 8);
        assertEquals(0, woken.get());
        assertTrue(buffer.rests(), "ticks do not press");
        append(InboundType.FRAME_TEXT, 100);
        append(InboundType.FRAME_TEXT, 100);
        assertEquals(1, woken.get(), "the second message finds the disk awake");
        assertFalse(buffer.rests());
        append(InboundType.FRAME_TEXT, 100);
        assertEquals(1, woken.get(), "a disk that does not rest comes by itself");
        buffer.swap(false);
        assertTrue(buffer.rests(), "what pressed was taken");
    }

    @Test
    void shouldWakeARestingDiskWhereTicksFillTheBuffer() {
        assertTrue(buffer.rests());
        append(InboundType.TIMER, 40 << 10);
        assertEquals(1, woken.get());
    }

    private void append(final InboundType type, final int length) {
        final InboundMessage message = new InboundMessage();
        message.set(type, 0, 0, 0, 1, new byte[length], 0, length);
        assertTrue(buffer.append(message));
    }
}
