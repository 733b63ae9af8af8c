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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the decoders of Coinbase cost and endure: no bytes per message in steady state, and no
 * exception for whatever a peer sends.
 */
class CoinbaseDecoderAllocationTest {
    private static final int ROUNDS = 20_000;
    private static final int MUTATIONS = 20_000;
    private static final List<String> EXCHANGE =
            List.of(
                    "{\"type\":\"l2update\",\"product_id\":\"BTC-USD\",\"changes\":[[\"buy\",\""
                        + "65083.66\",\"0.5\"],[\"sell\",\"65083.67\",\"0\"]],\"time\":\"2026-01-02T0"
                        + "3:04:05.123456Z\"}",
                    "{\"type\":\"snapshot\",\"product_id\":\"BTC-USD\",\"asks\":[[\"65083.67\","
                            + "\"2.5\"],[\"65084.00\",\"0.1\"]],\"bids\":[[\"65083.66\",\"0.2\"]]}",
                    "{\"type\":\"match\",\"trade_id\":7,\"maker_order_id\":\"a\",\"side\":\"sel"
                        + "l\",\"size\":\"0.01\",\"price\":\"65083.66\",\"product_id\":\"\\u0042TC-US"
                        + "D\",\"sequence\":9,\"time\":\"2026-01-02T03:04:05.123456Z\"}",
                    "{\"type\":\"ticker\",\"sequence\":9,\"product_id\":\"BTC-USD\",\"price\":"
                        + "\"65083.66\",\"best_bid\":\"65083.66\",\"best_ask\":\"65083.67\",\"time\":"
                        + "\"2026-01-02T03:04:05.1Z\",\"trade_id\":7}",
                    "{\"type\":\"match\",\"trade_id\":7,\"size\":\"0.01\",\"price\":\"1.5\",\"p"
                            + "roduct_id\":\"NO-PE\",\"sequence\":9}",
                    "{\"type\":\"heartbeat\",\"last_trade_id\":7,\"product_id\":\"BTC-USD\",\"s"
                            + "equence\":9,\"time\":\"2026-01-02T03:04:05.1Z\"}",
                    "{\"type\":\"subscriptions\",\"channels\":[{\"name\":\"matches\",\"product_"
                            + "ids\":[\"BTC-USD\"]}]}",
                    "{\"type\":\"error\",\"message\":\"Failed to subscribe\",\"reason\":\"NO-PE"
                            + " is not a valid product\"}",
                    "{\"torn\":\"mess");
    private static final List<String> ADVANCED =
            List.of(
                    "{\"channel\":\"l2_data\",\"timestamp\":\"2026-01-02T03:04:05.123456789Z\","
                        + "\"sequence_num\":4,\"events\":[{\"type\":\"update\",\"product_id\":\"BTC-U"
                        + "SD\",\"updates\":[{\"side\":\"bid\",\"event_time\":\"2026-01-02T03:04:05.1"
                        + "Z\",\"price_level\":\"65083.66\",\"new_quantity\":\"0.2\"},{\"side\":\"off"
                        + "er\",\"price_level\":\"65084\",\"new_quantity\":\"0\"}]}]}",
                    "{\"channel\":\"l2_data\",\"sequence_num\":5,\"events\":[{\"type\":\"snapsh"
                        + "ot\",\"product_id\":\"BTC-USD\",\"updates\":null},{\"type\":\"update\",\"p"
                        + "roduct_id\":\"BTC-USD\",\"updates\":[]}]}",
                    "{\"channel\":\"market_trades\",\"timestamp\":\"2026-01-02T03:04:05.1Z\",\""
                        + "sequence_num\":6,\"events\":[{\"type\":\"snapshot\",\"trades\":[{\"product"
                        + "_id\":\"BTC-USD\",\"trade_id\":\"8\",\"price\":\"1.5\",\"size\":\"2\",\"ti"
                        + "me\":\"2026-01-02T03:04:05Z\",\"side\":\"BUY\"},{\"product_id\":\"\\u0042T"
                        + "C-USD\",\"trade_id\":\"7\",\"price\":\"1.5\",\"size\":\"2\"},{\"product_id"
                        + "\":\"BTC-USD\",\"trade_id\":\"5\",\"price\":\"1.5\",\"size\":\"2\"}]}]}",
                    "{\"channel\":\"ticker\",\"sequence_num\":7,\"events\":[{\"type\":\"update"
                        + "\",\"tickers\":[{\"type\":\"ticker\",\"product_id\":\"BTC-USD\",\"price\":"
                        + "\"1.5\",\"best_bid\":\"1.4\",\"best_ask\":\"1.6\"},{\"product_id\":\"NO-US"
                        + "D\",\"price\":\"1.5\"}]}]}",
                    "{\"channel\":\"heartbeats\",\"timestamp\":\"2026-01-02T03:04:05.1Z\",\"seq"
                        + "uence_num\":8,\"events\":[{\"current_time\":\"x\",\"heartbeat_counter\":9}"
                        + "]}",
                    "{\"channel\":\"subscriptions\",\"sequence_num\":9,\"events\":[{\"subscript"
                            + "ions\":{\"level2\":[\"BTC-USD\"]}}]}",
                    "{\"channel\":\"candles\",\"sequence_num\":10,\"events\":[]}",
                    "{\"type\":\"error\",\"message\":\"NO-PE is not a valid product\"}",
                    "{\"torn\":\"mess");

    private final InboundMessage message = new InboundMessage();
    private final MarketEvent draft = new MarketEvent();
    private long events;
    private final EventHandler out = event -> events++;

    @ParameterizedTest
    @ValueSource(strings = {"coinbase-exchange", "coinbase-advanced"})
    void shouldAllocateNothingPerMessage(final String name) {
        final ThreadMXBean threads = threads();
        final Venue venue = Venues.find(name);
        final MessageDecoder decoder = decoder(venue);
        final byte[][] frames = frames(name);
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

    @ParameterizedTest
    @ValueSource(strings = {"coinbase-exchange", "coinbase-advanced"})
    void shouldAllocateNothingToTellDataAndHeartbeatsApart(final String name) {
        final ThreadMXBean threads = threads();
        final Dialogue dialogue = Venues.find(name).dialogue();
        final ByteBuffer data = ByteBuffer.wrap(frames(name)[0]);
        final ByteBuffer heartbeat =
                ByteBuffer.wrap(
                        (name.equals("coinbase-exchange")
                                        ? "{\"type\":\"heartbeat\",\"last_trade_id\":7}"
                                        : "{\"channel\":\"heartbeats\",\"sequence_num\":1}")
                                .getBytes(StandardCharsets.US_ASCII));
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
    @ParameterizedTest
    @ValueSource(strings = {"coinbase-exchange", "coinbase-advanced"})
    void shouldEndureWhateverIsSent(final String name) {
        final long seed = System.nanoTime();
        System.out.println(name + " mutations with seed " + seed);
        final Random random = new Random(seed);
        final Venue venue = Venues.find(name);
        final MessageDecoder decoder = decoder(venue);
        final Dialogue dialogue = venue.dialogue();
        dialogue.requests(List.of("ticker:BTC-USD"));
        final byte[][] frames = frames(name);
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

    private static byte[][] frames(final String name) {
        return (name.equals("coinbase-exchange") ? EXCHANGE : ADVANCED)
                .stream()
                        .map(frame -> frame.getBytes(StandardCharsets.UTF_8))
                        .toArray(byte[][]::new);
    }

    private static MessageDecoder decoder(final Venue venue) {
        final Instruments instruments = new Instruments();
        instruments.add("coinbase-exchange", "BTC/USD", "BTC-USD");
        instruments.add("coinbase-advanced", "BTC/USD", "BTC-USD");
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
