package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.detect.BookDetector;
import io.plumbline.detect.Detector;
import io.plumbline.detect.Engine;
import io.plumbline.detect.SequenceDetector;
import io.plumbline.feed.capture.CaptureReader;
import io.plumbline.feed.capture.CaptureRecord;
import io.plumbline.feed.capture.Captures;
import io.plumbline.finding.InlineFindings;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.EventHandler;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketState;
import io.plumbline.market.MessageDecoder;
import io.plumbline.market.Sources;
import io.plumbline.market.Subscriptions;
import io.plumbline.market.WatchedKeys;
import io.plumbline.metrics.Counters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A recording of one connection through its venue's decoder, the engine and the detectors that
 * judge feeds; instruments are added as they are met. Of one test each.
 */
final class RecordingRun {
    /** The clock, the monitor itself, and the recording: what detectors are sized by. */
    static final int SOURCES = 3;

    private static final long SECOND_NS = 1_000_000_000L;
    private static final long REORDER_WINDOW_NS = SECOND_NS / 4;

    /** What it came to, after {@link #replay}. */
    MarketState state;

    private final Venue venue;
    private final Instruments instruments;
    private final List<String> findings;
    private final Sources sources = new Sources();
    private final InboundMessage message = new InboundMessage();
    private final int source;
    private Function<MarketState, List<Detector>> more = market -> List.of();
    private Predicate<CaptureRecord> taken = record -> true;
    private Engine engine;

    /**
     * @param instruments are added here
     * @param findings are added here as {@code KIND INSTRUMENT}
     */
    RecordingRun(final Venue venue, final Instruments instruments, final List<String> findings) {
        this.venue = venue;
        this.instruments = instruments;
        this.findings = findings;
        source = sources.addVenue(venue.name(), "capture");
    }

    /** Judged by these too. */
    RecordingRun with(final Function<MarketState, List<Detector>> detectors) {
        more = detectors;
        return this;
    }

    /** Only these frames. */
    RecordingRun taking(final Predicate<CaptureRecord> frames) {
        taken = frames;
        return this;
    }

    /** The source that stands for the recording's connection. */
    int source() {
        return source;
    }

    /**
     * Plays the file.
     *
     * @param before sees every event as it was decoded
     * @param after sees it when the engine has judged it
     * @return events by channel
     */
    Map<String, Long> replay(final Path file, final EventHandler before, final EventHandler after)
            throws IOException {
        state =
                new MarketState(
                        sources, instruments, new WatchedKeys(), new Subscriptions(), SECOND_NS);
        final List<Detector> detectors =
                new ArrayList<>(
                        List.of(
                                new SequenceDetector(state, REORDER_WINDOW_NS),
                                new BookDetector(state)));
        detectors.addAll(more.apply(state));
        engine =
                new Engine(
                        state,
                        decoders(before, after),
                        detectors,
                        new InlineFindings(f -> findings.add(f.kind + " " + f.instrument)),
                        new Counters());
        final CaptureRecord record = new CaptureRecord();
        long lastNs = 0;
        try (CaptureReader reader = Captures.open(file)) {
            while (reader.next(record)) {
                if (record.kind == CaptureRecord.Kind.FRAME && taken.test(record)) {
                    if (lastNs == 0) {
                        offer(InboundType.SESSION, source, record.stampNs, "SUBSCRIBED recording");
                        offer(InboundType.SESSION, source, record.stampNs, "LIVE recording");
                    }
                    lastNs = record.stampNs;
                    message.set(
                            InboundType.FRAME_TEXT,
                            source,
                            1,
                            0,
                            lastNs,
                            record.bytes,
                            record.offset,
                            record.length);
                    engine.onMessage(message);
                }
            }
            assertEquals(0, reader.unreadable());
            assertEquals("", reader.damage());
        }
        offer(InboundType.TIMER, Sources.TIMER, lastNs + 2 * SECOND_NS, "");
        return engine.tally().byVenue().get(venue.name());
    }

    private MessageDecoder[] decoders(final EventHandler before, final EventHandler after) {
        final MessageDecoder decoder =
                venue.decoder(
                        instruments,
                        (name, symbol) -> instruments.add(name, venue.toSymbol(symbol), symbol));
        final MessageDecoder[] decoders = new MessageDecoder[sources.size()];
        decoders[source] =
                (in, draft, out) ->
                        decoder.decode(
                                in,
                                draft,
                                event -> {
                                    before.onEvent(event);
                                    out.onEvent(event);
                                    after.onEvent(event);
                                });
        return decoders;
    }

    private void offer(
            final InboundType type, final int from, final long stampNs, final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        message.set(type, from, 1, 0, stampNs, bytes, 0, bytes.length);
        engine.onMessage(message);
    }
}
