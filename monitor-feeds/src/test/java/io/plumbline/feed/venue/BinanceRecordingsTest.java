package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.feed.capture.CaptureReader;
import io.plumbline.feed.capture.CaptureRecord;
import io.plumbline.feed.capture.Captures;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.Channel;
import io.plumbline.market.EventType;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MessageDecoder;
import io.plumbline.market.SequenceRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real recorded traffic: counts as counted independently, and not one break in any sequence. */
class BinanceRecordingsTest {
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();
    private final Map<String, Long> lastSequences = new HashMap<>();
    private final Instruments instruments = new Instruments();

    @ParameterizedTest
    @CsvSource({
        "usdm_btcusdt_20240718.gz, binance-usdm, 11414, 3326, 7113, 974, 0, 1, 0",
        "usdm_ethusdt_20240718.gz, binance-usdm, 14003, 3273, 9089, 1640, 0, 1, 0",
        "usdm_btcusdt_20240808.gz, binance-usdm, 93954, 6551, 66089, 21313, 0, 1, 0",
        "spot_btcusdt_20240808.gz, binance-spot, 41249, 3451, 28040, 9757, 0, 1, 0",
        "spot_ethusdt_20240808.gz, binance-spot, 33618, 3434, 24077, 6106, 0, 1, 0",
        "BINANCE-b38f7c.0.zst, binance-spot, 11367, 4709, 5408, 0, 1240, 10, 0",
        "BINANCE_FUTURES-1125a2.0.zst, binance-usdm, 8426, 4423, 3424, 0, 574, 5, 0",
        "cm_btcusd_perp_20240808.gz, binance-coinm, 48270, 26847, 19136, 2286, 0, 1, 0",
        "BINANCE_DELIVERY.jsonl.zst, binance-coinm, 4381, 2047, 2240, 0, 51, 10, 33",
        "BINANCE_US.jsonl.zst, binance-us, 484, 336, 128, 0, 11, 4, 5",
    })
    void shouldCountWhatWasCountedIndependently(
            final String file,
            final String venue,
            final int messages,
            final int depth,
            final int bookTicker,
            final int trade,
            final int aggTrade,
            final int snapshots,
            final int others)
            throws IOException {
        final Path path = feeds().resolve("binance").resolve(file);
        assumeTrue(Files.exists(path), "no recording " + path);

        final int read = decode(path, Venues.find(venue));

        final Map<String, Integer> expected = new TreeMap<>();
        expected.put("depth", depth);
        expected.put("bookTicker", bookTicker);
        expected.put("depthSnapshot", snapshots);
        if (trade > 0) {
            expected.put("trade", trade);
        }
        if (aggTrade > 0) {
            expected.put("aggTrade", aggTrade);
        }
        if (others > 0) {
            expected.put("", others);
        }
        assertEquals(List.of(), faults);
        assertEquals(expected, counts);
        assertEquals(messages, read);
    }

    private static Path feeds() {
        final Path folder = Path.of(System.getProperty("plumbline.feeds", "../../shared/feeds"));
        assumeTrue(
                Files.isDirectory(folder),
                "no folder of recordings at " + folder.toAbsolutePath() + " (plumbline.feeds)");
        return folder;
    }

    private int decode(final Path path, final Venue venue) throws IOException {
        final MessageDecoder decoder =
                venue.decoder(
                        instruments,
                        (name, symbol) -> instruments.add(name, venue.toSymbol(symbol), symbol));
        final InboundMessage message = new InboundMessage();
        final MarketEvent draft = new MarketEvent();
        final CaptureRecord record = new CaptureRecord();
        int read = 0;
        long previousNs = 0;
        try (CaptureReader reader = Captures.open(path)) {
            while (reader.next(record)) {
                final boolean frame = record.kind == CaptureRecord.Kind.FRAME;
                if (frame || isBook(record)) {
                    message.set(
                            InboundType.FRAME_TEXT,
                            2,
                            1,
                            0,
                            record.stampNs,
                            record.bytes,
                            record.offset,
                            record.length);
                    decoder.decode(message, draft.clear(), event -> check(event, message));
                    read++;
                    if (frame && record.stampNs < previousNs) {
                        faults.add("receive time goes back to " + record.stampNs);
                    }
                    previousNs = frame ? record.stampNs : previousNs;
                }
            }
            assertEquals(0, reader.unreadable());
            assertEquals("", reader.damage());
        }
        return read;
    }

    /** Whether it is an answer of REST with a book: recorders write those by themselves. */
    private static boolean isBook(final CaptureRecord record) {
        return record.kind == CaptureRecord.Kind.HTTP && record.url.contains("/depth?");
    }

    private void check(final MarketEvent event, final InboundMessage message) {
        counts.merge(event.channel.label(), 1, Integer::sum);
        if (event.type == EventType.IGNORED && event.channel == Channel.NONE) {
            return;
        }
        // A book over REST names its symbol on COIN-M alone.
        final boolean unnamed =
                event.channel == Channel.DEPTH_SNAPSHOT && !message.text().contains("\"symbol\"");
        if (event.type != EventType.MARKET || event.instrument < 0 != unnamed) {
            faults.add(event.type + ": " + message.text());
            return;
        }
        final boolean sane =
                switch (event.channel) {
                    case TRADE, AGG_TRADE -> event.price.signum() > 0;
                    case BOOK_TICKER -> event.bid.compareTo(event.ask) < 0;
                    default -> true;
                };
        if (!sane) {
            faults.add("prices: " + message.text());
        }
        final Long last =
                lastSequences.put(event.instrument + event.channel.label(), event.lastSequence);
        if (last != null && !follows(event, last)) {
            faults.add("after " + last + ": " + message.text());
        }
    }

    private static boolean follows(final MarketEvent event, final long last) {
        if (event.rule == SequenceRule.CONTIGUOUS) {
            return event.firstSequence == last + 1;
        }
        if (event.rule == SequenceRule.CHAINED) {
            return event.previousSequence == last;
        }
        return event.rule == SequenceRule.NONE || event.lastSequence > last;
    }
}
