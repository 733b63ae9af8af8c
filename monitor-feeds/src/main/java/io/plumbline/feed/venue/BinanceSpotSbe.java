package io.plumbline.feed.venue;

import io.plumbline.market.Channel;
import io.plumbline.market.Instruments;
import io.plumbline.market.MessageDecoder;
import io.plumbline.market.SequenceRule;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Binance spot in Simple Binary Encoding: the data of {@code binance-spot} in half the bytes, with
 * times in microseconds. It wants the text of an Ed25519 API key, unsigned and without permissions,
 * in a header of the upgrade.
 *
 * <p>Evidence: the venue's documentation of its SBE streams (endpoint, key, limits, schema 1
 * version 0). No recording of such frames is public: their vectors are written by hand.
 *
 * <table>
 * <caption>Streams</caption>
 * <tr><th>stream</th><th>channel</th><th>sequence</th></tr>
 * <tr><td>@trade</td><td>trade; several in one message</td><td>id + 1</td></tr>
 * <tr><td>@bestBidAsk</td><td>bookTicker, here with a time</td>
 *     <td>bookUpdateId upwards; under load the venue leaves out what is outdated</td></tr>
 * <tr><td>@depth</td><td>depth</td><td>first == previous last + 1</td></tr>
 * <tr><td>@depth20</td><td>depthSnapshot</td><td>none</td></tr>
 * </table>
 */
public final class BinanceSpotSbe extends BinanceVenue {
    private static final String NAME = "binance-spot-sbe";

    public BinanceSpotSbe() {
        super(
                NAME,
                SequenceRule.CONTIGUOUS,
                new BinanceStreams(
                        "wss://stream-sbe.binance.com:9443",
                        1_024,
                        List.of(
                                new BinanceStreams.Route(
                                        "stream",
                                        "/stream",
                                        List.of(
                                                Channel.BOOK_TICKER,
                                                Channel.TRADE,
                                                Channel.DEPTH,
                                                Channel.DEPTH_SNAPSHOT))),
                        BinanceSpotSbe::stream),
                BinanceSymbols.spot(NAME, BinanceSpot.QUOTES),
                "https://api.binance.com/api/v3/exchangeInfo");
    }

    /** The streams have names of their own, and one speed each. */
    static String stream(final String symbol, final Channel channel) {
        final String name = symbol.toLowerCase(Locale.ROOT) + "@";
        return switch (channel) {
            case TRADE -> name + "trade";
            case BOOK_TICKER -> name + "bestBidAsk";
            case DEPTH -> name + "depth";
            case DEPTH_SNAPSHOT -> name + "depth20";
            default -> throw new IllegalArgumentException("no stream for channel " + channel);
        };
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

    @Override
    public Dialogue dialogue() {
        return new BinanceSbeDialogue();
    }

    @Override
    public MessageDecoder decoder(final Instruments instruments, final UnknownSymbols unknown) {
        return new BinanceSbeDecoder(NAME, instruments, unknown);
    }

    @Override
    public boolean needsToken() {
        return true;
    }

    /**
     * @param token the API key as the venue shows it
     */
    @Override
    public Access access(final String token) {
        return new Access("", Map.of("X-MBX-APIKEY", token), token);
    }
}
