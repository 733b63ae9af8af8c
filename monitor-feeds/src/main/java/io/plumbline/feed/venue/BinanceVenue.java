package io.plumbline.feed.venue;

import io.plumbline.market.Channel;
import io.plumbline.market.Instruments;
import io.plumbline.market.MessageDecoder;
import io.plumbline.market.SequenceRule;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * What the markets of Binance have in common: one wire format and one control protocol. A market is
 * its routes, its symbol form, its depth rule and its limits.
 */
abstract class BinanceVenue implements Venue {
    private final String name;
    private final SequenceRule depthRule;
    private final BinanceStreams streams;
    private final BinanceSymbols symbols;
    private final URI exchangeInfo;

    /**
     * @param depthRule CONTIGUOUS where a diff's U follows the u before it, CHAINED where pu names
     *     it
     * @param exchangeInfo the whole address of the list of instruments
     */
    BinanceVenue(
            final String name,
            final SequenceRule depthRule,
            final BinanceStreams streams,
            final BinanceSymbols symbols,
            final String exchangeInfo) {
        this.name = name;
        this.depthRule = depthRule;
        this.streams = streams;
        this.symbols = symbols;
        this.exchangeInfo = URI.create(exchangeInfo);
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Set<Channel> channels() {
        return streams.channels();
    }

    @Override
    public final List<ConnectionPlan> plan(
            final List<String> venueSymbols, final Set<Channel> channels, final URI endpoint) {
        return streams.plan(name, venueSymbols, channels, endpoint);
    }

    @Override
    public Dialogue dialogue() {
        return new BinanceDialogue();
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
    public MessageDecoder decoder(final Instruments instruments, final UnknownSymbols unknown) {
        return new BinanceDecoder(name, depthRule, instruments, unknown);
    }

    @Override
    public final List<RestRequest> referenceRequests(final URI rest, final Access access) {
        return List.of(RestRequest.get(ConnectionSpread.rebase(exchangeInfo, rest)));
    }

    @Override
    public final ReferencePage references(final RestRequest asked, final InputStream body)
            throws IOException {
        return new ReferencePage(BinanceExchangeInfo.read(body), null);
    }

    /** A thousand levels a side: weight 50 on spot, 20 on futures. */
    @Override
    public final RestRequest snapshotRequest(final String venueSymbol, final URI rest) {
        return RestRequest.get(
                ConnectionSpread.rebase(
                        exchangeInfo.resolve(
                                "depth?symbol="
                                        + URLEncoder.encode(venueSymbol, StandardCharsets.UTF_8)
                                        + "&limit=1000"),
                        rest));
    }

    @Override
    public final TradeHistory tradeHistory() {
        return new BinanceHistory(exchangeInfo);
    }
}
