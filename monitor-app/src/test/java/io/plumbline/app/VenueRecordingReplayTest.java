package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A recording of every venue through the replay command, as a user runs it: the venue is recognised
 * from the file, every message is counted, every book is proven, and nothing is found. The numbers
 * were counted by small programs that share no code with this project.
 */
class VenueRecordingReplayTest {
    @TempDir private Path folder;

    /** Books: how many, and of all of them snapshots + deltas, checksums that agreed. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    kraken/KRAKEN-c197c0.0.zst | kraken | depth=14496 depthSnapshot=10 | 10 books, 10 + 14496, 14496 checksums
                    kraken/KRAKEN_FUTURES.jsonl.zst | kraken-futures | bookTicker=107 depth=7014 depthSnapshot=10 trade=3 | 10 books, 10 + 7014, 0 checksums
                    okx/OKEX.ws.1.0@2022-02.zst | okx | depth=1494 depthSnapshot=10 ticker=46 trade=36 | 10 books, 10 + 1494, 1504 checksums
                    okx/OKX.jsonl.zst | okx | depth=287 depthSnapshot=3 ticker=28 trade=74 | 3 books, 3 + 287, 290 checksums
                    """)
    void shouldCountEverythingAndFindNothing(
            final String name, final String venue, final String events, final String books)
            throws IOException {
        final Replayed replayed = Replayed.well(folder, Recordings.of(name).toString());
        assertEquals("", replayed.findings());
        assertEquals(Map.of(), replayed.kinds());
        assertEquals(0, replayed.summary().path("unparsed").asLong());
        assertEquals("[]", replayed.summary().path("damages").toString());
        assertEquals(
                events,
                new TreeMap<>(replayed.events(venue))
                        .entrySet().stream()
                                .map(each -> each.getKey() + "=" + each.getValue())
                                .collect(Collectors.joining(" ")));
        assertEquals(books, words(replayed.summary().path("books").path(venue)));
    }

    private static String words(final JsonNode books) {
        long snapshots = 0;
        long deltas = 0;
        long checksums = 0;
        for (final JsonNode book : books) {
            assertEquals("PROVEN", book.path("state").asText(), book.toString());
            assertEquals(0, book.path("checksumsFailed").asLong(), book.toString());
            snapshots += book.path("snapshots").asLong();
            deltas += book.path("deltas").asLong();
            checksums += book.path("checksumsPassed").asLong();
        }
        return books.size()
                + " books, "
                + snapshots
                + " + "
                + deltas
                + ", "
                + checksums
                + " checksums";
    }
}
