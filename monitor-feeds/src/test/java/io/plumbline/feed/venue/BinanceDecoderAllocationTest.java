package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.EventHandler;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MessageDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In steady state a message costs no bytes, escaped, unknown and unreadable ones included. */
class BinanceDecoderAllocationTest {
    private static final int ROUNDS = 20_000;
    private static final List<String> FRAMES =
            List.of(
                    "{\"stream\":\"btcusdt@bookTicker\",\"data\":{\"e\":\"bookTicker\",\"u\":7,"
                            + "\"s\":\"BTCUSDT\",\"b\":\"61800.20\",\"B\":\"2\",\"a\":\"61800.30\","
                            + "\"A\":\"1\",\"T\":1723161256313,\"E\":1723161256313}}",
                    "{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"E\":1723161256322,"
                            + "\"T\":1723161256322,\"s\":\"BTCUSDT\",\"t\":5,\"p\":\"61800.30\","
                            + "\"q\":\"0.006\",\"X\":\"MARKET\",\"m\":false}}",
                    "{\"stream\":\"btcusdt@depth@100ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":"
                            + "1723161256352,\"T\":1723161256352,\"s\":\"BTCUSDT\",\"U\":1,\"u\":2,"
                            + "\"pu\":0,\"b\":[[\"1000.00\",\"606.675\"]],\"a\":[]}}",
                    "{\"stream\":\"btcusdt@depth20\",\"data\":{\"lastUpdateId\":5,\"bids\":[],"
                            + "\"asks\":[]}}",
                    "{\"u\":7,\"s\":\"\\u0042TCUSDT\",\"b\":\"1\",\"a\":\"2\"}",
                    "{\"u\":7,\"s\":\"NOBODY\",\"b\":\"1\",\"a\":\"2\"}",
                    "{\"result\":null,\"id\":7}",
                    "{\"torn\":\"mess");

    private final Venue venue = Venues.find("binance-usdm");
    private final InboundMessage message = new InboundMessage();
    private final MarketEvent draft = new MarketEvent();
    private long events;
    private final EventHandler out = event -> events++;

    @Test
    void shouldAllocateNothingPerMessage() {
        final ThreadMXBean threads = DecoderTrial.threads();
        final Instruments instruments = new Instruments();
        instruments.add(venue.name(), "BTC/USDT:USDT", "BTCUSDT");
        final MessageDecoder decoder = venue.decoder(instruments, Venue.UnknownSymbols.IGNORE);
        final byte[][] frames =
                FRAMES.stream()
                        .map(frame -> frame.getBytes(StandardCharsets.UTF_8))
                        .toArray(byte[][]::new);
        decode(decoder, frames);
        long allocated = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 5 && allocated > 0; attempt++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            decode(decoder, frames);
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated, "bytes for " + ROUNDS * frames.length + " messages");
        assertEquals(0, events % (ROUNDS * frames.length));
    }

    @Test
    void shouldAllocateNothingToTellDataFromControl() {
        final ThreadMXBean threads = DecoderTrial.threads();
        final Dialogue dialogue = venue.dialogue();
        final ByteBuffer head = ByteBuffer.wrap(FRAMES.get(0).getBytes(StandardCharsets.US_ASCII));
        long allocated = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 5 && allocated > 0; attempt++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROUNDS; i++) {
                events += dialogue.control(head) == null ? 1 : 0;
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated);
        assertEquals(0, events % ROUNDS);
    }

    private void decode(final MessageDecoder decoder, final byte[][] frames) {
        for (int i = 0; i < ROUNDS; i++) {
            for (final byte[] frame : frames) {
                message.set(InboundType.FRAME_TEXT, 2, 1, 0, 5, frame, 0, frame.length);
                decoder.decode(message, draft.clear(), out);
            }
        }
    }
}
