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
                    binance/BINANCE_DELIVERY.jsonl.zst | binance-coinm | aggTrade=51 bookTicker=2240 depth=2047 depthSnapshot=10 | 10 books, 10 + 1788, 0 checksums
                    binance/BINANCE_US.jsonl.zst | binance-us | aggTrade=11 bookTicker=128 depth=336 depthSnapshot=4 | 4 books, 4 + 332, 0 checksums
                    binance/cm_btcusd_perp_20240808.gz | binance-coinm | bookTicker=19136 depth=26847 depthSnapshot=1 trade=2286 | 1 books, 1 + 26824, 0 checksums
                    bitfinex/BITFINEX.jsonl.zst | bitfinex | bookTicker=21 depth=1593 depthSnapshot=7 ticker=21 | 7 books, 7 + 1593, 0 checksums
                    coinbase/COINBASE.jsonl.zst | coinbase-advanced | bookTicker=160 depth=773 depthSnapshot=2 ticker=160 trade=81 | 2 books, 2 + 773, 0 checksums
                    coinbase/COINBASE.ws.28.0@2021.zst | coinbase-exchange | bookTicker=107 depth=9719 depthSnapshot=10 ticker=107 trade=107 | 10 books, 10 + 9719, 0 checksums
                    deribit/DERIBIT-5dd9ce.0.zst | deribit | bookTicker=273 depth=177 depthSnapshot=10 markPrice=273 ticker=249 | 10 books, 10 + 177, 0 checksums
                    deribit/DERIBIT.jsonl.zst | deribit | bookTicker=89 depth=36 depthSnapshot=10 markPrice=89 ticker=89 | 10 books, 10 + 36, 0 checksums
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
