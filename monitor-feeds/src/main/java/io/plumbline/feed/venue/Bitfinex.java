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
 * Bitfinex, second interface: trading pairs and perpetuals, which differ in their names alone.
 *
 * <p>Evidence: docs.bitfinex.com (ws-general, ws-public, books, trades, ticker, WebSocket checksum)
 * for frames, flags, codes and limits; a recording of 2021 for the count (1,670 messages of one
 * connection numbered 1 to 1,670, 42 heartbeats among them, two of them before the answer that
 * names their channel), for books (1,593 changes: no orphan delete, never more than the 100 levels
 * asked for, so what falls out is deleted) and for the ids of trades, which rise with time (210
 * trades of 7 pairs). The recorder did not ask for checksums; their rule is the documentation's.
 *
 * <table>
 * <caption>Streams</caption>
 * <tr><th>stream</th><th>channel</th><th>sequence</th></tr>
 * <tr><td>ticker</td><td>bookTicker, ticker</td><td>none; conflated, without a time</td></tr>
 * <tr><td>trades</td><td>trade, told by "te"; the "tu" that follows says the same once
 *     more</td><td>ids upwards, shared by all pairs, so with holes</td></tr>
 * <tr><td>book, P0, 100 levels</td><td>depth; begins with a snapshot</td>
 *     <td>none of its own; "cs" after a change is the CRC32 over 25 levels a side</td></tr>
 * </table>
 *
 * <p>What proves that nothing is missing is the number that flag 65536 puts behind every message:
 * plus one over all channels of the connection, heartbeats included.
 *
 * <p>Prices have five significant digits, so the step depends on the price: {@code pub:info:pair}
 * names no tick size, and none is checked here.
 */
public final class Bitfinex implements Venue {
    /** Number every message. */
    static final int SEQUENCE_FLAG = 65_536;

    /** Send a checksum behind changes of a book. */
    static final int CHECKSUM_FLAG = 131_072;

    private static final String NAME = "bitfinex";
    private static final URI SOCKET = URI.create("wss://api-pub.bitfinex.com/ws/2");
    private static final URI PAIRS =
            URI.create(
                    "https://api-pub.bitfinex.com/v2/conf/"
                            + "pub:list:pair:exchange,pub:list:pair:futures");
    private static final int STREAMS_PER_CONNECTION = 25;
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
     * Each quiet channel has a heartbeat every 15 s; how many requests are too many is not said.
     */
    @Override
    public VenueLimits limits() {
        return new VenueLimits(
                STREAMS_PER_CONNECTION,
                20,
                20,
                Duration.ofMinutes(1),
                null,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30));
    }

    @Override
    public List<ConnectionPlan> plan(
            final List<String> symbols, final Set<Channel> channels, final URI endpoint) {
        ConnectionSpread.check(NAME, CHANNELS, channels);
        final List<String> streams = new ArrayList<>();
        for (final String symbol : symbols) {
            if (channels.contains(Channel.BOOK_TICKER) || channels.contains(Channel.TICKER)) {
                streams.add(BitfinexDialogue.stream("ticker", symbol));
            }
            if (channels.contains(Channel.TRADE)) {
                streams.add(BitfinexDialogue.stream("trades", symbol));
            }
            if (channels.contains(Channel.DEPTH)) {
                streams.add(BitfinexDialogue.stream("book", symbol));
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
        return new BitfinexDialogue();
    }

    @Override
    public String toVenueSymbol(final String symbol) {
        return BitfinexNames.toVenueSymbol(symbol);
    }

    @Override
    public String toSymbol(final String venueSymbol) {
        return BitfinexNames.toSymbol(venueSymbol);
    }

    @Override
    public MessageDecoder decoder(final Instruments instruments, final UnknownSymbols unknown) {
        return new BitfinexDecoder(NAME, instruments, unknown);
    }

    @Override
    public List<RestRequest> referenceRequests(final URI rest, final Access access) {
        return List.of(RestRequest.get(ConnectionSpread.rebase(PAIRS, rest)));
    }

    @Override
    public ReferencePage references(final RestRequest asked, final InputStream body)
            throws IOException {
        return new ReferencePage(BitfinexNames.listed(body), null);
    }
}
