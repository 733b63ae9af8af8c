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
 * What the markets of Bybit v5 have in common: one wire format and one control protocol. A market
 * is its category, its channels and its symbol form.
 *
 * <p>Evidence: bybit-exchange.github.io/docs/v5 for frames and limits; recordings of 2025 and 2026
 * for the sequence rules and the answers (see {@code BybitRecordingsTest}); several third parties
 * measured that one unknown topic refuses the whole request that it stands in.
 *
 * <table>
 * <caption>Topics</caption>
 * <tr><th>topic</th><th>channel</th><th>sequence</th></tr>
 * <tr><td>orderbook.1, 10 ms</td><td>bookTicker: always whole</td>
 *     <td>u upwards; the same again after 3 s without a change</td></tr>
 * <tr><td>orderbook.200, 100 ms</td><td>depth: snapshot, then differences</td>
 *     <td>u + 1 each (documented for orderbook.full only, measured for all); u = 1 begins anew;
 *     seq has holes</td></tr>
 * <tr><td>publicTrade</td><td>trade: several a message</td>
 *     <td>none; seq is shared by trades; an id seen before is not told again</td></tr>
 * <tr><td>tickers, spot</td><td>ticker: last price, always whole, no best prices</td>
 *     <td>cs upwards or the same</td></tr>
 * <tr><td>tickers, linear and inverse</td><td>ticker and markPrice: whole, then what changed</td>
 *     <td>cs upwards</td></tr>
 * </table>
 *
 * <p>A limit on messages is not documented; 20 a second is our own. A connection takes 21,000
 * characters of topics: 500 of 42 characters, which no name known reaches.
 */
abstract class BybitVenue implements Venue {
    private static final URI SOCKET = URI.create("wss://stream.bybit.com/v5/public/");
    private static final URI INSTRUMENTS =
            URI.create("https://api.bybit.com/v5/market/instruments-info");
    private static final int TOPICS_PER_CONNECTION = 500;

    private final String name;
    private final String category;
    private final boolean derivatives;
    private final BybitSymbols symbols;
    private final Set<Channel> channels;

    /**
     * @param category as the venue's addresses name it
     * @param derivatives whether tickers come as changes and tell mark and index prices
     */
    BybitVenue(
            final String name,
            final String category,
            final boolean derivatives,
            final BybitSymbols symbols) {
        this.name = name;
        this.category = category;
        this.derivatives = derivatives;
        this.symbols = symbols;
        final Set<Channel> all =
                EnumSet.of(Channel.TRADE, Channel.BOOK_TICKER, Channel.DEPTH, Channel.TICKER);
        if (derivatives) {
            all.add(Channel.MARK_PRICE);
        }
        this.channels = Collections.unmodifiableSet(all);
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Set<Channel> channels() {
        return channels;
    }

    /** Bybit never pings: it answers ours, which it wants every 20 s. */
    @Override
    public final VenueLimits limits() {
        return new VenueLimits(
                TOPICS_PER_CONNECTION,
                20,
                500,
                Duration.ofMinutes(5),
                null,
                Duration.ofSeconds(20),
                Duration.ofSeconds(60));
    }

    @Override
    public final List<ConnectionPlan> plan(
            final List<String> venueSymbols, final Set<Channel> wanted, final URI endpoint) {
        ConnectionSpread.check(name, channels, wanted);
        final List<String> topics = new ArrayList<>();
        for (final String symbol : venueSymbols) {
            if (wanted.contains(Channel.BOOK_TICKER)) {
                topics.add("orderbook.1." + symbol);
            }
            if (wanted.contains(Channel.TICKER) || wanted.contains(Channel.MARK_PRICE)) {
                topics.add("tickers." + symbol);
            }
            if (wanted.contains(Channel.TRADE)) {
                topics.add("publicTrade." + symbol);
            }
            if (wanted.contains(Channel.DEPTH)) {
                topics.add("orderbook.200." + symbol);
            }
        }
        return ConnectionSpread.over(
                "public",
                ConnectionSpread.rebase(SOCKET.resolve(category), endpoint),
                topics,
                TOPICS_PER_CONNECTION);
    }

    @Override
    public final Dialogue dialogue() {
        return new BybitDialogue();
    }

    @Override
    public final String toVenueSymbol(final String symbol) {
        return symbols.toVenueSymbol(symbol);
    }

    @Override
    public final String toSymbol(final String venueSymbol) {
        return symbols.toSymbol(venueSymbol);
    }

    @Override
    public final MessageDecoder decoder(
            final Instruments instruments, final UnknownSymbols unknown) {
        return new BybitDecoder(name, derivatives, instruments, unknown);
    }

    @Override
    public final List<RestRequest> referenceRequests(final URI rest, final Access access) {
        return List.of(
                RestRequest.get(
                        ConnectionSpread.rebase(
                                URI.create(INSTRUMENTS + "?category=" + category + "&limit=1000"),
                                rest)));
    }

    @Override
    public final ReferencePage references(final RestRequest asked, final InputStream body)
            throws IOException {
        return BybitInstruments.read(asked, body);
    }
}
