package io.plumbline.feed.venue;

import io.plumbline.market.Instruments;
import io.plumbline.market.MessageDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Coinbase Exchange, the feed without a key: spot.
 *
 * <p>Evidence: docs.cdp.coinbase.com (exchange, websocket-feed: overview, channels, rate limits)
 * for frames and limits; a recording of 2021 for the counts (10 products, 30.8 s: trade_id without
 * a break from last_match on, sequence never backwards); third parties' client code for the name
 * {@code level2_50} in grants, issues of the venue's own client for refusals of whole requests.
 *
 * <table>
 * <caption>Streams</caption>
 * <tr><th>channel</th><th>channel here</th><th>sequence</th></tr>
 * <tr><td>ticker, at every match</td><td>bookTicker, ticker</td><td>sequence of the product
 *     upwards; the venue numbers all that happens to it, so holes mean nothing</td></tr>
 * <tr><td>matches</td><td>trade; begins with last_match, which may be minutes old</td>
 *     <td>trade_id + 1 per product, also over a reconnect; the venue may drop matches</td></tr>
 * <tr><td>level2_batch, every 50 ms</td><td>depth, depthSnapshot</td><td>none, and no checksum: a
 *     book is as good as its connection</td></tr>
 * <tr><td>heartbeat, once a second</td><td>a sign of life; asked for with every product</td>
 *     <td>none</td></tr>
 * </table>
 *
 * <p>Bid and ask come with trades only: without one, the quote may move and the ticker is silent.
 */
public final class CoinbaseExchange extends CoinbaseVenue {
    private static final String NAME = "coinbase-exchange";
    private static final URI PRODUCTS = URI.create("https://api.exchange.coinbase.com/products");

    public CoinbaseExchange() {
        super(
                NAME,
                "wss://ws-feed.exchange.coinbase.com",
                new CoinbaseSymbols(NAME, false),
                CoinbaseExchangeDialogue.TRADES,
                CoinbaseExchangeDialogue.BOOK);
    }

    /** Half of what is allowed: 100 client messages and 8 connections a second and address. */
    @Override
    public VenueLimits limits() {
        return new VenueLimits(
                streamsPerConnection(),
                50,
                4,
                Duration.ofSeconds(1),
                null,
                Duration.ofSeconds(10),
                Duration.ofSeconds(15));
    }

    @Override
    public Dialogue dialogue() {
        return new CoinbaseExchangeDialogue();
    }

    @Override
    public MessageDecoder decoder(final Instruments instruments, final UnknownSymbols unknown) {
        return new CoinbaseExchangeDecoder(NAME, instruments, unknown);
    }

    @Override
    public List<RestRequest> referenceRequests(final URI rest, final Access access) {
        return List.of(RestRequest.get(ConnectionSpread.rebase(PRODUCTS, rest)));
    }

    @Override
    public ReferencePage references(final RestRequest asked, final InputStream body)
            throws IOException {
        return new ReferencePage(CoinbaseProducts.exchange(body), null);
    }

    @Override
    public TradeHistory tradeHistory() {
        return new CoinbaseHistory();
    }
}
