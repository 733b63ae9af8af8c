package io.plumbline.feed.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.feed.venue.Venues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VenueGuessTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'e':'depthUpdate','s':'BTCUSDT','U':1,'u':2,'pu':0}|binance-usdm",
                "{'e':'depthUpdate','s':'BTCUSD_PERP','U':1,'u':2,'pu':0}|binance-coinm",
                "{'e':'depthUpdate','s':'BTCUSD_210924','U':1,'u':2,'pu':0}|binance-coinm",
                "{'e':'depthUpdate','s':'BTCUSDT_210924','U':1,'u':2,'pu':0}|binance-usdm",
                "{'e':'depthUpdate','s':'BTCUSDT','U':1,'u':2}|binance-spot",
                "{'stream':'btcusdt@bookTicker','data':{'u':1,'s':'BTCUSDT'}}|binance-spot",
                "{'stream':'a@bookTicker','data':{'e':'bookTicker','u':1}}|binance-usdm",
                "{'e':'trade','s':'BTCUSDT','t':1,'m':true,'M':true}|binance-spot",
                "{'e':'trade','s':'BTCUSDT','t':1,'X':'MARKET','m':true}|binance-usdm",
                "{'type':1,'target':'GatewayQuote','arguments':['CON.F.US.EP.U26',{}]}|projectx",
            })
    void shouldGuessByFrames(final String frame, final String venue) throws IOException {
        final Path file = folder.resolve("capture");
        Files.writeString(
                file,
                "1723161256172216566 {\"result\":null,\"id\":1}\n1723161256172216566 "
                        + frame.replace('\'', '"')
                        + "\n");
        assertEquals(venue, VenueGuess.of(file).orElseThrow().venue());
    }

    @Test
    void shouldNotGuessFromNothing() throws IOException {
        final Path file = folder.resolve("capture");
        Files.writeString(file, "1723161256172216566 {\"lastUpdateId\":1}\n");
        assertEquals(Optional.empty(), VenueGuess.of(file));
    }

    @ParameterizedTest
    @CsvSource({
        "wss://stream.bybit.com/v5/public/inverse, bybit-inverse",
        "wss://stream.bybit.com/v5/public/spot, bybit-spot",
        "https://api.bybit.com/v5/market/instruments-info?category=inverse, bybit-inverse",
        "https://api.bybit.com/v5/market/instruments-info?&category=spot, bybit-spot",
        "wss://futures.kraken.com/ws/v1, kraken-futures",
        "wss://ws.kraken.com/v2, kraken",
        "wss://fstream.binance.com/stream, binance-usdm",
        "https://dapi.binance.com/dapi/v1/depth, binance-coinm",
        "wss://stream-sbe.binance.com/stream, binance-spot-sbe",
        "wss://stream.binance.us:9443/stream, binance-us",
        "wss://stream.binance.com:9443/stream, binance-spot",
        "wss://ws.okx.com:8443/ws/v5/public, okx",
        "wss://advanced-trade-ws.coinbase.com, coinbase-advanced",
        "wss://ws-feed.exchange.coinbase.com, coinbase-exchange",
        "wss://www.deribit.com/ws/api/v2, deribit",
        "wss://api-pub.bitfinex.com/ws/2, bitfinex",
        "wss://rtc.topstepx.com/hubs/market, projectx",
    })
    void shouldGuessAVenueOfThisBuildByAddresses(final String address, final String venue) {
        final VenueGuess guess = VenueGuess.ofAddress(address).orElseThrow();
        assertEquals(venue, Venues.find(guess.venue()).name());
    }

    @Test
    void shouldSayWhatOfTheAddressTellsIt() {
        assertEquals(
                "the address contains bybit.com/v5/market and category=linear",
                VenueGuess.ofAddress("https://api.bybit.com/v5/market/x?category=linear")
                        .orElseThrow()
                        .reason());
        assertEquals(Optional.empty(), VenueGuess.ofAddress(""));
        assertEquals(Optional.empty(), VenueGuess.ofAddress("https://api.bybit.com/v5/market/x"));
    }

    @Test
    void shouldTellTheConnectionsOfARecordingThatNamesThem() throws IOException {
        final Path file = folder.resolve("capture");
        Files.writeString(
                file,
                "{'t':'http','conn':'h','ts':1.5,'url':'https://api.kraken.com/x','data':'{}'}\n"
                        .concat("{'t':'recv','conn':'b','ts':1.5,'data':'{}'}\n")
                        .concat("{'t':'connect','conn':'a','ts':2.5,'addr':'wss://ws.okx.com'}\n")
                        .concat("{'t':'connect','conn':'b','ts':1.0,'addr':'ws://localhost'}\n")
                        .replace('\'', '"'));
        assertEquals(
                "[b unknown, a okx]",
                CapturedConnection.of(file).stream()
                        .map(c -> c.name() + c.guess().map(g -> " " + g.venue()).orElse(" unknown"))
                        .toList()
                        .toString());
        Files.writeString(file, "1723161256172216566 {\"lastUpdateId\":1}\n");
        assertEquals(java.util.List.of(), CapturedConnection.of(file));
    }

    @ParameterizedTest
    @CsvSource({
        "binance/usdm_btcusdt_20240718.gz, binance-usdm",
        "binance/usdm_btcusdt_20240808.gz, binance-usdm",
        "binance/spot_btcusdt_20240808.gz, binance-spot",
        "binance/spot_ethusdt_20240808.gz, binance-spot",
        "binance/cm_btcusd_perp_20240808.gz, binance-coinm",
        "binance/BINANCE-b38f7c.0.zst, binance-spot",
        "binance/BINANCE_FUTURES-1125a2.0.zst, binance-usdm",
        "binance/BINANCE_DELIVERY.jsonl.zst, binance-coinm",
        "binance/BINANCE_US.jsonl.zst, binance-us",
        "bybit/BYBIT.jsonl.zst, bybit-linear",
        "bybit/BYBIT.ws.1.0@2025-08-16.zst, bybit-linear",
        "coinbase/COINBASE.jsonl.zst, coinbase-advanced",
        "coinbase/COINBASE.ws.28.0@2021.zst, coinbase-exchange",
        "okx/OKEX.ws.1.0@2022-02.zst, okx",
        "okx/OKX.jsonl.zst, okx",
        "kraken/KRAKEN-c197c0.0.zst, kraken",
        "kraken/KRAKEN_FUTURES.jsonl.zst, kraken-futures",
        "deribit/DERIBIT-5dd9ce.0.zst, deribit",
        "deribit/DERIBIT.jsonl.zst, deribit",
        "bitfinex/BITFINEX.jsonl.zst, bitfinex",
    })
    void recordings(final String file, final String venue) throws IOException {
        final Path feeds = Path.of(System.getProperty("plumbline.feeds", "../../shared/feeds"));
        assumeTrue(
                Files.isDirectory(feeds),
                "no folder of recordings at " + feeds.toAbsolutePath() + " (plumbline.feeds)");
        final Path path = feeds.resolve(file);
        assumeTrue(Files.exists(path), "no recording " + path);
        final VenueGuess guess = VenueGuess.of(path).orElseThrow();
        assertEquals(venue, guess.venue(), guess.reason());
    }
}
