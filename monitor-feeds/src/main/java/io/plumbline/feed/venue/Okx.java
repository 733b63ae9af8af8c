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
 * OKX, version 5: spot, perpetual and dated contracts settled in the quote or in the base, options.
 *
 * <p>Evidence: OKX's v5 pages (frames, limits, the aggregation of trades) and its notice that the
 * checksum is 0 from June 2026 on; recordings of 2021 and 2022 (1,794 book messages, the CRC32 of
 * each agrees; 110 trades without a hole); third parties' live probing for sequence numbers that
 * jump, and for books that say every 60 s that nothing changed.
 *
 * <table>
 * <caption>Streams</caption>
 * <tr><th>stream</th><th>channel</th><th>sequence</th></tr>
 * <tr><td>bbo-tbt, every 10 ms at most</td><td>bookTicker</td><td>seqId upwards or the
 *     same</td></tr>
 * <tr><td>tickers, every 100 ms at most</td><td>ticker</td><td>none</td></tr>
 * <tr><td>trades-all, on a connection of its own (business)</td><td>trade</td><td>tradeId +
 *     1</td></tr>
 * <tr><td>trades, in recordings only</td><td>trade</td><td>with {@code count} several fills at one
 *     price: tradeId upwards; without it (2021, 2022) tradeId + 1</td></tr>
 * <tr><td>books: 400 levels a side, and books-l2-tbt and books50-l2-tbt in recordings</td>
 *     <td>depth</td><td>prevSeqId is the last seqId, which jumps; below prevSeqId it is a reset
 *     for maintenance, the same as it says that nothing changed. What falls out of the 400 levels
 *     is deleted. Without seqId (2021, 2022) the CRC32 over 25 levels guards it</td></tr>
 * <tr><td>mark-price, every 200 ms at most</td><td>markPrice</td><td>none</td></tr>
 * </table>
 *
 * <p>Sizes of contracts are numbers of contracts. The first push of a stream repeats its last
 * state, a trade of hours ago for example (72,860 s in a recording).
 */
public final class Okx implements Venue {
    private static final String NAME = "okx";
    private static final URI PUBLIC = URI.create("wss://ws.okx.com:8443/ws/v5/public");
    private static final URI BUSINESS = URI.create("wss://ws.okx.com:8443/ws/v5/business");
    private static final String INSTRUMENTS =
            "https://www.okx.com/api/v5/public/instruments?instType=";

    /** Options are listed by family only: those of the recorded lists. */
    private static final List<String> LISTS =
            List.of(
                    "SPOT",
                    "SWAP",
                    "FUTURES",
                    "OPTION&instFamily=BTC-USD",
                    "OPTION&instFamily=ETH-USD");

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

    /**
     * Three connection attempts a second and address, 480 subscriptions an hour and connection; a
     * connection without a message for 30 s is closed, so a ping is sent every 20 s. How many
     * streams a connection carries is not limited: the number is our own.
     */
    @Override
    public VenueLimits limits() {
        return new VenueLimits(
                STREAMS_PER_CONNECTION,
                5,
                3,
                Duration.ofSeconds(1),
                null,
                Duration.ofSeconds(20),
                Duration.ofSeconds(60));
    }

    @Override
    public List<ConnectionPlan> plan(
            final List<String> symbols, final Set<Channel> channels, final URI endpoint) {
        ConnectionSpread.check(NAME, CHANNELS, channels);
        final List<String> open = new ArrayList<>();
        final List<String> business = new ArrayList<>();
        for (final String symbol : symbols) {
            if (channels.contains(Channel.BOOK_TICKER)) {
                open.add(OkxDialogue.stream("bbo-tbt", symbol));
            }
            if (channels.contains(Channel.TICKER)) {
                open.add(OkxDialogue.stream("tickers", symbol));
            }
            if (channels.contains(Channel.DEPTH)) {
                open.add(OkxDialogue.stream("books", symbol));
            }
            if (channels.contains(Channel.MARK_PRICE)) {
                open.add(OkxDialogue.stream("mark-price", symbol));
            }
            if (channels.contains(Channel.TRADE)) {
                business.add(OkxDialogue.stream("trades-all", symbol));
            }
        }
        final List<ConnectionPlan> plans =
                new ArrayList<>(
                        ConnectionSpread.over(
                                "public",
                                ConnectionSpread.rebase(PUBLIC, endpoint),
                                open,
                                STREAMS_PER_CONNECTION));
        plans.addAll(
                ConnectionSpread.over(
                        "business",
                        ConnectionSpread.rebase(BUSINESS, endpoint),
                        business,
                        STREAMS_PER_CONNECTION));
        return plans;
    }

    @Override
    public Dialogue dialogue() {
        return new OkxDialogue();
    }

    @Override
    public String toVenueSymbol(final String symbol) {
        return OkxSymbols.toVenueSymbol(symbol);
    }

    @Override
    public String toSymbol(final String venueSymbol) {
        return OkxSymbols.toSymbol(venueSymbol);
    }

    @Override
    public MessageDecoder decoder(final Instruments instruments, final UnknownSymbols unknown) {
        return new OkxDecoder(NAME, instruments, unknown);
    }

    @Override
    public List<RestRequest> referenceRequests(final URI rest, final Access access) {
        return LISTS.stream()
                .map(list -> URI.create(INSTRUMENTS + list))
                .map(list -> RestRequest.get(ConnectionSpread.rebase(list, rest)))
                .toList();
    }

    @Override
    public ReferencePage references(final RestRequest asked, final InputStream body)
            throws IOException {
        return new ReferencePage(OkxInstruments.read(body), null);
    }

    @Override
    public TradeHistory tradeHistory() {
        return new OkxHistory();
    }
}
