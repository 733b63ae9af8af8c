package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.venue.Dialogue.Control;
import io.plumbline.feed.venue.Dialogue.Request;
import io.plumbline.feed.venue.Venue.ConnectionPlan;
import io.plumbline.feed.venue.Venue.Reference;
import io.plumbline.feed.venue.Venue.ReferencePage;
import io.plumbline.market.Channel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BybitVenueTest {
    private final Venue linear = Venues.find("bybit-linear");
    private final Venue inverse = Venues.find("bybit-inverse");
    private final Venue spot = Venues.find("bybit-spot");

    @ParameterizedTest
    @CsvSource({
        "bybit-linear, BTC/USDT:USDT, BTCUSDT",
        "bybit-linear, 1000PEPE/USDT:USDT, 1000PEPEUSDT",
        "bybit-linear, 1000000BABYDOGE/USDT:USDT, 1000000BABYDOGEUSDT",
        "bybit-linear, USDC/USDT:USDT, USDCUSDT",
        "bybit-linear, PERP/USDT:USDT, PERPUSDT",
        "bybit-linear, BTC/USDC:USDC, BTCPERP",
        "bybit-linear, 1000PEPE/USDC:USDC, 1000PEPEPERP",
        "bybit-linear, BTC/USDT:USDT-251226, BTCUSDT-26DEC25",
        "bybit-linear, BTC/USDT:USDT-260807, BTCUSDT-07AUG26",
        "bybit-linear, BTC/USDC:USDC-251226, BTC-26DEC25",
        "bybit-linear, 币安人生/USDT:USDT, 币安人生USDT",
        "bybit-linear, 币安人生/USDC:USDC, 币安人生PERP",
        "bybit-inverse, BTC/USD:BTC, BTCUSD",
        "bybit-inverse, BTC/USD:BTC-251226, BTCUSDZ25",
        "bybit-inverse, ETH/USD:ETH-250328, ETHUSDH25",
        "bybit-inverse, BTC/USD:BTC-280225, BTCUSDG28",
        "bybit-spot, BTC/USDT, BTCUSDT",
        "bybit-spot, ETH/BTC, ETHBTC",
        "bybit-spot, USDT/USD, USDTUSD",
        "bybit-spot, BTC/RLUSD, BTCRLUSD",
        "bybit-spot, MNT/USD1, MNTUSD1",
        "bybit-spot, BTC3L/USDT, BTC3LUSDT",
        "bybit-spot, 币安人生/USDT, 币安人生USDT",
    })
    void shouldNameSymbolsBothWays(
            final String venue, final String symbol, final String venueSymbol) {
        assertEquals(venueSymbol, Venues.find(venue).toVenueSymbol(symbol));
        assertEquals(symbol, Venues.find(venue).toSymbol(venueSymbol));
    }

    @ParameterizedTest
    @CsvSource({
        "bybit-linear, BTC/USDT, venue bybit-spot",
        "bybit-linear, BTC/USD:BTC, venue bybit-inverse",
        "bybit-linear, BTC/USD:USD, quoted in USDT or USDC",
        "bybit-linear, BTCUSDT, 'here BTC/USDT:USDT'",
        "bybit-linear, btc/usdt:usdt, upper case",
        "bybit-linear, BTC/USDT:USDT-PERP, YYMMDD",
        "bybit-linear, BTC/USDT:USDT-251301, YYMMDD",
        "bybit-linear, BTC/USDT:USDT-250231, YYMMDD",
        "bybit-linear, BT\"C/USDT:USDT, letters and digits",
        "bybit-linear, BTC/ETH/USDT:USDT, no \"/\"",
        "bybit-inverse, BTC/USDT:USDT, venue bybit-linear",
        "bybit-inverse, BTC/USD:BTC-251219, 'last Friday of a month, here 2025-12-26'",
        "bybit-inverse, BTCUSDZ25, 'here BTC/USD:BTC-251226'",
        "bybit-spot, BTC/USDT:USDT, venue bybit-linear",
        "bybit-spot, BTC/, letters and digits",
        "bybit-spot, BTCUSDT, 'here BTC/USDT'",
    })
    void shouldSayWhatFormASymbolShouldHave(
            final String venue, final String symbol, final String remedy) {
        final IllegalArgumentException unfit =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Venues.find(venue).toVenueSymbol(symbol));
        assertTrue(unfit.getMessage().contains(remedy), unfit.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "bybit-linear, USDT",
        "bybit-linear, PERP",
        "bybit-linear, ''",
        "bybit-linear, NONSENSE",
        "bybit-linear, -26DEC25",
        "bybit-linear, BTCUSDT-26DEZ25",
        "bybit-linear, BTCUSDT-31FEB25",
        "bybit-linear, BTCUSDT-2603271",
        "bybit-linear, BTC-26DEC25-100000-C",
        "bybit-inverse, USD",
        "bybit-inverse, USDZ25",
        "bybit-inverse, BTCUSDA25",
        "bybit-inverse, BTCUSDZ2X",
        "bybit-inverse, BTCUSDT",
        "bybit-spot, USDT",
        "bybit-spot, NONSENSE",
    })
    void shouldLeaveNamesThatCannotBeSplit(final String venue, final String venueSymbol) {
        assertEquals(venueSymbol, Venues.find(venue).toSymbol(venueSymbol));
    }

    @Test
    void shouldPlanTheTopicsOfEachCategory() {
        assertEquals(
                List.of(
                        new ConnectionPlan(
                                "public",
                                URI.create("wss://stream.bybit.com/v5/public/linear"),
                                List.of(
                                        "orderbook.1.BTCUSDT",
                                        "tickers.BTCUSDT",
                                        "publicTrade.BTCUSDT",
                                        "orderbook.200.BTCUSDT"))),
                linear.plan(List.of("BTCUSDT"), linear.channels(), null));
        assertEquals(
                List.of(
                        new ConnectionPlan(
                                "public",
                                URI.create("ws://127.0.0.1:9/v5/public/inverse"),
                                List.of("tickers.BTCUSDZ25"))),
                inverse.plan(
                        List.of("BTCUSDZ25"),
                        EnumSet.of(Channel.MARK_PRICE),
                        URI.create("ws://127.0.0.1:9")));
        assertFalse(spot.channels().contains(Channel.MARK_PRICE));
        assertEquals(
                List.of("tickers.BTCUSDT"),
                spot.plan(List.of("BTCUSDT"), EnumSet.of(Channel.TICKER), null).get(0).streams());
    }

    @Test
    void shouldStayWithinTheCharactersOfAConnection() {
        final List<String> symbols =
                IntStream.range(0, 300).mapToObj(i -> "1000000BABYDOGE" + i + "USDT").toList();
        final List<ConnectionPlan> plans =
                linear.plan(symbols, EnumSet.of(Channel.TRADE, Channel.DEPTH), null);
        assertEquals(
                List.of("public 500", "public-2 100"),
                plans.stream().map(p -> p.connection() + " " + p.streams().size()).toList());
        assertTrue(String.join("\",\"", plans.get(0).streams()).length() < 21_000);
    }

    @Test
    void shouldAskForEachSymbolByItself() {
        assertEquals(
                Stream.of(
                                "{\"op\":\"subscribe\",\"args\":[\"orderbook.1.BTCUSDT\","
                                        + "\"tickers.BTCUSDT\"],\"req_id\":\"1\"}",
                                "{\"op\":\"subscribe\",\"args\":[\"orderbook.1.ETHUSDT\"],"
                                        + "\"req_id\":\"2\"}")
                        .map(Request::of)
                        .toList(),
                linear.dialogue()
                        .requests(
                                List.of(
                                        "orderbook.1.BTCUSDT",
                                        "tickers.BTCUSDT",
                                        "orderbook.1.ETHUSDT")));
        assertEquals(List.of(), linear.dialogue().requests(List.of()));
        final List<Request> many =
                spot.dialogue()
                        .requests(IntStream.range(0, 21).mapToObj(i -> i + ".BTCUSDT").toList());
        assertEquals(3, many.size());
        assertEquals(
                "{\"op\":\"subscribe\",\"args\":[\"20.BTCUSDT\"],\"req_id\":\"3\"}",
                many.get(2).text());
    }

    @Test
    void shouldReadControlFrames() {
        final Dialogue dialogue = linear.dialogue();
        assertEquals("{\"op\":\"ping\"}", dialogue.ping());
        assertEquals(
                List.of(
                        new Control(Control.Kind.ACK, 7, ""),
                        new Control(Control.Kind.ACK, -1, ""),
                        new Control(Control.Kind.ACK, -1, ""),
                        new Control(Control.Kind.ACK, -1, ""),
                        new Control(
                                Control.Kind.ERROR,
                                8,
                                "error:handler not found,topic:tickers.NOSUCHUSDT"),
                        new Control(Control.Kind.ERROR, -1, "{\"success\":false,\"op\":\"\"}"),
                        new Control(Control.Kind.HEARTBEAT, -1, ""),
                        new Control(Control.Kind.HEARTBEAT, -1, ""),
                        new Control(Control.Kind.OTHER, -1, "{\"op\":\"auth\"}"),
                        new Control(Control.Kind.OTHER, -1, "hello")),
                Stream.of(
                                "{\"success\":true,\"ret_msg\":\"\",\"conn_id\":\"c\","
                                        + "\"req_id\":\"7\",\"op\":\"subscribe\"}",
                                "{\"success\":true,\"ret_msg\":\"subscribe\",\"conn_id\":\"c\","
                                        + "\"op\":\"subscribe\"}",
                                "{\"success\":true,\"req_id\":\"a7\",\"op\":\"subscribe\"}",
                                "{\"type\":\"COMMAND_RESP\",\"success\":true,\"conn_id\":\"c\"}",
                                "{\"success\":false,\"ret_msg\":\"error:handler not found,topic:"
                                        + "tickers.NOSUCHUSDT\",\"conn_id\":\"c\",\"req_id\":\"8\","
                                        + "\"op\":\"subscribe\"}",
                                "{\"success\":false,\"op\":\"\"}",
                                "{\"success\":true,\"ret_msg\":\"pong\",\"conn_id\":\"c\","
                                        + "\"op\":\"ping\"}",
                                "{\"op\":\"pong\",\"args\":[\"1675418560633\"],\"conn_id\":\"c\"}",
                                "{\"op\":\"auth\"}",
                                "hello")
                        .map(frame -> dialogue.control(head(frame)))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"topic\":\"tickers.BTCUSDT\",\"type\":\"snapshot\",\"data\":{\"sy",
                "{\"type\":\"snapshot\",\"topic\":\"kline.1.BTCUSDT\",\"data\":[{\"st",
                "{ \"ts\": 1, \"topic\": \"tickers.BTCUSDT\", \"data\": {}}",
                "{\"ts\":\"1\",\"toptic\":\"orderbook.1.BTCUSDT\",\"data\":{}}",
            })
    void shouldTakeDataForData(final String frame) {
        assertNull(spot.dialogue().control(head(frame)));
    }

    @Test
    void shouldNameTheStreamOfAFrame() {
        final Dialogue dialogue = spot.dialogue();
        assertEquals(
                "tickers.BTCUSDT",
                dialogue.streamOf(head("{\"ts\":1,\"topic\":\"tickers.BTCUSDT\",\"data\":{\"s")));
        assertEquals(
                "tickers.BTCUSDT",
                dialogue.streamOf(head("{\"toptic\":\"tickers.BTCUSDT\",\"data\":{\"s")));
        assertNull(dialogue.streamOf(head("{\"ts\":1,\"top")));
        assertNull(dialogue.streamOf(head("[]")));
    }

    @Test
    void shouldReadTickSizesPageByPage() throws IOException {
        final RestRequest first = linear.referenceRequests(null, Venue.Access.NONE).get(0);
        assertEquals(
                URI.create(
                        "https://api.bybit.com/v5/market/instruments-info?category=linear"
                                + "&limit=1000"),
                first.uri());
        final ReferencePage page =
                linear.references(
                        first,
                        stream(
                                "{\"retCode\":0,\"retMsg\":\"OK\",\"result\":{\"category\":"
                                    + "\"linear\",\"list\":[{\"symbol\":\"BTCPERP\",\"contractType\":"
                                    + "\"LinearPerpetual\",\"baseCoin\":\"BTC\",\"quoteCoin\":"
                                    + "\"USDC\",\"settleCoin\":\"USDC\",\"deliveryTime\":"
                                    + "\"1766736000000\",\"priceFilter\":{\"minPrice\":\"0.10\","
                                    + "\"tickSize\":\"0.10\"}},{\"symbol\":\"BTCUSDT-26DEC25\","
                                    + "\"contractType\":\"LinearFutures\",\"baseCoin\":\"BTC\","
                                    + "\"quoteCoin\":\"USDT\",\"settleCoin\":\"USDT\","
                                    + "\"deliveryTime\":\"1766736000000\",\"priceFilter\":{"
                                    + "\"tickSize\":\"0.5\"},\"preListingInfo\":null},{\"symbol\":"
                                    + "\"NEWUSDT\"}],\"nextPageCursor\":\"first%3DBTCPERP%26last%3DNEW"
                                    + " USDT\"},\"time\":1}"));
        assertEquals(
                List.of(
                        new Reference("BTCPERP", "0.10", "BTC/USDC:USDC"),
                        new Reference("BTCUSDT-26DEC25", "0.5", "BTC/USDT:USDT-251226"),
                        new Reference("NEWUSDT", "")),
                page.listed());
        assertEquals(
                first.uri() + "&cursor=first%3DBTCPERP%26last%3DNEW%20USDT",
                page.next().uri().toString());
        final ReferencePage third =
                linear.references(
                        page.next(),
                        stream(
                                "{\"result\":{\"list\":[{\"symbol\":\"X\"}],\"nextPageCursor\":"
                                        + "\"second\"}}"));
        assertEquals(first.uri() + "&cursor=second", third.next().uri().toString());
        final ReferencePage last =
                inverse.references(
                        third.next(),
                        stream(
                                "{\"retCode\":0,\"result\":{\"list\":[{\"symbol\":\"BTCUSDZ25\","
                                    + "\"contractType\":\"InverseFutures\",\"baseCoin\":\"BTC\","
                                    + "\"quoteCoin\":\"USD\",\"settleCoin\":\"BTC\",\"deliveryTime\":"
                                    + "\"1766736000000\",\"priceFilter\":{\"tickSize\":\"0.50\"}}],"
                                    + "\"nextPageCursor\":\"\"}}"));
        assertEquals(
                List.of(new Reference("BTCUSDZ25", "0.50", "BTC/USD:BTC-251226")), last.listed());
        assertNull(last.next());
    }

    @Test
    void shouldReadTickSizesOfSpot() throws IOException {
        final ReferencePage page =
                spot.references(
                        spot.referenceRequests(URI.create("http://127.0.0.1:9"), Venue.Access.NONE)
                                .get(0),
                        stream(
                                "{\"retCode\":0,\"result\":{\"category\":\"spot\",\"list\":[{"
                                    + "\"symbol\":\"AVAXUSD\",\"baseCoin\":\"AVAX\",\"quoteCoin\":"
                                    + "\"USD\",\"priceFilter\":{\"tickSize\":\"0.01\"}}]}}"));
        assertEquals(List.of(new Reference("AVAXUSD", "0.01", "AVAX/USD")), page.listed());
        assertNull(page.next());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"result\":{}}",
                "{\"result\":{\"list\":1}}",
                "{\"result\":{\"list\":[{\"symbol\":"
            })
    void shouldSayThatAListOfInstrumentsIsNone(final String body) {
        assertThrows(IOException.class, () -> linear.references(null, stream(body)));
    }

    @Test
    void shouldSayWhyThereIsNoList() {
        assertEquals(
                "instruments-info cannot be read: Too many visits! (retCode 10006)",
                assertThrows(
                                IOException.class,
                                () ->
                                        spot.references(
                                                null,
                                                stream(
                                                        "{\"retCode\":10006,\"retMsg\":\"Too many"
                                                                + " visits!\",\"result\":{}}")))
                        .getMessage());
    }

    private static ByteArrayInputStream stream(final String body) {
        return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    }

    private static ByteBuffer head(final String frame) {
        return ByteBuffer.wrap(frame.getBytes(StandardCharsets.UTF_8));
    }
}
