package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.detect.LagDetector;
import io.plumbline.feed.capture.CaptureReader;
import io.plumbline.feed.capture.CaptureRecord;
import io.plumbline.feed.capture.Captures;
import io.plumbline.market.BookState;
import io.plumbline.market.Channel;
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
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Real recorded traffic of 2021 and 2022: counts as counted independently, nothing found. */
class OkxRecordingsTest {
    private static final String OF_2021 = "OKEX.ws.1.0@2022-02.zst";
    private static final String OF_2022 = "OKX.jsonl.zst";
    private static final long MS = 1_000_000L;

    private final Venue okx = Venues.find("okx");
    private final Instruments instruments = new Instruments();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final Map<Integer, Long> newestNs = new TreeMap<>();
    private final List<String> findings = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private MarketState state;
    private long oldestTradeSeconds;

    @Test
    void firstRecording() throws IOException {
        assertEquals(
                Map.of("depth", 1_494L, "depthSnapshot", 10L, "ticker", 46L, "trade", 36L),
                replay(OF_2021).get("okx"));
        assertEquals(
                Map.of("ACK", 30, "MARKET", 1_504 + 36 + 46, "checksum", 1_504, "empty", 16),
                counts);
        assertBooks(1_504, 10, 0);
        assertEquals(72_860, oldestTradeSeconds);
        assertEquals(
                "[AUCTION/USDT, BTC/USD:BTC-210924-42000-P, BTC/USD:BTC-210924-66000-C, DHT/USDT,"
                        + " FUN/BTC, OKT/BTC, ONT/USDT, PAY/BTC, TRX/USDT:USDT-210924,"
                        + " XMR/USDT:USDT]",
                symbols());
    }

    @Test
    void secondRecording() throws IOException {
        assertEquals(
                Map.of("depth", 287L, "depthSnapshot", 3L, "ticker", 28L, "trade", 74L),
                replay(OF_2022).get("okx"));
        assertEquals(Map.of("ACK", 18, "MARKET", 290 + 74 + 28, "checksum", 290), counts);
        assertBooks(290, 3, 953);
        assertEquals("[BTC/USD:BTC-220527, BTC/USDT, UNI/USD:UNI]", symbols());
    }

    /** The list that the recorder asked for agrees with what the names say. */
    @Test
    void shouldReadTheTicksOfRecordedLists() throws IOException {
        final Map<String, Venue.Reference> listed = new TreeMap<>();
        final CaptureRecord record = new CaptureRecord();
        try (CaptureReader reader = Captures.open(recording(OF_2022))) {
            while (reader.next(record)) {
                if (record.kind == CaptureRecord.Kind.HTTP) {
                    okx.references(
                                    null,
                                    new ByteArrayInputStream(
                                            record.bytes, record.offset, record.length))
                            .listed()
                            .forEach(reference -> listed.put(reference.venueSymbol(), reference));
                }
            }
        }
        assertEquals(
                new Venue.Reference("BTC-USDT-SWAP", "0.1", "BTC/USDT:USDT"),
                listed.get("BTC-USDT-SWAP"));
        assertTrue(listed.size() > 1_000, () -> listed.size() + " instruments");
        for (final Venue.Reference reference : listed.values()) {
            assertEquals(reference.symbol(), okx.toSymbol(reference.venueSymbol()));
            assertEquals(reference.venueSymbol(), okx.toVenueSymbol(reference.symbol()));
            assertTrue(!reference.tickSize().isEmpty(), reference::toString);
        }
    }

    private Map<String, Map<String, Long>> replay(final String file) throws IOException {
        final RecordingRun run =
                new RecordingRun(okx, instruments, findings)
                        .with(
                                market ->
                                        List.of(
                                                new LagDetector(
                                                        market,
                                                        1_000 * MS,
                                                        100 * MS,
                                                        new LatencyRecorder
                                                                [RecordingRun.SOURCES])));
        final Map<String, Long> events = run.replay(recording(file), this::check, event -> {});
        state = run.state;
        assertEquals(List.of(), faults);
        assertEquals(List.of(), findings);
        return Map.of(okx.name(), events);
    }

    private void check(final MarketEvent event) {
        counts.merge(event.type.name(), 1, Integer::sum);
        if (event.checksum != MarketEvent.NONE) {
            counts.merge("checksum", 1, Integer::sum);
        }
        if (event.channel == Channel.DEPTH && event.levels.count() == 0) {
            counts.merge("empty", 1, Integer::sum);
        }
        if (event.type == EventType.UNPARSED) {
            faults.add(event.text(200));
        }
        if (event.type == EventType.MARKET) {
            final int stream = event.instrument * 100 + event.channel.ordinal();
            final Long before = newestNs.put(stream, event.venueNs);
            if (before != null && event.venueNs < before) {
                faults.add("time goes back: " + event.text(200));
            }
            if (before == null && event.channel == Channel.TRADE) {
                final long ageNs = event.receivedNs - event.venueNs;
                oldestTradeSeconds = Math.max(oldestTradeSeconds, ageNs / 1_000_000_000L);
            }
        }
    }

    private void assertBooks(final long checksums, final int books, final long orphanDeletes) {
        long passed = 0;
        long failed = 0;
        long orphans = 0;
        int proven = 0;
        for (int id = 0; id < state.books.size(); id++) {
            final InstrumentBook book = state.books.find(id);
            if (book != null) {
                passed += book.counts().checksumsPassed();
                failed += book.counts().checksumsFailed();
                orphans += book.book().orphanDeletes();
                proven += book.state() == BookState.PROVEN && book.breaks() == 0 ? 1 : 0;
                assertTrue(book.book().bids().count() <= 400 && book.book().asks().count() <= 400);
            }
        }
        assertEquals(
                List.of(checksums, 0L, orphanDeletes, (long) books),
                List.of(passed, failed, orphans, (long) proven));
    }

    private String symbols() {
        final TreeSet<String> symbols = new TreeSet<>();
        for (int id = 0; id < instruments.size(); id++) {
            symbols.add(instruments.instrument(id).symbol());
        }
        return symbols.toString();
    }

    private static Path recording(final String file) {
        final Path folder = Path.of(System.getProperty("plumbline.feeds", "../../shared/feeds"));
        assumeTrue(
                Files.isDirectory(folder),
                "no folder of recordings at " + folder.toAbsolutePath() + " (plumbline.feeds)");
        final Path path = folder.resolve("okx").resolve(file);
        assumeTrue(Files.exists(path), "no recording " + path);
        return path;
    }
}
