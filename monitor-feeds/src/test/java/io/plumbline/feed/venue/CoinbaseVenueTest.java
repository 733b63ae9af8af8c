package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.venue.Dialogue.Control;
import io.plumbline.feed.venue.Venue.ConnectionPlan;
import io.plumbline.feed.venue.Venue.Reference;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.Channel;
import io.plumbline.market.EventType;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
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

    @Test
    void shouldReadTheStepOfPricesWhereEachFeedHasIt() throws IOException {
        assertEquals(
                List.of(new Reference("BTC-USD", "0.01"), new Reference("NEW-USD", "")),
                exchange.references(
                                null,
                                stream(
                                        "[{\"id\":\"BTC-USD\",\"quote_increment\":\"0.01\","
                                                + "\"status\":\"online\"},{\"id\":\"NEW-USD\"},"
                                                + "{\"id\":\"OLD-USD\",\"quote_increment\":\"1\","
                                                + "\"status\":\"delisted\"}]"))
                        .listed());
        final RestRequest first =
                advanced.referenceRequests(URI.create("http://127.0.0.1:9"), Venue.Access.NONE)
                        .get(1);
        final Venue.ReferencePage page =
                advanced.references(
                        first,
                        stream(
                                "{\"products\":[{\"product_id\":\"BIT-26DEC25-CDE\","
                                        + "\"quote_increment\":\"0.01\",\"price_increment\":\"5\","
                                        + "\"quote_currency_id\":\"USD\","
                                        + "\"future_product_details\":{\"contract_expiry\":"
                                        + "\"2025-12-26T16:00:00Z\",\"contract_root_unit\":"
                                        + "\"BTC\"}},{\"product_id\":\"BTC-PERP-INTX\","
                                        + "\"price_increment\":\"0.1\",\"quote_currency_id\":"
                                        + "\"USDC\",\"future_product_details\":{"
                                        + "\"contract_expiry\":null,\"contract_root_unit\":"
                                        + "\"BTC\"}}],\"pagination\":{\"next_cursor\":\"a=\","
                                        + "\"has_next\":true}}"));
        assertEquals(
                List.of(
                        new Reference("BIT-26DEC25-CDE", "5", "BTC/USD:USD-251226"),
                        new Reference("BTC-PERP-INTX", "0.1")),
                page.listed());
        assertEquals(
                "http://127.0.0.1:9/api/v3/brokerage/market/products"
                        + "?product_type=FUTURE&cursor=a%3D",
                page.next().uri().toString());
        assertEquals(
                "http://127.0.0.1:9/api/v3/brokerage/market/products"
                        + "?product_type=FUTURE&cursor=b",
                advanced.references(
                                page.next(),
                                stream(
                                        "{\"products\":[],\"pagination\":{\"has_next\":true,"
                                                + "\"next_cursor\":\"b\"}}"))
                        .next()
                        .uri()
                        .toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "coinbase-exchange | {\"message\":\"NotFound\"} | products cannot be read:"
                        + " NotFound",
                "coinbase-exchange | 5 | products cannot be read: it is no list",
                "coinbase-exchange | [{\"id\": | products are not JSON from byte 7 on",
                "coinbase-advanced | {} | products cannot be read: it has no \"products\"",
                "coinbase-advanced | {\"error\":\"x\",\"message\":\"no\"} | products cannot be"
                        + " read: no",
                "coinbase-advanced | {\"products\":[] | products are not JSON from byte 14 on",
            })
    void shouldSayThatAListOfProductsIsNone(
            final String venue, final String body, final String why) {
        assertEquals(
                why,
                assertThrows(
                                IOException.class,
                                () -> Venues.find(venue).references(null, stream(body)))
                        .getMessage());
    }

    @Test
    void shouldAskForLostMatchesByTheirIds() {
        final TradeHistory history = exchange.tradeHistory();
        assertEquals(
                List.of(
                        "https://api.exchange.coinbase.com/products/BTC-USD/trades?after=12&limit=5",
                        "http://127.0.0.1:9/products/%E5%B8%81-USD/trades?after=2001&limit=1000"),
                List.of(
                        history.request("BTC-USD", Channel.TRADE, 7, 11, null).uri().toString(),
                        history.request(
                                        "币-USD",
                                        Channel.TRADE,
                                        1,
                                        2_000,
                                        URI.create("http://127.0.0.1:9"))
                                .uri()
                                .toString()));
        assertNull(history.request("BTC-USD", Channel.DEPTH, 7, 11, null));
        assertNull(history.shape(Channel.DEPTH));
        assertNull(advanced.tradeHistory());
        final Instruments instruments = new Instruments();
        instruments.add("coinbase-exchange", "BTC/USD", "BTC-USD");
        final List<String> told = new ArrayList<>();
        BackfillDecoder.of(exchange, instruments, Venue.UnknownSymbols.IGNORE)
                .decode(
                        message(
                                InboundType.BACKFILL,
                                "{\"symbol\":\"BTC-USD\",\"channel\":\"trade\",\"from\":7,"
                                        + "\"to\":11,\"gapFrom\":7,\"gapTo\":11,\"body\":[{"
                                        + "\"trade_id\":11,\"side\":\"sell\",\"size\":\"0.1\","
                                        + "\"price\":\"65083.10\",\"time\":"
                                        + "\"2026-01-02T03:04:05.123456Z\"}]}"),
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
        assertEquals("BACKFILLED 11 65083.1 1767323045123456000", told.get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"coinbase-exchange", "coinbase-advanced"})
    void shouldTakeTheTicksThatWereFetched(final String name) {
        final Instruments instruments = new Instruments();
        instruments.add(name, "BTC/USD", "BTC-USD");
        final MarketEvent event = new MarketEvent().clear();
        Venues.find(name)
                .decoder(instruments, Venue.UnknownSymbols.IGNORE)
                .decode(
                        message(
                                InboundType.REFERENCE,
                                "{\"symbol\":\"BTC-USD\",\"tickSize\":\"0.01\"}"),
                        event,
                        told -> {});
        assertEquals(EventType.INSTRUMENT + " 0.01", event.type + " " + event.tick);
    }

    /** A name met first in a message that is refused must not become an instrument. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "coinbase-exchange | {\"type\":\"match\",\"product_id\":\"A-B\",\"price\":\"1\"}",
                "coinbase-exchange |"
                        + " {\"type\":\"l2update\",\"product_id\":\"A-B\",\"changes\":[[]]}",
                "coinbase-advanced | {\"channel\":\"l2_data\",\"events\":[{\"type\":\"update\","
                        + "\"product_id\":\"A-B\",\"updates\":[]},{}]}",
                "coinbase-advanced | {\"channel\":\"market_trades\",\"events\":[{\"trades\":[{"
                        + "\"product_id\":\"A-B\",\"trade_id\":\"1\",\"price\":\"1\",\"size\":"
                        + "\"1\"},{}]}]}",
            })
    void shouldLearnNamesOnlyFromMessagesThatAreTaken(final String name, final String frame) {
        final List<String> learned = new ArrayList<>();
        final MarketEvent draft = new MarketEvent().clear();
        Venues.find(name)
                .decoder(
                        new Instruments(),
                        (venue, product) -> {
                            learned.add(product);
                            return -1;
                        })
                .decode(message(InboundType.FRAME_TEXT, frame), draft, event -> {});
        assertEquals(EventType.UNPARSED, draft.type);
        assertEquals(List.of(), learned);
    }

    private static InboundMessage message(final InboundType type, final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        final InboundMessage message = new InboundMessage();
        message.set(type, 2, 1, 0, 5, bytes, 0, bytes.length);
        return message;
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

    private static ByteArrayInputStream stream(final String body) {
        return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    }

    private static ByteBuffer head(final String frame) {
        return ByteBuffer.wrap(frame.getBytes(StandardCharsets.UTF_8));
    }
}
