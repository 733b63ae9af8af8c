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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OkxVenueTest {
    private static final String ARGUMENT = "{\"channel\":\"books\",\"instId\":\"BTC-USDT\"}";

    private final Venue okx = Venues.find("okx");

    @ParameterizedTest
    @CsvSource({
        "BTC/USDT, BTC-USDT",
        "ETH/BTC, ETH-BTC",
        "BTC/USD, BTC-USD",
        "BTC/USDT:USDT, BTC-USDT-SWAP",
        "BTC/USDC:USDC, BTC-USDC-SWAP",
        "1000PEPE/USDT:USDT, 1000PEPE-USDT-SWAP",
        "BTC/USD:BTC, BTC-USD-SWAP",
        "BTC/USD:USD, BTC-USD_UM-SWAP",
        "BTC/USDT:USDT-261225, BTC-USDT-261225",
        "BTC/USD:BTC-261225, BTC-USD-261225",
        "BTC/USD:USD-261225, BTC-USD_UM-261225",
        "BTC/USD:BTC-261225-100000-C, BTC-USD-261225-100000-C",
        "ETH/USD:ETH-261225-0.5-P, ETH-USD-261225-0.5-P",
        "币安人生/USDT, 币安人生-USDT",
        "币安人生/USDT:USDT, 币安人生-USDT-SWAP",
    })
    void shouldNameSymbolsBothWays(final String symbol, final String venueSymbol) {
        assertEquals(venueSymbol, okx.toVenueSymbol(symbol));
        assertEquals(symbol, okx.toSymbol(venueSymbol));
    }

    @ParameterizedTest
    @CsvSource({
        "BTC-USDT-SWAP, 'here BTC/USDT:USDT'",
        "BTC-USD-261225-100000-C, 'here BTC/USD:BTC-261225-100000-C'",
        "btc/usdt, upper case",
        "BTC, no \"/\"",
        "BTC/USDT/USD, no \"/\"",
        "BTC/, letters and digits",
        "BT\"C/USDT, letters and digits",
        "BTC/USDT:BTC, settled neither",
        "BTC/USD:USDC, settled neither",
        "BTC/USDT:USDT-PERP, YYMMDD",
        "BTC/USDT:USDT-2612, YYMMDD",
        "BTC/USD:BTC-261225-100000, 'strike and C or P'",
        "BTC/USD:BTC-261225-1E5-C, 'strike and C or P'",
        "BTC/USD:BTC-261225-100000-X, 'strike and C or P'",
    })
    void shouldSayWhatFormASymbolShouldHave(final String symbol, final String remedy) {
        final IllegalArgumentException unfit =
                assertThrows(IllegalArgumentException.class, () -> okx.toVenueSymbol(symbol));
        assertTrue(unfit.getMessage().contains(remedy), unfit.getMessage());
        assertTrue(unfit.getMessage().contains("expected the form BTC/USDT"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "BTC",
                "-",
                "BTC-",
                "-USDT",
                "BTC-USD_UM",
                "BTC-USDT-PERP",
                "BTC-USDT-SWAP-1",
                "BTC-USD-2612",
                "BTC-USD-261225-100000",
                "BTC-USD-261225-.5-C",
                "BTC-USD-261225-100000-C-1",
                "SPRD_BTC",
            })
    void shouldLeaveNamesThatCannotBeSplit(final String venueSymbol) {
        assertEquals(venueSymbol, okx.toSymbol(venueSymbol));
    }

    @Test
    void shouldPlanTradesOnAConnectionOfTheirOwn() {
        assertEquals(
                List.of(
                        new ConnectionPlan(
                                "public",
                                URI.create("wss://ws.okx.com:8443/ws/v5/public"),
                                List.of(
                                        "bbo-tbt:BTC-USDT",
                                        "tickers:BTC-USDT",
                                        "books:BTC-USDT",
                                        "mark-price:BTC-USDT")),
                        new ConnectionPlan(
                                "business",
                                URI.create("wss://ws.okx.com:8443/ws/v5/business"),
                                List.of("trades-all:BTC-USDT"))),
                okx.plan(List.of("BTC-USDT"), okx.channels(), null));
        final List<String> many =
                IntStream.range(0, 301).mapToObj(i -> "S" + i + "-USDT-SWAP").toList();
        assertEquals(
                List.of("business 300", "business-2 1"),
                okx.plan(many, EnumSet.of(Channel.TRADE), URI.create("ws://127.0.0.1:9")).stream()
                        .map(p -> p.connection() + " " + p.streams().size())
                        .toList());
        assertEquals(
                URI.create("ws://127.0.0.1:9/ws/v5/public"),
                okx.plan(many, EnumSet.of(Channel.DEPTH), URI.create("ws://127.0.0.1:9"))
                        .get(0)
                        .uri());
        assertTrue(
                assertThrows(
                                IllegalArgumentException.class,
                                () -> okx.plan(many, EnumSet.of(Channel.AGG_TRADE), null))
                        .getMessage()
                        .startsWith("okx has no channel \"aggTrade\""));
    }

    @Test
    void shouldCountOnAnAnswerForEveryStream() {
        assertEquals(
                List.of(
                        new Request(
                                "{\"id\":\"1\",\"op\":\"subscribe\",\"args\":["
                                        + "{\"channel\":\"books\",\"instId\":\"BTC-USDT\"},"
                                        + "{\"channel\":\"bbo-tbt\",\"instId\":\"币安人生-USDT\"}]}",
                                2,
                                false)),
                okx.dialogue().requests(List.of("books:BTC-USDT", "bbo-tbt:币安人生-USDT")));
        final List<Request> many =
                okx.dialogue()
                        .requests(
                                IntStream.range(0, 300)
                                        .mapToObj(i -> "mark-price:SYMBOL" + i + "-USD-261225-1-C")
                                        .toList());
        assertEquals(List.of(100, 100, 100), many.stream().map(Request::answers).toList());
        assertTrue(many.get(2).text().startsWith("{\"id\":\"3\""));
        assertTrue(many.stream().allMatch(request -> request.text().length() < 64 * 1_024));
    }

    @Test
    void shouldTellWhatIsAboutTheConnection() {
        final Dialogue dialogue = okx.dialogue();
        assertEquals("ping", dialogue.ping());
        assertEquals(
                List.of(
                        new Control(Control.Kind.HEARTBEAT, -1, ""),
                        new Control(Control.Kind.ACK, 2, ""),
                        new Control(Control.Kind.ACK, -1, ""),
                        new Control(Control.Kind.ERROR, 2, "60018 Wrong URL or channel:books"),
                        new Control(Control.Kind.ERROR, -1, "60012 Invalid request"),
                        new Control(
                                Control.Kind.ERROR,
                                -1,
                                "{\"event\":\"channel-conn-count-error\",\"channel\":\"books\"}"),
                        new Control(
                                Control.Kind.SHUTDOWN,
                                -1,
                                "64008 The connection will soon be closed"),
                        new Control(Control.Kind.OTHER, -1, "64009 Something else"),
                        new Control(
                                Control.Kind.OTHER,
                                -1,
                                "{\"event\":\"channel-conn-count\",\"connCount\":\"2\"}"),
                        new Control(
                                Control.Kind.OTHER,
                                -1,
                                "{\"event\":\"unsubscribe\",\"arg\":" + ARGUMENT + "}"),
                        new Control(Control.Kind.OTHER, -1, "pongs"),
                        new Control(Control.Kind.OTHER, -1, "")),
                Stream.of(
                                "pong",
                                "{\"id\":\"2\",\"event\":\"subscribe\",\"arg\":"
                                        + ARGUMENT
                                        + ",\"connId\":\"a4d3ae55\"}",
                                "{\"event\":\"subscribe\",\"arg\":" + ARGUMENT + "}",
                                "{\"id\":\"2\",\"event\":\"error\",\"code\":\"60018\",\"msg\":"
                                        + "\"Wrong URL or channel:books\",\"connId\":\"a\"}",
                                "{\"event\":\"error\",\"msg\":\"Invalid"
                                        + " request\",\"code\":\"60012\"}",
                                "{\"event\":\"channel-conn-count-error\",\"channel\":\"books\"}",
                                "{\"event\":\"notice\",\"code\":\"64008\",\"msg\":\"The connection"
                                        + " will soon be closed\"}",
                                "{\"event\":\"notice\",\"code\":\"64009\",\"msg\":\"Something"
                                        + " else\"}",
                                "{\"event\":\"channel-conn-count\",\"connCount\":\"2\"}",
                                "{\"event\":\"unsubscribe\",\"arg\":" + ARGUMENT + "}",
                                "pongs",
                                "")
                        .map(frame -> dialogue.control(head(frame)))
                        .toList());
        assertNull(dialogue.control(head("{\"arg\":" + ARGUMENT + ",\"action\":\"upd")));
        assertNull(dialogue.control(head("{\"data\":[],\"arg\":" + ARGUMENT + "}")));
    }

    @Test
    void shouldNameTheStreamOfAFrame() {
        final Dialogue dialogue = okx.dialogue();
        dialogue.requests(List.of("books:BTC-USDT", "trades-all:BTC-USDT"));
        assertEquals(
                "books:BTC-USDT",
                dialogue.streamOf(head("{\"arg\":" + ARGUMENT + ",\"action\":\"snap")));
        assertEquals(
                "trades-all:BTC-USDT",
                dialogue.streamOf(
                        head(
                                "{\"data\":[{\"px\":\"1\"}],\"arg\":{\"instId\":\"BTC-USDT\","
                                        + "\"channel\":\"trades-all\"}}")));
        assertNull(
                dialogue.streamOf(
                        head("{\"arg\":{\"channel\":\"tickers\",\"instId\":\"BTC-USDT\"}}")));
        assertNull(dialogue.streamOf(head("{\"arg\":{\"channel\":\"boo")));
    }

    @Test
    void shouldReadTickSizesAndWhatContractsAre() throws IOException {
        final String body =
                "{\"code\":\"0\",\"data\":["
                        + "{\"instType\":\"SPOT\",\"instId\":\"BTC-USDT\",\"uly\":\"\",\"baseCcy\":"
                        + "\"BTC\",\"quoteCcy\":\"USDT\",\"settleCcy\":\"\",\"tickSz\":\"0.1\"},"
                        + "{\"instType\":\"SWAP\",\"instId\":\"BTC-USD_UM-SWAP\",\"uly\":"
                        + "\"BTC-USD\",\"baseCcy\":\"\",\"settleCcy\":\"USDⓈ\",\"tickSz\":\"0.1\"},"
                        + "{\"instType\":\"OPTION\",\"instId\":\"BTC-USD-261225-100000-C\",\"uly\":"
                        + "\"BTC-USD\",\"settleCcy\":\"BTC\",\"tickSz\":\"0.0001\",\"stk\":"
                        + "\"100000\"},"
                        + "{\"instType\":\"SWAP\",\"instId\":\"NEW\",\"settleCcy\":\"USDT\","
                        + "\"tickSz\":0.01},{\"instType\":\"SWAP\"}],\"msg\":\"\"}";
        assertEquals(
                List.of(
                        new Reference("BTC-USDT", "0.1", "BTC/USDT"),
                        new Reference("BTC-USD_UM-SWAP", "0.1", "BTC/USD:USD"),
                        new Reference(
                                "BTC-USD-261225-100000-C", "0.0001", "BTC/USD:BTC-261225-100000-C"),
                        new Reference("NEW", "0.01", "")),
                okx.references(null, stream(body)).listed());
        assertEquals(
                List.of(
                        "http://127.0.0.1:9/api/v5/public/instruments?instType=SPOT",
                        "http://127.0.0.1:9/api/v5/public/instruments?instType=SWAP",
                        "http://127.0.0.1:9/api/v5/public/instruments?instType=FUTURES",
                        "http://127.0.0.1:9/api/v5/public/instruments?instType=OPTION"
                                + "&instFamily=BTC-USD",
                        "http://127.0.0.1:9/api/v5/public/instruments?instType=OPTION"
                                + "&instFamily=ETH-USD"),
                okx.referenceRequests(URI.create("http://127.0.0.1:9"), Venue.Access.NONE).stream()
                        .map(request -> request.uri().toString())
                        .toList());
        assertEquals(
                "instruments cannot be read: 50011 Too Many Requests",
                assertThrows(
                                IOException.class,
                                () ->
                                        okx.references(
                                                null,
                                                stream(
                                                        "{\"code\":\"50011\",\"data\":[],\"msg\":"
                                                                + "\"Too Many Requests\"}")))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"code\":\"0\"}", "{\"data\":[{\"instId\":"})
    void shouldSayThatAListOfInstrumentsIsNone(final String body) {
        assertThrows(IOException.class, () -> okx.references(null, stream(body)));
    }

    @Test
    void shouldTellTickSizes() {
        final Instruments instruments = new Instruments();
        instruments.add("okx", "BTC/USDT", "BTC-USDT");
        final MessageDecoder decoder = okx.decoder(instruments, Venue.UnknownSymbols.IGNORE);
        final List<String> told = new ArrayList<>();
        for (final String name : List.of("BTC-USDT", "NO-PE")) {
            final byte[] bytes =
                    ("{\"symbol\":\"" + name + "\",\"tickSize\":\"0.1\"}")
                            .getBytes(StandardCharsets.UTF_8);
            final InboundMessage message = new InboundMessage();
            message.set(InboundType.REFERENCE, 1, 0, 0, 5, bytes, 0, bytes.length);
            decoder.decode(
                    message,
                    new MarketEvent().clear(),
                    event -> told.add(event.type + " " + event.instrument + " " + event.tick));
        }
        assertEquals(List.of(EventType.INSTRUMENT + " 0 0.1", EventType.IGNORED + " -1 0.1"), told);
    }

    @Test
    void shouldAskForLostTradesByTheirIds() {
        final TradeHistory history = okx.tradeHistory();
        assertEquals(
                List.of(
                        "https://www.okx.com/api/v5/market/history-trades?type=1&instId=BTC-USDT"
                                + "&after=12&limit=5",
                        "http://127.0.0.1:9/api/v5/market/history-trades?type=1"
                                + "&instId=%E5%B8%81-USDT&after=1001&limit=100"),
                List.of(
                        history.request("BTC-USDT", Channel.TRADE, 7, 11, null).uri().toString(),
                        history.request(
                                        "币-USDT",
                                        Channel.TRADE,
                                        1,
                                        1_000,
                                        URI.create("http://127.0.0.1:9"))
                                .uri()
                                .toString()));
        assertNull(history.request("BTC-USDT", Channel.DEPTH, 7, 11, null));
        assertNull(history.shape(Channel.DEPTH));
        final Instruments instruments = new Instruments();
        instruments.add("okx", "BTC/USDT", "BTC-USDT");
        final byte[] answer =
                ("{\"symbol\":\"BTC-USDT\",\"channel\":\"trade\",\"from\":7,\"to\":11,\"gapFrom\":"
                     + "7,\"gapTo\":11,\"body\":{\"code\":\"0\",\"msg\":\"\",\"data\":["
                     + "{\"instId\":\"BTC-USDT\",\"side\":\"sell\",\"sz\":\"0.1\",\"px\":"
                     + "\"65083.1\",\"tradeId\":\"11\",\"ts\":\"1782000000123\"}]}}")
                        .getBytes(StandardCharsets.UTF_8);
        final InboundMessage message = new InboundMessage();
        message.set(InboundType.BACKFILL, 1, 0, 0, 5, answer, 0, answer.length);
        final List<String> told = new ArrayList<>();
        BackfillDecoder.of(okx, instruments, Venue.UnknownSymbols.IGNORE)
                .decode(
                        message,
                        new MarketEvent().clear(),
                        event ->
                                told.add(
                                        event.type
                                                + " "
                                                + event.lastSequence
                                                + " "
                                                + event.price
                                                + " "
                                                + event.venueNs));
        assertEquals("BACKFILLED 11 65083.1 1782000000123000000", told.get(0));
    }

    /** A name met first in a torn message must not become an instrument. */
    @Test
    void shouldLearnNamesOnlyFromWholeMessages() {
        final List<String> learnt = new ArrayList<>();
        final MessageDecoder decoder =
                okx.decoder(
                        new Instruments(),
                        (venue, symbol) -> {
                            learnt.add(symbol);
                            return -1;
                        });
        for (final String frame :
                List.of(
                        "{\"arg\":{\"channel\":\"mark-price\",\"instId\":\"A-B\"},\"data\":[{\"ma",
                        "{\"arg\":{\"channel\":\"mark-price\",\"instId\":\"\\u0042-C\"},\"data\":["
                                + "{\"markPx\":\"1\"}]}")) {
            final byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
            final InboundMessage message = new InboundMessage();
            message.set(InboundType.FRAME_TEXT, 1, 0, 0, 5, bytes, 0, bytes.length);
            decoder.decode(message, new MarketEvent().clear(), event -> {});
        }
        assertEquals(List.of("B-C"), learnt);
    }

    private static ByteArrayInputStream stream(final String body) {
        return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    }

    private static ByteBuffer head(final String frame) {
        return ByteBuffer.wrap(frame.getBytes(StandardCharsets.UTF_8));
    }
}
