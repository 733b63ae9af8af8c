package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Coinbase tells of its products and past trades by REST, and what decoders learn of it. */
class CoinbaseProductsTest {
    private final Venue exchange = Venues.find("coinbase-exchange");
    private final Venue advanced = Venues.find("coinbase-advanced");

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

    private static ByteArrayInputStream stream(final String body) {
        return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    }
}
