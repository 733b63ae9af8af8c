package io.plumbline.feed.venue;

import io.plumbline.market.Channel;
import io.plumbline.market.SequenceRule;
import java.time.Duration;
import java.util.List;

/**
 * Binance USD-M futures, JSON streams.
 *
 * <p>Evidence: developers.binance.com (derivatives) for endpoints and limits; recordings of 2021
 * and 2024 for the sequence rules (see {@code BinanceRecordingsTest}). A stream asked for on the
 * wrong route is never answered, so the routes below are load-bearing.
 *
 * <table>
 * <caption>Streams</caption>
 * <tr><th>stream</th><th>route</th><th>channel</th><th>sequence</th></tr>
 * <tr><td>@bookTicker</td><td>public</td><td>bookTicker</td><td>u upwards, with holes</td></tr>
 * <tr><td>@depth@100ms</td><td>public</td><td>depth</td>
 *     <td>pu == previous u; U jumps</td></tr>
 * <tr><td>@depth20@100ms</td><td>public</td><td>depthSnapshot</td>
 *     <td>none; the same shape as a diff, only the stream's name tells them apart</td></tr>
 * <tr><td>@trade</td><td>public</td><td>trade</td>
 *     <td>t + 1, prints that are no market trades (X) included</td></tr>
 * <tr><td>@aggTrade</td><td>market</td><td>aggTrade</td><td>a + 1</td></tr>
 * <tr><td>@markPrice@1s</td><td>market</td><td>markPrice</td>
 *     <td>none; T is the next funding time</td></tr>
 * </table>
 */
public final class BinanceUsdm extends BinanceVenue {
    /** What contracts are quoted and settled in; a name that ends in none of these is not split. */
    private static final List<String> QUOTES =
            List.of("USDT", "USDC", "BUSD", "FDUSD", "USD1", "BNFCR", "BTC");

    public BinanceUsdm() {
        super(
                "binance-usdm",
                SequenceRule.CHAINED,
                new BinanceStreams(
                        "wss://fstream.binance.com",
                        1_024,
                        List.of(
                                new BinanceStreams.Route(
                                        "public",
                                        "/public/stream",
                                        List.of(
                                                Channel.BOOK_TICKER,
                                                Channel.TRADE,
                                                Channel.DEPTH,
                                                Channel.DEPTH_SNAPSHOT)),
                                new BinanceStreams.Route(
                                        "market",
                                        "/market/stream",
                                        List.of(Channel.AGG_TRADE, Channel.MARK_PRICE)))),
                BinanceSymbols.linear("binance-usdm", QUOTES),
                "https://fapi.binance.com/fapi/v1/exchangeInfo");
    }

    /** The server pings every 3 min and wants its pong within 10 min. */
    @Override
    public VenueLimits limits() {
        return new VenueLimits(
                1_024,
                10,
                300,
                Duration.ofMinutes(5),
                Duration.ofHours(24),
                Duration.ofSeconds(10),
                Duration.ofMinutes(10));
    }
}
