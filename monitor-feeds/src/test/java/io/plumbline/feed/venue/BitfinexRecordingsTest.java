package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.feed.capture.CaptureReader;
import io.plumbline.feed.capture.CaptureRecord;
import io.plumbline.feed.capture.Captures;
import io.plumbline.feed.capture.VenueGuess;
import io.plumbline.market.BookState;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventType;
import io.plumbline.market.InstrumentBook;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Real recorded traffic of 2021, seven thinly traded pairs with numbers on every message: counts as
 * counted independently, every book unbroken, and nothing found.
 */
class BitfinexRecordingsTest {
    private static final String FILE = "BITFINEX.jsonl.zst";

    private final Venue venue = Venues.find("bitfinex");
    private final Instruments instruments = new Instruments();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<String> findings = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private long lastNumber;

    @Test
    void shouldCountWhatTheGroundTruthCounts() throws IOException {
        final MarketState state = replay();
        assertEquals(
                Map.of(
                        "ACK", 22,
                        "HEARTBEAT", 42,
                        "IGNORED", 8,
                        "MARKET bookTicker", 21,
                        "MARKET depth DELTA", 1_593,
                        "MARKET depth SNAPSHOT", 7,
                        "MARKET ticker", 21,
                        "levels", 2_926,
                        "numbered", 1_670),
                counts);
        assertEquals(1_670, lastNumber);
        assertEquals(List.of(), faults);
        assertEquals(List.of(), findings);
        assertEquals(
                List.of(
                        "BFT/USD 96/100 0.068965/0.0774",
                        "IOTA/ETH 99/100 0.001026/0.0010272",
                        "MANA/BTC 51/88 0.00002505/0.0000253",
                        "MDOGE/USD 100/100 277730/282030",
                        "ODE/USD 100/100 0.02056/0.02088",
                        "SNGLS/USD 100/100 0.037108/0.038798",
                        "TESTBTC/TESTUSD 100/100 60417/60423"),
                books(state));
    }

    @Test
    void shouldKnowItsOwnRecording() throws IOException {
        assertEquals("bitfinex", VenueGuess.of(recording()).orElseThrow().venue());
    }

    /** Every pair of the recorded lists has a name of ccxt's form that leads back to it. */
    @Test
    void shouldNameEveryListedPairBothWays() throws IOException {
        final CaptureRecord record = new CaptureRecord();
        final List<String> lists = new ArrayList<>();
        try (CaptureReader reader = Captures.open(recording())) {
            while (reader.next(record)) {
                if (record.kind == CaptureRecord.Kind.HTTP && record.url.contains(":list:pair:")) {
                    final String list = record.text();
                    lists.add(list.substring(1, list.length() - 1));
                }
            }
        }
        assertEquals(2, lists.size());
        final byte[] both = ("[" + String.join(",", lists) + "]").getBytes(StandardCharsets.UTF_8);
        final List<Venue.Reference> listed =
                venue.references(null, new ByteArrayInputStream(both)).listed();
        final TreeSet<String> names = new TreeSet<>();
        for (final Venue.Reference reference : listed) {
            assertEquals(reference.venueSymbol(), venue.toVenueSymbol(reference.symbol()));
            names.add(reference.symbol());
        }
        assertEquals(listed.size(), names.size(), "no name twice");
        assertEquals(
                List.of("AVAX/USD", "BTC/USD", "BTC/USDT:USDT", "ETH/BTC:BTC"),
                names.stream()
                        .filter(
                                List.of("AVAX/USD", "BTC/USD", "BTC/USDT:USDT", "ETH/BTC:BTC")
                                        ::contains)
                        .toList());
    }

    private MarketState replay() throws IOException {
        final RecordingRun run = new RecordingRun(venue, instruments, findings);
        run.replay(recording(), this::count, event -> {});
        return run.state;
    }

    private void count(final MarketEvent event) {
        final StringBuilder what = new StringBuilder(event.type.name());
        if (event.type == EventType.MARKET) {
            what.append(' ').append(event.channel.label());
        }
        if (event.levels.count() > 0) {
            what.append(' ').append(event.book);
            counts.merge("levels", event.levels.count(), Integer::sum);
        }
        counts.merge(what.toString(), 1, Integer::sum);
        if (event.connectionSequence != MarketEvent.NONE) {
            counts.merge("numbered", 1, Integer::sum);
            lastNumber = event.connectionSequence;
        }
        if (event.type == EventType.UNPARSED) {
            faults.add(event.text(200));
        }
    }

    private List<String> books(final MarketState state) {
        final TreeSet<String> books = new TreeSet<>();
        for (int id = 0; id < instruments.size(); id++) {
            final InstrumentBook book = state.books.find(id);
            final Decimal bid = new Decimal();
            final Decimal ask = new Decimal();
            book.book().bestBid(bid);
            book.book().bestAsk(ask);
            assertEquals(BookState.PROVEN, book.state());
            assertEquals(0, book.book().orphanDeletes());
            books.add(
                    instruments.instrument(id).symbol()
                            + " "
                            + book.book().bids().count()
                            + "/"
                            + book.book().asks().count()
                            + " "
                            + bid
                            + "/"
                            + ask);
        }
        return List.copyOf(books);
    }

    private static Path recording() {
        final Path folder = Path.of(System.getProperty("plumbline.feeds", "../../shared/feeds"));
        assumeTrue(
                Files.isDirectory(folder),
                "no folder of recordings at " + folder.toAbsolutePath() + " (plumbline.feeds)");
        final Path path = folder.resolve("bitfinex").resolve(FILE);
        assumeTrue(Files.exists(path), "no recording " + path);
        return path;
    }
}
