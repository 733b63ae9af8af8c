package io.plumbline.feed.venue;

import io.plumbline.market.Channel;
import io.plumbline.market.SequenceRule;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Binance.US, spot: another company's exchange on Binance's software, so the streams and their
 * rules are those of {@link BinanceSpot}.
 *
 * <p>Evidence: docs.binance.us for endpoints and limits; a recording of 2021 for the sequence rules
 * (see {@code BinanceRecordingsTest}).
 *
 * <p>Pairs were quoted in BUSD until 2023 and are quoted in USD: whether a name that ends in both
 * means {@code OMG/BUSD} or {@code SHIB/USD} cannot be told from it, only from the list of
 * instruments.
 */
public final class BinanceUs extends BinanceVenue {
    /** What pairs are quoted in; a name that ends in none of these is not split. */
    private static final List<String> QUOTES =
            List.of("USDT", "USDC", "USD", "BUSD", "DAI", "BTC", "ETH", "BNB");

    public BinanceUs() {
        super(
                "binance-us",
                SequenceRule.CONTIGUOUS,
                new BinanceStreams(
                        "wss://stream.binance.us:9443",
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
                BinanceSymbols.spot("binance-us", QUOTES, Set.of("BUSD")),
                "https://api.binance.us/api/v3/exchangeInfo");
    }

    /** The server pings every 3 min and wants its pong within 10 min. */
    @Override
    public VenueLimits limits() {
        return new VenueLimits(
                1_024,
                5,
                300,
                Duration.ofMinutes(5),
                Duration.ofHours(24),
                Duration.ofSeconds(10),
                Duration.ofMinutes(10));
    }
}
