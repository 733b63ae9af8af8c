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
 * What the decoders of Kraken cost and endure: no bytes per message in steady state, and no
 * exception for whatever a peer sends.
 */
class KrakenDecoderAllocationTest {
    private static final int ROUNDS = 20_000;
    private static final int MUTATIONS = 20_000;
    private static final List<String> SPOT =
            List.of(
                    "{\"channel\":\"book\",\"type\":\"snapshot\",\"data\":[{\"symbol\":\"BTC/USD\","
                            + "\"bids\":[{\"price\":65083.10,\"qty\":0.00500000}],\"asks\":["
                            + "{\"price\":65083.20,\"qty\":2.00000000}],\"checksum\":4294967295}]}",
                    "{\"channel\":\"trade\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\","
                            + "\"side\":\"buy\",\"price\":1.1,\"qty\":2.0,\"trade_id\":7,"
                            + "\"timestamp\":\"2026-01-02T03:04:05.123456Z\"},{\"symbol\":"
                            + "\"\\u0042TC/USD\",\"price\":1.1,\"qty\":2.0,\"trade_id\":8}]}",
                    "{\"channel\":\"ticker\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\","
                            + "\"bid\":65083.10,\"ask\":65083.20,\"last\":65083.10}]}",
                    "{\"channel\":\"ticker\",\"type\":\"update\",\"data\":[{\"symbol\":\"NO/PE\","
                            + "\"bid\":1.0,\"ask\":2.0}]}",
                    "{\"method\":\"subscribe\",\"req_id\":1,\"result\":{\"channel\":\"book\","
                            + "\"depth\":100,\"symbol\":\"BTC/USD\"},\"success\":true}",
                    "{\"channel\":\"status\",\"type\":\"update\",\"data\":[{\"system\":\"online\"}]}",
                    "{\"channel\":\"heartbeat\"}",
                    "[320,{\"a\":[[\"61308.50000\",\"0.00000000\",\"1617666539.868687\"]]},{\"b\":[["
                        + "\"58740.00000\",\"0.10000000\",\"1617666539.868700\",\"r\"]],\"c\":"
                        + "\"3910794174\"},\"book-1000\",\"XBT\\/USD\"]",
                    "[337,[[\"0.10\",\"1000.0\",\"1617666424.100000\",\"s\",\"l\",\"\"],[\"0.11\","
                            + "\"1.0\",\"1617666424.2\",\"s\",\"l\",\"\"]],\"trade\",\"XBT/USD\"]",
                    "[340,{\"a\":[\"58729.4\",0,\"0.4\"],\"b\":[\"58724.8\",0,\"0.3\"],\"c\":["
                            + "\"58725.0\",\"0.1\"]},\"ticker\",\"XBT/USD\"]",
                    "[341,[\"58724.8\",\"58729.4\",\"1617666424.2\"],\"spread\",\"XBT/USD\"]",
                    "{\"torn\":\"mess");
    private static final List<String> FUTURES =
            List.of(
                    "{\"feed\":\"book\",\"product_id\":\"PF_XBTUSD\",\"side\":\"sell\",\"seq\":101,"
                            + "\"price\":2005.05,\"qty\":0.0,\"timestamp\":1626994927744}",
                    "{\"feed\":\"book_snapshot\",\"product_id\":\"PF_XBTUSD\",\"seq\":100,\"bids\":["
                        + "{\"price\":2004.85,\"qty\":4787.0}],\"asks\":[{\"price\":2005.05,"
                        + "\"qty\":50.0}]}",
                    "{\"feed\":\"trade\",\"product_id\":\"PF_XBTUSD\",\"uid\":\"a\",\"side\":"
                            + "\"buy\",\"type\":\"fill\",\"seq\":7,\"time\":1626994936490,\"qty\":"
                            + "40.0,\"price\":2005.2}",
                    "{\"time\":1680811086487,\"product_id\":\"PF_XBTUSD\",\"funding_rate\":-6.7e-9,"
                            + "\"feed\":\"ticker\",\"bid\":28060,\"ask\":28070,\"index\":28075.54,"
                            + "\"last\":28057,\"markPrice\":28057.3}",
                    "{\"feed\":\"book\",\"product_id\":\"NOPE\",\"side\":\"buy\",\"seq\":1,"
                            + "\"price\":1.0,\"qty\":1.0}",
                    "{\"event\":\"subscribed\",\"feed\":\"book\",\"product_ids\":[\"PF_XBTUSD\"]}",
                    "{\"feed\":\"heartbeat\",\"time\":1534262350627}",
                    "{\"torn\":\"mess");

    private final InboundMessage message = new InboundMessage();
    private final MarketEvent draft = new MarketEvent();
    private long events;
    private final EventHandler out = event -> events++;

    @ParameterizedTest
    @ValueSource(strings = {"kraken", "kraken-futures"})
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
    @ValueSource(strings = {"kraken", "kraken-futures"})
    void shouldAllocateNothingToTellDataAndHeartbeatsApart(final String name) {
        final ThreadMXBean threads = threads();
        final Dialogue dialogue = Venues.find(name).dialogue();
        final ByteBuffer data = ByteBuffer.wrap(frames(name)[0]);
        final ByteBuffer heartbeat =
                ByteBuffer.wrap(
                        (name.equals("kraken")
                                        ? "{\"channel\":\"heartbeat\"}"
                                        : "{\"feed\":\"heartbeat\",\"time\":1}")
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
    @ValueSource(strings = {"kraken", "kraken-futures"})
    void shouldEndureWhateverIsSent(final String name) {
        final long seed = System.nanoTime();
        System.out.println(name + " mutations with seed " + seed);
        final Random random = new Random(seed);
        final Venue venue = Venues.find(name);
        final MessageDecoder decoder = decoder(venue);
        final Dialogue dialogue = venue.dialogue();
        dialogue.requests(List.of("book:BTC/USD"));
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
        return (name.equals("kraken") ? SPOT : FUTURES)
                .stream()
                        .map(frame -> frame.getBytes(StandardCharsets.UTF_8))
                        .toArray(byte[][]::new);
    }

    private static MessageDecoder decoder(final Venue venue) {
        final Instruments instruments = new Instruments();
        instruments.add("kraken", "BTC/USD", "BTC/USD");
        instruments.add("kraken-futures", "BTC/USD:USD", "PF_XBTUSD");
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
