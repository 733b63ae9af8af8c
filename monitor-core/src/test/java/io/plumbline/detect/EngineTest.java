package io.plumbline.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingSink;
import io.plumbline.finding.InlineFindings;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.EventType;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.MessageDecoder;
import io.plumbline.market.Sources;
import io.plumbline.market.Subscriptions;
import io.plumbline.market.WatchedKeys;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineTest {
    private final List<String> seen = new ArrayList<>();
    private final List<String> kinds = new ArrayList<>();
    private final Counters counters = new Counters();
    private final Sources sources = new Sources();
    private final int venue = sources.addVenue("test", "stream");
    private final Detector healthy = detector("healthy", e -> seen.add(e.type.name()));
    private final Detector broken =
            detector(
                    "broken",
                    e -> {
                        throw new IllegalStateException("bug");
                    });

    private interface Body {
        void take(MarketEvent event);
    }

    private static Detector detector(final String name, final Body body) {
        return new Detector() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void onEvent(
                    final MarketEvent event, final long nowNs, final FindingSink findings) {
                body.take(event);
            }

            @Override
            public void describe(final Finding finding, final StringBuilder out) {
                out.append(name);
            }
        };
    }

    private Engine engine(final MessageDecoder decoder) {
        final MessageDecoder[] decoders = new MessageDecoder[sources.size()];
        decoders[venue] = decoder;
        return new Engine(
                new MarketState(
                        sources, new Instruments(), new WatchedKeys(), new Subscriptions(), 1),
                decoders,
                List.of(broken, healthy),
                new InlineFindings(f -> kinds.add(f.kind + " " + f.key)),
                counters);
    }

    private InboundMessage message(final InboundType type, final int source, final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new InboundMessage().set(type, source, 1, 0, 5, bytes, 0, bytes.length);
    }

    @Test
    void detectorThatThrowsIsSwitchedOffAndReportedOnceAndTheOthersGoOn() {
        final Engine engine = engine(null);
        engine.onMessage(message(InboundType.TIMER, Sources.TIMER, ""));
        engine.onMessage(message(InboundType.TIMER, Sources.TIMER, ""));
        assertEquals(List.of("TIMER", "TIMER"), seen);
        assertEquals(List.of("DETECTOR_FAULT broken"), kinds);
    }

    @Test
    void decoderThatThrowsCostsOneMessage() {
        final Engine engine =
                engine(
                        (m, draft, out) -> {
                            throw new IllegalStateException("bug");
                        });
        engine.onMessage(message(InboundType.FRAME_TEXT, venue, "{"));
        engine.onMessage(message(InboundType.TIMER, Sources.TIMER, ""));
        assertEquals(List.of("UNPARSED", "TIMER"), seen);
        assertTrue(counters.get(CounterId.ENGINE_FAULTS) > 0);
    }

    @Test
    void strangeMessagesAreCountedAndNothingElse() {
        final Engine engine = engine((m, draft, out) -> draft.type = EventType.IGNORED);
        engine.onMessage(message(InboundType.FRAME_TEXT, 99, "x"));
        engine.onMessage(message(InboundType.SESSION, venue, "NONSENSE now"));
        engine.onMessage(message(InboundType.MONITOR, venue, "NONSENSE now"));
        assertEquals(List.of("UNPARSED", "UNPARSED"), seen);
    }

    @Test
    void timeIsTheRunningMaximumOfTheStamps() {
        final Engine engine = engine(null);
        final InboundMessage late = message(InboundType.TIMER, Sources.TIMER, "");
        late.stampNs = 3;
        engine.onMessage(message(InboundType.TIMER, Sources.TIMER, ""));
        engine.onMessage(late);
        assertEquals(5, engine.nowNs());
    }
}
