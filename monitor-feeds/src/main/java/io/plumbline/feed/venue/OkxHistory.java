package io.plumbline.feed.venue;

import io.plumbline.market.Channel;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * OKX's fills by their ids (GET history-trades, type 1 pages by id; 20 requests in 2 s), three
 * months back. It answers with those before an id, the newest first.
 */
final class OkxHistory implements TradeHistory {
    private static final int PAGE = 100;
    private static final String ADDRESS =
            "https://www.okx.com/api/v5/market/history-trades?type=1&instId=";
    private static final Shape FILLS = new Shape(List.of("data"), "tradeId", "px", "sz", "ts");

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
                                + "&after="
                                + (to + 1)
                                + "&limit="
                                + Math.min(PAGE, to - from + 1));
        return RestRequest.get(ConnectionSpread.rebase(asked, rest));
    }

    @Override
    public Shape shape(final Channel channel) {
        return channel == Channel.TRADE ? FILLS : null;
    }
}
