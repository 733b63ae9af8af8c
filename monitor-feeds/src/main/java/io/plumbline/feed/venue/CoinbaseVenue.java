package io.plumbline.feed.venue;

import io.plumbline.market.Channel;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What Coinbase's two feeds have in common: names of products, kinds of channels, how they are
 * spread. A stream is the venue's channel and a product: {@code ticker:BTC-USD}.
 */
abstract class CoinbaseVenue implements Venue {
    private static final int STREAMS_PER_CONNECTION = 300;
    private static final Set<Channel> CHANNELS =
            Collections.unmodifiableSet(
                    EnumSet.of(Channel.TRADE, Channel.BOOK_TICKER, Channel.DEPTH, Channel.TICKER));

    private final String name;
    private final URI socket;
    private final CoinbaseSymbols symbols;
    private final String trades;
    private final String book;

    /**
     * @param trades the venue's channel of trades
     * @param book the venue's channel of books
     */
    CoinbaseVenue(
            final String name,
            final String socket,
            final CoinbaseSymbols symbols,
            final String trades,
            final String book) {
        this.name = name;
        this.socket = URI.create(socket);
        this.symbols = symbols;
        this.trades = trades;
        this.book = book;
    }

    static String stream(final String channel, final String product) {
        return channel + ":" + product;
    }

    /** How many streams go over one connection: not documented, so our own. */
    static int streamsPerConnection() {
        return STREAMS_PER_CONNECTION;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Set<Channel> channels() {
        return CHANNELS;
    }

    @Override
    public final List<ConnectionPlan> plan(
            final List<String> venueSymbols, final Set<Channel> channels, final URI endpoint) {
        ConnectionSpread.check(name, CHANNELS, channels);
        final List<String> streams = new ArrayList<>();
        for (final String product : venueSymbols) {
            if (channels.contains(Channel.BOOK_TICKER) || channels.contains(Channel.TICKER)) {
                streams.add(stream("ticker", product));
            }
            if (channels.contains(Channel.TRADE)) {
                streams.add(stream(trades, product));
            }
            if (channels.contains(Channel.DEPTH)) {
                streams.add(stream(book, product));
            }
        }
        return ConnectionSpread.over(
                "public",
                ConnectionSpread.rebase(socket, endpoint),
                streams,
                STREAMS_PER_CONNECTION);
    }

    @Override
    public final String toVenueSymbol(final String symbol) {
        return symbols.toVenueSymbol(symbol);
    }

    @Override
    public final String toSymbol(final String venueSymbol) {
        return symbols.toSymbol(venueSymbol);
    }
}
