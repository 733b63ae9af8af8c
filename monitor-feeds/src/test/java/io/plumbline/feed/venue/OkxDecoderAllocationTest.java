package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.EventHandler;
import io.plumbline.market.EventType;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MessageDecoder;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What the decoder of OKX costs and endures: no bytes per message in steady state, and no exception
 * for whatever a peer sends.
 */
class OkxDecoderAllocationTest {
    private static final int ROUNDS = 20_000;
    private static final int MUTATIONS = 20_000;
    private static final List<String> FRAMES =
            List.of(
                    "{\"arg\":{\"channel\":\"books\",\"instId\":\"BTC-USDT\"},\"action\":"
                            + "\"update\",\"data\":[{\"asks\":[[\"65083.2\",\"7\",\"0\",\"1\"]],"
                            + "\"bids\":[[\"65083.1\",\"0\",\"0\",\"0\"]],\"ts\":\"1782000000000\","
                            + "\"checksum\":-1834972184,\"seqId\":1076,\"prevSeqId\":1000}]}",
                    "{\"arg\":{\"channel\":\"books-l2-tbt\",\"instId\":\"BTC-USDT\"},\"action\":"
                            + "\"snapshot\",\"data\":[{\"asks\":[[\"65083.2\",\"7\",\"0\",\"1\"]],"
                            + "\"bids\":[],\"ts\":\"1782000000000\",\"checksum\":0}]}",
                    "{\"arg\":{\"channel\":\"bbo-tbt\",\"instId\":\"BTC-USDT\"},\"data\":[{"
                            + "\"asks\":[[\"65083.2\",\"7\",\"0\",\"1\"]],\"bids\":[[\"65083.1\","
                            + "\"1\",\"0\",\"1\"]],\"ts\":\"1782000000000\",\"seqId\":1076}]}",
                    "{\"arg\":{\"channel\":\"tickers\",\"instId\":\"BTC-USDT\"},\"data\":[{"
                            + "\"instType\":\"SPOT\",\"last\":\"65083.1\",\"askPx\":\"65083.2\","
                            + "\"bidPx\":\"\",\"ts\":\"1782000000000\"}]}",
                    "{\"arg\":{\"channel\":\"trades\",\"instId\":\"\\u0042TC-USDT\"},\"data\":["
                            + "{\"tradeId\":\"7\",\"px\":\"1.1\",\"sz\":\"2\",\"side\":\"buy\","
                            + "\"ts\":\"1782000000000\",\"count\":\"3\",\"seqId\":1},{\"tradeId\":"
                            + "\"8\",\"px\":\"1.1\",\"sz\":\"2\",\"ts\":\"1782000000000\"}]}",
                    "{\"arg\":{\"channel\":\"trades-all\",\"instId\":\"NO-PE\"},\"data\":[{"
                            + "\"tradeId\":\"7\",\"px\":\"1.1\",\"sz\":\"2\"}]}",
                    "{\"arg\":{\"channel\":\"mark-price\",\"instId\":\"BTC-USDT\"},\"data\":[{"
                            + "\"markPx\":\"1.1\",\"ts\":\"1782000000000\"}]}",
                    "{\"arg\":{\"channel\":\"funding-rate\",\"instId\":\"BTC-USDT\"},\"data\":["
                            + "]}",
                    "{\"id\":\"1\",\"event\":\"subscribe\",\"arg\":{\"channel\":\"books\","
                            + "\"instId\":\"BTC-USDT\"},\"connId\":\"a4d3ae55\"}",
                    "{\"event\":\"error\",\"code\":\"60018\",\"msg\":\"Wrong URL\"}",
                    "pong",
                    "{\"torn\":\"mess");

    private final InboundMessage message = new InboundMessage();
    private final MarketEvent draft = new MarketEvent();
    private long events;
    private final EventHandler out = event -> events++;

    @Test
    void shouldAllocateNothingPerMessage() {
        final ThreadMXBean threads = threads();
        final Venue venue = Venues.find("okx");
        final MessageDecoder decoder = decoder(venue);
        final byte[][] frames = frames();
        long allocated = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 5 && allocated > 0; attempt++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROUNDS; i++) {
                for (final byte[] frame : frames) {
                    decode(decoder, frame, frame.length);
                }
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated, "bytes for " + ROUNDS * frames.length + " messages");
        assertTrue(events > 0);
    }

    @Test
    void shouldAllocateNothingToTellDataAndHeartbeatsApart() {
        final ThreadMXBean threads = threads();
        final Dialogue dialogue = Venues.find("okx").dialogue();
        final ByteBuffer data = ByteBuffer.wrap(frames()[0]);
        final ByteBuffer heartbeat = ByteBuffer.wrap("pong".getBytes(StandardCharsets.US_ASCII));
        long allocated = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 5 && allocated > 0; attempt++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROUNDS; i++) {
                events += dialogue.control(data) == null ? 1 : 0;
                events += dialogue.control(heartbeat) == null ? 0 : 1;
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated);
        assertEquals(0, events % (2 * ROUNDS));
    }

    /** Bytes changed, cut out and doubled: always events, and a message is unparsed as a whole. */
    @Test
    void shouldEndureWhateverIsSent() {
        final long seed = System.nanoTime();
        System.out.println("okx mutations with seed " + seed);
        final Random random = new Random(seed);
        final Venue venue = Venues.find("okx");
        final MessageDecoder decoder = decoder(venue);
        final Dialogue dialogue = venue.dialogue();
        dialogue.requests(List.of("books:BTC-USDT"));
        final byte[][] frames = frames();
        for (int i = 0; i < MUTATIONS; i++) {
            final byte[] frame = frames[random.nextInt(frames.length)].clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                final int at = random.nextInt(frame.length);
                switch (random.nextInt(3)) {
                    case 0 -> frame[at] = (byte) random.nextInt(256);
                    case 1 -> frame[at] = (byte) "{}[]\",:0e-.\\u".charAt(random.nextInt(13));
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
            decoder.decode(
                    message,
                    draft.clear(),
                    event -> told[event.type == EventType.UNPARSED ? 1 : 0]++);
            assertTrue(
                    told[1] == 0 ? told[0] > 0 : told[1] == 1 && told[0] == 0,
                    () -> "seed " + seed + ": " + message.text());
            dialogue.control(ByteBuffer.wrap(frame, 0, length));
            dialogue.streamOf(ByteBuffer.wrap(frame, 0, length));
        }
    }

    private static byte[][] frames() {
        return FRAMES.stream()
                .map(frame -> frame.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    private static MessageDecoder decoder(final Venue venue) {
        final Instruments instruments = new Instruments();
        instruments.add("okx", "BTC/USDT", "BTC-USDT");
        return venue.decoder(instruments, Venue.UnknownSymbols.IGNORE);
    }

    private void decode(final MessageDecoder decoder, final byte[] frame, final int length) {
        message.set(InboundType.FRAME_TEXT, 2, 1, 0, 5, frame, 0, length);
        decoder.decode(message, draft.clear(), out);
    }

    private static ThreadMXBean threads() {
        final java.lang.management.ThreadMXBean bean = ManagementFactory.getThreadMXBean();
        assumeTrue(
                bean instanceof ThreadMXBean measured
                        && measured.isThreadAllocatedMemorySupported()
                        && measured.isThreadAllocatedMemoryEnabled(),
                "this JVM does not count allocated bytes per thread");
        return (ThreadMXBean) bean;
    }
}
