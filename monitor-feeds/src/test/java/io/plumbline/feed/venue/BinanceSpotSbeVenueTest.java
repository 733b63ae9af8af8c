package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.venue.Dialogue.Control;
import io.plumbline.feed.venue.Dialogue.Request;
import io.plumbline.feed.venue.Venue.ConnectionPlan;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.BookLevels;
import io.plumbline.market.Channel;
import io.plumbline.market.Decimal;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MessageDecoder;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

class BinanceSpotSbeVenueTest {
    /** Written by hand from the layout: prices in hundredths, quantities in hundred-thousandths. */
    private static final String QUOTE =
            "3200112701000000f0d135e5341f06003e25d1a90b000000fefb49ff5d00000000"
                    + "00098d0200000000004aff5d00000000002b120400000000000742544355534454";

    private static final String DIFF =
            "1a00132701000000f2d135e5341f06003625d1a90b0000003e25d1a90b000000fefb"
                    + "1000010049ff5d0000000000098d020000000000100002004aff5d0000000000"
                    + "2b12040000000000acff5d000000000000000000000000000742544355534454";

    private static final String TRADES =
            "1200102701000000f1d135e5341f06008cd135e5341f0600fefb190002000000"
                    + "111baade000000004aff5d0000000000e80300000000000000"
                    + "121baade000000004bff5d000000000090d0030000000000010742544355534454";

    private final Venue venue = Venues.find("binance-spot-sbe");

    @Test
    void shouldPlanTheBinaryStreams() {
        assertEquals(
                List.of(
                        new ConnectionPlan(
                                "stream",
                                URI.create("wss://stream-sbe.binance.com:9443/stream"),
                                List.of(
                                        "btcusdt@bestBidAsk",
                                        "btcusdt@trade",
                                        "btcusdt@depth",
                                        "btcusdt@depth20"))),
                venue.plan(List.of("BTCUSDT"), venue.channels(), null));
        assertTrue(
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        venue.plan(
                                                List.of("BTCUSDT"),
                                                EnumSet.of(Channel.AGG_TRADE),
                                                null))
                        .getMessage()
                        .startsWith("binance-spot-sbe has no channel \"aggTrade\""));
        assertEquals("BTCUSDT", venue.toVenueSymbol("BTC/USDT"));
        assertEquals("币安人生/USDT", venue.toSymbol("币安人生USDT"));
        assertTrue(
                assertThrows(
                                IllegalArgumentException.class,
                                () -> venue.toVenueSymbol("BTC/USDT:USDT"))
                        .getMessage()
                        .contains("is not a symbol of binance-spot-sbe"));
    }

    @Test
    void shouldShowItsKeyInAHeaderAndNowhereElse() {
        final Venue.Access access = venue.access("the-key");
        assertEquals(new Venue.Access("", Map.of("X-MBX-APIKEY", "the-key"), "the-key"), access);
        assertFalse(access.toString().contains("the-key"));
    }

    @Test
    void shouldTellBinaryDataFromText() {
        final Dialogue dialogue = venue.dialogue();
        assertEquals(
                List.of(
                        Request.of(
                                "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@trade\"],"
                                        + "\"id\":1}")),
                dialogue.requests(List.of("btcusdt@trade")));
        for (final String data : List.of(QUOTE, DIFF, TRADES, "7b" + QUOTE.substring(2))) {
            assertNull(dialogue.control(bytes(data)));
        }
        assertEquals(
                new Control(Control.Kind.ACK, 1, ""),
                dialogue.control(text("{\"result\":null,\"id\":1}")));
        assertEquals(
                new Control(Control.Kind.SHUTDOWN, -1, "serverShutdown"),
                dialogue.control(text("{\"e\":\"serverShutdown\",\"E\":1}")));
        assertEquals(Control.Kind.OTHER, dialogue.control(text("{}")).kind());
    }

    @Test
    void shouldNameTheStreamOfAMessageThatIsShownWhole() {
        final Dialogue dialogue = venue.dialogue();
        assertEquals("btcusdt@bestBidAsk", dialogue.streamOf(bytes(QUOTE)));
        assertEquals("btcusdt@depth", dialogue.streamOf(bytes(DIFF)));
        assertEquals("btcusdt@trade", dialogue.streamOf(bytes(TRADES)));
        assertEquals(
                "btcusdt@depth20",
                dialogue.streamOf(
                        bytes(
                                "1200122701000000f0d135e5341f06003e25d1a90b000000fefb"
                                        + "1000000010000000"
                                        + "0742544355534454")));
        for (final String whole : List.of(QUOTE, DIFF, TRADES)) {
            for (int length = 0; length < whole.length(); length += 2) {
                assertNull(dialogue.streamOf(bytes(whole.substring(0, length))), whole);
            }
        }
        assertNull(dialogue.streamOf(bytes("0000000001000000")), "another template");
    }

    @Test
    void shouldReadWhatTheLayoutSays() {
        assertEquals(
                List.of("bookTicker 50093696318 1723161904534000000 bid=61602.01 ask=61602.02"),
                events(QUOTE));
        assertEquals(
                List.of(
                        "trade 3735690001 1723161904534001000 price=61602.02 quantity=0.01",
                        "trade 3735690002 1723161904534001000 price=61602.03 quantity=2.5"),
                events(TRADES));
        assertEquals(
                List.of(
                        "depth 50093696318 1723161904534002000 from 50093696310: bid"
                                + " 61602.01x1.67177, ask 61602.02x2.66795, ask 61603x0"),
                events(DIFF));
    }

    /** Only four methods of the buffer are read by, and none of them throws. */
    @Test
    void shouldAnswerWithZeroBeyondTheEnd() {
        final SbeFrame frame = new SbeFrame();
        final byte[] bytes = {9, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        frame.begin(bytes, 1, 8);
        final ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        assertEquals(0x0807060504030201L, frame.getLong(0, order));
        assertEquals(0x05040302, frame.getInt(1, order));
        assertEquals(0x0807, frame.getShort(6, order));
        assertEquals(8, frame.getByte(7));
        assertFalse(frame.overrun());
        assertEquals(0, frame.getLong(1, order));
        assertTrue(frame.overrun());
        for (final int index : new int[] {-1, 8, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            frame.begin(bytes, 1, 8);
            assertEquals(0, frame.getByte(index));
            assertEquals(0, frame.getShort(index, order));
            assertEquals(0, frame.getInt(index, order));
            assertTrue(frame.overrun());
        }
        final DirectBuffer other = frame;
        assertThrows(UnsupportedOperationException.class, () -> other.getStringUtf8(0));
    }

    private List<String> events(final String hex) {
        final Instruments instruments = new Instruments();
        instruments.add("binance-spot-sbe", "BTC/USDT", "BTCUSDT");
        final MessageDecoder decoder = venue.decoder(instruments, Venue.UnknownSymbols.IGNORE);
        final InboundMessage message = new InboundMessage();
        // Not at the beginning of its array, as in the ring.
        final byte[] padded = HexFormat.of().parseHex("ffff" + hex + "ffff");
        message.set(InboundType.FRAME_BINARY, 0, 1, 0, 5, padded, 2, padded.length - 4);
        final List<String> events = new ArrayList<>();
        decoder.decode(message, new MarketEvent().clear(), event -> events.add(words(event)));
        return events;
    }

    private static String words(final MarketEvent event) {
        final StringBuilder out = new StringBuilder(event.channel.label());
        out.append(' ').append(event.lastSequence).append(' ').append(event.venueNs);
        out.append(event.price.isGiven() ? " price=" + event.price : "");
        out.append(event.quantity.isGiven() ? " quantity=" + event.quantity : "");
        out.append(event.bid.isGiven() ? " bid=" + event.bid : "");
        out.append(event.ask.isGiven() ? " ask=" + event.ask : "");
        final BookLevels levels = event.levels;
        String separator = " from " + event.firstSequence + ": ";
        for (int i = 0; i < levels.count(); i++) {
            out.append(separator).append(levels.isBid(i) ? "bid " : "ask ");
            out.append(new Decimal().set(levels.price(i), levels.priceExponent(i))).append('x');
            out.append(new Decimal().set(levels.size(i), levels.sizeExponent(i)));
            separator = ", ";
        }
        return out.toString();
    }

    private static ByteBuffer bytes(final String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }

    private static ByteBuffer text(final String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
