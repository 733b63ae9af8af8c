package io.plumbline.feed.venue;

import io.plumbline.market.Channel;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Coinbase Exchange's trades by their ids (GET products/ID/trades; 10 requests a second). It
 * answers with those before an id, the newest first. Advanced Trade has no such request: its REST
 * side gives trades by time alone.
 */
final class CoinbaseHistory implements TradeHistory {
    private static final int PAGE = 1_000;
    private static final String ADDRESS = "https://api.exchange.coinbase.com/products/";
    private static final Shape TRADES = new Shape(List.of(), "trade_id", "price", "size", "time");

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
        if (channel != Channel.TRADE) {
            return null;
        }
        final URI asked =
                URI.create(
                        ADDRESS
                                + URLEncoder.encode(venueSymbol, StandardCharsets.UTF_8)
                                + "/trades?after="
                                + (to + 1)
                                + "&limit="
                                + Math.min(PAGE, to - from + 1));
        return RestRequest.get(ConnectionSpread.rebase(asked, rest));
    }

    @Override
    public Shape shape(final Channel channel) {
        return channel == Channel.TRADE ? TRADES : null;
    }
}
