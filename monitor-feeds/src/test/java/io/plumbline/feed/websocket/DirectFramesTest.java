package io.plumbline.feed.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.plumbline.inbound.InboundType;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/**
 * The short way and the codec alone take the same frames from the same bytes, however they arrive.
 */
class DirectFramesTest {
    private static final long SEED = 20_261_128L;
    private static final int STREAMS = 250;
    private static final int LIMIT = 70_000;
    private static final int[] OPCODES = {1, 1, 1, 1, 2, 0, 9, 10, 8, 5};

    private final Random random = new Random(SEED);

    @Test
    void takesWhatTheCodecTakes() {
        int direct = 0;
        for (int i = 0; i < STREAMS; i++) {
            final ByteBuf stream = stream();
            final Collector expected = new Collector();
            final Collector actual = new Collector();
            play(stream, new WebSocket13FrameDecoder(config()), expected);
            play(stream, new DirectFrames(config(), actual::direct), actual);
            assertEquals(expected.taken, actual.taken, "seed " + SEED + " stream " + i);
            direct += actual.direct;
            stream.release();
        }
        assertTrue(direct > STREAMS, direct + " went the short way");
    }

    @Test
    void keepsNothingOfAConnectionThatEndsWithinAFrame() {
        final EmbeddedChannel channel =
                new EmbeddedChannel(new DirectFrames(config(), (type, payload) -> {}));
        final ByteBuf read = PooledByteBufAllocator.DEFAULT.buffer();
        read.writeBytes(new byte[] {(byte) 0x81, 100, 'x', 'y'});
        channel.writeInbound(read);
        assertEquals(0, read.refCnt());
        channel.finishAndReleaseAll();
    }

    @Test
    void allocatesNothingForReadsThatEndWithinAFrame() throws InterruptedException {
        final ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        final long[] bytes = {-1};
        // As an event loop is: only such a thread keeps buffers of its own.
        final Thread loop = new FastThreadLocalThread(() -> bytes[0] = bytesForAFrameInTwo());
        loop.start();
        loop.join();
        ResourceLeakDetector.setLevel(level);
        // Of the test's channel 48, two arrays of arguments; two views a copy would be 256.
        assertTrue(bytes[0] >= 0 && bytes[0] <= 48, bytes[0] + " bytes a frame");
    }

    private static long bytesForAFrameInTwo() {
        final int frames = 20_000;
        final int[] direct = {0};
        final EmbeddedChannel channel =
                new EmbeddedChannel(new DirectFrames(config(), (type, payload) -> direct[0]++));
        channel.config().setAllocator(PooledByteBufAllocator.DEFAULT);
        final ByteBuf head = PooledByteBufAllocator.DEFAULT.directBuffer();
        head.writeByte(0x81).writeByte(100).writeBytes(new byte[40]);
        final ByteBuf rest = PooledByteBufAllocator.DEFAULT.directBuffer().writeBytes(new byte[60]);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long beforeBytes = 0;
        for (int i = 0; i < 2 * frames; i++) {
            if (i == frames) {
                beforeBytes = threads.getCurrentThreadAllocatedBytes();
            }
            channel.writeInbound(head.readerIndex(0).retain());
            channel.writeInbound(rest.readerIndex(0).retain());
        }
        final long bytes = threads.getCurrentThreadAllocatedBytes() - beforeBytes;
        assertEquals(2 * frames, direct[0]);
        head.release();
        rest.release();
        channel.finishAndReleaseAll();
        return bytes / frames;
    }

    private static WebSocketDecoderConfig config() {
        return WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(false)
                .allowExtensions(true)
                .maxFramePayloadLength(LIMIT)
                .closeOnProtocolViolation(false)
                .build();
    }

    /** Up to eight frames, now and then one that breaks the protocol. */
    private ByteBuf stream() {
        final ByteBuf out = Unpooled.buffer();
        for (int frames = random.nextInt(8); frames >= 0; frames--) {
            final int opcode = OPCODES[random.nextInt(random.nextInt(8) == 0 ? OPCODES.length : 5)];
            final int length =
                    switch (random.nextInt(20)) {
                        case 0 -> 65_536 + random.nextInt(6_000);
                        case 1 -> 126 + random.nextInt(600);
                        default -> random.nextInt(300);
                    };
            final boolean last = random.nextInt(12) != 0;
            final int reserved = random.nextInt(40) == 0 ? 0x40 : 0;
            final int mask = random.nextInt(150) == 0 ? 0x80 : 0;
            out.writeByte((last ? 0x80 : 0) | reserved | opcode);
            if (length > 65_535) {
                out.writeByte(mask | 127).writeLong(length);
            } else if (length > 125) {
                out.writeByte(mask | 126).writeShort(length);
            } else {
                out.writeByte(mask | length);
            }
            for (int i = 0; i < length; i++) {
                out.writeByte(' ' + i * 7 % 90);
            }
            if (length > 2 && random.nextInt(10) == 0) {
                out.setBytes(out.writerIndex() - 2, "é".getBytes(StandardCharsets.UTF_8));
            } else if (length > 2 && random.nextInt(40) == 0) {
                out.setByte(out.writerIndex() - 1, 0xC0);
            }
        }
        return out;
    }

    /** Arrives in pieces of any length. */
    private void play(
            final ByteBuf stream, final WebSocket13FrameDecoder decoder, final Collector into) {
        final EmbeddedChannel channel =
                new EmbeddedChannel(
                        decoder,
                        new Utf8FrameValidator(false),
                        new WebSocketFrameAggregator(LIMIT * 2),
                        into);
        final Random cuts = new Random(SEED);
        for (int at = 0; at < stream.writerIndex(); ) {
            final int most = cuts.nextInt(3) == 0 ? 6 : 50_000;
            final int length = Math.min(stream.writerIndex() - at, 1 + cuts.nextInt(most));
            final ByteBuf piece = PooledByteBufAllocator.DEFAULT.buffer(length);
            piece.writeBytes(stream, at, length);
            channel.writeInbound(piece);
            at += length;
        }
        channel.finishAndReleaseAll();
    }

    private static String words(final String kind, final ByteBuffer payload) {
        final CRC32 crc = new CRC32();
        final int length = payload.remaining();
        crc.update(payload);
        return kind + ' ' + length + ' ' + crc.getValue();
    }

    /** Frames in the same words; the first failure ends it, as it ends a session. */
    private static final class Collector extends ChannelInboundHandlerAdapter {
        private final List<String> taken = new ArrayList<>();
        private boolean failed;
        private int direct;

        void direct(final InboundType type, final ByteBuffer payload) {
            if (!failed) {
                direct++;
                taken.add(words(type.name().substring("FRAME_".length()), payload));
            }
        }

        @Override
        public void channelRead(final ChannelHandlerContext context, final Object message) {
            if (!failed && message instanceof WebSocketFrame frame) {
                final String kind = frame.getClass().getSimpleName().replace("WebSocketFrame", "");
                final String plain = frame.rsv() == 0 ? kind.toUpperCase(Locale.ROOT) : kind;
                taken.add(words(plain, frame.content().nioBuffer()));
            }
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
            if (!failed) {
                failed = true;
                taken.add(cause.getMessage());
            }
        }
    }
}
