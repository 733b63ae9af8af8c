package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.feed.capture.CaptureReader;
import io.plumbline.feed.capture.CaptureRecord;
import io.plumbline.feed.capture.Captures;
import io.plumbline.market.BookChecksum;
import io.plumbline.market.BookLevels;
import io.plumbline.market.BookReason;
import io.plumbline.market.ChecksumRule;
import io.plumbline.market.OrderBook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real books with the checksum that the venue sent with each change; read without our decoders. */
class ChecksumRecordingsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int KRAKEN_DEPTH = 1_000;
    private final Map<String, OrderBook> books = new TreeMap<>();
    private final BookChecksum checksum = new BookChecksum();
    private final BookLevels levels = new BookLevels();
    private final List<String> wrong = new ArrayList<>();
    private int right;

    @ParameterizedTest
    @CsvSource({"okx/OKEX.ws.1.0@2022-02.zst, 1504, 0", "okx/OKX.jsonl.zst, 290, 953"})
    void shouldAgreeWithOkx(final String file, final int checksums, final long orphanDeletes)
            throws IOException {
        for (final JsonNode frame : frames(file)) {
            if (frame.path("action").isTextual()) {
                final JsonNode data = frame.path("data").get(0);
                final OrderBook book = book(frame.path("arg").path("instId").asText());
                levels.clear();
                levels(true, data.path("bids"));
                levels(false, data.path("asks"));
                apply(book, frame.path("action").asText().equals("snapshot"));
                compare(book, ChecksumRule.OKX, data.path("checksum").asLong() & 0xFFFFFFFFL);
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals(checksums, right);
        assertEquals(
                orphanDeletes, books.values().stream().mapToLong(OrderBook::orphanDeletes).sum());
    }

    @Test
    void shouldAgreeWithKraken() throws IOException {
        for (final JsonNode frame : frames("kraken/KRAKEN-c197c0.0.zst")) {
            if (frame.isArray() && frame.get(frame.size() - 2).asText().startsWith("book")) {
                final OrderBook book = book(frame.get(frame.size() - 1).asText());
                levels.clear();
                String expected = null;
                boolean snapshot = false;
                for (int i = 1; i < frame.size() - 2; i++) {
                    final JsonNode part = frame.get(i);
                    snapshot |= part.has("as");
                    levels(true, part.path(snapshot ? "bs" : "b"));
                    levels(false, part.path(snapshot ? "as" : "a"));
                    expected = part.path("c").asText(expected);
                }
                apply(book, snapshot);
                book.truncate(KRAKEN_DEPTH);
                if (!snapshot) {
                    compare(book, ChecksumRule.KRAKEN, Long.parseLong(expected));
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals(14_496, right);
    }

    private List<JsonNode> frames(final String file) throws IOException {
        final Path folder = Path.of(System.getProperty("plumbline.feeds", "../../shared/feeds"));
        final Path path = folder.resolve(file);
        assumeTrue(Files.exists(path), "no recording " + path.toAbsolutePath());
        final List<JsonNode> frames = new ArrayList<>();
        final CaptureRecord record = new CaptureRecord();
        try (CaptureReader reader = Captures.open(path)) {
            while (reader.next(record)) {
                if (record.kind == CaptureRecord.Kind.FRAME) {
                    frames.add(JSON.readTree(record.bytes, record.offset, record.length));
                }
            }
        }
        return frames;
    }

    private OrderBook book(final String symbol) {
        return books.computeIfAbsent(symbol, s -> new OrderBook(10_000));
    }

    private void levels(final boolean bid, final JsonNode side) {
        for (final JsonNode level : side) {
            final byte[] price = level.get(0).asText().getBytes(StandardCharsets.US_ASCII);
            final byte[] size = level.get(1).asText().getBytes(StandardCharsets.US_ASCII);
            assertTrue(
                    levels.begin(bid)
                            && levels.price(price, 0, price.length)
                            && levels.size(size, 0, size.length));
        }
    }

    private void apply(final OrderBook book, final boolean snapshot) {
        book.apply(levels, snapshot);
        assertEquals(BookReason.NONE, book.fault());
    }

    private void compare(final OrderBook book, final ChecksumRule rule, final long expected) {
        final long observed = checksum.of(book, rule);
        if (observed == expected) {
            right++;
        } else {
            wrong.add(expected + ", not " + observed);
        }
    }
}
