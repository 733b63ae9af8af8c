package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.EventHandler;
import io.plumbline.market.EventType;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MessageDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the decoder costs and endures, and the look at every record beside it. */
class ProjectXDecoderAllocationTest {
    private static final int ROUNDS = 20_000;
    private static final int MUTATIONS = 20_000;
    private static final String END = "\u001e";
    private static final List<String> FRAMES =
            List.of(
                    "{\"type\":1,\"target\":\"GatewayQuote\",\"arguments\":[\"CON.F.US.MNQ.U26\",{"
                            + "\"symbol\":\"F.US.MNQ\",\"lastPrice\":29547.25,\"bestBid\":29547,"
                            + "\"bestAsk\":29547.5,\"lastUpdated\":"
                            + "\"2026-08-19T20:51:31.417+00:00\",\"timestamp\":"
                            + "\"2026-08-19T20:51:31.4173693+00:00\"}]}"
                            + END,
                    "{\"type\":1,\"target\":\"GatewayQuote\",\"arguments\":[\"CON.F.US.MNQ.U26\",{"
                            + "\"bestAsk\":2.954775E+4,\"timestamp\":\"2026-08-19T20:51:32Z\"}]}"
                            + END
                            + "{\"type\":6}"
                            + END,
                    "{\"type\":1,\"target\":\"GatewayTrade\",\"arguments\":[\"CON.F.US.MNQ.U26\",[{"
                            + "\"symbolId\":\"F.US.MNQ\",\"price\":29547.5,\"timestamp\":"
                            + "\"2026-08-19T20:51:31.6+00:00\",\"type\":1,\"volume\":1},{\"price\":"
                            + "29547.75,\"volume\":2,\"type\":0}]]}"
                            + END,
                    "{\"type\":1,\"target\":\"GatewayDepth\",\"arguments\":[\"CON.F.US.MNQ.U26\",[{"
                            + "\"timestamp\":\"2026-08-19T20:51:32+00:00\",\"type\":6,\"price\":0,"
                            + "\"volume\":0},{\"type\":1,\"price\":29547.75,\"volume\":4},{"
                            + "\"type\":2,\"price\":29547,\"volume\":6,\"currentVolume\":0}]]}"
                            + END,
                    "{\"type\":1,\"target\":\"GatewayQuote\",\"arguments\":["
                            + "\"CON.F.US.\\u0045P.U26\",{\"bestBid\":1,\"bestAsk\":2}]}"
                            + END,
                    "{\"type\":3,\"invocationId\":\"2\",\"result\":null}" + END,
                    "{}" + END,
                    "{\"type\":7,\"error\":\"Connection closed\",\"allowReconnect\":true}" + END,
                    "{\"torn\":\"mess");

    private final InboundMessage message = new InboundMessage();
    private final MarketEvent draft = new MarketEvent();
    private long events;
    private final EventHandler out = event -> events++;

    @Test
    void shouldAllocateNothingPerMessage() {
        final ThreadMXBean threads = DecoderTrial.threads();
        final MessageDecoder decoder = decoder();
        final byte[][] frames = frames();
        long allocated = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 5 && allocated > 0; attempt++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROUNDS; i++) {
                for (final byte[] frame : frames) {
                    decode(decoder, frame, frame.length, 1 + (i & 1));
                }
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated, "bytes for " + ROUNDS * frames.length + " messages");
        assertTrue(events > 0);
    }

    @Test
    void shouldAllocateNothingToTellDataAndPingsApart() {
        final ThreadMXBean threads = DecoderTrial.threads();
        final Dialogue dialogue = Venues.find("projectx").dialogue();
        final ByteBuffer data = ByteBuffer.wrap(frames()[0]);
        final ByteBuffer ping =
                ByteBuffer.wrap(("{\"type\":6}" + END).getBytes(StandardCharsets.US_ASCII));
        long allocated = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 5 && allocated > 0; attempt++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROUNDS; i++) {
                events += dialogue.recordLength(data) == data.remaining() ? 1 : 0;
                events += dialogue.control(data) == null ? 1 : 0;
                events += dialogue.control(ping) == null ? 0 : 1;
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated);
        assertEquals(0, events % (3 * ROUNDS));
    }

    /** Bytes changed, cut out and doubled: each record is told of, as data or as unparsed. */
    @Test
    void shouldEndureWhateverIsSent() {
        final long seed = System.nanoTime();
        System.out.println("projectx mutations with seed " + seed);
        final Random random = new Random(seed);
        final MessageDecoder decoder = decoder();
        final Dialogue dialogue = Venues.find("projectx").dialogue();
        dialogue.requests(List.of("Quotes:CON.F.US.MNQ.U26"));
        final byte[][] frames = frames();
        for (int i = 0; i < MUTATIONS; i++) {
            final byte[] frame = frames[random.nextInt(frames.length)].clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                final int at = random.nextInt(frame.length);
                switch (random.nextInt(3)) {
                    case 0 -> frame[at] = (byte) random.nextInt(256);
                    case 1 -> frame[at] = (byte) "{}[]\",:0e-.\\u\u001e".charAt(random.nextInt(14));
                    default -> {
                        final int from = random.nextInt(frame.length);
                        final int length = random.nextInt(frame.length - Math.max(at, from));
                        System.arraycopy(frame, from, frame, at, length);
                    }
                }
            }
            final int length = random.nextInt(4) == 0 ? random.nextInt(frame.length) : frame.length;
            final int[] told = new int[2];
            message.set(InboundType.FRAME_TEXT, 2, 1, 0, 5, frame, 0, length);
            draft.clear().epoch = 1;
            decoder.decode(
                    message, draft, event -> told[event.type == EventType.UNPARSED ? 1 : 0]++);
            assertTrue(
                    told[0] + told[1] > 0 && told[1] <= records(frame, length),
                    () -> "seed " + seed + ": " + message.text());
            look(dialogue, ByteBuffer.wrap(frame, 0, length));
        }
    }

    private static int records(final byte[] frame, final int length) {
        int records = 1;
        for (int i = 0; i < length; i++) {
            records += frame[i] == SignalR.SEPARATOR ? 1 : 0;
        }
        return records;
    }

    /** Record by record, as a session does. */
    private static void look(final Dialogue dialogue, final ByteBuffer frame) {
        final int end = frame.limit();
        while (frame.hasRemaining()) {
            final int length = dialogue.recordLength(frame);
            assertTrue(length > 0 && length <= frame.remaining());
            frame.limit(frame.position() + length);
            dialogue.control(frame);
            dialogue.streamOf(frame);
            frame.position(frame.limit()).limit(end);
        }
    }

    private static byte[][] frames() {
        return FRAMES.stream()
                .map(frame -> frame.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    private static MessageDecoder decoder() {
        final Instruments instruments = new Instruments();
        instruments.add("projectx", "MNQ/USD:USD-2609", "CON.F.US.MNQ.U26");
        return Venues.find("projectx").decoder(instruments, Venue.UnknownSymbols.IGNORE);
    }

    private void decode(
            final MessageDecoder decoder, final byte[] frame, final int length, final int epoch) {
        message.set(InboundType.FRAME_TEXT, 2, epoch, 0, 5, frame, 0, length);
        draft.clear().epoch = epoch;
        decoder.decode(message, draft, out);
    }
}
