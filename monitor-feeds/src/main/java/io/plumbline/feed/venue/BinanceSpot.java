package io.plumbline.feed.venue;

import io.plumbline.market.Channel;
import io.plumbline.market.SequenceRule;
import java.time.Duration;
import java.util.List;

/**
 * Binance spot, JSON streams.
 *
 * <p>Evidence: binance-spot-api-docs (web-socket-streams.md) for endpoints, frames and limits;
 * recordings of 2021 and 2024 for the sequence rules (see {@code BinanceRecordingsTest}).
 *
 * <table>
 * <caption>Streams</caption>
 * <tr><th>stream</th><th>channel</th><th>sequence</th></tr>
 * <tr><td>@trade</td><td>trade</td><td>t + 1</td></tr>
 * <tr><td>@aggTrade</td><td>aggTrade</td><td>a + 1</td></tr>
 * <tr><td>@bookTicker</td><td>bookTicker</td><td>u upwards, with holes; carries no time</td></tr>
 * <tr><td>@depth@100ms</td><td>depth</td><td>U == previous u + 1</td></tr>
 * <tr><td>@depth20@100ms, REST /api/v3/depth</td><td>depthSnapshot</td><td>none</td></tr>
 * </table>
 */
public final class BinanceSpot extends BinanceVenue {
    /** What spot pairs are quoted in; a name that ends in none of these is not split. */
    static final List<String> QUOTES =
            List.of(
                    "USDT", "USDC", "FDUSD", "TUSD", "BUSD", "USDP", "USD1", "RLUSD", "BFUSD",
                    "XUSD", "USDE", "USDS", "PAX", "DAI", "UST", "BTC", "ETH", "BNB", "SOL", "XRP",
                    "TRX", "DOGE", "DOT", "EUR", "EURI", "AEUR", "GBP", "AUD", "TRY", "BRL", "ARS",
                    "JPY", "MXN", "COP", "CZK", "PLN", "RON", "RUB", "UAH", "ZAR", "NGN", "KZT",
                    "IDR", "IDRT", "BIDR", "BKRW", "BVND", "VAI", "USD");

    public BinanceSpot() {
        super(
                "binance-spot",
                SequenceRule.CONTIGUOUS,
                new BinanceStreams(
                        "wss://stream.binance.com:9443",
                        1_024,
                        List.of(
                                new BinanceStreams.Route(
                                        "stream",
                                        "/stream",
                                        List.of(
                                                Channel.BOOK_TICKER,
                                                Channel.AGG_TRADE,
                                                Channel.TRADE,
                                                Channel.DEPTH,
                                                Channel.DEPTH_SNAPSHOT)))),
                BinanceSymbols.spot("binance-spot", QUOTES),
                "https://api.binance.com/api/v3/exchangeInfo");
    }

    /** The server pings every 20 s; client pings and pongs count against 5 messages a second. */
    @Override
    public VenueLimits limits() {
        return new VenueLimits(
                1_024,
                5,
                300,
                Duration.ofMinutes(5),
                Duration.ofHours(24),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60));
    }
}
