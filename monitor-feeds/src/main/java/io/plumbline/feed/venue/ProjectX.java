package io.plumbline.feed.venue;

import io.plumbline.market.Channel;
import io.plumbline.market.Instruments;
import io.plumbline.market.MessageDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * ProjectX Gateway, as TopstepX runs it: US futures over a SignalR hub in JSON. Other firms'
 * gateways have the same paths at other hosts ({@code endpoint} and {@code rest} of the
 * configuration).
 *
 * <p>Evidence: gateway.docs.projectx.com (hub, methods, events, DomType, REST), the hub protocol of
 * dotnet/aspnetcore, and live payloads of August 2026 (partial quotes, arrays of trades, 51
 * contracts, 31 minutes of event rates: 42 quotes, 20 trades and 62 depth events a second at most).
 * Not documented, and therefore careful guesses: the limits, and that {@code volume} of a depth
 * event is the whole size at its price.
 *
 * <table>
 * <caption>Streams</caption>
 * <tr><th>method, event</th><th>channel</th><th>sequence</th></tr>
 * <tr><td>SubscribeContractQuotes, GatewayQuote</td><td>bookTicker, put together from what changed,
 *     and ticker where a last price is given</td><td>none</td></tr>
 * <tr><td>SubscribeContractTrades, GatewayTrade</td><td>trade: several in one event</td>
 *     <td>none: trades have no id</td></tr>
 * <tr><td>SubscribeContractMarketDepth, GatewayDepth</td><td>depth: proven from a reset (DomType 6)
 *     to the end of the connection</td><td>none</td></tr>
 * </table>
 *
 * <p>Nothing is numbered and nothing replayed, so no loss can be proven. What remains: silence
 * against the usual rate, ticks, crossed books. A hub that only pings is mute.
 */
public final class ProjectX implements Venue {
    private static final String NAME = "projectx";
    private static final URI HUB = URI.create("wss://rtc.topstepx.com/hubs/market");
    private static final URI CONTRACTS =
            URI.create("https://api.topstepx.com/api/Contract/available");
    private static final int STREAMS_PER_CONNECTION = 120;
    private static final Set<Channel> CHANNELS =
            Collections.unmodifiableSet(
                    EnumSet.of(Channel.TRADE, Channel.BOOK_TICKER, Channel.DEPTH, Channel.TICKER));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Channel> channels() {
        return CHANNELS;
    }

    /**
     * The hub drops a client that says nothing for 30 s, and pings only while it has nothing else
     * to send: so its pings cannot be missed, and ours come three times as often as they must.
     */
    @Override
    public VenueLimits limits() {
        return new VenueLimits(
                STREAMS_PER_CONNECTION,
                20,
                50,
                Duration.ofMinutes(1),
                null,
                Duration.ofSeconds(10),
                null);
    }

    @Override
    public List<ConnectionPlan> plan(
            final List<String> symbols, final Set<Channel> channels, final URI endpoint) {
        ConnectionSpread.check(NAME, CHANNELS, channels);
        final List<String> streams = new ArrayList<>();
        for (final String symbol : symbols) {
            if (channels.contains(Channel.BOOK_TICKER) || channels.contains(Channel.TICKER)) {
                streams.add(ProjectXDialogue.stream("Quotes", symbol));
            }
            if (channels.contains(Channel.TRADE)) {
                streams.add(ProjectXDialogue.stream("Trades", symbol));
            }
            if (channels.contains(Channel.DEPTH)) {
                streams.add(ProjectXDialogue.stream("MarketDepth", symbol));
            }
        }
        return ConnectionSpread.over(
                "market", ConnectionSpread.rebase(HUB, endpoint), streams, STREAMS_PER_CONNECTION);
    }

    @Override
    public Dialogue dialogue() {
        return new ProjectXDialogue();
    }

    @Override
    public String toVenueSymbol(final String symbol) {
        return ProjectXSymbols.toVenueSymbol(symbol);
    }

    @Override
    public String toSymbol(final String venueSymbol) {
        return ProjectXSymbols.toSymbol(venueSymbol);
    }

    @Override
    public MessageDecoder decoder(final Instruments instruments, final UnknownSymbols unknown) {
        return new ProjectXDecoder(NAME, instruments, unknown);
    }

    /**
     * Nothing says that it sends a reset then: connections are not changed for the sake of books.
     */
    @Override
    public boolean snapshotsOnSubscribe() {
        return false;
    }

    @Override
    public boolean needsToken() {
        return true;
    }

    @Override
    public Access access(final String token) {
        return new Access(
                "access_token=" + URLEncoder.encode(token, StandardCharsets.UTF_8),
                Map.of("Authorization", "Bearer " + token),
                token);
    }

    /** Contracts of simulated accounts: the same, with the same ticks, as those of live ones. */
    @Override
    public List<RestRequest> referenceRequests(final URI rest, final Access access) {
        return List.of(
                new RestRequest(
                        ConnectionSpread.rebase(CONTRACTS, rest),
                        "{\"live\":false}",
                        access.headers()));
    }

    @Override
    public ReferencePage references(final RestRequest asked, final InputStream body)
            throws IOException {
        return new ReferencePage(ProjectXContracts.read(body), null);
    }
}
