package io.plumbline.feed.venue;

import io.plumbline.market.Channel;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Binance's aggregate trades by their ids (GET aggTrades, fromId; weight 4 on spot, 20 on futures).
 * Single trades by id (historicalTrades) want an API key, so those are not asked for.
 */
final class BinanceHistory implements TradeHistory {
    private static final int PAGE = 1_000;
    private static final Shape AGGREGATES = new Shape(List.of(), "a", "p", "q", "T");

    private final URI sibling;

    /**
     * @param sibling an address beside which aggTrades stands
     */
    BinanceHistory(final URI sibling) {
        this.sibling = sibling;
    }

    @Override
    public int page() {
        return PAGE;
    }

    @Override
    public RestRequest request(
            final String venueSymbol,
            final Channel channel,
            final long from,
            final long to,
            final URI rest) {
        if (channel != Channel.AGG_TRADE) {
            return null;
        }
        final String asked =
                "aggTrades?symbol="
                        + URLEncoder.encode(venueSymbol, StandardCharsets.UTF_8)
                        + "&fromId="
                        + from
                        + "&limit="
                        + Math.min(PAGE, to - from + 1);
        return RestRequest.get(ConnectionSpread.rebase(sibling.resolve(asked), rest));
    }

    @Override
    public Shape shape(final Channel channel) {
        return channel == Channel.AGG_TRADE ? AGGREGATES : null;
    }
}
