package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.feed.capture.CaptureReader;
import io.plumbline.feed.capture.CaptureRecord;
import io.plumbline.feed.capture.Captures;
import io.plumbline.feed.venue.Venue.ConnectionPlan;
import io.plumbline.feed.venue.Venue.Reference;
import io.plumbline.market.Channel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Binance's smaller markets, COIN-M and Binance.US, have of their own. */
class BinanceMarketsTest {
    private final Venue coinm = Venues.find("binance-coinm");
    private final Venue us = Venues.find("binance-us");

    @ParameterizedTest
    @CsvSource({
        "binance-coinm, BTC/USD:BTC, BTCUSD_PERP",
        "binance-coinm, BTC/USD:BTC-261225, BTCUSD_261225",
        "binance-coinm, BNB/USD:BNB, BNBUSD_PERP",
        "binance-coinm, 币安人生/USD:币安人生, 币安人生USD_PERP",
        "binance-us, BTC/USD, BTCUSD",
        "binance-us, BTC/USDT, BTCUSDT",
        "binance-us, BNB/USD, BNBUSD",
        "binance-us, BNB/BUSD, BNBBUSD",
        "binance-us, ETH/BTC, ETHBTC",
        "binance-us, USDC/USD, USDCUSD",
        "binance-us, 1INCH/USDT, 1INCHUSDT",
    })
    void shouldNameSymbolsBothWays(
            final String venue, final String symbol, final String venueSymbol) {
        assertEquals(venueSymbol, Venues.find(venue).toVenueSymbol(symbol));
        assertEquals(symbol, Venues.find(venue).toSymbol(venueSymbol));
    }

    /** The last two may be pairs in BUSD or in USD. */
    @ParameterizedTest
    @CsvSource({
        "binance-coinm, BTCUSD",
        "binance-coinm, BTCUSDT_PERP",
        "binance-coinm, BTCUSD_PERPETUAL",
        "binance-coinm, USD_PERP",
        "binance-us, USD",
        "binance-us, BTCXYZ",
        "binance-us, OMGBUSD",
        "binance-us, SHIBUSD",
    })
    void shouldLeaveNamesThatCannotBeSplit(final String venue, final String venueSymbol) {
        assertEquals(venueSymbol, Venues.find(venue).toSymbol(venueSymbol));
    }

    @ParameterizedTest
    @CsvSource({
        "binance-coinm, BTC/USD, venue binance-spot",
        "binance-coinm, BTC/USDT:USDT, not settled in its base",
        "binance-coinm, BTC/USD:BTC-PERP, YYMMDD",
        "binance-coinm, BTCUSD_PERP, 'here BTC/USD:BTC'",
        "binance-coinm, btc/usd:btc, upper case",
        "binance-us, BTC/USD:BTC, derivatives",
        "binance-us, BTCUSD, 'here BTC/USD'",
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
    void shouldCarryAllStreamsOverOneAddress() {
        final EnumSet<Channel> all = EnumSet.copyOf(coinm.channels());
        all.remove(Channel.DEPTH_SNAPSHOT);
        assertEquals(
                List.of(
                        new ConnectionPlan(
                                "stream",
                                URI.create("wss://dstream.binance.com/stream"),
                                List.of(
                                        "btcusd_perp@bookTicker",
                                        "btcusd_perp@aggTrade",
                                        "btcusd_perp@trade",
                                        "btcusd_perp@depth@100ms",
                                        "btcusd_perp@markPrice@1s"))),
                coinm.plan(List.of("BTCUSD_PERP"), all, null));
        assertEquals(
                List.of(
                        new ConnectionPlan(
                                "stream",
                                URI.create("wss://stream.binance.us:9443/stream"),
                                List.of("btcusd@bookTicker", "btcusd@depth@100ms"))),
                us.plan(List.of("BTCUSD"), EnumSet.of(Channel.BOOK_TICKER, Channel.DEPTH), null));
        assertThrows(
                IllegalArgumentException.class,
                () -> us.plan(List.of("BTCUSD"), EnumSet.of(Channel.MARK_PRICE), null));
    }

    @Test
    void shouldAskEachMarketsOwnRest() {
        final URI proxy = URI.create("http://127.0.0.1:9");
        assertEquals(
                List.of(
                        "https://dapi.binance.com/dapi/v1/exchangeInfo",
                        "http://127.0.0.1:9/dapi/v1/depth?symbol=BTCUSD_PERP&limit=1000",
                        "https://dapi.binance.com/dapi/v1/aggTrades?symbol=BTCUSD_PERP&fromId=71"
                                + "&limit=4",
                        "https://api.binance.us/api/v3/exchangeInfo",
                        "https://api.binance.us/api/v3/depth?symbol=BTCUSD&limit=1000"),
                List.of(
                                coinm.referenceRequests(null, Venue.Access.NONE).get(0),
                                coinm.snapshotRequest("BTCUSD_PERP", proxy),
                                coinm.tradeHistory()
                                        .request("BTCUSD_PERP", Channel.AGG_TRADE, 71, 74, null),
                                us.referenceRequests(null, Venue.Access.NONE).get(0),
                                us.snapshotRequest("BTCUSD", null))
                        .stream()
                        .map(request -> request.uri().toString())
                        .toList());
    }

    @Test
    void shouldTakeTheSymbolFromTheVenuesDescription() throws IOException {
        final String body =
                "{\"symbols\":[{\"symbol\":\"OMGBUSD\",\"baseAsset\":\"OMG\",\"quoteAsset\":"
                        + "\"BUSD\"},{\"symbol\":\"SHIBUSD\",\"baseAsset\":\"SHIB\",\"quoteAsset\":"
                        + "\"USD\"},{\"symbol\":\"BTCUSD_PERP\",\"marginAsset\":\"BTC\","
                        + "\"baseAsset\":\"BTC\",\"quoteAsset\":\"USD\"},{\"symbol\":"
                        + "\"BTCUSD_261225\",\"marginAsset\":\"BTC\",\"baseAsset\":\"BTC\","
                        + "\"quoteAsset\":\"USD\"},{\"symbol\":\"BTCUSDT\",\"marginAsset\":"
                        + "\"USDT\",\"baseAsset\":\"BTC\",\"quoteAsset\":\"USDT\"}]}";
        assertEquals(
                List.of(
                        new Reference("OMGBUSD", "", "OMG/BUSD"),
                        new Reference("SHIBUSD", "", "SHIB/USD"),
                        new Reference("BTCUSD_PERP", "", "BTC/USD:BTC"),
                        new Reference("BTCUSD_261225", "", "BTC/USD:BTC-261225"),
                        new Reference("BTCUSDT", "", "BTC/USDT:USDT")),
                us.references(null, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))
                        .listed());
    }

    /** Names that can be split mean what the venue says that they mean. */
    @ParameterizedTest
    @CsvSource({
        "BINANCE_DELIVERY.jsonl.zst, binance-coinm, 36, 0",
        "BINANCE_US.jsonl.zst, binance-us, 121, 11",
    })
    void shouldAgreeWithARecordedList(
            final String file, final String name, final int instruments, final int unsplit)
            throws IOException {
        final Path folder = Path.of(System.getProperty("plumbline.feeds", "../../shared/feeds"));
        final Path path = folder.resolve("binance").resolve(file);
        assumeTrue(Files.exists(path), "no recording " + path.toAbsolutePath());
        final Venue venue = Venues.find(name);
        final List<Reference> listed = new ArrayList<>();
        final CaptureRecord record = new CaptureRecord();
        try (CaptureReader reader = Captures.open(path)) {
            while (reader.next(record)) {
                if (record.kind == CaptureRecord.Kind.HTTP
                        && record.url.contains("/exchangeInfo")) {
                    listed.addAll(
                            venue.references(
                                            null,
                                            new ByteArrayInputStream(
                                                    record.bytes, record.offset, record.length))
                                    .listed());
                }
            }
        }
        assertEquals(instruments, listed.size());
        int same = 0;
        for (final Reference each : listed) {
            assertTrue(!each.tickSize().isEmpty(), each.venueSymbol());
            assertEquals(each.venueSymbol(), venue.toVenueSymbol(each.symbol()));
            final String split = venue.toSymbol(each.venueSymbol());
            if (split.equals(each.venueSymbol())) {
                same++;
            } else {
                assertEquals(each.symbol(), split);
            }
        }
        assertEquals(unsplit, same, "names that do not tell base and quote");
    }
}
