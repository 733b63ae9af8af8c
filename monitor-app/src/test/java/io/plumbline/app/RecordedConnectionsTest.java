package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A recording of several connections, written one after another as recorders do: each is of the
 * venue that its address names, and all are merged by their receive times.
 */
class RecordedConnectionsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SECOND = 1_786_310_818L;
    private static final String LINEAR = "wss://stream.bybit.com/v5/public/linear";
    private static final String SPOT = "wss://stream.bybit.com/v5/public/spot";

    @TempDir private Path folder;
    private final List<String> lines = new ArrayList<>();

    /** Contracts first in the file; spot, which misses one earlier, after them. */
    private Path twoVenues() throws IOException {
        line(0, "http", "R.http.1", "url", instruments("linear"), list("0.10"));
        line(1, "http", "R.http.1", "url", instruments("spot"), list("0.01"));
        line(100, "connect", "R.ws.2", "addr", LINEAR, null);
        line(200, "recv", "R.ws.2", "addr", "", book(200, 7, "snapshot"));
        line(4_000, "recv", "R.ws.2", "addr", "", book(4_000, 9, "delta"));
        line(150, "connect", "R.ws.3", "addr", SPOT, null);
        line(210, "recv", "R.ws.3", "addr", "", book(210, 70, "snapshot"));
        line(1_000, "recv", "R.ws.3", "addr", "", book(1_000, 75, "delta"));
        return write();
    }

    @Test
    void shouldGiveEachConnectionTheVenueOfItsAddress() throws IOException {
        final Replayed replayed = Replayed.well(folder, twoVenues().toString());
        assertEquals(Map.of("depth", 1L, "depthSnapshot", 1L), replayed.events("bybit-linear"));
        assertEquals(Map.of("depth", 1L, "depthSnapshot", 1L), replayed.events("bybit-spot"));
        assertEquals(4, replayed.summary().path("messages").asLong());
        assertEquals("[]", replayed.summary().path("damages").toString());
        final List<String> found = new ArrayList<>();
        for (final JsonNode finding : replayed.parsed()) {
            found.add(
                    finding.path("kind").asText()
                            + ' '
                            + finding.path("venue").asText()
                            + ' '
                            + finding.path("instrument").asText());
        }
        assertEquals(
                List.of(
                        "SEQUENCE_GAP bybit-spot BTC/USDT",
                        "SEQUENCE_GAP bybit-linear BTC/USDT:USDT"),
                found,
                "in the order of their times, not of the file");
    }

    @Test
    void shouldTakeTheVenueThatIsNamedForAllOfThem() throws IOException {
        final Replayed replayed =
                Replayed.of(folder, twoVenues().toString(), "--venue", "bybit-linear");
        assertEquals(ExitCode.OK, replayed.exit(), replayed.err());
        assertEquals(Map.of("depth", 2L, "depthSnapshot", 2L), replayed.events("bybit-linear"));
        assertEquals(Map.of(), replayed.events("bybit-spot"));
    }

    @Test
    void shouldNameTheVenueThatIsNotKnown() throws IOException {
        line(100, "connect", "R.ws.2", "addr", LINEAR, null);
        line(200, "recv", "R.ws.2", "addr", "", book(200, 7, "snapshot"));
        line(150, "connect", "R.ws.3", "addr", "wss://stream.binance.us:9443/stream", null);
        final Path file = write();
        final Replayed replayed = Replayed.of(folder, file.toString());
        assertEquals(ExitCode.USAGE, replayed.exit());
        assertTrue(replayed.err().contains(file + " is of binance-us"), replayed.err());
    }

    @Test
    void shouldSayOnceWhatIsDamagedInAFile() throws IOException {
        twoVenues();
        lines.add("this is no record");
        final Path file = write();
        final JsonNode damages = Replayed.of(folder, file.toString()).summary().path("damages");
        assertEquals(1, damages.size(), damages.toString());
        assertTrue(damages.get(0).asText().contains("the first is line 9"), damages.toString());
    }

    /** The numbers were counted by small programs that share no code with this project. */
    @Test
    void shouldCountARecordingOfTwoVenuesAndFindNothing() throws IOException {
        final Path file = Recordings.of("bybit/BYBIT.jsonl.zst");
        final Replayed replayed = Replayed.well(folder, file.toString());
        assertEquals("", replayed.findings());
        assertEquals(
                Map.of(
                        "ticker", 758L,
                        "markPrice", 138L,
                        "depth", 1_594L,
                        "depthSnapshot", 4L,
                        "trade", 327L),
                replayed.events("bybit-linear"));
        assertEquals(
                Map.of("ticker", 81L, "depth", 548L, "depthSnapshot", 2L, "trade", 20L),
                replayed.events("bybit-spot"));
        assertEquals(2_546 + 681, replayed.summary().path("messages").asLong());
        assertEquals(0, replayed.summary().path("unparsed").asLong());
        final JsonNode books = replayed.summary().path("books");
        assertEquals(4, books.path("bybit-linear").size());
        assertEquals(2, books.path("bybit-spot").size());
        for (final JsonNode venue : books) {
            for (final JsonNode book : venue) {
                assertEquals("PROVEN", book.path("state").asText());
                assertEquals(200, book.path("bidLevels").asInt());
                assertEquals(200, book.path("askLevels").asInt());
                assertEquals(0, book.path("orphanDeletes").asInt() + book.path("crossed").asInt());
            }
        }
        final Replayed best =
                Replayed.well(
                        folder, Recordings.of("bybit/BYBIT.ws.1.0@2025-08-16.zst").toString());
        assertEquals("", best.findings());
        assertEquals(Map.of("bookTicker", 198L), best.events("bybit-linear"));
    }

    private void line(
            final long ms,
            final String kind,
            final String connection,
            final String key,
            final String address,
            final String data)
            throws IOException {
        final StringBuilder line = new StringBuilder("{\"t\":\"").append(kind);
        line.append("\",\"conn\":\"").append(connection);
        line.append(String.format("\",\"ts\":%d.%03d", SECOND + ms / 1_000, ms % 1_000));
        if (!address.isEmpty()) {
            line.append(",\"").append(key).append("\":\"").append(address).append('"');
        }
        if (data != null) {
            line.append(",\"data\":").append(JSON.writeValueAsString(data));
        }
        lines.add(line.append('}').toString());
    }

    private Path write() throws IOException {
        return Files.write(folder.resolve("two.jsonl"), lines);
    }

    private static String instruments(final String category) {
        return "https://api.bybit.com/v5/market/instruments-info?category=" + category;
    }

    private static String list(final String tick) {
        return "{\"retCode\":0,\"result\":{\"list\":[{\"symbol\":\"BTCUSDT\",\"priceFilter\":{"
                + "\"tickSize\":\""
                + tick
                + "\"}}]}}";
    }

    private static String book(final long ms, final long update, final String type) {
        final long stamp = SECOND * 1_000 + ms - 5;
        return "{\"topic\":\"orderbook.200.BTCUSDT\",\"type\":\""
                + type
                + "\",\"ts\":"
                + stamp
                + ",\"data\":{\"s\":\"BTCUSDT\",\"b\":[[\"65114.20\",\"6\"]],\"a\":[[\"65114.30\","
                + "\"9\"]],\"u\":"
                + update
                + ",\"seq\":"
                + update
                + "},\"cts\":"
                + stamp
                + "}";
    }
}
