package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recordings of the real venues, untouched: every message is counted and nothing is found. */
class RecordingReplayTest {
    private static final String SPOT_CONNECTION = "BINANCE-b38f7c.0.zst";
    private static final String USDM_CONNECTION = "BINANCE_FUTURES-1125a2.0.zst";
    private static final String SHORT = "usdm_btcusdt_20240718.gz";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path folder;

    /** The numbers were counted by small programs that share no code with this project. */
    @ParameterizedTest
    @CsvSource({
        "usdm_btcusdt_20240718.gz, binance-usdm, 11414, 3326, 7113, 974",
        "usdm_ethusdt_20240718.gz, binance-usdm, 14003, 3273, 9089, 1640",
        "usdm_btcusdt_20240808.gz, binance-usdm, 93954, 6551, 66089, 21313",
        "spot_btcusdt_20240808.gz, binance-spot, 41249, 3451, 28040, 9757",
        "spot_ethusdt_20240808.gz, binance-spot, 33618, 3434, 24077, 6106",
    })
    void shouldCountOneSymbolAndFindNothing(
            final String name,
            final String venue,
            final long messages,
            final long depth,
            final long bookTicker,
            final long trade)
            throws IOException {
        final Replayed replayed = Replayed.well(folder, Recordings.binance(name).toString());
        nothingFound(replayed);
        assertEquals(messages, replayed.summary().path("messages").asLong());
        assertEquals(
                Map.of(
                        "depth", depth,
                        "bookTicker", bookTicker,
                        "trade", trade,
                        "depthSnapshot", 1L),
                replayed.events(venue));
    }

    @ParameterizedTest
    @CsvSource({
        SPOT_CONNECTION + ", binance-spot, 4709, 5408, 1240, 10",
        USDM_CONNECTION + ", binance-usdm, 4423, 3424, 574, 5",
    })
    void shouldCountManySymbolsAndFindNothing(
            final String name,
            final String venue,
            final long depth,
            final long bookTicker,
            final long aggTrade,
            final long snapshots)
            throws IOException {
        final Replayed replayed = Replayed.well(folder, Recordings.binance(name).toString());
        nothingFound(replayed);
        assertEquals(
                Map.of(
                        "depth", depth,
                        "bookTicker", bookTicker,
                        "aggTrade", aggTrade,
                        "depthSnapshot", snapshots),
                replayed.events(venue));
    }

    /** Books as computed by small programs that share no code with this project. */
    @Test
    void shouldTellWhatBecameOfTheBooks() throws IOException {
        final Replayed one = Replayed.well(folder, Recordings.binance(SHORT).toString());
        assertEquals(
                JSON.readTree(
                        "{\"binance-usdm\":{\"BTC/USDT:USDT\":{\"state\":\"PROVEN\",\"reason\":\"\","
                            + "\"deltas\":3321,\"snapshots\":1,\"dropped\":5,"
                            + "\"checksumsPassed\":0,\"checksumsFailed\":0,"
                            + "\"orphanDeletes\":1545,\"crossed\":0,\"breaks\":0,"
                            + "\"bidLevels\":2170,\"askLevels\":1885,"
                            + "\"bestBid\":\"63959.9\",\"bestAsk\":\"63960\"}}}"),
                one.summary().path("books"));
        final Replayed many = Replayed.well(folder, Recordings.binance(SPOT_CONNECTION).toString());
        final JsonNode books = many.summary().path("books").path("binance-spot");
        final List<String> states = new ArrayList<>();
        books.forEach(book -> states.add(book.path("state").asText()));
        assertEquals(Collections.nCopies(10, "PROVEN"), states);
    }

    /** Two connections of one venue in one replay. */
    @Test
    void shouldMergeRecordingsByTheirReceiveTimes() throws IOException {
        final Path btc = Recordings.binance(SHORT);
        final Path eth = Recordings.binance("usdm_ethusdt_20240718.gz");
        final Replayed replayed = Replayed.well(folder, btc.toString(), eth.toString());
        nothingFound(replayed);
        assertEquals(
                Map.of(
                        "depth", 3_326L + 3_273,
                        "bookTicker", 7_113L + 9_089,
                        "trade", 974L + 1_640,
                        "depthSnapshot", 2L),
                replayed.events("binance-usdm"));
    }

    @Test
    void shouldReplayAStretchOfTime() throws IOException {
        final Path file = Recordings.binance(SHORT);
        final List<Recordings.Line> lines = Recordings.lines(file, Integer.MAX_VALUE);
        final long fromNs = lines.get(5_000).stampNs();
        final long toNs = lines.get(7_999).stampNs();
        final Replayed replayed =
                Replayed.well(folder, file.toString(), "--from", time(fromNs), "--to", time(toNs));
        nothingFound(replayed);
        final long inside =
                lines.stream()
                        .filter(line -> line.stampNs() >= fromNs && line.stampNs() <= toNs)
                        .count();
        assertEquals(inside, replayed.summary().path("messages").asLong());
        assertEquals(time(fromNs), instant(replayed.summary().path("fromTime")));
        assertEquals(time(toNs), instant(replayed.summary().path("toTime")));
    }

    @Test
    void shouldReplaySomeSymbols() throws IOException {
        final Path file = Recordings.binance(SPOT_CONNECTION);
        final Map<String, Map<String, Long>> bySymbol = countBySymbol(file);
        final Map<String, Long> expected = new TreeMap<>(bySymbol.get("ZILUSDT"));
        bySymbol.get("QTUMETH").forEach((channel, n) -> expected.merge(channel, n, Long::sum));
        final Replayed replayed =
                Replayed.well(folder, file.toString(), "--symbols", "ZIL/USDT,QTUM/ETH");
        nothingFound(replayed);
        final Map<String, Long> events = new TreeMap<>(replayed.events("binance-spot"));
        events.remove("depthSnapshot");
        assertEquals(expected, events);
    }

    @Test
    void shouldReplayAtAPace() throws IOException {
        final Path file = Recordings.binance(SHORT);
        final long fromNs = Recordings.lines(file, 1).get(0).stampNs();
        final Replayed replayed =
                Replayed.well(
                        folder,
                        file.toString(),
                        "--to",
                        time(fromNs + 3_000_000_000L),
                        "--speed",
                        "10");
        nothingFound(replayed);
        final BigDecimal seconds = new BigDecimal(replayed.summary().path("wallSeconds").asText());
        assertTrue(
                seconds.compareTo(new BigDecimal("0.25")) >= 0
                        && seconds.compareTo(BigDecimal.TEN) < 0,
                () -> "3 s at speed 10 took " + seconds);
    }

    private static void nothingFound(final Replayed replayed) {
        assertEquals("", replayed.findings());
        assertEquals(Map.of(), replayed.kinds());
        assertEquals(0, replayed.summary().path("unparsed").asLong());
        assertEquals("[]", replayed.summary().path("damages").toString());
    }

    private static String time(final long epochNs) {
        return Instant.ofEpochSecond(epochNs / 1_000_000_000L, epochNs % 1_000_000_000L).toString();
    }

    private static String instant(final JsonNode rfc3339) {
        return Instant.parse(rfc3339.asText()).toString();
    }

    /** Channels of each venue symbol, counted with Jackson in a cryptofeed text recording. */
    private static Map<String, Map<String, Long>> countBySymbol(final Path file)
            throws IOException {
        final Map<String, Map<String, Long>> counts = new TreeMap<>();
        try (BufferedReader in = Recordings.reader(file)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                final int json = line.indexOf(": {\"stream\"");
                if (json > 0 && line.indexOf(' ') == json + 1) {
                    final JsonNode data = JSON.readTree(line.substring(json + 2)).path("data");
                    final String event = data.path("e").asText("bookTicker");
                    counts.computeIfAbsent(data.path("s").asText(), symbol -> new TreeMap<>())
                            .merge(event.equals("depthUpdate") ? "depth" : event, 1L, Long::sum);
                }
            }
        }
        return counts;
    }
}
