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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What Bybit's decoder costs and endures: no bytes per message in steady state, and no exception
 * for whatever a peer sends.
 */
class BybitDecoderAllocationTest {
    private static final int ROUNDS = 20_000;
    private static final int MUTATIONS = 20_000;
    private static final List<String> FRAMES =
            List.of(
                    "{\"topic\":\"orderbook.200.BTCUSDT\",\"type\":\"delta\",\"ts\":1786310818130,"
                            + "\"data\":{\"s\":\"BTCUSDT\",\"b\":[[\"65095.30\",\"0.005\"],"
                            + "[\"65093.10\",\"0\"]],\"a\":[],\"u\":15076953,\"seq\":753843913870},"
                            + "\"cts\":1786310818129}",
                    "{\"topic\":\"orderbook.200.BTCUSDT\",\"ts\":\"1786310818130\",\"type\":"
                        + "\"snapshot\",\"data\":{\"s\":\"BTCUSDT\",\"b\":[[\"65095.3\",\"1\"]],"
                        + "\"a\":[[\"65096\",\"2\"]],\"u\":1,\"seq\":7}}",
                    "{\"topic\":\"orderbook.50.BTCUSDT\",\"type\":\"delta\",\"ts\":1786310818130,"
                            + "\"data\":{\"s\":\"BTCUSDT\",\"b\":[],\"a\":[],\"u\":9,\"seq\":9}}",
                    "{\"topic\":\"orderbook.1.BTCUSDT\",\"type\":\"snapshot\",\"ts\":"
                        + "1786310818131,\"data\":{\"s\":\"BTCUSDT\",\"b\":[[\"65114.20\","
                        + "\"6.0\"]],\"a\":[[\"65114.30\",\"9.1\"]],\"u\":5000,\"seq\":40},\"cts\":1}",
                    "{\"topic\":\"publicTrade.BTCUSDT\",\"type\":\"snapshot\",\"ts\":1786310820347,"
                        + "\"data\":[{\"T\":1786310820346,\"s\":\"BTCUSDT\",\"S\":\"Buy\",\"v\":"
                        + "\"0.01\",\"p\":\"1922.50\",\"L\":\"PlusTick\",\"i\":\"19d7df56\","
                        + "\"BT\":false,\"seq\":43},{\"T\":1786310820346,\"v\":\"1\",\"p\":\"2\","
                        + "\"i\":\"\\u00344d4ad26c\",\"seq\":43}]}",
                    "{\"topic\":\"tickers.BTCUSDT\",\"type\":\"snapshot\",\"data\":{\"symbol\":"
                        + "\"BTCUSDT\",\"lastPrice\":\"65114.30\",\"markPrice\":\"65117.44\","
                        + "\"indexPrice\":\"65137.76\",\"bid1Price\":\"65114.20\",\"ask1Price\":"
                        + "\"65114.30\"},\"cs\":753843900397,\"ts\":1786310817583}",
                    "{\"topic\":\"tickers.BTCUSDT\",\"type\":\"delta\",\"data\":{\"symbol\":"
                            + "\"BTCUSDT\",\"markPrice\":\"65117.43\",\"ask1Price\":\"\"},\"cs\":"
                            + "753843915209,\"ts\":1786310818183}",
                    "{\"topic\":\"tickers.NOSUCH\",\"type\":\"delta\",\"data\":{\"symbol\":"
                            + "\"NOSUCH\"},\"cs\":7,\"ts\":1786310818183}",
                    "{\"type\":\"snapshot\",\"topic\":\"kline.1.BTCUSDT\",\"data\":[],\"ts\":1}",
                    "{\"success\":true,\"ret_msg\":\"\",\"conn_id\":\"c\",\"req_id\":\"7\",\"op\":"
                            + "\"subscribe\"}",
                    "{\"success\":true,\"ret_msg\":\"pong\",\"conn_id\":\"c\",\"op\":\"ping\"}",
                    "{\"torn\":\"mess");

    private final InboundMessage message = new InboundMessage();
    private final MarketEvent draft = new MarketEvent();
    private long events;
    private final EventHandler out = event -> events++;

    @ParameterizedTest
    @ValueSource(strings = {"bybit-linear", "bybit-inverse", "bybit-spot"})
    void shouldAllocateNothingPerMessage(final String name) {
        final ThreadMXBean threads = threads();
        final MessageDecoder decoder = decoder(Venues.find(name));
        final byte[][] frames = frames();
        long allocated = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 5 && allocated > 0; attempt++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROUNDS; i++) {
                for (final byte[] frame : frames) {
                    message.set(InboundType.FRAME_TEXT, 2, 1, 0, 5, frame, 0, frame.length);
                    decoder.decode(message, draft.clear(), out);
                }
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated, "bytes for " + ROUNDS * frames.length + " messages");
        assertTrue(events > 0);
    }

    @Test
    void shouldAllocateNothingToTellData() {
        final ThreadMXBean threads = threads();
        final Dialogue dialogue = Venues.find("bybit-spot").dialogue();
        final ByteBuffer book = ByteBuffer.wrap(frames()[0]);
        final ByteBuffer kline = ByteBuffer.wrap(frames()[8]);
        long allocated = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 5 && allocated > 0; attempt++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROUNDS; i++) {
                events += dialogue.control(book) == null ? 1 : 0;
                events += dialogue.control(kline) == null ? 1 : 0;
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated);
        assertEquals(0, events % (2 * ROUNDS));
    }

    /** Bytes changed, cut out and doubled: always events, and a message is unparsed as a whole. */
    @ParameterizedTest
    @ValueSource(strings = {"bybit-linear", "bybit-spot"})
    void shouldEndureWhateverIsSent(final String name) {
        final long seed = System.nanoTime();
        System.out.println(name + " mutations with seed " + seed);
        final Random random = new Random(seed);
        final Venue venue = Venues.find(name);
        final MessageDecoder decoder = decoder(venue);
        final Dialogue dialogue = venue.dialogue();
        dialogue.requests(List.of("tickers.BTCUSDT"));
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
        instruments.add(venue.name(), "BTC", "BTCUSDT");
        return venue.decoder(instruments, Venue.UnknownSymbols.IGNORE);
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
