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
 * Kraken spot: live over its second interface; frames of the first one decode too, so that old
 * recordings replay.
 *
 * <p>Evidence: docs.kraken.com (v2 channel pages, book checksum guide, v1 book page) for frames and
 * refusals; a recording of 2021 for the first interface (119.5 s, 10 pairs: 14,496 changes of books
 * all carry a checksum, 2,535 levels republished, heartbeats 0.28 to 1.35 s apart); third parties'
 * live probing for the second one's order of levels, its heartbeats of 0.97 to 1.03 s and books
 * that are silent for 26 s in good health.
 *
 * <table>
 * <caption>Streams</caption>
 * <tr><th>stream</th><th>channel</th><th>sequence</th></tr>
 * <tr><td>ticker, at every change of the best prices</td><td>bookTicker, ticker</td>
 *     <td>none; the last price in it is as of that change, so trade is the better source of
 *     it</td></tr>
 * <tr><td>ticker, at every trade (asked for without bookTicker)</td><td>ticker</td>
 *     <td>none</td></tr>
 * <tr><td>trade</td><td>trade</td><td>trade_id upwards; that it has no holes is not
 *     proven</td></tr>
 * <tr><td>book</td><td>depth, depthSnapshot</td><td>none: only the CRC32 over the ten best levels
 *     of each side guards it; levels below the depth asked for are never deleted</td></tr>
 * </table>
 *
 * <p>Limits on messages and streams are not documented ("dynamic"); those below are our own. More
 * than 150 connection attempts in ten minutes are refused.
 */
public final class Kraken implements Venue {
    /** The deepest book that Kraken sends, levels a side. */
    static final int MOST_LEVELS = 1_000;

    /** The depths that it sends; another one is refused while heartbeats go on. */
    private static final Set<Integer> DEPTHS = Set.of(10, 25, 100, 500, MOST_LEVELS);

    private static final String NAME = "kraken";
    private static final URI SOCKET = URI.create("wss://ws.kraken.com/v2");
    private static final URI PAIRS = URI.create("https://api.kraken.com/0/public/AssetPairs");
    private static final int STREAMS_PER_CONNECTION = 400;
    private static final Set<Channel> CHANNELS =
            Collections.unmodifiableSet(
                    EnumSet.of(Channel.TRADE, Channel.BOOK_TICKER, Channel.DEPTH, Channel.TICKER));

    private final int bookDepth;

    /** With books of 100 levels a side. */
    public Kraken() {
        this(100);
    }

    /**
     * @param bookDepth levels a side of the books: 10, 25, 100, 500 or 1000
     */
    public Kraken(final int bookDepth) {
        if (!DEPTHS.contains(bookDepth)) {
            throw new IllegalArgumentException(
                    "Kraken has no book of "
                            + bookDepth
                            + " levels: choose one of 10, 25, 100, 500, 1000");
        }
        this.bookDepth = bookDepth;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Channel> channels() {
        return CHANNELS;
    }

    /** Heartbeats come about once a second as soon as anything is subscribed to. */
    @Override
    public VenueLimits limits() {
        return new VenueLimits(
                STREAMS_PER_CONNECTION,
                10,
                150,
                Duration.ofMinutes(10),
                null,
                Duration.ofSeconds(10),
                Duration.ofSeconds(15));
    }

    @Override
    public List<ConnectionPlan> plan(
            final List<String> symbols, final Set<Channel> channels, final URI endpoint) {
        ConnectionSpread.check(NAME, CHANNELS, channels);
        final List<String> streams = new ArrayList<>();
        for (final String symbol : symbols) {
            if (channels.contains(Channel.BOOK_TICKER)) {
                streams.add(KrakenDialogue.QUOTES + symbol);
            } else if (channels.contains(Channel.TICKER)) {
                streams.add(KrakenDialogue.LASTS + symbol);
            }
            if (channels.contains(Channel.TRADE)) {
                streams.add(KrakenDialogue.TRADES + symbol);
            }
            if (channels.contains(Channel.DEPTH)) {
                streams.add(KrakenDialogue.BOOKS + symbol);
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
        return new KrakenDialogue(bookDepth);
    }

    @Override
    public String toVenueSymbol(final String symbol) {
        return KrakenNames.toVenueSymbol(symbol);
    }

    @Override
    public String toSymbol(final String venueSymbol) {
        return KrakenNames.ofToday(venueSymbol);
    }

    @Override
    public MessageDecoder decoder(final Instruments instruments, final UnknownSymbols unknown) {
        return new KrakenDecoder(NAME, bookDepth, instruments, unknown);
    }

    @Override
    public List<RestRequest> referenceRequests(final URI rest, final Access access) {
        return List.of(RestRequest.get(ConnectionSpread.rebase(PAIRS, rest)));
    }

    @Override
    public ReferencePage references(final RestRequest asked, final InputStream body)
            throws IOException {
        return new ReferencePage(KrakenPairs.read(body), null);
    }
}
