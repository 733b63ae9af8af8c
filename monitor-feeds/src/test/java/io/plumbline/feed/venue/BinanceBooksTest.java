package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.detect.Engine;
import io.plumbline.feed.capture.CaptureReader;
import io.plumbline.feed.capture.CaptureRecord;
import io.plumbline.feed.capture.Captures;
import io.plumbline.finding.InlineFindings;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.BookSide;
import io.plumbline.market.BookState;
import io.plumbline.market.Channel;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventHandler;
import io.plumbline.market.InstrumentBook;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.MessageDecoder;
import io.plumbline.market.Sources;
import io.plumbline.market.Subscriptions;
import io.plumbline.market.WatchedKeys;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Books of real recordings: the REST answer joined to the stream, compared with other counts. */
class BinanceBooksTest {
    private final Sources sources = new Sources();
    private final Instruments instruments = new Instruments();
    private final Counters counters = new Counters();
    private MarketState state;
    private final CrossCheck crossCheck = new CrossCheck();

    /**
     * The best of the book after each difference that it took, and the best by each bookTicker, by
     * number: which of the two comes first differs.
     */
    private final class CrossCheck {
        private final Map<String, String> tops = new HashMap<>();
        private final Map<String, String> tickers = new HashMap<>();
        private final List<String> differences = new ArrayList<>();
        private final Decimal number = new Decimal();
        private final Map<Integer, Long> taken = new HashMap<>();
        private int compared;

        void onEvent(final MarketEvent event) {
            final InstrumentBook book = state.books.find(event.instrument);
            final String id = event.instrument + " " + event.lastSequence;
            if (event.channel == Channel.BOOK_TICKER) {
                tickers.put(id, event.bid + " " + event.ask);
                compare(id);
            } else if (event.channel == Channel.DEPTH
                    && book != null
                    && !Long.valueOf(book.counts().deltas())
                            .equals(taken.put(event.instrument, book.counts().deltas()))
                    && book.state() == BookState.PROVEN) {
                tops.put(
                        id,
                        book.book().bids().price(0, number).toString()
                                + " "
                                + book.book().asks().price(0, number));
                compare(id);
            }
        }

        private void compare(final String id) {
            if (tops.containsKey(id) && tickers.containsKey(id)) {
                compared++;
                if (!tops.get(id).equals(tickers.get(id))) {
                    differences.add(id + ": " + tops.get(id) + ", bookTicker " + tickers.get(id));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "usdm_btcusdt_20240808.gz, binance-usdm, 4, 6547, 17747, 629,"
                + "61659.7 x 1.486, 61659.8 x 0.981, 5018, 4578, 6c77e825e051333a",
        "usdm_btcusdt_20240718.gz, binance-usdm, 5, 3321, 1545, 195,"
                + "63959.9 x 20.327, 63960 x 5.262, 2170, 1885, c54e5645bfb6eb6e",
        "usdm_ethusdt_20240718.gz, binance-usdm, 5, 3268, 941, 281,"
                + "3424.98 x 77.165, 3424.99 x 80.013, 2267, 1954, 4ddd4d8813f076a2",
        "spot_btcusdt_20240808.gz, binance-spot, 2, 3449, 11239, 564,"
                + "61685.99 x 1.0087, 61686 x 2.29327, 1209, 2196, 2eb6eb2214e81e25",
        "spot_ethusdt_20240808.gz, binance-spot, 2, 3432, 3957, 577,"
                + "2682.5 x 3.3168, 2682.51 x 48.9739, 1195, 1158, 51fb0416a4b87e4e",
        "cm_btcusd_perp_20240808.gz, binance-coinm, 23, 26824, 40176, 1124,"
                + "61668.6 x 1380, 61668.7 x 871, 1110, 1123, c0a048f95e9f54ff",
    })
    void shouldBeTheBookThatWasComputedIndependently(
            final String file,
            final String venue,
            final long dropped,
            final long applied,
            final long orphanDeletes,
            final int crossChecks,
            final String bestBid,
            final String bestAsk,
            final int bids,
            final int asks,
            final String digest)
            throws IOException, NoSuchAlgorithmException {
        play(file, Venues.find(venue));
        final InstrumentBook book = state.books.find(0);
        assertEquals(BookState.PROVEN, book.state());
        assertEquals(
                List.of(1L, dropped, applied, orphanDeletes, 0L),
                List.of(
                        book.counts().snapshots(),
                        book.counts().dropped(),
                        book.counts().deltas(),
                        book.book().orphanDeletes(),
                        book.counts().crossedEvents()));
        assertEquals(
                List.of(bestBid, bestAsk),
                List.of(level(book.book().bids(), " x "), level(book.book().asks(), " x ")));
        assertEquals(
                List.of(bids, asks),
                List.of(book.book().bids().count(), book.book().asks().count()));
        assertEquals(digest, top20(book));
        assertEquals(List.of(), crossCheck.differences);
        assertEquals(crossChecks, crossCheck.compared);
        assertEquals(0, counters.get(CounterId.ENGINE_FAULTS));
        assertEquals(0, counters.get(CounterId.BOOK_LEVELS_CUT));
        assertEquals(orphanDeletes, counters.get(CounterId.BOOK_ORPHAN_DELETES));
    }

    @ParameterizedTest
    @CsvSource({
        "BINANCE-b38f7c.0.zst, binance-spot, 10, 4709",
        "BINANCE_FUTURES-1125a2.0.zst, binance-usdm, 5, 4423",
        "BINANCE_DELIVERY.jsonl.zst, binance-coinm, 10, 2047",
        "BINANCE_US.jsonl.zst, binance-us, 4, 336",
    })
    void shouldJoinTheSnapshotOfEverySymbol(
            final String file, final String venue, final int symbols, final long differences)
            throws IOException {
        play(file, Venues.find(venue));
        final List<String> unproven = new ArrayList<>();
        int proven = 0;
        long met = 0;
        for (int id = 0; id < state.books.size(); id++) {
            final InstrumentBook book = state.books.find(id);
            if (book != null) {
                met += book.counts().deltas() + book.counts().dropped();
                proven += book.state() == BookState.PROVEN ? 1 : 0;
                if (book.state() != BookState.PROVEN
                        || book.counts().snapshots() != 1
                        || book.breaks() > 0
                        || book.counts().crossedEvents() > 0) {
                    unproven.add(instruments.instrument(id) + ": " + book.reason());
                }
            }
        }
        assertEquals(List.of(), unproven);
        assertEquals(symbols, proven);
        assertEquals(differences, met);
        assertEquals(List.of(), crossCheck.differences);
        assertEquals(0, counters.get(CounterId.ENGINE_FAULTS));
    }

    private void play(final String file, final Venue venue) throws IOException {
        final Path folder = Path.of(System.getProperty("plumbline.feeds", "../../shared/feeds"));
        final Path path = folder.resolve("binance").resolve(file);
        assumeTrue(Files.exists(path), "no recording " + path.toAbsolutePath());
        final int source = sources.addVenue(venue.name(), "capture");
        state = new MarketState(sources, instruments, new WatchedKeys(), new Subscriptions(), 1);
        final MessageDecoder[] decoders = new MessageDecoder[sources.size()];
        final MessageDecoder decoder =
                venue.decoder(
                        instruments,
                        (name, symbol) -> instruments.add(name, venue.toSymbol(symbol), symbol));
        decoders[source] = (message, draft, out) -> decoder.decode(message, draft, both(out));
        final Engine engine =
                new Engine(state, decoders, List.of(), new InlineFindings(finding -> {}), counters);
        final InboundMessage message = new InboundMessage();
        final CaptureRecord record = new CaptureRecord();
        final byte[] live = "LIVE recording".getBytes(StandardCharsets.US_ASCII);
        message.set(InboundType.SESSION, source, 1, 0, 1, live, 0, live.length);
        engine.onMessage(message);
        try (CaptureReader reader = Captures.open(path)) {
            while (reader.next(record)) {
                if (record.kind == CaptureRecord.Kind.FRAME) {
                    frame(InboundType.FRAME_TEXT, source, record, message);
                    engine.onMessage(message);
                } else if (record.kind == CaptureRecord.Kind.HTTP) {
                    fetched(source, record, message);
                    engine.onMessage(message);
                }
            }
        }
        engine.onBatchEnd();
    }

    private EventHandler both(final EventHandler engine) {
        return event -> {
            engine.onEvent(event);
            crossCheck.onEvent(event);
        };
    }

    private static void frame(
            final InboundType type,
            final int source,
            final CaptureRecord record,
            final InboundMessage message) {
        message.set(type, source, 1, 0, record.stampNs, record.bytes, record.offset, record.length);
    }

    /** The answer of REST with its symbol, as the monitor's own fetcher offers it. */
    private static void fetched(
            final int source, final CaptureRecord record, final InboundMessage message) {
        final String symbol = record.url.replaceAll(".*symbol=([^&]*).*", "$1");
        final String body =
                new String(record.bytes, record.offset, record.length, StandardCharsets.UTF_8);
        final byte[] text =
                ("{\"symbol\":\"" + symbol + "\",\"body\":" + body + "}")
                        .getBytes(StandardCharsets.UTF_8);
        message.set(InboundType.SNAPSHOT, source, 1, 0, record.stampNs, text, 0, text.length);
    }

    private static String level(final BookSide side, final String between) {
        return side.price(0, new Decimal()) + between + side.size(0, new Decimal());
    }

    private static String top20(final InstrumentBook book) throws NoSuchAlgorithmException {
        final StringJoiner text = new StringJoiner(";");
        for (final BookSide side : Arrays.asList(book.book().bids(), book.book().asks())) {
            for (int rank = 0; rank < 20; rank++) {
                text.add(side.price(rank, new Decimal()) + ":" + side.size(rank, new Decimal()));
            }
        }
        final byte[] digest =
                MessageDigest.getInstance("SHA-256")
                        .digest(text.toString().getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(digest).substring(0, 16);
    }
}
