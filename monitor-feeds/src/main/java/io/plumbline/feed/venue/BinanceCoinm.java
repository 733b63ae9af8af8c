package io.plumbline.feed.venue;

import io.plumbline.market.Channel;
import io.plumbline.market.SequenceRule;
import java.time.Duration;
import java.util.List;

/**
 * Binance COIN-M futures, JSON streams: contracts quoted in dollars and settled in the coin.
 *
 * <p>Evidence: developers.binance.com (coin-margined futures) for endpoints and limits; recordings
 * of 2021 and 2024 for the sequence rules (see {@code BinanceRecordingsTest}). The venue is older
 * than the routes of USD-M: one address carries all streams.
 *
 * <table>
 * <caption>Streams</caption>
 * <tr><th>stream</th><th>channel</th><th>sequence</th></tr>
 * <tr><td>@bookTicker</td><td>bookTicker</td><td>u upwards, with holes</td></tr>
 * <tr><td>@depth@100ms</td><td>depth</td><td>pu == previous u; U jumps</td></tr>
 * <tr><td>@depth20@100ms, REST /dapi/v1/depth</td><td>depthSnapshot</td><td>none</td></tr>
 * <tr><td>@trade</td><td>trade</td><td>t + 1; not documented, recorded in 2024</td></tr>
 * <tr><td>@aggTrade</td><td>aggTrade</td><td>a + 1</td></tr>
 * <tr><td>@markPrice@1s</td><td>markPrice</td><td>none; T is the next funding time</td></tr>
 * </table>
 */
public final class BinanceCoinm extends BinanceVenue {
    /** The venue once named this many; it allows 1,024 since. */
    private static final int STREAMS_PER_CONNECTION = 200;

    public BinanceCoinm() {
        super(
                "binance-coinm",
                SequenceRule.CHAINED,
                new BinanceStreams(
                        "wss://dstream.binance.com",
                        STREAMS_PER_CONNECTION,
                        List.of(
                                new BinanceStreams.Route(
                                        "stream",
                                        "/stream",
                                        List.of(
                                                Channel.BOOK_TICKER,
                                                Channel.AGG_TRADE,
                                                Channel.TRADE,
                                                Channel.DEPTH,
                                                Channel.DEPTH_SNAPSHOT,
                                                Channel.MARK_PRICE)))),
                BinanceSymbols.inverse("binance-coinm", List.of("USD")),
                "https://dapi.binance.com/dapi/v1/exchangeInfo");
    }

    /** The server pings every 3 min and wants its pong within 10 min. */
    @Override
    public VenueLimits limits() {
        return new VenueLimits(
                STREAMS_PER_CONNECTION,
                10,
                300,
                Duration.ofMinutes(5),
                Duration.ofHours(24),
                Duration.ofSeconds(10),
                Duration.ofMinutes(10));
    }
}
