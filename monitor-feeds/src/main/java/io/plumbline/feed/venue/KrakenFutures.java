package io.plumbline.feed.venue;

import io.plumbline.market.Channel;
import io.plumbline.market.Instruments;
import io.plumbline.market.MessageDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Kraken Futures: perpetuals and dated contracts, linear and inverse.
 *
 * <p>Evidence: docs.kraken.com (futures websocket pages, 100 requests a second, a ping at least
 * every 60 s) for frames and limits; a recording of 2021 for the counts and the answers (10
 * products: 7,014 changes of books without a break, one answer for each product). The documentation
 * calls seq a number of the subscription: nothing proves that two connections count alike, so their
 * numbers are not compared.
 *
 * <table>
 * <caption>Streams</caption>
 * <tr><th>feed</th><th>channel</th><th>sequence</th></tr>
 * <tr><td>book</td><td>depth: one level a message; begins with book_snapshot</td>
 *     <td>seq + 1 per product, from the snapshot's on</td></tr>
 * <tr><td>trade</td><td>trade; the trades of the past in trade_snapshot are not told</td>
 *     <td>seq + 1 per product, a count of its own</td></tr>
 * <tr><td>ticker</td><td>bookTicker, ticker and markPrice: one message, three events</td>
 *     <td>none</td></tr>
 * <tr><td>ticker_lite</td><td>bookTicker (in recordings only)</td><td>none; without a
 *     time</td></tr>
 * <tr><td>heartbeat</td><td>a sign of life; asked for on every connection</td><td>none</td></tr>
 * </table>
 */
public final class KrakenFutures implements Venue {
    private static final String NAME = "kraken-futures";
    private static final URI SOCKET = URI.create("wss://futures.kraken.com/ws/v1");
    private static final URI INSTRUMENTS =
            URI.create("https://futures.kraken.com/derivatives/api/v3/instruments");
    private static final int STREAMS_PER_CONNECTION = 300;
    private static final Set<Channel> CHANNELS =
            Collections.unmodifiableSet(
                    EnumSet.of(
                            Channel.TRADE,
                            Channel.BOOK_TICKER,
                            Channel.DEPTH,
                            Channel.MARK_PRICE,
                            Channel.TICKER));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Channel> channels() {
        return CHANNELS;
    }

    /** Half of the requests that are allowed; how often heartbeats come is not documented. */
    @Override
    public VenueLimits limits() {
        return new VenueLimits(
                STREAMS_PER_CONNECTION,
                50,
                100,
                Duration.ofMinutes(1),
                null,
                Duration.ofSeconds(20),
                Duration.ofSeconds(60));
    }

    @Override
    public List<ConnectionPlan> plan(
            final List<String> symbols, final Set<Channel> channels, final URI endpoint) {
        ConnectionSpread.check(NAME, CHANNELS, channels);
        final boolean ticker =
                channels.contains(Channel.BOOK_TICKER)
                        || channels.contains(Channel.TICKER)
                        || channels.contains(Channel.MARK_PRICE);
        final List<String> streams = new ArrayList<>();
        for (final String symbol : symbols) {
            if (ticker) {
                streams.add(KrakenFuturesDialogue.stream("ticker", symbol));
            }
            if (channels.contains(Channel.TRADE)) {
                streams.add(KrakenFuturesDialogue.stream("trade", symbol));
            }
            if (channels.contains(Channel.DEPTH)) {
                streams.add(KrakenFuturesDialogue.stream("book", symbol));
            }
        }
        return ConnectionSpread.over(
                "public",
                ConnectionSpread.rebase(SOCKET, endpoint),
                streams,
                STREAMS_PER_CONNECTION);
    }

    @Override
    public Dialogue dialogue() {
        return new KrakenFuturesDialogue();
    }

    @Override
    public String toVenueSymbol(final String symbol) {
        return KrakenFuturesSymbols.toVenueSymbol(symbol);
    }

    @Override
    public String toSymbol(final String venueSymbol) {
        return KrakenFuturesSymbols.toSymbol(venueSymbol);
    }

    @Override
    public MessageDecoder decoder(final Instruments instruments, final UnknownSymbols unknown) {
        return new KrakenFuturesDecoder(NAME, instruments, unknown);
    }

    @Override
    public List<RestRequest> referenceRequests(final URI rest, final Access access) {
        return List.of(RestRequest.get(ConnectionSpread.rebase(INSTRUMENTS, rest)));
    }

    @Override
    public ReferencePage references(final RestRequest asked, final InputStream body)
            throws IOException {
        return new ReferencePage(KrakenFuturesInstruments.read(body), null);
    }
}
