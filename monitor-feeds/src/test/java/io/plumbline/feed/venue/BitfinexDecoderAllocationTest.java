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

/** What Bitfinex's decoder costs and endures: no bytes per message, no exception. */
class BitfinexDecoderAllocationTest {
    private static final int ROUNDS = 20_000;
    private static final int MUTATIONS = 20_000;
    private static final byte[][] FRAMES =
            List.of(
                            "{\"event\":\"subscribed\",\"channel\":\"ticker\",\"chanId\":101,"
                                    + "\"symbol\":\"tBTCUSD\",\"pair\":\"BTCUSD\"}",
                            "{\"event\":\"subscribed\",\"channel\":\"trades\",\"chanId\":102,"
                                    + "\"symbol\":\"t\\u0042TCUSD\",\"pair\":\"BTCUSD\"}",
                            "{\"event\":\"subscribed\",\"channel\":\"book\",\"chanId\":103,"
                                    + "\"symbol\":\"tBTCUSD\",\"prec\":\"P0\",\"freq\":\"F0\","
                                    + "\"len\":\"100\",\"pair\":\"BTCUSD\"}",
                            "[101,[60400,1.5,60401,2.5,-120,-0.002,60399,350.25,61000,59000],1]",
                            "[102,[[1700000002,1767323045000,0.5,60401],[1700000001,"
                                    + "1767323044000,-0.1,60400]],2]",
                            "[102,\"te\",[1700000003,1767323045123,-0.25,60400],3]",
                            "[102,\"tu\",[1700000003,1767323045123,-0.25,60400],4]",
                            "[103,[[60400,2,1.5],[60399,1,0.5],[60401,1,-2.5],[6e4,3,-1e-7]],5]",
                            "[103,[60400,0,1],6]",
                            "[103,\"cs\",-1537684287,7]",
                            "[103,\"hb\",8]",
                            "[999,[60400,1,1.25],9]",
                            "{\"event\":\"pong\",\"ts\":1767323045123,\"cid\":1}",
                            "{\"event\":\"info\",\"code\":20051,\"msg\":\"Stopping\"}",
                            "{\"event\":\"error\",\"msg\":\"symbol: invalid\",\"code\":10300}",
                            "[103,[60400,1")
                    .stream()
                    .map(frame -> frame.getBytes(StandardCharsets.UTF_8))
                    .toArray(byte[][]::new);

    private final InboundMessage message = new InboundMessage();
    private final MarketEvent draft = new MarketEvent();
    private long events;
    private final EventHandler out = event -> events++;

    @Test
    void shouldAllocateNothingPerMessage() {
        final ThreadMXBean threads = threads();
        final MessageDecoder decoder = decoder();
        long allocated = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 5 && allocated > 0; attempt++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROUNDS; i++) {
                for (final byte[] frame : FRAMES) {
                    message.set(InboundType.FRAME_TEXT, 2, 1, 0, 5, frame, 0, frame.length);
                    decoder.decode(message, draft.clear(), out);
                }
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated, "bytes for " + ROUNDS * FRAMES.length + " messages");
        assertTrue(events > 0);
    }

    @Test
    void shouldAllocateNothingToTellDataAndHeartbeatsApart() {
        final ThreadMXBean threads = threads();
        final Dialogue dialogue = Venues.find("bitfinex").dialogue();
        final ByteBuffer data = ByteBuffer.wrap(FRAMES[8]);
        final ByteBuffer heartbeat = ByteBuffer.wrap(FRAMES[10]);
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
        System.out.println("bitfinex mutations with seed " + seed);
        final Random random = new Random(seed);
        final MessageDecoder decoder = decoder();
        final Dialogue dialogue = Venues.find("bitfinex").dialogue();
        dialogue.requests(List.of("book:tBTCUSD"));
        for (int i = 0; i < MUTATIONS; i++) {
            final byte[] frame = FRAMES[random.nextInt(FRAMES.length)].clone();
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
            message.set(InboundType.FRAME_TEXT, 2, 1 + i / 1_000, 0, 5, frame, 0, length);
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

    private static MessageDecoder decoder() {
        final Instruments instruments = new Instruments();
        instruments.add("bitfinex", "BTC/USD", "tBTCUSD");
        return Venues.find("bitfinex").decoder(instruments, Venue.UnknownSymbols.IGNORE);
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
