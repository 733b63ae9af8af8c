package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.ThreadMXBean;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.EventHandler;
import io.plumbline.market.EventType;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MessageDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What the binary decoder costs and endures: no bytes per message, no exception. */
class BinanceSbeAllocationTest {
    private static final String VENUE = "binance-spot-sbe";
    private static final int ROUNDS = 5_000;
    private static final int MUTATIONS = 20_000;

    private final InboundMessage message = new InboundMessage();
    private final MarketEvent draft = new MarketEvent();
    private long events;
    private final EventHandler out = event -> events++;

    @Test
    void shouldAllocateNothingPerMessage() throws IOException {
        final MessageDecoder decoder = decoder();
        shouldAllocateNothing(
                frames(true),
                (frame, payload) -> {
                    message.set(InboundType.FRAME_BINARY, 2, 1, 0, 5, frame, 0, frame.length);
                    decoder.decode(message, draft.clear(), out);
                });
    }

    @Test
    void shouldAllocateNothingToTellDataFromText() throws IOException {
        final Dialogue dialogue = Venues.find(VENUE).dialogue();
        shouldAllocateNothing(
                frames(false),
                (frame, payload) -> events += dialogue.control(payload) == null ? 1 : 0);
        assertEquals(0, events % (ROUNDS * frames(false).length));
    }

    private void shouldAllocateNothing(
            final byte[][] frames, final BiConsumer<byte[], ByteBuffer> step) {
        final ThreadMXBean threads = DecoderTrial.threads();
        final ByteBuffer[] payloads = new ByteBuffer[frames.length];
        for (int i = 0; i < frames.length; i++) {
            payloads[i] = ByteBuffer.wrap(frames[i]);
        }
        long allocated = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 5 && allocated > 0; attempt++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROUNDS; i++) {
                for (int k = 0; k < frames.length; k++) {
                    step.accept(frames[k], payloads[k]);
                }
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated, "bytes for " + ROUNDS * frames.length + " messages");
        assertTrue(events > 0);
    }

    /** Bytes changed, cut out and doubled: always events, and a message is unparsed as a whole. */
    @Test
    void shouldEndureWhateverIsSent() throws IOException {
        final long seed = System.nanoTime();
        System.out.println(VENUE + " mutations with seed " + seed);
        final Random random = new Random(seed);
        final MessageDecoder decoder = decoder();
        final Dialogue dialogue = Venues.find(VENUE).dialogue();
        final byte[][] frames = frames(true);
        for (int i = 0; i < MUTATIONS; i++) {
            final byte[] frame = frames[random.nextInt(frames.length)].clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                final int at = random.nextInt(frame.length);
                switch (random.nextInt(3)) {
                    case 0 -> frame[at] = (byte) random.nextInt(256);
                    case 1 -> frame[at] = (byte) (random.nextBoolean() ? 0xFF : 0);
                    default -> {
                        final int from = random.nextInt(frame.length);
                        final int length = random.nextInt(frame.length - Math.max(at, from));
                        System.arraycopy(frame, from, frame, at, length);
                    }
                }
            }
            final int length = random.nextInt(4) == 0 ? random.nextInt(frame.length) : frame.length;
            final int[] told = new int[2];
            message.set(InboundType.FRAME_BINARY, 2, 1, 0, 5, frame, 0, length);
            decoder.decode(
                    message,
                    draft.clear(),
                    event -> told[event.type == EventType.UNPARSED ? 1 : 0]++);
            assertTrue(
                    told[1] == 0 ? told[0] > 0 : told[1] == 1 && told[0] == 0,
                    () -> "seed " + seed + ": " + java.util.HexFormat.of().formatHex(frame));
            dialogue.control(ByteBuffer.wrap(frame, 0, length));
            dialogue.streamOf(ByteBuffer.wrap(frame, 0, length));
        }
    }

    /**
     * The binary messages of the venue's vectors.
     *
     * @param torn those too that are none
     */
    private static byte[][] frames(final boolean torn) throws IOException {
        final List<byte[]> frames = new ArrayList<>();
        for (final ConformanceVector vector : ConformanceVector.all()) {
            for (final JsonNode line : vector.lines()) {
                if (vector.venue().name().equals(VENUE)
                        && line.has("hex")
                        && (torn || !vector.name().equals("torn"))) {
                    frames.add(ConformanceVector.bytes(line));
                }
            }
        }
        return frames.toArray(new byte[0][]);
    }

    private static MessageDecoder decoder() {
        final Instruments instruments = new Instruments();
        instruments.add(VENUE, "BTC/USDT", "BTCUSDT");
        return Venues.find(VENUE).decoder(instruments, Venue.UnknownSymbols.IGNORE);
    }
}
