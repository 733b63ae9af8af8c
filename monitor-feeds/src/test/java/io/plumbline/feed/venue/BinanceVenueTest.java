package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.venue.Dialogue.Control;
import io.plumbline.feed.venue.Venue.ConnectionPlan;
import io.plumbline.feed.venue.Venue.Reference;
import io.plumbline.market.Channel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinanceVenueTest {
    private final Venue spot = Venues.find("binance-spot");
    private final Venue usdm = Venues.find("binance-usdm");

    @Test
    void shouldNameTheNearestVenue() {
        final IllegalArgumentException unknown =
                assertThrows(IllegalArgumentException.class, () -> Venues.find("binance-usd-m"));
        assertTrue(
                unknown.getMessage()
                        .startsWith(
                                "unknown venue \"binance-usd-m\": did you mean binance-usdm?"
                                        + " Known are binance-coinm, binance-spot,"
                                        + " binance-spot-sbe, binance-us, binance-usdm"),
                unknown.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "binance-spot, BTC/USDT, BTCUSDT",
        "binance-spot, BTC/FDUSD, BTCFDUSD",
        "binance-spot, ETH/BTC, ETHBTC",
        "binance-spot, 1INCH/USDT, 1INCHUSDT",
        "binance-spot, 币安人生/USDT, 币安人生USDT",
        "binance-usdm, BTC/USDT:USDT, BTCUSDT",
        "binance-usdm, BTC/USDT:USDT-260327, BTCUSDT_260327",
        "binance-usdm, 1000PEPE/USDT:USDT, 1000PEPEUSDT",
        "binance-usdm, ETH/BTC:BTC, ETHBTC",
        "binance-usdm, 币安人生/USDC:USDC, 币安人生USDC",
    })
    void shouldNameSymbolsBothWays(
            final String venue, final String symbol, final String venueSymbol) {
        assertEquals(venueSymbol, Venues.find(venue).toVenueSymbol(symbol));
        assertEquals(symbol, Venues.find(venue).toSymbol(venueSymbol));
    }

    @ParameterizedTest
    @CsvSource({
        "binance-spot, BTC/USDT:USDT, venue binance-usdm",
        "binance-spot, BTCUSDT, 'here BTC/USDT'",
        "binance-spot, btc/usdt, upper case",
        "binance-spot, BTC/, letters and digits",
        "binance-spot, BTC/US\"DT, letters and digits",
        "binance-usdm, BTC/USDT, venue binance-spot",
        "binance-usdm, BTC/USD:BTC, not settled",
        "binance-usdm, BTC/USDT:USDT-PERP, YYMMDD",
        "binance-usdm, /USDT:USDT, no \"/\"",
    })
    void shouldSayWhatFormASymbolShouldHave(
            final String venue, final String symbol, final String remedy) {
        final IllegalArgumentException unfit =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Venues.find(venue).toVenueSymbol(symbol));
        assertTrue(unfit.getMessage().contains(remedy), unfit.getMessage());
        assertTrue(unfit.getMessage().contains("expected the form BTC/USDT"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"USDT", "NONSENSE", "", "BTCUSDT_PERP", "_"})
    void shouldLeaveNamesThatCannotBeSplit(final String venueSymbol) {
        assertEquals(venueSymbol, usdm.toSymbol(venueSymbol));
    }

    @Test
    void shouldRouteStreamsToTheConnectionThatCarriesThem() {
        final EnumSet<Channel> all = EnumSet.of(Channel.BOOK_TICKER, Channel.AGG_TRADE);
        all.addAll(List.of(Channel.TRADE, Channel.DEPTH, Channel.MARK_PRICE));
        assertEquals(
                List.of(
                        new ConnectionPlan(
                                "public",
                                URI.create("wss://fstream.binance.com/public/stream"),
                                List.of(
                                        "btcusdt_260327@bookTicker",
                                        "btcusdt_260327@trade",
                                        "btcusdt_260327@depth@100ms")),
                        new ConnectionPlan(
                                "market",
                                URI.create("wss://fstream.binance.com/market/stream"),
                                List.of("btcusdt_260327@aggTrade", "btcusdt_260327@markPrice@1s"))),
                usdm.plan(List.of("BTCUSDT_260327"), all, null));
        assertEquals(
                List.of(
                        new ConnectionPlan(
                                "market",
                                URI.create("ws://127.0.0.1:9000/market/stream"),
                                List.of("btcusdt@aggTrade"))),
                usdm.plan(
                        List.of("BTCUSDT"),
                        EnumSet.of(Channel.AGG_TRADE),
                        URI.create("ws://127.0.0.1:9000")));
    }

    @Test
    void shouldOpenAsManyConnectionsAsStreamsNeed() {
        final List<String> symbols =
                IntStream.range(0, 1_500).mapToObj(i -> "S" + i + "USDT").toList();
        final List<ConnectionPlan> plans =
                spot.plan(symbols, EnumSet.of(Channel.BOOK_TICKER, Channel.TRADE), null);
        assertEquals(
                List.of("stream 1024", "stream-2 1024", "stream-3 952"),
                plans.stream().map(p -> p.connection() + " " + p.streams().size()).toList());
        assertEquals("s0usdt@trade", plans.get(0).streams().get(1));
        assertEquals("s1499usdt@trade", plans.get(2).streams().get(951));
    }

    @Test
    void shouldLowerNamesInNoParticularLanguage() {
        final Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertEquals("1inchusdt@trade", BinanceStreams.stream("1INCHUSDT", Channel.TRADE));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void shouldRefuseWhatAVenueDoesNotHave() {
        final IllegalArgumentException channel =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> spot.plan(List.of("BTCUSDT"), EnumSet.of(Channel.MARK_PRICE), null));
        assertEquals(
                "binance-spot has no channel \"markPrice\": it has trade, aggTrade, bookTicker,"
                        + " depth, depthSnapshot",
                channel.getMessage());
        final IllegalArgumentException endpoint =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> reference(spot, URI.create("https://proxy/api/v3")));
        assertTrue(endpoint.getMessage().contains("scheme://host:port alone"));
    }

    @Test
    void shouldSubscribeInFramesOfBoundedSize() {
        assertEquals(
                List.of(
                        "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@trade\",\"币安人生usdt@trade\"],"
                            + "\"id\":1}"),
                subscribe(spot, List.of("btcusdt@trade", "币安人生usdt@trade")));
        assertEquals(
                List.of("{\"method\":\"SUBSCRIBE\",\"params\":[\"a\\\"b\\\\c\\u000a\"],\"id\":1}"),
                subscribe(spot, List.of("a\"b\\c\n")));
        final List<String> names = IntStream.range(0, 401).mapToObj(i -> "s" + i).toList();
        final List<String> frames = subscribe(usdm, names);
        assertEquals(3, frames.size());
        assertTrue(frames.get(2).endsWith("[\"s400\"],\"id\":3}"), frames.get(2));
        assertEquals(List.of(), subscribe(usdm, List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\"",
                "{\"data\":{\"e\":\"trade\"},\"stream\":\"btcusdt@trade\"}",
                " { \"stream\" : \"btcusdt@trade\" , \"data\" : {}}",
                "{\"e\":\"trade\",\"E\":1}",
                "{\"E\":1,\"e\":\"trade\"}",
                "{\"u\":1,\"s\":\"BTCUSDT\"}",
                "{\"lastUpdateId\":1,\"bids\":[[\"1\"",
                "{\"stream\":\"!markPrice@arr\",\"data\":[{\"e\":\"serverShutdown\"}]}",
            })
    void shouldTakeDataForData(final String frame) {
        assertNull(spot.dialogue().control(head(frame)));
    }

    @Test
    void shouldReadControlFrames() {
        assertEquals(
                new Control(Control.Kind.ACK, 7, ""),
                spot.dialogue().control(head("{\"result\":null,\"id\":7}")));
        assertEquals(
                new Control(Control.Kind.ACK, 7, ""),
                spot.dialogue().control(head(" {\"id\" : 7, \"result\" : null }")));
        assertEquals(
                new Control(Control.Kind.ERROR, 8, "code 2 Invalid request: unknown"),
                spot.dialogue()
                        .control(
                                head(
                                        "{\"code\":2,\"msg\":\"Invalid request:"
                                                + " unknown\",\"id\":8}")));
        assertEquals(
                new Control(Control.Kind.ERROR, 9, "code 3 Bad \"JSON\""),
                usdm.dialogue()
                        .control(
                                head(
                                        "{\"error\":{\"code\":3,\"msg\":\"Bad"
                                                + " \\\"JSON\\\"\"},\"id\":9}")));
        assertEquals(
                new Control(Control.Kind.SHUTDOWN, -1, "serverShutdown"),
                spot.dialogue().control(head("{\"e\":\"serverShutdown\",\"E\":1}")));
        assertEquals(
                new Control(Control.Kind.SHUTDOWN, -1, "serverShutdown"),
                spot.dialogue()
                        .control(
                                head(
                                        "{\"stream\":\"!serverShutdown\",\"data\":{\"e\":\"serverShutdown\","
                                            + "\"E\":1}}")));
        assertEquals(
                new Control(Control.Kind.OTHER, -1, "hello"),
                spot.dialogue().control(head("hello")));
    }

    @Test
    void shouldNameTheStreamOfAFrame() {
        final ByteBuffer frame = head("xx{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"tr");
        frame.position(2);
        assertEquals("btcusdt@trade", spot.dialogue().streamOf(frame));
        assertEquals(2, frame.position());
        assertEquals("a@b", spot.dialogue().streamOf(head("{\"data\":{},\"stream\":\"a@b\"}")));
        assertNull(spot.dialogue().streamOf(head("{\"e\":\"trade\"}")));
        assertNull(spot.dialogue().streamOf(head("{\"stream\":\"btcus")));
    }

    @Test
    void shouldReadTickSizes() throws IOException {
        final String body =
                "{\"timezone\":\"UTC\",\"rateLimits\":[{\"limit\":1}],\"symbols\":["
                    + "{\"symbol\":\"BTCUSDT\",\"pricePrecision\":2,\"filters\":["
                    + "{\"filterType\":\"LOT_SIZE\",\"tickSize\":\"9\"},"
                    + "{\"tickSize\":\"0.10\",\"filterType\":\"PRICE_FILTER\",\"x\":[{}]}]},"
                    + "{\"filters\":[{\"filterType\":\"PRICE_FILTER\",\"tickSize\":\"0.00000000\"}"
                    + "],\"symbol\":\"ETHUSDT\"},{\"symbol\":\"NEWUSDT\"}],\"assets\":[]}";
        assertEquals(
                List.of(
                        new Reference("BTCUSDT", "0.10"),
                        new Reference("ETHUSDT", ""),
                        new Reference("NEWUSDT", "")),
                spot.references(null, stream(body)).listed());
        assertEquals(
                URI.create("http://127.0.0.1:9/fapi/v1/exchangeInfo"),
                reference(usdm, URI.create("http://127.0.0.1:9/")));
        assertEquals(
                URI.create("https://api.binance.com/api/v3/exchangeInfo"), reference(spot, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"symbols\":1}", "{\"symbols\":[{\"symbol\":\"A\""})
    void shouldSayThatAListOfInstrumentsIsNone(final String body) {
        assertThrows(IOException.class, () -> spot.references(null, stream(body)));
    }

    @Test
    void shouldPassOnWhyTheVenueRefused() {
        final IOException refused =
                assertThrows(
                        IOException.class,
                        () ->
                                spot.references(
                                        null, stream("{\"code\":-1003,\"msg\":\"Way too many\"}")));
        assertTrue(refused.getMessage().contains("Way too many"), refused.getMessage());
    }

    private static URI reference(final Venue venue, final URI rest) {
        return venue.referenceRequests(rest, Venue.Access.NONE).get(0).uri();
    }

    private static List<String> subscribe(final Venue venue, final List<String> streams) {
        return venue.dialogue().requests(streams).stream().map(Dialogue.Request::text).toList();
    }

    private static ByteArrayInputStream stream(final String body) {
        return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    }

    private static ByteBuffer head(final String frame) {
        return ByteBuffer.wrap(frame.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldAskInAsciiWhateverTheSymbol() {
        final Venue venue = Venues.find("binance-usdm");
        final String asked = "symbol=%E5%B8%81%E5%AE%89USDT&";
        final String book = venue.snapshotRequest("\u5e01\u5b89USDT", null).uri().toASCIIString();
        assertTrue(book.contains("/fapi/v1/depth?" + asked), book);
        final String trades =
                venue.tradeHistory()
                        .request("\u5e01\u5b89USDT", Channel.AGG_TRADE, 7, 9, null)
                        .uri()
                        .toString();
        assertTrue(trades.contains("/fapi/v1/aggTrades?" + asked + "fromId=7&limit=3"), trades);
    }
}
