package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.detect.LagDetector;
import io.plumbline.feed.capture.CaptureReader;
import io.plumbline.feed.capture.CaptureRecord;
import io.plumbline.feed.capture.Captures;
import io.plumbline.market.BookState;
import io.plumbline.market.Channel;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventType;
import io.plumbline.market.InstrumentBook;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.metrics.LatencyRecorder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Real recorded traffic: counts as counted independently, and nothing found. */
class CoinbaseRecordingsTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final Instruments instruments = new Instruments();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<String> findings = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    /** The ids that trades covered: first, last and how many, by symbol. */
    private final Map<String, long[]> ids = new TreeMap<>();

    private MarketState state;
    private int source;
    private long oldestNs;

    @Test
    void exchange() throws IOException {
        assertEquals(
                Map.of(
                        "coinbase-exchange",
                        Map.of(
                                "bookTicker",
                                107L,
                                "depth",
                                9_719L,
                                "depthSnapshot",
                                10L,
                                "ticker",
                                107L,
                                "trade",
                                97L + 10L)),
                replay("COINBASE.ws.28.0@2021.zst", Venues.find("coinbase-exchange")));
        assertEquals(
                Map.of("ACK", 3, "MARKET", 10_050, "levels", 9_719 + 8_362, "frames", 9_946),
                counts);
        assertEquals(List.of(), faults);
        assertEquals(List.of(), findings);
        assertEquals(10, ids.size());
        assertEquals(107, ids.values().stream().mapToLong(range -> range[2]).sum());
        assertEquals(107, oldestNs / SECOND_NS, "the oldest trade at the beginning");
        for (int id = 0; id < instruments.size(); id++) {
            final InstrumentBook book = state.books.find(id);
            assertEquals(BookState.PROVEN, book.state());
            assertFalse(book.book().isCrossed());
        }
    }

    @Test
    void advanced() throws IOException {
        assertEquals(
                Map.of(
                        "coinbase-advanced",
                        Map.of(
                                "bookTicker",
                                160L,
                                "depth",
                                773L,
                                "depthSnapshot",
                                2L,
                                "ticker",
                                160L,
                                "trade",
                                2L + 47 + 32)),
                replay("COINBASE.jsonl.zst", Venues.find("coinbase-advanced")));
        assertEquals(
                Map.of(
                        "ACK",
                        5,
                        "HEARTBEAT",
                        25,
                        "IGNORED",
                        6,
                        "MARKET",
                        1_176,
                        "connection",
                        1_030,
                        "levels",
                        69_334 + 4_859,
                        "frames",
                        1_030),
                counts);
        assertEquals(List.of(), faults);
        assertEquals(List.of(), findings);
        assertEquals(1_029, state.streams.lastOfConnection(source, 1));
        assertEquals("BTC/USD 1068571991..1068572137 147, ETH/USD 833140679..833140810 132", ids());
        assertEquals(
                List.of(
                        "BTC/USD 18769 / 27238, 65083.66 / 65083.67, orphans 27",
                        "ETH/USD 6925 / 16403, 1919.28 / 1919.38, orphans 25"),
                List.of(book("BTC/USD"), book("ETH/USD")));
    }

    @Test
    void shouldReadTheTicksOfARecordedList() throws IOException {
        final Venue venue = Venues.find("coinbase-advanced");
        final List<Venue.Reference> listed = new ArrayList<>();
        final CaptureRecord record = new CaptureRecord();
        try (CaptureReader reader = Captures.open(recording("COINBASE.jsonl.zst"))) {
            while (reader.next(record)) {
                if (record.kind == CaptureRecord.Kind.HTTP) {
                    final Venue.ReferencePage page =
                            venue.references(
                                    null,
                                    new ByteArrayInputStream(
                                            record.bytes, record.offset, record.length));
                    listed.addAll(page.listed());
                    assertEquals(null, page.next());
                }
            }
        }
        assertEquals(new Venue.Reference("BTC-USD", "0.01"), listed.get(0));
        assertEquals(920 - 8, listed.size(), "those that are not traded any more are left out");
        assertTrue(listed.stream().noneMatch(reference -> reference.tickSize().isEmpty()));
    }

    private String ids() {
        final List<String> words = new ArrayList<>();
        ids.forEach(
                (name, range) ->
                        words.add(name + " " + range[0] + ".." + range[1] + " " + range[2]));
        return String.join(", ", words);
    }

    private String book(final String symbol) {
        for (int id = 0; id < instruments.size(); id++) {
            if (instruments.instrument(id).symbol().equals(symbol)) {
                final InstrumentBook book = state.books.find(id);
                assertEquals(BookState.PROVEN, book.state());
                final Decimal bid = new Decimal();
                final Decimal ask = new Decimal();
                book.book().bestBid(bid);
                book.book().bestAsk(ask);
                return symbol
                        + " "
                        + book.book().bids().count()
                        + " / "
                        + book.book().asks().count()
                        + ", "
                        + bid
                        + " / "
                        + ask
                        + ", orphans "
                        + book.book().orphanDeletes();
            }
        }
        return "no " + symbol;
    }

    private Map<String, Map<String, Long>> replay(final String file, final Venue venue)
            throws IOException {
        final RecordingRun run =
                new RecordingRun(venue, instruments, findings)
                        .with(
                                market ->
                                        List.of(
                                                new LagDetector(
                                                        market,
                                                        2 * SECOND_NS,
                                                        SECOND_NS,
                                                        new LatencyRecorder[RecordingRun.SOURCES])))
                        .taking(
                                frame -> {
                                    counts.merge("frames", 1, Integer::sum);
                                    return true;
                                });
        final Map<String, Long> events = run.replay(recording(file), this::check, this::trade);
        state = run.state;
        source = run.source();
        return Map.of(venue.name(), events);
    }

    private void check(final MarketEvent event) {
        counts.merge(event.type.name(), 1, Integer::sum);
        if (event.levels.count() > 0) {
            counts.merge("levels", event.levels.count(), Integer::sum);
        }
        if (event.connectionSequence != MarketEvent.NONE) {
            counts.merge("connection", 1, Integer::sum);
        }
        if (event.type == EventType.UNPARSED) {
            faults.add(event.text(200));
        }
    }

    /** After the engine's verdict: every trade is one more than the last of its product. */
    private void trade(final MarketEvent event) {
        if (event.type != EventType.MARKET || event.channel != Channel.TRADE) {
            return;
        }
        oldestNs = Math.max(oldestNs, event.receivedNs - event.venueNs);
        final long[] range =
                ids.computeIfAbsent(
                        instruments.instrument(event.instrument).symbol(),
                        symbol -> new long[] {event.firstSequence, event.firstSequence - 1, 0});
        if (event.firstSequence != range[1] + 1) {
            faults.add("after " + range[1] + ": " + event.text(200));
        }
        range[1] = event.lastSequence;
        range[2] += event.lastSequence - event.firstSequence + 1;
    }

    private static Path recording(final String file) {
        final Path folder = Path.of(System.getProperty("plumbline.feeds", "../../shared/feeds"));
        assumeTrue(
                Files.isDirectory(folder),
                "no folder of recordings at " + folder.toAbsolutePath() + " (plumbline.feeds)");
        final Path path = folder.resolve("coinbase").resolve(file);
        assumeTrue(Files.exists(path), "no recording " + path);
        return path;
    }
}
