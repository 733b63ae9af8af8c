package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.feed.capture.CaptureReader;
import io.plumbline.feed.capture.CaptureRecord;
import io.plumbline.feed.capture.Captures;
import io.plumbline.market.BookSide;
import io.plumbline.market.Channel;
import io.plumbline.market.Continuity;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventType;
import io.plumbline.market.InstrumentBook;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Real recorded traffic of 2025 and 2026: counts as counted independently, and nothing found. */
class BybitRecordingsTest {
    private static final String LIVE = "BYBIT.jsonl.zst";

    private final Instruments instruments = new Instruments();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final Map<String, String> tickers = new TreeMap<>();
    private final List<String> findings = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private MarketState state;

    @Test
    void contracts() throws IOException {
        assertEquals(
                Map.of(
                        "bybit-linear",
                        Map.of(
                                "ticker", 758L,
                                "markPrice", 138L,
                                "depth", 1_594L,
                                "depthSnapshot", 4L,
                                "trade", 327L)),
                replay(LIVE, "BYBIT.ws.2", Venues.find("bybit-linear")));
        assertEquals(Map.of("ACK", 17, "IGNORED", 71, "MARKET", 758 + 138 + 1_598 + 327), counts);
        assertEquals(List.of(), faults);
        assertEquals(List.of(), findings);
        assertEquals(
                Map.of(
                        "BTC/USDT:USDT", "414: 65114.2 x 5.974, 65114.3 x 9.06, 200/200, 0 orphans",
                        "ETH/USDT:USDT", "421: 1922.54 x 52, 1922.55 x 19.25, 200/200, 0 orphans",
                        "SOL/USDT:USDT", "383: 77.26 x 1041.8, 77.27 x 356.1, 200/200, 0 orphans",
                        "DOGE/USDT:USDT",
                                "380: 0.07055 x 192121, 0.07056 x 4200, 200/200, 0 orphans"),
                books());
        assertEquals(
                Map.of(
                        "BTC/USDT:USDT ticker", "65114.3 65114.2 65114.3",
                        "BTC/USDT:USDT markPrice", "65117.19 65138.68",
                        "ETH/USDT:USDT ticker", "1922.54 1922.54 1922.55",
                        "ETH/USDT:USDT markPrice", "1922.58 1923.2",
                        "SOL/USDT:USDT ticker", "77.26 77.26 77.27",
                        "SOL/USDT:USDT markPrice", "77.272 77.309",
                        "DOGE/USDT:USDT ticker", "0.07056 0.07055 0.07056",
                        "DOGE/USDT:USDT markPrice", "0.07055 0.07056"),
                tickers);
    }

    @Test
    void spot() throws IOException {
        assertEquals(
                Map.of(
                        "bybit-spot",
                        Map.of("ticker", 81L, "depth", 548L, "depthSnapshot", 2L, "trade", 20L)),
                replay(LIVE, "BYBIT.ws.3", Venues.find("bybit-spot")));
        final int repeated = counts.remove("REPEATED");
        assertEquals(Map.of("ACK", 7, "IGNORED", 25, "MARKET", 81 + 550 + 20), counts);
        assertEquals(true, repeated > 0, "tickers with the same cs are signs of life");
        assertEquals(List.of(), faults);
        assertEquals(List.of(), findings);
        assertEquals(
                Map.of(
                        "BTC/USDT",
                                "300: 65140.4 x 0.622237, 65140.5 x 0.606831, 200/200, 0 orphans",
                        "ETH/USDT",
                                "250: 1923.28 x 9.42925, 1923.29 x 3.44935, 200/200, 0 orphans"),
                books());
    }

    @Test
    void bestPrices() throws IOException {
        assertEquals(
                Map.of("bybit-linear", Map.of("bookTicker", 198L)),
                replay("BYBIT.ws.1.0@2025-08-16.zst", "", Venues.find("bybit-linear")));
        assertEquals(Map.of("ACK", 4, "MARKET", 198, "REPEATED", 16), counts);
        assertEquals(List.of(), faults);
        assertEquals(List.of(), findings);
        assertEquals(
                List.of("AIOZ/USDT:USDT", "BAND/USDT:USDT", "RAD/USDT:USDT", "SNT/USDT:USDT"),
                names());
    }

    @Test
    void shouldNameEveryListedInstrumentBothWays() throws IOException {
        final CaptureRecord record = new CaptureRecord();
        final List<Integer> sizes = new ArrayList<>();
        try (CaptureReader reader = Captures.open(recording(LIVE))) {
            while (reader.next(record)) {
                if (record.kind == CaptureRecord.Kind.HTTP) {
                    final Venue venue =
                            Venues.find(
                                    record.url.contains("category=spot")
                                            ? "bybit-spot"
                                            : "bybit-linear");
                    final Venue.ReferencePage page =
                            venue.references(
                                    null,
                                    new ByteArrayInputStream(
                                            record.bytes, record.offset, record.length));
                    assertEquals(null, page.next());
                    sizes.add(page.listed().size());
                    for (final Venue.Reference reference : page.listed()) {
                        final String name = reference.venueSymbol();
                        assertEquals(reference.symbol(), venue.toSymbol(name));
                        assertEquals(name, venue.toVenueSymbol(reference.symbol()));
                        assertEquals(1, Decimal.of(reference.tickSize()).signum(), name);
                    }
                }
            }
        }
        assertEquals(List.of(800, 557), sizes);
    }

    private Map<String, Map<String, Long>> replay(
            final String file, final String connection, final Venue venue) throws IOException {
        final RecordingRun run =
                new RecordingRun(venue, instruments, findings)
                        .taking(record -> record.connection.equals(connection));
        final Map<String, Long> events = run.replay(recording(file), event -> {}, this::check);
        state = run.state;
        return Map.of(venue.name(), events);
    }

    private void check(final MarketEvent event) {
        counts.merge(event.type.name(), 1, Integer::sum);
        if (event.type == EventType.UNPARSED) {
            faults.add(event.text(200));
        }
        if (event.type != EventType.MARKET) {
            return;
        }
        if (event.continuity == Continuity.REPEATED) {
            counts.merge("REPEATED", 1, Integer::sum);
        }
        final long lateMs = (event.receivedNs - event.venueNs) / 1_000_000;
        // One clock was 0.9 s slow; what a subscription begins with is up to 3.2 s old.
        if (lateMs < -1_000 || lateMs > 3_200) {
            faults.add(lateMs + " ms late: " + event.text(200));
        }
        final String symbol = instruments.instrument(event.instrument).symbol();
        if (event.channel == Channel.TICKER) {
            tickers.put(symbol + " ticker", event.price + " " + event.bid + " " + event.ask);
        } else if (event.channel == Channel.MARK_PRICE) {
            tickers.put(symbol + " markPrice", event.mark + " " + event.index);
        }
    }

    /** What became of each book, and by how many messages. */
    private Map<String, String> books() {
        final Map<String, String> words = new TreeMap<>();
        for (int id = 0; id < instruments.size(); id++) {
            final InstrumentBook book = state.books.find(id);
            final BookSide bids = book.book().bids();
            final BookSide asks = book.book().asks();
            words.put(
                    instruments.instrument(id).symbol(),
                    (book.counts().snapshots() + book.counts().deltas())
                            + ": "
                            + level(bids)
                            + ", "
                            + level(asks)
                            + ", "
                            + bids.count()
                            + "/"
                            + asks.count()
                            + ", "
                            + (book.book().orphanDeletes() + book.counts().crossedEvents())
                            + " orphans");
        }
        return words;
    }

    private static String level(final BookSide side) {
        return side.price(0, new Decimal()) + " x " + side.size(0, new Decimal());
    }

    private List<String> names() {
        final List<String> names = new ArrayList<>();
        for (int id = 0; id < instruments.size(); id++) {
            names.add(instruments.instrument(id).symbol());
        }
        return names.stream().sorted().toList();
    }

    private static Path recording(final String file) {
        final Path folder = Path.of(System.getProperty("plumbline.feeds", "../../shared/feeds"));
        assumeTrue(
                Files.isDirectory(folder),
                "no folder of recordings at " + folder.toAbsolutePath() + " (plumbline.feeds)");
        final Path path = folder.resolve("bybit").resolve(file);
        assumeTrue(Files.exists(path), "no recording " + path);
        return path;
    }
}
