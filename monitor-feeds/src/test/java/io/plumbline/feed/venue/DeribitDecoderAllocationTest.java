package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
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
 * What the decoder of Deribit costs and endures: no bytes per message in steady state, and no
 * exception for whatever a peer sends.
 */
class DeribitDecoderAllocationTest {
    private static final int ROUNDS = 20_000;
    private static final int MUTATIONS = 20_000;
    private static final List<String> FRAMES =
            List.of(
                    data(
                            "book.BTC-PERPETUAL.100ms",
                            "{\"type\":\"change\",\"timestamp\":1790000000000,\"prev_change_id\":7,"
                                    + "\"instrument_name\":\"BTC-PERPETUAL\",\"change_id\":10,"
                                    + "\"bids\":[[\"change\",60000.5,2.2e3]],\"asks\":[[\"delete\","
                                    + "60001.5,0.0],[\"new\",60002.0,10.0]]}"),
                    data(
                            "book.BTC-PERPETUAL.100ms",
                            "{\"type\":\"snapshot\",\"timestamp\":1790000000000,"
                                    + "\"prev_change_id\":null,\"instrument_name\":"
                                    + "\"BTC-\\u0050ERPETUAL\",\"change_id\":7,\"bids\":[[\"new\","
                                    + "60000.5,120.0]],\"asks\":[[\"new\",60001.5,0.5]]}"),
                    data(
                            "trades.BTC-PERPETUAL.100ms",
                            "[{\"trade_seq\":7,\"trade_id\":\"90\",\"timestamp\":1790000000000,"
                                    + "\"price\":60000.5,\"instrument_name\":\"BTC-PERPETUAL\","
                                    + "\"amount\":40.0},{\"trade_seq\":8,\"price\":60000.5,"
                                    + "\"instrument_name\":\"BTC-PERPETUAL\",\"amount\":4e1}]"),
                    data(
                            "ticker.BTC-PERPETUAL.100ms",
                            "{\"timestamp\":1790000000000,\"stats\":{\"volume\":null},"
                                    + "\"mark_price\":60000.81,\"last_price\":60000.5,"
                                    + "\"instrument_name\":\"BTC-PERPETUAL\",\"index_price\":"
                                    + "60002.1,\"best_bid_price\":60000.5,\"best_ask_price\":0.0}"),
                    data(
                            "ticker.NOPE.100ms",
                            "{\"timestamp\":1,\"instrument_name\":\"NOPE\",\"best_bid_price\":1.0,"
                                    + "\"best_ask_price\":2.0}"),
                    data("platform_state", "{\"maintenance\":false}"),
                    "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":[\"book.BTC-PERPETUAL.100ms\"]}",
                    "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{\"version\":\"1.2.26\"}}",
                    "{\"jsonrpc\":\"2.0\",\"id\":2,\"error\":{\"code\":13778,\"message\":\"no\"}}",
                    "{\"jsonrpc\":\"2.0\",\"method\":\"heartbeat\",\"params\":{\"type\":"
                            + "\"test_request\"}}",
                    "{\"torn\":\"mess");

    private final InboundMessage message = new InboundMessage();
    private final MarketEvent draft = new MarketEvent();
    private long events;
    private final EventHandler out = event -> events++;

    private static String data(final String channel, final String data) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":{\"channel\":\""
                + channel
                + "\",\"data\":"
                + data
                + "}}";
    }

    @Test
    void shouldAllocateNothingPerMessage() {
        final ThreadMXBean threads = threads();
        final MessageDecoder decoder = decoder();
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
    void shouldAllocateNothingToTellDataApart() {
        final ThreadMXBean threads = threads();
        final Dialogue dialogue = Venues.find("deribit").dialogue();
        final ByteBuffer data = ByteBuffer.wrap(frames()[0]);
        long allocated = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 5 && allocated > 0; attempt++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROUNDS; i++) {
                events += dialogue.control(data) == null ? 1 : 0;
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated);
        assertEquals(0, events % ROUNDS);
        assertTrue(events > 0);
    }

    /** Bytes changed, cut out and doubled: always events, and a message is unparsed as a whole. */
    @Test
    void shouldEndureWhateverIsSent() {
        final long seed = System.nanoTime();
        System.out.println("deribit mutations with seed " + seed);
        final Random random = new Random(seed);
        final MessageDecoder decoder = decoder();
        final Dialogue dialogue = Venues.find("deribit").dialogue();
        assertNotNull(dialogue.requests(List.of("book.BTC-PERPETUAL.100ms")));
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

    private static MessageDecoder decoder() {
        final Instruments instruments = new Instruments();
        instruments.add("deribit", "BTC/USD:BTC", "BTC-PERPETUAL");
        return Venues.find("deribit").decoder(instruments, Venue.UnknownSymbols.IGNORE);
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
