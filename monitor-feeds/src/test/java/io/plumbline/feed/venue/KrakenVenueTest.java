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

class KrakenVenueTest {
    private final Venue kraken = Venues.find("kraken");

    @ParameterizedTest
    @CsvSource({
        "BTC/USD, XBT/USD",
        "DOGE/USD, XDG/USD",
        "ETH/BTC, ETH/XBT",
        "DOGE/BTC, XDG/XBT",
        "1INCH/EUR, 1INCH/EUR",
        "币安人生/USD, 币安人生/USD",
    })
    void shouldKnowThePairByTodaysNameAndByTheFirstInterfaces(
            final String symbol, final String former) {
        assertEquals(symbol, kraken.toVenueSymbol(symbol));
        assertEquals(symbol, kraken.toSymbol(symbol));
        assertEquals(symbol, kraken.toSymbol(former));
    }

    @ParameterizedTest
    @CsvSource({
        "BTC/USD:USD, venue kraken-futures",
        "1000PEPE/USDT:USDT, venue kraken-futures",
        "XBT/USD, here BTC/USD",
        "XXBTZUSD, no \"/\"",
        "btc/usd, upper case",
        "BTC/, no \"/\"",
        "BTC/US\"D, letters and digits",
    })
    void shouldSayWhatFormASymbolShouldHave(final String symbol, final String remedy) {
        final IllegalArgumentException unfit =
                assertThrows(IllegalArgumentException.class, () -> kraken.toVenueSymbol(symbol));
        assertTrue(unfit.getMessage().contains(remedy), unfit.getMessage());
        assertTrue(unfit.getMessage().contains("expected the form BTC/USD"));
    }

    @Test
    void shouldPlanOneTickerForBothOfItsChannels() {
        assertEquals(
                List.of(
                        new ConnectionPlan(
                                "public",
                                URI.create("wss://ws.kraken.com/v2"),
                                List.of("ticker:BTC/USD", "trade:BTC/USD", "book:BTC/USD"))),
                kraken.plan(List.of("BTC/USD"), kraken.channels(), null));
        assertEquals(
                List.of(
                        new ConnectionPlan(
                                "public",
                                URI.create("ws://127.0.0.1:9/v2"),
                                List.of("last:BTC/USD"))),
                kraken.plan(
                        List.of("BTC/USD"),
                        EnumSet.of(Channel.TICKER),
                        URI.create("ws://127.0.0.1:9")));
        final List<String> pairs = IntStream.range(0, 500).mapToObj(i -> "S" + i + "/USD").toList();
        assertEquals(
                List.of("public 400", "public-2 100"),
                kraken.plan(pairs, EnumSet.of(Channel.TRADE), null).stream()
                        .map(p -> p.connection() + " " + p.streams().size())
                        .toList());
        assertTrue(
                assertThrows(
                                IllegalArgumentException.class,
                                () -> kraken.plan(pairs, EnumSet.of(Channel.MARK_PRICE), null))
                        .getMessage()
                        .startsWith("kraken has no channel \"markPrice\""));
    }

    @Test
    void shouldCountOnAnAnswerForEveryPair() {
        final Dialogue dialogue = new Kraken(25).dialogue();
        assertEquals(
                List.of(
                        new Request(
                                "{\"method\":\"subscribe\",\"params\":{\"channel\":\"ticker\","
                                        + "\"event_trigger\":\"bbo\",\"symbol\":[\"BTC/USD\","
                                        + "\"ETH/USD\"]},\"req_id\":1}",
                                2,
                                false),
                        new Request(
                                "{\"method\":\"subscribe\",\"params\":{\"channel\":\"trade\","
                                        + "\"snapshot\":false,\"symbol\":[\"BTC/USD\"]},"
                                        + "\"req_id\":2}",
                                1,
                                false),
                        new Request(
                                "{\"method\":\"subscribe\",\"params\":{\"channel\":\"book\","
                                        + "\"depth\":25,\"snapshot\":true,\"symbol\":["
                                        + "\"BTC/USD\"]},\"req_id\":3}",
                                1,
                                false)),
                dialogue.requests(
                        List.of(
                                "ticker:BTC/USD",
                                "trade:BTC/USD",
                                "book:BTC/USD",
                                "ticker:ETH/USD")));
        assertEquals(
                List.of(
                        new Request(
                                "{\"method\":\"subscribe\",\"params\":{\"channel\":\"ticker\","
                                        + "\"event_trigger\":\"trades\",\"symbol\":[\"A\\\"/B\"]},"
                                        + "\"req_id\":1}",
                                1,
                                false)),
                kraken.dialogue().requests(List.of("last:A\"/B")));
        final List<String> many = IntStream.range(0, 201).mapToObj(i -> "book:P" + i).toList();
        assertEquals(
                List.of(100, 100, 1),
                kraken.dialogue().requests(many).stream().map(Request::answers).toList());
        assertEquals(List.of(), kraken.dialogue().requests(List.of()));
        assertEquals("{\"method\":\"ping\"}", dialogue.ping());
    }

    @Test
    void shouldRefuseADepthThatKrakenDoesNotSend() {
        final IllegalArgumentException unfit =
                assertThrows(IllegalArgumentException.class, () -> new Kraken(50));
        assertEquals(
                "Kraken has no book of 50 levels: choose one of 10, 25, 100, 500, 1000",
                unfit.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"channel\":\"book\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\"",
                "{\"channel\":\"ticker\",\"type\":\"update\"",
                "{\"type\":\"update\",\"channel\":\"trade\",\"data\":[]}",
                "{\"data\":[{\"symbol\":\"BTC/USD\"}],\"type\":\"update\",\"channel\":\"book\"}",
                "[320,{\"b\":[]},\"book-1000\",\"XBT/USD\"]",
            })
    void shouldTakeDataForData(final String frame) {
        assertNull(kraken.dialogue().control(head(frame)));
    }

    @Test
    void shouldReadControlFrames() {
        final Dialogue dialogue = kraken.dialogue();
        final List<Control> controls = new ArrayList<>();
        for (final String frame :
                List.of(
                        "{\"channel\":\"heartbeat\"}",
                        "{ \"channel\" : \"heartbeat\" }",
                        "{\"method\":\"pong\",\"req_id\":9,\"time_in\":\"x\"}",
                        "{\"method\":\"subscribe\",\"req_id\":7,\"result\":{\"channel\":\"book\","
                                + "\"symbol\":\"BTC/USD\",\"depth\":100},\"success\":true}",
                        "{\"error\":\"Currency pair not supported NO/PE\",\"method\":"
                                + "\"subscribe\",\"req_id\":8,\"success\":false,"
                                + "\"symbol\":\"NO/PE\"}",
                        "{\"error\":\"Subscription depth not supported\",\"method\":"
                                + "\"subscribe\",\"success\":false,\"symbol\":\"BTC/USD\"}",
                        "{\"method\":\"subscribe\",\"success\":false,\"req_id\":3}",
                        "hello")) {
            controls.add(dialogue.control(head(frame)));
        }
        assertEquals(
                List.of(
                        new Control(Control.Kind.HEARTBEAT, -1, ""),
                        new Control(Control.Kind.HEARTBEAT, -1, ""),
                        new Control(Control.Kind.HEARTBEAT, -1, ""),
                        new Control(Control.Kind.ACK, 7, ""),
                        new Control(Control.Kind.ERROR, 8, "Currency pair not supported NO/PE"),
                        new Control(
                                Control.Kind.ERROR, -1, "Subscription depth not supported BTC/USD"),
                        new Control(Control.Kind.ERROR, 3, "refused"),
                        new Control(Control.Kind.OTHER, -1, "hello")),
                controls);
    }

    /** A connection that begins in maintenance would else be replaced for ever. */
    @Test
    void shouldLeaveWhenTheSystemGoesIntoMaintenance() {
        final Dialogue dialogue = kraken.dialogue();
        assertEquals(
                List.of(
                        Control.Kind.OTHER,
                        Control.Kind.OTHER,
                        Control.Kind.OTHER,
                        Control.Kind.SHUTDOWN,
                        Control.Kind.OTHER),
                List.of("maintenance", "cancel_only", "online", "maintenance", "maintenance")
                        .stream()
                        .map(state -> dialogue.control(head(status(state))).kind())
                        .toList());
        dialogue.control(head(status("online")));
        assertEquals(
                new Control(Control.Kind.SHUTDOWN, -1, "the system goes into maintenance"),
                dialogue.control(head(status("maintenance"))));
    }

    @Test
    void shouldNameTheStreamOfAFrame() {
        final Dialogue dialogue = kraken.dialogue();
        dialogue.requests(List.of("book:BTC/USD", "last:BTC/USD"));
        assertEquals("book:BTC/USD", stream(dialogue, "book", "BTC/USD"));
        assertEquals("last:BTC/USD", stream(dialogue, "ticker", "BTC/USD"));
        assertNull(stream(dialogue, "trade", "BTC/USD"));
        assertNull(dialogue.streamOf(head("{\"channel\":\"book\",\"data\":[{\"sym")));
        assertNull(dialogue.streamOf(head("[320,{}]")));
    }

    @Test
    void shouldReadTickSizes() throws IOException {
        final String body =
                "{\"error\":[],\"result\":{\"XXBTZUSD\":{\"altname\":\"XBTUSD\",\"wsname\":"
                        + "\"XBT/USD\",\"base\":\"XXBT\",\"quote\":\"ZUSD\",\"fees\":[[0,0.25]],"
                        + "\"tick_size\":\"0.1\",\"status\":\"online\"},\"XDGEUR\":{\"wsname\":"
                        + "\"XDG/EUR\",\"tick_size\":\"0.0000001\"},\"NEW\":{\"wsname\":"
                        + "\"NEW/USD\"},\"XXBTZUSD.d\":{\"altname\":\"XBTUSD.d\"}}}";
        assertEquals(
                List.of(
                        new Reference("BTC/USD", "0.1", "BTC/USD"),
                        new Reference("DOGE/EUR", "0.0000001", "DOGE/EUR"),
                        new Reference("NEW/USD", "", "NEW/USD")),
                kraken.references(null, stream(body)).listed());
        assertEquals(
                URI.create("http://127.0.0.1:9/0/public/AssetPairs"),
                kraken.referenceRequests(URI.create("http://127.0.0.1:9"), Venue.Access.NONE)
                        .get(0)
                        .uri());
        assertEquals(
                "AssetPairs cannot be read: EService:Unavailable",
                assertThrows(
                                IOException.class,
                                () ->
                                        kraken.references(
                                                null,
                                                stream("{\"error\":[\"EService:Unavailable\"]}")))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"result\":1}", "{\"result\":{\"A\":{\"wsname\":"})
    void shouldSayThatAListOfPairsIsNone(final String body) {
        assertThrows(IOException.class, () -> kraken.references(null, stream(body)));
    }

    /** The venue's answer tells the depth of a book; until then it is what we ask for. */
    @Test
    void shouldCutBooksToTheDepthThatWasGranted() {
        final Instruments instruments = new Instruments();
        instruments.add("kraken", "BTC/USD", "BTC/USD");
        instruments.add("kraken", "ETH/USD", "ETH/USD");
        final MessageDecoder decoder = kraken.decoder(instruments, Venue.UnknownSymbols.IGNORE);
        final String granted =
                "{\"method\":\"subscribe\",\"result\":{\"channel\":\"book\",\"symbol\":"
                        + "\"BTC/USD\",\"depth\":10},\"success\":true}";
        assertEquals(
                List.of(100, 0, 10, 100),
                List.of(book("BTC/USD"), granted, book("BTC/USD"), book("ETH/USD")).stream()
                        .map(frame -> decode(decoder, InboundType.FRAME_TEXT, frame).bookDepth)
                        .toList());
    }

    @Test
    void shouldTakeTheTicksThatWereFetched() {
        final Instruments instruments = new Instruments();
        instruments.add("kraken", "BTC/USD", "BTC/USD");
        final MessageDecoder decoder = kraken.decoder(instruments, Venue.UnknownSymbols.IGNORE);
        final MarketEvent event =
                decode(
                        decoder,
                        InboundType.REFERENCE,
                        "{\"symbol\":\"BTC/USD\",\"tickSize\":\"0.1\"}");
        assertEquals("INSTRUMENT 0 0.1", event.type + " " + event.instrument + " " + event.tick);
        assertEquals(
                List.of(EventType.IGNORED, EventType.UNPARSED, EventType.UNPARSED),
                List.of("{\"symbol\":\"NO/PE\",\"tickSize\":\"1\"}", "{\"tickSize\":\"1\"}", "{")
                        .stream()
                        .map(text -> decode(decoder, InboundType.REFERENCE, text).type)
                        .toList());
    }

    private static String book(final String pair) {
        return "{\"channel\":\"book\",\"type\":\"update\",\"data\":[{\"symbol\":\""
                + pair
                + "\",\"bids\":[],\"asks\":[]}]}";
    }

    private static MarketEvent decode(
            final MessageDecoder decoder, final InboundType type, final String text) {
        final InboundMessage message = new InboundMessage();
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        message.set(type, 2, 1, 0, 5, bytes, 0, bytes.length);
        final MarketEvent draft = new MarketEvent();
        decoder.decode(message, draft.clear(), event -> {});
        return draft;
    }

    private static String stream(final Dialogue dialogue, final String channel, final String pair) {
        return dialogue.streamOf(
                head(
                        "{\"channel\":\""
                                + channel
                                + "\",\"type\":\"update\",\"data\":[{\"symbol\":\""
                                + pair
                                + "\",\"bids\":[{\"pr"));
    }

    private static String status(final String system) {
        return "{\"channel\":\"status\",\"type\":\"update\",\"data\":[{\"version\":\"2.0.10\","
                + "\"system\":\""
                + system
                + "\",\"api_version\":\"v2\",\"connection_id\":12345678901234567890}]}";
    }

    private static ByteArrayInputStream stream(final String body) {
        return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    }

    private static ByteBuffer head(final String frame) {
        return ByteBuffer.wrap(frame.getBytes(StandardCharsets.UTF_8));
    }
}
