package io.plumbline.feed.venue;

import io.plumbline.market.Channel;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Deribit's trades of one instrument by their trade_seq (get_last_trades_by_instrument). */
final class DeribitHistory implements TradeHistory {
    private static final int PAGE = 1_000;
    private static final Shape TRADES =
            new Shape(List.of("result", "trades"), "trade_seq", "price", "amount", "timestamp");

    private final URI sibling;

    /**
     * @param sibling an address beside which the method stands
     */
    DeribitHistory(final URI sibling) {
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
        if (channel != Channel.TRADE) {
            return null;
        }
        final String asked =
                "get_last_trades_by_instrument?instrument_name="
                        + URLEncoder.encode(venueSymbol, StandardCharsets.UTF_8)
                        + "&start_seq="
                        + from
                        + "&end_seq="
                        + Math.min(to, from + PAGE - 1)
                        + "&count="
                        + Math.min(PAGE, to - from + 1)
                        + "&sorting=asc";
        return RestRequest.get(ConnectionSpread.rebase(sibling.resolve(asked), rest));
    }

    @Override
    public Shape shape(final Channel channel) {
        return channel == Channel.TRADE ? TRADES : null;
    }
}
