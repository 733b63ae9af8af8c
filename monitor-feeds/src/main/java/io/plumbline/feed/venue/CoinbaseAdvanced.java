package io.plumbline.feed.venue;

import io.plumbline.market.Instruments;
import io.plumbline.market.MessageDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Coinbase Advanced Trade, the market data that need no key: spot, and perpetuals of the
 * international exchange.
 *
 * <p>Evidence: docs.cdp.coinbase.com (advanced-trade, websocket: overview, channels, rate limits)
 * for frames and limits; a recording of 2026 for the counts and the answers (24.2 s: sequence_num 0
 * to 1,029 over all channels without a break, where a count per channel would show 195; a book of
 * 46,000 levels in one message of 5 MB; trades newest first; data before the first answer).
 *
 * <table>
 * <caption>Streams</caption>
 * <tr><th>channel</th><th>channel here</th><th>sequence</th></tr>
 * <tr><td>ticker, at every match</td><td>bookTicker, ticker</td><td>the connection's</td></tr>
 * <tr><td>market_trades, batches of 250 ms</td><td>trade; begins with a hundred of the past, told
 *     as one</td><td>trade_id + 1 per product, also over a reconnect; and the connection's</td></tr>
 * <tr><td>level2</td><td>depth, depthSnapshot</td><td>the connection's: a hole in it makes every
 *     book of the connection unproven</td></tr>
 * <tr><td>heartbeats, once a second</td><td>a sign of life; asked for on every connection, else
 *     quiet channels are closed after 60 to 90 s</td><td>the connection's</td></tr>
 * </table>
 *
 * <p>The connection's sequence is {@code sequence_num} + 1 over all messages of the connection,
 * answers and channels that we do not know included. Bid and ask come with trades only: without
 * one, the quote may move and the ticker is silent.
 */
public final class CoinbaseAdvanced extends CoinbaseVenue {
    private static final String NAME = "coinbase-advanced";
    private static final URI PRODUCTS =
            URI.create("https://api.coinbase.com/api/v3/brokerage/market/products");

    /** Spot is what the list has unasked; perpetuals are not among the futures unless named. */
    private static final List<String> LISTS =
            List.of(
                    "",
                    "?product_type=FUTURE",
                    "?product_type=FUTURE&contract_expiry_type=PERPETUAL");

    /** The largest book of today takes 5 MB. */
    private static final int LARGEST_MESSAGE_BYTES = 16 << 20;

    public CoinbaseAdvanced() {
        super(
                NAME,
                "wss://advanced-trade-ws.coinbase.com",
                new CoinbaseSymbols(NAME, true),
                CoinbaseAdvancedDialogue.TRADES,
                CoinbaseAdvancedDialogue.BOOK);
    }

    /** Eight messages and eight connections a second and address; two connections may share it. */
    @Override
    public VenueLimits limits() {
        return new VenueLimits(
                streamsPerConnection(),
                6,
                4,
                Duration.ofSeconds(1),
                null,
                Duration.ofSeconds(10),
                Duration.ofSeconds(15),
                LARGEST_MESSAGE_BYTES);
    }

    @Override
    public Dialogue dialogue() {
        return new CoinbaseAdvancedDialogue();
    }

    @Override
    public MessageDecoder decoder(final Instruments instruments, final UnknownSymbols unknown) {
        return new CoinbaseAdvancedDecoder(NAME, instruments, unknown);
    }

    @Override
    public List<RestRequest> referenceRequests(final URI rest, final Access access) {
        final URI products = ConnectionSpread.rebase(PRODUCTS, rest);
        return LISTS.stream().map(list -> RestRequest.get(URI.create(products + list))).toList();
    }

    @Override
    public ReferencePage references(final RestRequest asked, final InputStream body)
            throws IOException {
        final CoinbaseProducts.Page page = CoinbaseProducts.advanced(body);
        return new ReferencePage(
                page.listed(),
                page.next().isEmpty() ? null : RestRequest.get(after(asked.uri(), page.next())));
    }

    /** The same list from this mark on. */
    private static URI after(final URI asked, final String mark) {
        final String query = asked.getRawQuery() == null ? "" : asked.getRawQuery();
        final int old = query.indexOf("cursor=");
        final String kept = old < 0 ? query : query.substring(0, Math.max(0, old - 1));
        final String address = asked.toString();
        final int question = address.indexOf('?');
        return URI.create(
                (question < 0 ? address : address.substring(0, question))
                        + "?"
                        + kept
                        + (kept.isEmpty() ? "" : "&")
                        + "cursor="
                        + URLEncoder.encode(mark, StandardCharsets.UTF_8));
    }
}
