package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.venue.Dialogue.Control;
import io.plumbline.feed.venue.Dialogue.Request;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KrakenFuturesVenueTest {
    private final Venue futures = Venues.find("kraken-futures");

    @ParameterizedTest
    @CsvSource({
        "BTC/USD:USD, PF_XBTUSD",
        "BTC/USD:BTC, PI_XBTUSD",
        "ETH/USD:ETH, PI_ETHUSD",
        "BTC/USD:BTC-210924, FI_XBTUSD_210924",
        "BTC/USD:USD-260327, FF_XBTUSD_260327",
        "DOGE/USD:USD, PF_DOGEUSD",
        "USDT/USD:USD, PF_USDTUSD",
        "1000PEPE/USDT:USDT, PF_1000PEPEUSDT",
        "EUR/USD:USD, PF_EURUSD",
        "币安人生/USD:USD, PF_币安人生USD",
    })
    void shouldNameSymbolsBothWays(final String symbol, final String venueSymbol) {
        assertEquals(venueSymbol, futures.toVenueSymbol(symbol));
        assertEquals(symbol, futures.toSymbol(venueSymbol));
    }

    @ParameterizedTest
    @CsvSource({
        "BTC/USD, venue kraken",
        "PF_XBTUSD, 'here BTC/USD:USD'",
        "btc/usd:usd, upper case",
        "BTC/USD:EUR, settled neither",
        "BTC/USD:USD-PERP, YYMMDD",
        "BT\"C/USD:USD, letters and digits",
    })
    void shouldSayWhatFormASymbolShouldHave(final String symbol, final String remedy) {
        final IllegalArgumentException unfit =
                assertThrows(IllegalArgumentException.class, () -> futures.toVenueSymbol(symbol));
        assertTrue(unfit.getMessage().contains(remedy), unfit.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "PF_",
                "PF_USD",
                "XX_XBTUSD",
                "PF_XBTUSD_260327",
                "FF_XBTUSD",
                "FI_XBTUSD_26032",
                "PV_XRPXBTC",
                "rr_xbtusd"
            })
    void shouldLeaveNamesThatCannotBeSplit(final String venueSymbol) {
        assertEquals(venueSymbol, futures.toSymbol(venueSymbol));
    }

    @Test
    void shouldPlanOneTickerForItsThreeChannels() {
        assertEquals(
                List.of(
                        new ConnectionPlan(
                                "public",
                                URI.create("wss://futures.kraken.com/ws/v1"),
                                List.of("ticker:PF_XBTUSD", "trade:PF_XBTUSD", "book:PF_XBTUSD"))),
                futures.plan(List.of("PF_XBTUSD"), futures.channels(), null));
        for (final Channel channel :
                List.of(Channel.BOOK_TICKER, Channel.TICKER, Channel.MARK_PRICE)) {
            assertEquals(
                    List.of("ticker:PI_ETHUSD"),
                    futures.plan(List.of("PI_ETHUSD"), EnumSet.of(channel), null).get(0).streams());
        }
    }

    @Test
    void shouldAskForEachProductByItself() {
        final Dialogue dialogue = futures.dialogue();
        assertEquals(
                Stream.of(
                                "{\"event\":\"subscribe\",\"feed\":\"heartbeat\"}",
                                "{\"event\":\"subscribe\",\"feed\":\"ticker\",\"product_ids\":["
                                        + "\"PF_XBTUSD\"]}",
                                "{\"event\":\"subscribe\",\"feed\":\"book\",\"product_ids\":["
                                        + "\"PF_XBTUSD\"]}")
                        .map(Request::of)
                        .toList(),
                dialogue.requests(List.of("ticker:PF_XBTUSD", "book:PF_XBTUSD")));
        assertEquals(
                List.of(
                        new Control(Control.Kind.ACK, 1, ""),
                        new Control(Control.Kind.ACK, 3, ""),
                        new Control(Control.Kind.ACK, -1, ""),
                        new Control(Control.Kind.ERROR, -1, "Invalid product id"),
                        new Control(
                                Control.Kind.ERROR,
                                2,
                                "{\"event\":\"subscribed_failed\",\"feed\":\"ticker\","
                                        + "\"product_ids\":[\"PF_XBTUSD\"]}"),
                        new Control(Control.Kind.ERROR, -1, "Bad websocket message"),
                        new Control(Control.Kind.OTHER, -1, "{\"event\":\"info\",\"version\":1}"),
                        new Control(Control.Kind.OTHER, -1, "hello"),
                        new Control(Control.Kind.HEARTBEAT, -1, ""),
                        new Control(Control.Kind.HEARTBEAT, -1, "")),
                Stream.of(
                                "{\"event\":\"subscribed\",\"feed\":\"heartbeat\"}",
                                "{\"event\":\"subscribed\",\"feed\":\"book\",\"product_ids\":["
                                        + "\"PF_XBTUSD\"]}",
                                "{\"event\":\"subscribed\",\"feed\":\"book\",\"product_ids\":["
                                        + "\"PI_OTHER\"]}",
                                "{\"event\":\"error\",\"message\":\"Invalid product id\"}",
                                "{\"event\":\"subscribed_failed\",\"feed\":\"ticker\","
                                        + "\"product_ids\":[\"PF_XBTUSD\"]}",
                                "{\"event\":\"alert\",\"message\":\"Bad websocket message\"}",
                                "{\"event\":\"info\",\"version\":1}",
                                "hello",
                                "{\"feed\":\"heartbeat\",\"time\":1534262350627}",
                                "{\"time\":1534262350627,\"feed\":\"heartbeat\"}")
                        .map(frame -> dialogue.control(head(frame)))
                        .toList());
        assertNull(dialogue.ping(), "WebSocket's own ping keeps the connection");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"feed\":\"book\",\"product_id\":\"PF_XBTUSD\"",
                "{\"feed\":\"book_snapshot\",\"product_id\":\"PF_XBTUSD\"",
                "{\"time\":1680811086487,\"product_id\":\"PF_XBTUSD\",\"feed\":\"ticker\",\"bid\":1}",
            })
    void shouldTakeDataForData(final String frame) {
        assertNull(futures.dialogue().control(head(frame)));
    }

    @Test
    void shouldNameTheStreamOfAFrame() {
        final Dialogue dialogue = futures.dialogue();
        dialogue.requests(List.of("ticker:PF_XBTUSD", "book:PF_XBTUSD"));
        assertEquals(
                "book:PF_XBTUSD",
                dialogue.streamOf(
                        head("{\"feed\":\"book_snapshot\",\"product_id\":\"PF_XBTUSD\",\"ti")));
        assertEquals(
                "ticker:PF_XBTUSD",
                dialogue.streamOf(
                        head("{\"time\":1,\"product_id\":\"PF_XBTUSD\",\"feed\":\"ticker\",\"b")));
        assertNull(dialogue.streamOf(head("{\"feed\":\"trade\",\"product_id\":\"PF_XBTUSD\"}")));
        assertNull(dialogue.streamOf(head("{\"feed\":\"bo")));
    }

    @Test
    void shouldReadTickSizes() throws IOException {
        final String body =
                "{\"result\":\"success\",\"instruments\":[{\"symbol\":\"pi_xbtusd\",\"type\":"
                        + "\"futures_inverse\",\"tickSize\":0.5,\"marginLevels\":[{\"contracts\":"
                        + "0}]},{\"symbol\":\"PF_XBTUSD\",\"type\":\"flexible_futures\","
                        + "\"tickSize\":1,\"base\":\"BTC\",\"quote\":\"USD\"},{\"symbol\":"
                        + "\"FI_XBTUSD_260327\",\"type\":\"futures_inverse\",\"tickSize\":5.0E-7,"
                        + "\"base\":\"XBT\",\"quote\":\"USD\"},{\"symbol\":\"in_xbtusd\","
                        + "\"type\":\"spot index\",\"tradeable\":false}]}";
        assertEquals(
                List.of(
                        new Reference("PI_XBTUSD", "0.5"),
                        new Reference("PF_XBTUSD", "1", "BTC/USD:USD"),
                        new Reference("FI_XBTUSD_260327", "5.0E-7", "BTC/USD:BTC-260327")),
                futures.references(null, stream(body)).listed());
        assertEquals(
                URI.create("https://futures.kraken.com/derivatives/api/v3/instruments"),
                futures.referenceRequests(null, Venue.Access.NONE).get(0).uri());
        assertEquals(
                "instruments cannot be read: Unavailable",
                assertThrows(
                                IOException.class,
                                () ->
                                        futures.references(
                                                null,
                                                stream(
                                                        "{\"result\":\"error\",\"error\":"
                                                                + "\"Unavailable\"}")))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"instruments\":1}", "{\"instruments\":[{\"symbol\":"})
    void shouldSayThatAListOfInstrumentsIsNone(final String body) {
        assertThrows(IOException.class, () -> futures.references(null, stream(body)));
    }

    private static ByteArrayInputStream stream(final String body) {
        return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    }

    private static ByteBuffer head(final String frame) {
        return ByteBuffer.wrap(frame.getBytes(StandardCharsets.UTF_8));
    }
}
