package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.venue.Dialogue.Control;
import io.plumbline.feed.venue.Dialogue.Request;
import io.plumbline.feed.venue.Venue.ConnectionPlan;
import io.plumbline.feed.venue.Venue.Reference;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.Channel;
import io.plumbline.market.EventType;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MessageDecoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BitfinexVenueTest {
    private final Venue bitfinex = Venues.find("bitfinex");

    @ParameterizedTest
    @CsvSource({
        "BTC/USD, tBTCUSD",
        "DOGE/USD, tDOGE:USD",
        "BTC/USDT, tBTCUST",
        "USDT/USD, tUSTUSD",
        "AVAX/USDT, tAVAX:UST",
        "ETH/MANA, tETHMNA",
        "LUNA/USD, tLUNA2:USD",
        "LUNC/USD, tLUNA:USD",
        "BTC/USDT:USDT, tBTCF0:USTF0",
        "1000PEPE/USDT:USDT, t1000PEPEF0:USTF0",
        "ETH/BTC:BTC, tETHF0:BTCF0",
        "币安人/USD, t币安人USD",
        "币安人生/USDT:USDT, t币安人生F0:USTF0",
    })
    void shouldNamePairsAndPerpetualsBothWays(final String symbol, final String venueSymbol) {
        assertEquals(venueSymbol, bitfinex.toVenueSymbol(symbol));
        assertEquals(symbol, bitfinex.toSymbol(venueSymbol));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fUSD", "tBTC", "t:USD", "tBTC:", "t", "", "BTCUSD"})
    void shouldLeaveWhatIsNoPair(final String venueSymbol) {
        assertEquals(venueSymbol, bitfinex.toSymbol(venueSymbol));
    }

    @ParameterizedTest
    @CsvSource({
        "tBTCUSD, here BTC/USD",
        "UST/USD, UST is Bitfinex's own name of USDT",
        "BTC/UST, UST is Bitfinex's own name of USDT",
        "BTC/USD:BTC, not settled in its quote",
        "BTC/USDT:USDT-261225, perpetuals alone",
        "BTC/USD:BTC-261225-100000-C, perpetuals alone",
        "BTC:USD/USD, letters and digits",
        "btc/usd, upper case",
        "BTC/, letters and digits",
        "BTC/US\"D, letters and digits",
    })
    void shouldSayWhatFormASymbolShouldHave(final String symbol, final String remedy) {
        final IllegalArgumentException unfit =
                assertThrows(IllegalArgumentException.class, () -> bitfinex.toVenueSymbol(symbol));
        assertTrue(unfit.getMessage().contains(remedy), unfit.getMessage());
        assertTrue(unfit.getMessage().contains("form BTC/USD or BTC/USDT:USDT"));
    }

    @Test
    void shouldPlanTwentyFiveStreamsOnAConnection() {
        assertEquals(
                List.of(
                        new ConnectionPlan(
                                "public",
                                URI.create("wss://api-pub.bitfinex.com/ws/2"),
                                List.of("ticker:tBTCUSD", "trades:tBTCUSD", "book:tBTCUSD"))),
                bitfinex.plan(List.of("tBTCUSD"), bitfinex.channels(), null));
        final List<String> symbols = IntStream.range(0, 60).mapToObj(i -> "tS" + i).toList();
        assertEquals(
                List.of("public 25", "public-2 25", "public-3 10"),
                bitfinex
                        .plan(symbols, EnumSet.of(Channel.DEPTH), URI.create("ws://127.0.0.1:9"))
                        .stream()
                        .map(p -> p.connection() + " " + p.streams().size())
                        .toList());
        assertEquals(
                List.of("ticker:tBTCUSD"),
                bitfinex.plan(List.of("tBTCUSD"), EnumSet.of(Channel.TICKER), null)
                        .get(0)
                        .streams());
        assertTrue(
                assertThrows(
                                IllegalArgumentException.class,
                                () -> bitfinex.plan(symbols, EnumSet.of(Channel.MARK_PRICE), null))
                        .getMessage()
                        .startsWith("bitfinex has no channel \"markPrice\""));
    }

    @Test
    void shouldSetTheFlagsBeforeAnythingElse() {
        assertEquals(
                List.of(
                        new Request("{\"event\":\"conf\",\"flags\":196608}", 1, true),
                        Request.of(
                                "{\"event\":\"subscribe\",\"channel\":\"ticker\","
                                        + "\"symbol\":\"tDOGE:USD\"}"),
                        Request.of(
                                "{\"event\":\"subscribe\",\"channel\":\"book\","
                                        + "\"symbol\":\"tB\\\"\",\"prec\":\"P0\",\"freq\":\"F0\","
                                        + "\"len\":\"100\"}")),
                bitfinex.dialogue().requests(List.of("ticker:tDOGE:USD", "book:tB\"")));
        assertEquals(List.of(), bitfinex.dialogue().requests(List.of()));
        assertEquals("{\"event\":\"ping\",\"cid\":1}", bitfinex.dialogue().ping());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[103,[[60400,2,1.5]],5]",
                "[103,\"cs\",-5,5]",
                "[103,\"te\",[1,2,3,4],5]",
                "[103,\"h",
                "[103",
            })
    void shouldTakeDataForData(final String frame) {
        assertNull(bitfinex.dialogue().control(head(frame)));
    }

    /** Answers come in any order: channel and symbol tell which request they belong to. */
    @Test
    void shouldReadControlFrames() {
        final Dialogue dialogue = bitfinex.dialogue();
        dialogue.requests(List.of("ticker:tBTCUSD", "book:tBTCUSD", "book:tNOSUCH"));
        final List<Control> controls = new ArrayList<>();
        final String greeting = "{\"event\":\"info\",\"version\":2,\"platform\":{\"status\":1}}";
        final String begins = "{\"event\":\"info\",\"code\":20060,\"msg\":\"Entering\"}";
        for (final String frame :
                List.of(
                        greeting,
                        "{\"event\":\"conf\",\"status\":\"OK\",\"flags\":196608}",
                        "{\"event\":\"conf\",\"status\":\"FAILED\"}",
                        subscribed("book", 103, "tBTCUSD"),
                        subscribed("ticker", 101, "tBTCUSD"),
                        subscribed("trades", 102, "tBTCUSD"),
                        "{\"channel\":\"book\",\"symbol\":\"tNOSUCH\",\"prec\":\"P0\",\"event\":"
                                + "\"error\",\"msg\":\"symbol: invalid\",\"code\":10300}",
                        "{\"event\":\"error\"}",
                        "[103,\"hb\",7]",
                        "[103,\"hb\"]",
                        "{\"event\":\"pong\",\"ts\":1767323045123,\"cid\":1}",
                        "{\"event\":\"info\",\"code\":20051,\"msg\":\"Stopping\"}",
                        begins,
                        "{\"event\":\"info\",\"code\":20061}",
                        "hello")) {
            controls.add(dialogue.control(head(frame)));
        }
        assertEquals(
                List.of(
                        new Control(Control.Kind.OTHER, -1, greeting),
                        new Control(Control.Kind.ACK, 1, ""),
                        new Control(Control.Kind.ERROR, 1, "flags refused: FAILED"),
                        new Control(Control.Kind.ACK, 3, ""),
                        new Control(Control.Kind.ACK, 2, ""),
                        new Control(Control.Kind.ACK, -1, ""),
                        new Control(Control.Kind.ERROR, 4, "code 10300 symbol: invalid tNOSUCH"),
                        new Control(Control.Kind.ERROR, -1, "refused"),
                        new Control(Control.Kind.HEARTBEAT, -1, ""),
                        new Control(Control.Kind.HEARTBEAT, -1, ""),
                        new Control(Control.Kind.HEARTBEAT, -1, ""),
                        new Control(Control.Kind.SHUTDOWN, -1, "the server restarts: Stopping"),
                        new Control(Control.Kind.OTHER, -1, begins),
                        new Control(Control.Kind.SHUTDOWN, -1, "maintenance ended, subscribe anew"),
                        new Control(Control.Kind.OTHER, -1, "hello")),
                controls);
    }

    @Test
    void shouldNameTheStreamOfAFrame() {
        final Dialogue dialogue = bitfinex.dialogue();
        dialogue.requests(List.of("book:tBTCUSD", "trades:tDOGE:USD"));
        assertNull(dialogue.streamOf(head("[103,[[60400,2,1.5]],1]")));
        dialogue.control(head(subscribed("book", 103, "tBTCUSD")));
        dialogue.control(head(subscribed("trades", 104, "tDOGE:USD")));
        assertEquals("book:tBTCUSD", dialogue.streamOf(head("[103,[[60400,2,1.5]],1]")));
        assertEquals("trades:tDOGE:USD", dialogue.streamOf(head("[104,[[1,2,3,4],[5,6")));
        assertNull(dialogue.streamOf(head("[105,[[60400,2,1.5]],1]")));
        assertNull(dialogue.streamOf(head("{}")));
    }

    @Test
    void shouldReadListsOfPairsWithoutTickSizes() throws IOException {
        final String body = "[[\"BTCUSD\",\"DOGE:USD\"],[\"BTCF0:USTF0\"],null]";
        assertEquals(
                List.of(
                        new Reference("tBTCUSD", "", "BTC/USD"),
                        new Reference("tDOGE:USD", "", "DOGE/USD"),
                        new Reference("tBTCF0:USTF0", "", "BTC/USDT:USDT")),
                bitfinex.references(null, stream(body)).listed());
        assertEquals(
                URI.create(
                        "http://127.0.0.1:9/v2/conf/pub:list:pair:exchange,pub:list:pair:futures"),
                bitfinex.referenceRequests(URI.create("http://127.0.0.1:9"), Venue.Access.NONE)
                        .get(0)
                        .uri());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[", "[[]]", "[\"error\",10020,\"conf: invalid\"]", "[[1]]"})
    void shouldSayThatAListOfPairsIsNone(final String body) {
        assertThrows(IOException.class, () -> bitfinex.references(null, stream(body)));
    }

    /** While one connection takes over from another, both have their own channel numbers. */
    @Test
    void shouldKeepTheChannelsOfOverlappingConnectionsApart() {
        final Instruments instruments = new Instruments();
        instruments.add("bitfinex", "BTC/USD", "tBTCUSD");
        instruments.add("bitfinex", "ETH/USD", "tETHUSD");
        final MessageDecoder decoder = bitfinex.decoder(instruments, Venue.UnknownSymbols.IGNORE);
        final String data = "[103,[60400,1,1.25],1]";
        decode(decoder, InboundType.FRAME_TEXT, 1, subscribed("book", 103, "tBTCUSD"));
        decode(decoder, InboundType.FRAME_TEXT, 2, subscribed("book", 103, "tETHUSD"));
        assertEquals(0, decode(decoder, InboundType.FRAME_TEXT, 1, data).instrument);
        assertEquals(1, decode(decoder, InboundType.FRAME_TEXT, 2, data).instrument);
        assertEquals(EventType.IGNORED, decode(decoder, InboundType.FRAME_TEXT, 3, data).type);
        assertEquals(1, decode(decoder, InboundType.FRAME_TEXT, 2, data).instrument);
    }

    @Test
    void shouldForgetAPeerThatNamesChannelsWithoutEnd() {
        final Instruments instruments = new Instruments();
        instruments.add("bitfinex", "BTC/USD", "tBTCUSD");
        final MessageDecoder decoder = bitfinex.decoder(instruments, Venue.UnknownSymbols.IGNORE);
        for (int number = 0; number < 100_000; number++) {
            decode(decoder, InboundType.FRAME_TEXT, 1, subscribed("book", number, "tBTCUSD"));
        }
        assertEquals(
                List.of(EventType.MARKET, EventType.IGNORED),
                List.of("[255,[1,1,1],1]", "[256,[1,1,1],2]").stream()
                        .map(text -> decode(decoder, InboundType.FRAME_TEXT, 1, text).type)
                        .toList());
    }

    @Test
    void shouldTakeAListedInstrumentWithoutATick() {
        final Instruments instruments = new Instruments();
        instruments.add("bitfinex", "BTC/USD", "tBTCUSD");
        final MessageDecoder decoder = bitfinex.decoder(instruments, Venue.UnknownSymbols.IGNORE);
        final MarketEvent event =
                decode(
                        decoder,
                        InboundType.REFERENCE,
                        0,
                        "{\"symbol\":\"tBTCUSD\",\"tickSize\":\"\"}");
        assertEquals(
                "INSTRUMENT 0 false",
                event.type + " " + event.instrument + " " + event.tick.isGiven());
    }

    private static String subscribed(final String channel, final int number, final String symbol) {
        return "{\"event\":\"subscribed\",\"channel\":\""
                + channel
                + "\",\"chanId\":"
                + number
                + ",\"symbol\":\""
                + symbol
                + "\",\"pair\":\""
                + symbol.substring(1)
                + "\"}";
    }

    private static MarketEvent decode(
            final MessageDecoder decoder,
            final InboundType type,
            final int epoch,
            final String text) {
        final InboundMessage message = new InboundMessage();
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        message.set(type, 2, epoch, 0, 5, bytes, 0, bytes.length);
        final MarketEvent draft = new MarketEvent();
        decoder.decode(message, draft.clear(), event -> {});
        return draft;
    }

    private static ByteArrayInputStream stream(final String body) {
        return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    }

    private static ByteBuffer head(final String frame) {
        return ByteBuffer.wrap(frame.getBytes(StandardCharsets.UTF_8));
    }
}
