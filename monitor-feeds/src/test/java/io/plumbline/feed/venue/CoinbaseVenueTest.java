package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.venue.Dialogue.Control;
import io.plumbline.feed.venue.Venue.ConnectionPlan;
import io.plumbline.market.Channel;
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

class CoinbaseVenueTest {
    private final Venue exchange = Venues.find("coinbase-exchange");
    private final Venue advanced = Venues.find("coinbase-advanced");

    @ParameterizedTest
    @CsvSource({
        "coinbase-exchange, BTC/USD, BTC-USD",
        "coinbase-exchange, 00/USDC, 00-USDC",
        "coinbase-advanced, BTC/USDC, BTC-USDC",
        "coinbase-advanced, BTC/USDC:USDC, BTC-PERP-INTX",
        "coinbase-advanced, 1000PEPE/USDC:USDC, 1000PEPE-PERP-INTX",
        "coinbase-advanced, 币安人生/USD, 币安人生-USD",
    })
    void shouldKnowTheProductBothWays(
            final String venue, final String symbol, final String product) {
        assertEquals(product, Venues.find(venue).toVenueSymbol(symbol));
        assertEquals(symbol, Venues.find(venue).toSymbol(product));
    }

    @ParameterizedTest
    @ValueSource(strings = {"BIT-26DEC25-CDE", "BTC", "-USD", "BTC-", "-PERP-INTX", "A-B-C"})
    void shouldLeaveANameThatCannotBeSplit(final String product) {
        assertEquals(product, advanced.toSymbol(product));
    }

    @ParameterizedTest
    @CsvSource({
        "coinbase-exchange, BTC/USDC:USDC, venue coinbase-advanced",
        "coinbase-exchange, BTC-USD, 'here BTC/USD'",
        "coinbase-advanced, btc/usd, upper case",
        "coinbase-advanced, BTC/, no \"/\"",
        "coinbase-advanced, A/B/C, no \"/\"",
        "coinbase-advanced, BT\"C/USD, letters and digits",
        "coinbase-advanced, BTC/USD:BTC, quoted and settled in USDC",
        "coinbase-advanced, BTC/USDT:USDT, quoted and settled in USDC",
        "coinbase-advanced, BTC/USD:USD-261225, roots of their own",
    })
    void shouldSayWhatFormASymbolShouldHave(
            final String venue, final String symbol, final String remedy) {
        final IllegalArgumentException unfit =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Venues.find(venue).toVenueSymbol(symbol));
        assertTrue(unfit.getMessage().contains(remedy), unfit.getMessage());
        assertTrue(unfit.getMessage().contains("expected the form BTC/USD"), unfit.getMessage());
    }

    @Test
    void shouldPlanOneTickerForBothOfItsChannels() {
        assertEquals(
                List.of(
                        new ConnectionPlan(
                                "public",
                                URI.create("wss://ws-feed.exchange.coinbase.com"),
                                List.of(
                                        "ticker:BTC-USD",
                                        "matches:BTC-USD",
                                        "level2_batch:BTC-USD"))),
                exchange.plan(List.of("BTC-USD"), exchange.channels(), null));
        assertEquals(
                List.of(
                        new ConnectionPlan(
                                "public",
                                URI.create("ws://127.0.0.1:9"),
                                List.of("ticker:BTC-USD", "level2:BTC-USD"))),
                advanced.plan(
                        List.of("BTC-USD"),
                        EnumSet.of(Channel.TICKER, Channel.DEPTH),
                        URI.create("ws://127.0.0.1:9")));
        final List<String> products =
                IntStream.range(0, 301).mapToObj(i -> "S" + i + "-USD").toList();
        assertEquals(
                List.of("public 300", "public-2 1"),
                advanced.plan(products, EnumSet.of(Channel.TRADE), null).stream()
                        .map(plan -> plan.connection() + " " + plan.streams().size())
                        .toList());
        assertTrue(
                assertThrows(
                                IllegalArgumentException.class,
                                () -> exchange.plan(products, EnumSet.of(Channel.MARK_PRICE), null))
                        .getMessage()
                        .startsWith("coinbase-exchange has no channel \"markPrice\""));
    }

    /** A refused product must not take others with it. */
    @Test
    void shouldAskForEachProductByItself() {
        assertEquals(
                List.of(
                        "{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\"],\"channels\":"
                                + "[\"ticker\",\"matches\",\"heartbeat\"]}",
                        "{\"type\":\"subscribe\",\"product_ids\":[\"E\\\"-USD\"],\"channels\":"
                                + "[\"matches\",\"heartbeat\"]}"),
                texts(
                        exchange.dialogue()
                                .requests(
                                        List.of(
                                                "ticker:BTC-USD",
                                                "matches:E\"-USD",
                                                "matches:BTC-USD"))));
        assertEquals(
                List.of(
                        "{\"type\":\"subscribe\",\"channel\":\"heartbeats\"}",
                        "{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\"],\"channel\":"
                                + "\"ticker\"}",
                        "{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\"],\"channel\":"
                                + "\"level2\"}",
                        "{\"type\":\"subscribe\",\"product_ids\":[\"ETH-USD\"],\"channel\":"
                                + "\"level2\"}"),
                texts(
                        advanced.dialogue()
                                .requests(
                                        List.of(
                                                "level2:BTC-USD",
                                                "ticker:BTC-USD",
                                                "level2:ETH-USD"))));
        final List<String> many = IntStream.range(0, 41).mapToObj(i -> "level2:S" + i).toList();
        final List<Dialogue.Request> requests = advanced.dialogue().requests(many);
        assertEquals(1 + 14, requests.size(), "not more a channel than two seconds and a half");
        assertTrue(requests.stream().allMatch(request -> request.answers() == 1));
        assertNull(exchange.dialogue().ping());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"l2update\",\"product_id\":\"BTC-USD\",\"changes\":[[\"buy\"",
                "{\"type\":\"last_match\",\"trade_id\":1",
                "{\"type\":\"match\",\"trade_id\":1",
                "{\"type\":\"snapshot\",\"product_id\":\"BTC-USD\",\"asks\":[[",
                "{\"product_id\":\"BTC-USD\",\"type\":\"ticker\",\"price\":\"1\"}",
            })
    void shouldTakeExchangesDataForData(final String frame) {
        assertNull(exchange.dialogue().control(head(frame)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"channel\":\"l2_data\",\"client_id\":\"\",\"timestamp\":\"2026",
                "{\"channel\":\"ticker\",\"events\":[",
                "{\"sequence_num\":4,\"channel\":\"market_trades\",\"events\":[]}",
            })
    void shouldTakeAdvancedDataForData(final String frame) {
        assertNull(advanced.dialogue().control(head(frame)));
    }

    /** Answers carry no number: the lists of what is granted tell whose they are. */
    @Test
    void shouldFindTheRequestThatAnAnswerBelongsTo() {
        final String both =
                "{\"channels\":[{\"name\":\"matches\",\"product_ids\":[\"BTC-USD\"]},"
                        + "{\"name\":\"level2_50\",\"product_ids\":[\"ETH-USD\"]},"
                        + "{\"name\":\"heartbeat\",\"product_ids\":[\"BTC-USD\","
                        + "\"ETH-USD\",\"X-Y\"]}],\"type\":\"subscriptions\"}";
        final Dialogue dialogue = exchange.dialogue();
        dialogue.requests(
                List.of("matches:BTC-USD", "matches:NO-PE", "level2_batch:ETH-USD", "ticker:X-Y"));
        assertEquals(
                List.of(
                        new Control(
                                Control.Kind.ERROR,
                                2,
                                "Failed to subscribe: NO-PE is not a valid product"),
                        new Control(Control.Kind.ACK, 1, ""),
                        new Control(Control.Kind.ACK, 3, ""),
                        new Control(Control.Kind.ERROR, 4, "not granted: ticker:X-Y"),
                        new Control(Control.Kind.ERROR, -1, "Too many requests"),
                        new Control(Control.Kind.HEARTBEAT, -1, ""),
                        new Control(
                                Control.Kind.OTHER, -1, "{\"type\":\"status\",\"products\":[]}")),
                controls(
                        dialogue,
                        "{\"type\":\"error\",\"message\":\"Failed to subscribe\",\"reason\":"
                                + "\"NO-PE is not a valid product\"}",
                        grant("matches", "BTC-USD"),
                        both,
                        both,
                        "{\"type\":\"error\",\"message\":\"Too many requests\"}",
                        "{\"type\":\"heartbeat\",\"sequence\":9}",
                        "{\"type\":\"status\",\"products\":[]}"));
    }

    @Test
    void shouldTellWhatWasRefusedInSilence() {
        final Dialogue dialogue = advanced.dialogue();
        dialogue.requests(List.of("ticker:BTC-USDC", "level2:NO-PE", "level2:BTC-USD"));
        assertEquals(
                List.of(
                        new Control(Control.Kind.ACK, 1, ""),
                        new Control(Control.Kind.ACK, 2, ""),
                        new Control(Control.Kind.ERROR, 3, "not granted: level2:NO-PE"),
                        new Control(Control.Kind.ACK, 4, ""),
                        new Control(Control.Kind.ERROR, -1, "{\"type\":\"error\"}"),
                        new Control(Control.Kind.HEARTBEAT, -1, "")),
                controls(
                        dialogue,
                        granted("\"heartbeats\":[\"heartbeats\"]"),
                        granted("\"heartbeats\":[\"heartbeats\"],\"ticker\":[\"BTC-USD\"]"),
                        granted("\"heartbeats\":[\"heartbeats\"],\"ticker\":[\"BTC-USD\"]"),
                        granted(
                                "\"heartbeats\":[\"heartbeats\"],\"level2\":[\"BTC-USD\"],"
                                        + "\"ticker\":[\"BTC-USD\"]"),
                        "{\"type\":\"error\"}",
                        "{ \"channel\":\"heartbeats\"}"));
        assertEquals(
                Control.Kind.OTHER,
                dialogue.control(head(granted("\"level2\":[\"BTC-USD\"]"))).kind());
    }

    @Test
    void shouldNameTheStreamOfAFrame() {
        final Dialogue dialogue = exchange.dialogue();
        dialogue.requests(List.of("matches:BTC-USD", "level2_batch:BTC-USD", "ticker:BTC-USD"));
        assertEquals(
                List.of("matches:BTC-USD", "level2_batch:BTC-USD", "ticker:BTC-USD"),
                List.of("last_match", "snapshot", "ticker").stream()
                        .map(
                                type ->
                                        dialogue.streamOf(
                                                head(
                                                        "{\"type\":\""
                                                                + type
                                                                + "\",\"product_id\":"
                                                                + "\"BTC-USD\",\"bids\":[[\"1")))
                        .toList());
        assertNull(dialogue.streamOf(head("{\"type\":\"match\",\"product_id\":\"X-Y\"}")));
        final Dialogue other = advanced.dialogue();
        other.requests(List.of("level2:BTC-USDC", "market_trades:BTC-USD", "ticker:BTC-USD"));
        assertEquals(
                "level2:BTC-USDC",
                other.streamOf(
                        head(
                                "{\"channel\":\"l2_data\",\"events\":[{\"type\":\"update\","
                                        + "\"product_id\":\"BTC-USD\",\"updates\":[{")));
        assertEquals(
                "market_trades:BTC-USD",
                other.streamOf(
                        head(
                                "{\"channel\":\"market_trades\",\"events\":[{\"type\":\"update\","
                                        + "\"trades\":[{\"product_id\":\"BTC-USD\"")));
        assertEquals(
                "ticker:BTC-USD",
                other.streamOf(
                        head(
                                "{\"channel\":\"ticker\",\"events\":[{\"tickers\":[{\"type\":"
                                        + "\"ticker\",\"product_id\":\"BTC-USD\"")));
        assertNull(other.streamOf(head("{\"channel\":\"ticker\",\"events\":[{\"tickers\":1}]}")));
    }

    private static List<String> texts(final List<Dialogue.Request> requests) {
        return requests.stream().map(Dialogue.Request::text).toList();
    }

    private static List<Control> controls(final Dialogue dialogue, final String... frames) {
        final List<Control> controls = new ArrayList<>();
        for (final String frame : frames) {
            controls.add(dialogue.control(head(frame)));
        }
        return controls;
    }

    private static String grant(final String channel, final String product) {
        return "{\"type\":\"subscriptions\",\"channels\":[{\"name\":\""
                + channel
                + "\",\"product_ids\":[\""
                + product
                + "\"]},{\"name\":\"heartbeat\",\"product_ids\":[\""
                + product
                + "\"]}]}";
    }

    private static String granted(final String channels) {
        return "{\"channel\":\"subscriptions\",\"client_id\":\"\",\"sequence_num\":0,\"events\":["
                + "{\"subscriptions\":{"
                + channels
                + "}}]}";
    }

    private static ByteBuffer head(final String frame) {
        return ByteBuffer.wrap(frame.getBytes(StandardCharsets.UTF_8));
    }
}
