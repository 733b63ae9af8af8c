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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeribitVenueTest {
    private final Venue deribit = Venues.find("deribit");

    @ParameterizedTest
    @CsvSource({
        "BTC/USD:BTC, BTC-PERPETUAL",
        "BTC/USD:BTC-261225, BTC-25DEC26",
        "ETH/USD:ETH-261204, ETH-4DEC26",
        "BTC/USDC:USDC, BTC_USDC-PERPETUAL",
        "ETH/USDC:USDC-270326, ETH_USDC-26MAR27",
        "BTC/USD:BTC-261225-100000-C, BTC-25DEC26-100000-C",
        "ETH/USD:ETH-261204-2400-P, ETH-4DEC26-2400-P",
        "XRP/USDC:USDC-261225-0.625-C, XRP_USDC-25DEC26-0d625-C",
        "BTC/USDC, BTC_USDC",
        "USDC/USDT, USDC_USDT",
        "1000PEPE/USDT:USDT, 1000PEPE_USDT-PERPETUAL",
        "币安人生/USDC:USDC, 币安人生_USDC-PERPETUAL",
    })
    void shouldNameSymbolsBothWays(final String symbol, final String venueSymbol) {
        assertEquals(venueSymbol, deribit.toVenueSymbol(symbol));
        assertEquals(symbol, deribit.toSymbol(venueSymbol));
    }

    @ParameterizedTest
    @CsvSource({
        "BTCUSDC, no \"/\"",
        "BTC-PERPETUAL, 'here BTC/USD:BTC'",
        "btc/usd:btc, upper case",
        "BTC/USD:EUR, settled neither",
        "BTC/EUR:BTC, quoted in USD",
        "BTC/USD:BTC-PERP, YYMMDD",
        "BTC/USD:BTC-261325, YYMMDD",
        "BTC/USD:BTC-261225-100000, YYMMDD",
        "BTC/USD:BTC-261225-100000-X, C or P",
        "BTC/USD:BTC-261225-1.2.3-C, C or P",
        "BT\"C/USDC, letters and digits",
        "BTC/, letters and digits",
        "A:B/C, no pair",
    })
    void shouldSayWhatFormASymbolShouldHave(final String symbol, final String remedy) {
        final IllegalArgumentException unfit =
                assertThrows(IllegalArgumentException.class, () -> deribit.toVenueSymbol(symbol));
        assertTrue(unfit.getMessage().contains(remedy), unfit.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "BTC",
                "_USDC",
                "BTC_",
                "BTC-FS-25DEC26_PERP",
                "BTC-CS-25DEC26-90000_100000",
                "BTC-25DEC26-100000",
                "BTC-25DEC26-100000-X",
                "BTC-25DEC26-d5-C",
                "BTC-05DEC26",
                "BTC-32DEC26",
                "BTC-25DEZ26",
                "BTC-25DEC2026",
                "BTC-PERPETUAL-1",
            })
    void shouldLeaveNamesThatCannotBeSplit(final String venueSymbol) {
        assertEquals(venueSymbol, deribit.toSymbol(venueSymbol));
    }

    @Test
    void shouldPlanOneTickerForItsThreeChannels() {
        assertEquals(
                List.of(
                        new ConnectionPlan(
                                "public",
                                URI.create("wss://www.deribit.com/ws/api/v2"),
                                List.of(
                                        "ticker.BTC-PERPETUAL.100ms",
                                        "trades.BTC-PERPETUAL.100ms",
                                        "book.BTC-PERPETUAL.100ms"))),
                deribit.plan(List.of("BTC-PERPETUAL"), deribit.channels(), null));
        for (final Channel channel :
                List.of(Channel.BOOK_TICKER, Channel.TICKER, Channel.MARK_PRICE)) {
            assertEquals(
                    List.of("ticker.BTC_USDC.100ms"),
                    deribit.plan(List.of("BTC_USDC"), EnumSet.of(channel), null).get(0).streams());
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> deribit.plan(List.of("X"), EnumSet.of(Channel.AGG_TRADE), null));
        final List<String> many = IntStream.range(0, 401).mapToObj(i -> "N" + i).toList();
        assertEquals(
                List.of(400, 1),
                deribit
                        .plan(many, EnumSet.of(Channel.DEPTH), URI.create("ws://127.0.0.1:1"))
                        .stream()
                        .map(plan -> plan.streams().size())
                        .toList());
    }

    @Test
    void shouldAskForHeartbeatsAndManyStreamsAtOnce() {
        assertEquals(
                List.of(
                        Request.of(
                                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"public/set_heartbeat\","
                                        + "\"params\":{\"interval\":10}}"),
                        Request.of(
                                "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"public/subscribe\","
                                        + "\"params\":{\"channels\":[\"platform_state\","
                                        + "\"ticker.BTC-PERPETUAL.100ms\","
                                        + "\"book.A\\\"B.100ms\"]}}")),
                deribit.dialogue()
                        .requests(List.of("ticker.BTC-PERPETUAL.100ms", "book.A\"B.100ms")));
        final List<String> many = IntStream.range(0, 400).mapToObj(i -> "book." + i).toList();
        assertEquals(6, deribit.dialogue().requests(many).size());
    }

    @Test
    void shouldTellAnswersHeartbeatsAndMaintenanceApart() {
        final Dialogue dialogue = deribit.dialogue();
        dialogue.requests(List.of("ticker.BTC-PERPETUAL.100ms", "book.NOPE.100ms"));
        final String test =
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"public/test\",\"params\":{}}";
        assertEquals(
                List.of(
                        new Control(Control.Kind.ACK, 1, ""),
                        new Control(Control.Kind.ACK, 2, ""),
                        new Control(
                                Control.Kind.ERROR, 2, "1 of 3 streams left out: book.NOPE.100ms"),
                        new Control(
                                Control.Kind.ERROR,
                                2,
                                "3 of 3 streams left out: platform_state,"
                                        + " ticker.BTC-PERPETUAL.100ms, book.NOPE.100ms"),
                        new Control(Control.Kind.ERROR, 2, "code 10028 too_many_requests"),
                        new Control(Control.Kind.ERROR, -1, "refused"),
                        new Control(Control.Kind.HEARTBEAT, -1, ""),
                        new Control(Control.Kind.HEARTBEAT, -1, "", test),
                        new Control(Control.Kind.HEARTBEAT, -1, ""),
                        new Control(
                                Control.Kind.SHUTDOWN, -1, "the platform goes into maintenance"),
                        new Control(Control.Kind.OTHER, -1, "{\"id\":3,\"result\":17}"),
                        new Control(Control.Kind.OTHER, -1, "{\"method\":\"other\"}"),
                        new Control(Control.Kind.OTHER, -1, "hello")),
                Stream.of(
                                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"ok\",\"usIn\":1}",
                                "{\"id\":2,\"result\":[\"book.NOPE.100ms\","
                                        + "\"ticker.BTC-PERPETUAL.100ms\",\"platform_state\"]}",
                                "{\"id\":2,\"result\":[\"platform_state\","
                                        + "\"ticker.BTC-PERPETUAL.100ms\"]}",
                                "{\"id\":2,\"result\":[]}",
                                "{\"id\":2,\"error\":{\"code\":10028,\"message\":"
                                        + "\"too_many_requests\",\"data\":{\"wait\":1}}}",
                                "{\"error\":{}}",
                                "{\"jsonrpc\":\"2.0\",\"method\":\"heartbeat\",\"params\":"
                                        + "{\"type\":\"heartbeat\"}}",
                                "{\"params\":{\"type\":\"test_request\"},\"method\":"
                                        + "\"heartbeat\",\"jsonrpc\":\"2.0\"}",
                                "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{\"version\":\"1\"}}",
                                data("platform_state", "{\"maintenance\":true}"),
                                "{\"id\":3,\"result\":17}",
                                "{\"method\":\"other\"}",
                                "hello")
                        .map(frame -> dialogue.control(head(frame)))
                        .toList());
        assertEquals(test, dialogue.ping());
        assertEquals(
                Control.Kind.OTHER,
                dialogue.control(
                                head(
                                        data(
                                                "platform_state",
                                                "{\"price_index\":\"sol_usdc\",\"locked\":true}")))
                        .kind());
    }

    @Test
    void shouldNameAFewOfTheStreamsThatWereLeftOut() {
        final Dialogue dialogue = deribit.dialogue();
        dialogue.requests(IntStream.range(0, 7).mapToObj(i -> "book." + i).toList());
        assertEquals(
                "7 of 8 streams left out: book.0, book.1, book.2, book.3, book.4, …",
                dialogue.control(head("{\"id\":2,\"result\":[\"platform_state\"]}")).text());
    }

    @Test
    void shouldTakeDataForDataAndNameItsStream() {
        final Dialogue dialogue = deribit.dialogue();
        dialogue.requests(List.of("book.BTC-PERPETUAL.100ms"));
        final String book = data("book.BTC-PERPETUAL.100ms", "{\"type\":\"snapshot\"}");
        final String turned =
                "{\"params\":{\"data\":{},\"channel\":\"book.BTC-PERPETUAL.100ms\"},"
                        + "\"method\":\"subscription\"}";
        for (final String frame : List.of(book, book.substring(0, book.length() - 9), turned)) {
            assertNull(dialogue.control(head(frame)), frame);
            assertEquals("book.BTC-PERPETUAL.100ms", dialogue.streamOf(head(frame)), frame);
        }
        assertNull(dialogue.control(head(data("perpetual.BTC-PERPETUAL.100ms", "{}"))));
        assertNull(dialogue.streamOf(head(data("trades.BTC-PERPETUAL.100ms", "[]"))));
        assertNull(dialogue.streamOf(head("{\"params\":3,\"x\":{\"channel\":")));
    }

    @Test
    void shouldTakeTheFinestTick() throws IOException {
        final String body =
                "{\"jsonrpc\":\"2.0\",\"result\":[{\"tick_size\":0.5,\"tick_size_steps\":[],"
                        + "\"instrument_name\":\"BTC-PERPETUAL\"},{\"tick_size\":0.0001,"
                        + "\"tick_size_steps\":[{\"tick_size\":0.0005,\"above_price\":0.005}],"
                        + "\"instrument_name\":\"BTC-25DEC26-100000-C\"},{\"instrument_name\":"
                        + "\"ODD\",\"tick_size\":2,\"tick_size_steps\":[{\"tick_size\":3}]},"
                        + "{\"instrument_name\":\"NONE\",\"tick_size\":0},{\"instrument_name\":"
                        + "\"WORDS\",\"tick_size\":\"fine\"},{\"instrument_name\":\"TINY\","
                        + "\"tick_size\":1e-05},{\"instrument_name\":\"HUGE\",\"tick_size\":"
                        + "1e-999999999}],\"usIn\":1}";
        assertEquals(
                List.of(
                        new Reference("BTC-PERPETUAL", "0.5"),
                        new Reference("BTC-25DEC26-100000-C", "0.0001"),
                        new Reference("ODD", ""),
                        new Reference("NONE", ""),
                        new Reference("WORDS", ""),
                        new Reference("TINY", "1e-05"),
                        new Reference("HUGE", "")),
                deribit.references(null, stream(body)).listed());
        assertEquals(
                URI.create(
                        "http://127.0.0.1:9/api/v2/public/get_instruments"
                                + "?currency=any&expired=false"),
                deribit.referenceRequests(URI.create("http://127.0.0.1:9"), Venue.Access.NONE)
                        .get(0)
                        .uri());
        assertEquals(
                "get_instruments cannot be read: too_many_requests",
                assertThrows(
                                IOException.class,
                                () ->
                                        deribit.references(
                                                null,
                                                stream(
                                                        "{\"error\":{\"code\":10028,\"message\":"
                                                                + "\"too_many_requests\"}}")))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"result\":1}", "{\"result\":[{\"tick_size\":"})
    void shouldSayThatAListOfInstrumentsIsNone(final String body) {
        assertThrows(IOException.class, () -> deribit.references(null, stream(body)));
    }

    @Test
    void shouldAskForTradesByTheirNumbers() {
        final TradeHistory history = deribit.tradeHistory();
        assertEquals(
                URI.create(
                        "https://www.deribit.com/api/v2/public/get_last_trades_by_instrument"
                                + "?instrument_name=BTC-PERPETUAL&start_seq=502&end_seq=504"
                                + "&count=3&sorting=asc"),
                history.request("BTC-PERPETUAL", Channel.TRADE, 502, 504, null).uri());
        assertNull(history.request("BTC-PERPETUAL", Channel.DEPTH, 1, 2, null));
        assertNull(history.shape(Channel.DEPTH));
        assertEquals("trade_seq", history.shape(Channel.TRADE).id());
        assertNull(deribit.snapshotRequest("BTC-PERPETUAL", null), "books come in the stream");
    }

    private static String data(final String channel, final String data) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":{\"channel\":\""
                + channel
                + "\",\"data\":"
                + data
                + "}}";
    }

    private static ByteArrayInputStream stream(final String body) {
        return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    }

    private static ByteBuffer head(final String frame) {
        return ByteBuffer.wrap(frame.getBytes(StandardCharsets.UTF_8));
    }
}
