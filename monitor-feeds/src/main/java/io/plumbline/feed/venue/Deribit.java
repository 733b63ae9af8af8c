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
 * Deribit: perpetuals, dated futures, options and spot pairs, JSON-RPC 2.0.
 *
 * <p>Evidence: docs.deribit.com (subscriptions, session management, get_instruments) for frames,
 * refusals and limits; recordings of 2021 for the chain of books (20 options: 233 messages, no
 * break; change_id is + 1 only 6 times and falls from one instrument to the next 12 times; first
 * books up to 4.6 s old); third parties' live probing for channels that are left out in silence.
 *
 * <table>
 * <caption>Streams</caption>
 * <tr><th>stream</th><th>channel</th><th>sequence</th></tr>
 * <tr><td>book.NAME.100ms</td><td>depth: a snapshot, then changes</td>
 *     <td>prev_change_id == previous change_id, per instrument; the ids are shared by all
 *     instruments, so a hole's ids are a range and not a number of lost changes</td></tr>
 * <tr><td>trades.NAME.100ms</td><td>trade</td><td>trade_seq + 1 per instrument</td></tr>
 * <tr><td>ticker.NAME.100ms</td>
 *     <td>bookTicker, ticker and markPrice: one message, three events</td>
 *     <td>none: conflated</td></tr>
 * <tr><td>platform_state</td><td>maintenance; asked for on every connection</td>
 *     <td>none</td></tr>
 * </table>
 *
 * <p>Streams of the interval {@code raw} need a login; recordings have them, and they decode the
 * same. A connection lives as long as it answers; 32 of them are allowed per address.
 */
public final class Deribit implements Venue {
    private static final String NAME = "deribit";
    private static final URI SOCKET = URI.create("wss://www.deribit.com/ws/api/v2");
    private static final URI INSTRUMENTS =
            URI.create(
                    "https://www.deribit.com/api/v2/public/get_instruments"
                            + "?currency=any&expired=false");

    /** Four requests' worth: ten at once are allowed, three a second from then on. */
    private static final int STREAMS_PER_CONNECTION = 4 * DeribitDialogue.STREAMS_PER_REQUEST;

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

    /** The venue's heartbeat is asked for every 10 s; how often one may connect is our own. */
    @Override
    public VenueLimits limits() {
        return new VenueLimits(
                STREAMS_PER_CONNECTION,
                5,
                30,
                Duration.ofMinutes(1),
                null,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30));
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
                streams.add("ticker." + symbol + ".100ms");
            }
            if (channels.contains(Channel.TRADE)) {
                streams.add("trades." + symbol + ".100ms");
            }
            if (channels.contains(Channel.DEPTH)) {
                streams.add("book." + symbol + ".100ms");
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
        return new DeribitDialogue();
    }

    @Override
    public String toVenueSymbol(final String symbol) {
        return DeribitSymbols.toVenueSymbol(symbol);
    }

    @Override
    public String toSymbol(final String venueSymbol) {
        return DeribitSymbols.toSymbol(venueSymbol);
    }

    @Override
    public MessageDecoder decoder(final Instruments instruments, final UnknownSymbols unknown) {
        return new DeribitDecoder(NAME, instruments, unknown);
    }

    @Override
    public List<RestRequest> referenceRequests(final URI rest, final Access access) {
        return List.of(RestRequest.get(ConnectionSpread.rebase(INSTRUMENTS, rest)));
    }

    @Override
    public ReferencePage references(final RestRequest asked, final InputStream body)
            throws IOException {
        return new ReferencePage(DeribitInstruments.read(body), null);
    }

    @Override
    public TradeHistory tradeHistory() {
        return new DeribitHistory(INSTRUMENTS);
    }
}
