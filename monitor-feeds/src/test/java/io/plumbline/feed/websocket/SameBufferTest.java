package io.plumbline.feed.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import org.junit.jupiter.api.Test;

final class SameBufferTest {
    private final SameBuffer reads = new SameBuffer();

    private ByteBuf read() {
        @SuppressWarnings("deprecation")
        final RecvByteBufAllocator.Handle handle = reads.newHandle();
        return handle.allocate(UnpooledByteBufAllocator.DEFAULT);
    }

    @Test
    void shouldReadIntoTheSameAgainOnceItIsGivenBack() {
        final ByteBuf first = read();
        first.writeLong(1);
        first.release();
        final ByteBuf second = read();
        assertSame(first, second);
        assertEquals(0, second.readableBytes());
        second.release();
        reads.close();
        assertEquals(0, first.refCnt());
    }

    @Test
    void shouldLeaveWhatIsKeptToWhoeverKeepsIt() {
        final ByteBuf kept = read();
        kept.writeLong(42);
        final ByteBuf next = read();
        assertNotSame(kept, next);
        next.writeLong(7);
        assertEquals(42, kept.readLong());
        assertEquals(1, kept.refCnt());
        kept.release();
        next.release();
        reads.close();
        assertEquals(0, next.refCnt());
    }

    @Test
    void shouldGiveBuffersOfTheirOwnAfterTheEnd() {
        reads.close();
        final ByteBuf late = read();
        assertEquals(1, late.refCnt());
        late.release();
        assertEquals(0, late.refCnt());
    }
}
