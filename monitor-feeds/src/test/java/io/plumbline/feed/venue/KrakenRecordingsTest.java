package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.feed.capture.CaptureReader;
import io.plumbline.feed.capture.CaptureRecord;
import io.plumbline.feed.capture.Captures;
import io.plumbline.market.BookAction;
import io.plumbline.market.BookLevels;
import io.plumbline.market.Channel;
import io.plumbline.market.EventType;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** Real recorded traffic of 2021: counts as counted independently, and nothing found. */
class KrakenRecordingsTest {
    private final Instruments instruments = new Instruments();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final Map<Integer, Map<Boolean, TreeMap<Long, Long>>> books = new HashMap<>();
    private final List<String> findings = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    @Test
    void firstInterfaceOfSpot() throws IOException {
        final Map<String, Map<String, Long>> tally =
                replay("KRAKEN-c197c0.0.zst", Venues.find("kraken"));
        assertEquals(Map.of("kraken", Map.of("depth", 14_496L, "depthSnapshot", 10L)), tally);
        assertEquals(
                Map.of(
                        "ACK", 10,
                        "HEARTBEAT", 119,
                        "IGNORED", 1,
                        "MARKET", 14_506,
                        "checksum", 14_496,
                        "checksum ok", 14_496,
                        "depth 1000", 14_506,
                        "levels", 21_231 + 2_535),
                counts);
        assertEquals(List.of(), faults);
        assertEquals(List.of(), findings);
        assertEquals(
                "[ALGO/BTC, AUD/USD, BTC/USD, DASH/EUR, FIL/BTC, ICX/USD, KAVA/USD, LSK/USD,"
                        + " USDC/GBP, WAVES/ETH]",
                symbols());
    }

    @Test
    void futures() throws IOException {
        final Map<String, Map<String, Long>> tally =
                replay("KRAKEN_FUTURES.jsonl.zst", Venues.find("kraken-futures"));
        assertEquals(
                Map.of(
                        "kraken-futures",
                        Map.of(
                                "bookTicker",
                                107L,
                                "depth",
                                7_014L,
                                "depthSnapshot",
                                10L,
                                "trade",
                                3L)),
                tally);
        assertEquals(
                Map.of("ACK", 30, "IGNORED", 11, "MARKET", 7_134, "levels", 7_014 + 1_571), counts);
        assertEquals(List.of(), faults);
        assertEquals(List.of(), findings);
        assertEquals(
                "[BCH/USD:BCH-210730, BCH/USD:BCH-210924, BTC/USD:BTC-210730, BTC/USD:BTC-210924,"
                        + " ETH/USD:ETH, ETH/USD:ETH-210730, ETH/USD:ETH-211231, LTC/USD:LTC,"
                        + " XRP/USD:XRP, XRP/USD:XRP-210924]",
                symbols());
    }

    @Test
    void shouldReadTheTicksOfARecordedList() throws IOException {
        final List<Venue.Reference> listed = new ArrayList<>();
        final CaptureRecord record = new CaptureRecord();
        try (CaptureReader reader = Captures.open(recording("KRAKEN_FUTURES.jsonl.zst"))) {
            while (reader.next(record)) {
                if (record.kind == CaptureRecord.Kind.HTTP) {
                    listed.addAll(
                            KrakenFuturesInstruments.read(
                                    new java.io.ByteArrayInputStream(
                                            record.bytes, record.offset, record.length)));
                }
            }
        }
        assertEquals(new Venue.Reference("PI_XBTUSD", "0.5"), listed.get(0));
        assertEquals(
                List.of(),
                listed.stream().filter(r -> r.tickSize().isEmpty()).toList(),
                "indices are left out");
    }

    private Map<String, Map<String, Long>> replay(final String file, final Venue venue)
            throws IOException {
        return Map.of(
                venue.name(),
                new RecordingRun(venue, instruments, findings)
                        .replay(recording(file), this::check, event -> {}));
    }

    private void check(final MarketEvent event) {
        counts.merge(event.type.name(), 1, Integer::sum);
        count("checksum", event.checksum != MarketEvent.NONE ? 1 : 0);
        count("levels", event.levels.count());
        if (event.type == EventType.UNPARSED) {
            faults.add(event.text(200));
        }
        if (event.type == EventType.MARKET && event.channel == Channel.DEPTH) {
            count("depth " + event.bookDepth, event.bookDepth > 0 ? 1 : 0);
            if (event.bookDepth > 0) {
                apply(event);
            }
            final long lateMs = (event.receivedNs - event.venueNs) / 1_000_000;
            // The clocks of 2021 differ by 1.2 s; the snapshot of a quiet book is old.
            if (event.book == BookAction.DELTA && (lateMs < -100 || lateMs > 10_000)) {
                faults.add(lateMs + " ms late: " + event.text(200));
            }
        }
    }

    /** A book of the simplest kind, cut to its depth, and the venue's sum over its best ten. */
    private void apply(final MarketEvent event) {
        final Map<Boolean, TreeMap<Long, Long>> book =
                books.computeIfAbsent(
                        event.instrument,
                        id ->
                                Map.of(
                                        true, new TreeMap<>(Comparator.reverseOrder()),
                                        false, new TreeMap<>()));
        final BookLevels levels = event.levels;
        for (int i = 0; i < levels.count(); i++) {
            // Kraken writes all prices of a pair with the same number of decimals.
            final TreeMap<Long, Long> side = book.get(levels.isBid(i));
            if (levels.size(i) == 0) {
                side.remove(levels.price(i));
            } else {
                side.put(levels.price(i), levels.size(i));
            }
        }
        final StringBuilder text = new StringBuilder();
        for (final boolean bid : List.of(false, true)) {
            final TreeMap<Long, Long> side = book.get(bid);
            while (side.size() > event.bookDepth) {
                side.pollLastEntry();
            }
            side.entrySet().stream()
                    .limit(10)
                    .forEach(level -> text.append(level.getKey()).append(level.getValue()));
        }
        final CRC32 sum = new CRC32();
        sum.update(text.toString().getBytes(StandardCharsets.US_ASCII));
        count("checksum ok", sum.getValue() == event.checksum ? 1 : 0);
    }

    private void count(final String what, final int times) {
        if (times > 0) {
            counts.merge(what, times, Integer::sum);
        }
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
        final Path path = folder.resolve("kraken").resolve(file);
        assumeTrue(Files.exists(path), "no recording " + path);
        return path;
    }
}
