package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.feed.capture.CaptureReader;
import io.plumbline.feed.capture.CaptureRecord;
import io.plumbline.feed.capture.Captures;
import io.plumbline.market.BookAction;
import io.plumbline.market.BookSide;
import io.plumbline.market.BookState;
import io.plumbline.market.Decimal;
import io.plumbline.market.InstrumentBook;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Real recorded traffic of 2021: counts as counted independently, and nothing found. */
class DeribitRecordingsTest {
    private static final long MS = 1_000_000L;
    private final Venue venue = Venues.find("deribit");
    private final Instruments instruments = new Instruments();
    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<Integer, Long> changeIds = new HashMap<>();
    private final List<String> findings = new ArrayList<>();
    private MarketState state;
    private long previousId = MarketEvent.NONE;

    @Test
    void optionsOfApril() throws IOException {
        assertEquals(
                Map.of(
                        "bookTicker",
                        273L,
                        "depth",
                        177L,
                        "depthSnapshot",
                        10L,
                        "markPrice",
                        273L,
                        "ticker",
                        249L),
                replay("DERIBIT-5dd9ce.0.zst"));
        assertEquals(
                Map.of(
                        "ACK",
                        1L,
                        "MARKET",
                        187L + 273 + 249 + 273,
                        "book",
                        187L,
                        "change_id + 1",
                        1L,
                        "change_id falls between instruments",
                        5L,
                        "levels",
                        367L,
                        "ms of the oldest snapshot",
                        4_640L),
                counts);
        assertEquals(List.of(), findings);
        assertEquals(
                List.of(
                        "BTC/USD:BTC-210430-20000-C 0.6665 x 12 0.6725 x 12 of 2",
                        "BTC/USD:BTC-211231-300000-P 0.151 x 5 - of 1",
                        "BTC/USD:BTC-220325-400000-C 0.027 x 27 0.032 x 0.1 of 19",
                        "ETH/USD:ETH-210406-2400-P - - of 0",
                        "ETH/USD:ETH-210409-1950-C 0.079 x 5 0.0945 x 5 of 14",
                        "ETH/USD:ETH-210416-1400-P 0.0005 x 2240 0.0015 x 751 of 6",
                        "ETH/USD:ETH-210416-1600-C 0.2065 x 10 0.2645 x 1 of 3",
                        "ETH/USD:ETH-210423-2000-C 0.0965 x 2 - of 1",
                        "ETH/USD:ETH-210430-2240-P 0.093 x 202 0.098 x 137 of 9",
                        "ETH/USD:ETH-210924-320-P 0.0005 x 1000 0.0015 x 150 of 7"),
                books());
    }

    @Test
    void optionsOfJuly() throws IOException {
        assertEquals(
                Map.of(
                        "bookTicker",
                        89L,
                        "depth",
                        36L,
                        "depthSnapshot",
                        10L,
                        "markPrice",
                        89L,
                        "ticker",
                        89L),
                replay("DERIBIT.jsonl.zst"));
        assertEquals(
                Map.of(
                        "ACK",
                        1L,
                        "MARKET",
                        46L + 3 * 89,
                        "book",
                        46L,
                        "change_id + 1",
                        5L,
                        "change_id falls between instruments",
                        7L,
                        "levels",
                        149L,
                        "ms of the oldest snapshot",
                        2_935L),
                counts);
        assertEquals(List.of(), findings);
        assertEquals(
                List.of(
                        "BTC/USD:BTC-210730-24000-P 0.002 x 91.6 0.0025 x 13.7 of 11",
                        "BTC/USD:BTC-210924-34000-P 0.1555 x 0.8 0.1585 x 11.2 of 13",
                        "BTC/USD:BTC-210924-8000-P 0.0005 x 153.1 0.0015 x 94.7 of 15",
                        "BTC/USD:BTC-211231-300000-C 0.005 x 2.1 0.0055 x 4 of 27",
                        "BTC/USD:BTC-211231-34000-P 0.2325 x 1.5 0.236 x 8.4 of 12",
                        "BTC/USD:BTC-220325-30000-C 0.274 x 8 0.316 x 8 of 5",
                        "BTC/USD:BTC-220624-15000-C 0.583 x 9 0.6235 x 9 of 3",
                        "ETH/USD:ETH-210723-2300-C - 0.001 x 274 of 4",
                        "ETH/USD:ETH-210730-2800-C 0.0015 x 4737 0.0025 x 873 of 16",
                        "ETH/USD:ETH-210827-4000-P - - of 0"),
                books());
    }

    @Test
    void shouldReadTheTicksOfRecordedLists() throws IOException {
        final List<Venue.Reference> listed = new ArrayList<>();
        final CaptureRecord record = new CaptureRecord();
        try (CaptureReader reader = Captures.open(recording("DERIBIT.jsonl.zst"))) {
            while (reader.next(record)) {
                if (record.kind == CaptureRecord.Kind.HTTP) {
                    listed.addAll(
                            DeribitInstruments.read(
                                    new ByteArrayInputStream(
                                            record.bytes, record.offset, record.length)));
                }
            }
        }
        assertEquals(398 + 426 + 177 + 16, listed.size());
        assertEquals(new Venue.Reference("BTC-24SEP21-40000-P", "0.0005"), listed.get(0));
        assertEquals(List.of(), listed.stream().filter(r -> r.tickSize().isEmpty()).toList());
        for (final Venue.Reference each : listed) {
            final String symbol = venue.toSymbol(each.venueSymbol());
            assertEquals(each.venueSymbol(), venue.toVenueSymbol(symbol), symbol);
        }
    }

    private Map<String, Long> replay(final String file) throws IOException {
        final RecordingRun run = new RecordingRun(venue, instruments, findings);
        final Map<String, Long> events = run.replay(recording(file), this::count, event -> {});
        state = run.state;
        return events;
    }

    private void count(final MarketEvent event) {
        counts.merge(event.type.name(), 1L, Long::sum);
        if (event.book == BookAction.NONE) {
            return;
        }
        counts.merge("book", 1L, Long::sum);
        counts.merge("levels", (long) event.levels.count(), Long::sum);
        if (event.book == BookAction.SNAPSHOT) {
            counts.merge(
                    "ms of the oldest snapshot",
                    (event.receivedNs - event.venueNs) / MS,
                    Math::max);
        }
        final Long before = changeIds.put(event.instrument, event.lastSequence);
        if (before != null && event.lastSequence == before + 1) {
            counts.merge("change_id + 1", 1L, Long::sum);
        }
        if (event.lastSequence < previousId) {
            counts.merge("change_id falls between instruments", 1L, Long::sum);
        }
        previousId = event.lastSequence;
    }

    /** Every proven book: its best levels and how many it has. */
    private List<String> books() {
        final TreeSet<String> books = new TreeSet<>();
        for (int id = 0; id < instruments.size(); id++) {
            final InstrumentBook book = state.books.find(id);
            assertEquals(BookState.PROVEN, book.state());
            assertEquals(0, book.breaks());
            assertEquals(0, book.book().orphanDeletes());
            assertEquals(0, book.counts().crossedEvents());
            final BookSide bids = book.book().bids();
            final BookSide asks = book.book().asks();
            books.add(
                    instruments.instrument(id).symbol()
                            + ' '
                            + best(bids)
                            + ' '
                            + best(asks)
                            + " of "
                            + (bids.count() + asks.count()));
        }
        return List.copyOf(books);
    }

    private static String best(final BookSide side) {
        return side.count() == 0
                ? "-"
                : side.price(0, new Decimal()) + " x " + side.size(0, new Decimal());
    }

    private static Path recording(final String file) {
        final Path folder = Path.of(System.getProperty("plumbline.feeds", "../../shared/feeds"));
        assumeTrue(
                Files.isDirectory(folder),
                "no folder of recordings at " + folder.toAbsolutePath() + " (plumbline.feeds)");
        final Path path = folder.resolve("deribit").resolve(file);
        assumeTrue(Files.exists(path), "no recording " + path);
        return path;
    }
}
