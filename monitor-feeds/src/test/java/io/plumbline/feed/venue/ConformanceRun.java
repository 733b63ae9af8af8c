package io.plumbline.feed.venue;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.detect.BookDetector;
import io.plumbline.detect.Detector;
import io.plumbline.detect.Engine;
import io.plumbline.detect.SequenceDetector;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.InlineFindings;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.BookAction;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventType;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.MessageDecoder;
import io.plumbline.market.Sources;
import io.plumbline.market.Subscriptions;
import io.plumbline.market.WatchedKeys;
import io.plumbline.metrics.Counters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A vector through one connection's decoder, the engine, and the detectors that judge feeds. Words:
 *
 * <ul>
 *   <li>an event: {@code MARKET depth BTC/USDT:USDT DELTA 2 CHAINED 10..20 after=9 E=..}; only what
 *       is given is written, levels by their count, an unwatched instrument as {@code -}
 *   <li>a finding: {@code SEQUENCE_GAP depth BTC/USDT:USDT 10..19 (10)}, {@code SEQUENCE_DUPLICATE
 *       trade BTC/USDT:USDT 7}, a connection's as {@code SEQUENCE_GAP connection 5..6 (2)}
 * </ul>
 */
final class ConformanceRun {
    private static final long START_NS = 1_700_000_000_000_000_000L;
    private static final long MS = 1_000_000L;
    private static final long TAIL_MS = 2_000;
    private static final long REORDER_WINDOW_NS = 250 * MS;

    private final Sources sources = new Sources();
    private final Instruments instruments = new Instruments();
    private final InboundMessage message = new InboundMessage();
    private final List<String> events = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();
    private final int source;
    private final Engine engine;
    private long nowNs = START_NS;
    private int epoch = 1;

    ConformanceRun(final ConformanceVector vector) {
        final Venue venue = vector.venue();
        source = sources.addVenue(venue.name(), "main");
        for (final String symbol : vector.symbols()) {
            instruments.add(venue.name(), symbol, venue.toVenueSymbol(symbol));
        }
        final MarketState state =
                new MarketState(
                        sources, instruments, new WatchedKeys(), new Subscriptions(), 5_000 * MS);
        final MessageDecoder[] decoders = new MessageDecoder[sources.size()];
        final MessageDecoder decoder = venue.decoder(instruments, Venue.UnknownSymbols.IGNORE);
        decoders[source] =
                (in, draft, out) ->
                        decoder.decode(
                                in,
                                draft,
                                event -> {
                                    events.add(words(event));
                                    out.onEvent(event);
                                });
        final List<Detector> detectors =
                List.of(new SequenceDetector(state, REORDER_WINDOW_NS), new BookDetector(state));
        engine =
                new Engine(
                        state,
                        decoders,
                        detectors,
                        new InlineFindings(finding -> findings.add(words(finding))),
                        new Counters());
        session("SUBSCRIBED", "LIVE");
        vector.lines().forEach(this::line);
        pass(TAIL_MS);
        offer(InboundType.TIMER, Sources.TIMER, 0, new byte[0]);
    }

    List<String> events() {
        return events;
    }

    List<String> findings() {
        return findings;
    }

    private void line(final JsonNode line) {
        if (line.has("reconnect")) {
            session("DOWN");
            epoch++;
            session("SUBSCRIBED", "LIVE");
        }
        final byte[] bytes = ConformanceVector.bytes(line);
        if (bytes != null) {
            pass(line.path("after").asLong(10));
            final InboundType type =
                    line.has("hex")
                            ? InboundType.FRAME_BINARY
                            : line.has("rest") ? InboundType.SNAPSHOT : InboundType.FRAME_TEXT;
            offer(type, source, epoch, bytes);
        }
    }

    private void session(final String... states) {
        for (final String state : states) {
            offer(
                    InboundType.SESSION,
                    source,
                    epoch,
                    (state + " vector").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Time passes in ticks, as in a live run. */
    private void pass(final long ms) {
        final long untilNs = nowNs + ms * MS;
        while (untilNs - nowNs > 50 * MS) {
            nowNs += 50 * MS;
            offer(InboundType.TIMER, Sources.TIMER, 0, new byte[0]);
        }
        nowNs = untilNs;
    }

    private void offer(final InboundType type, final int from, final int of, final byte[] payload) {
        message.set(type, from, of, 0, nowNs, payload, 0, payload.length);
        engine.onMessage(message);
        engine.onBatchEnd();
    }

    private String words(final MarketEvent event) {
        final StringBuilder out = new StringBuilder(event.type.name());
        if (!event.channel.label().isEmpty()) {
            out.append(' ').append(event.channel.label());
        }
        if (event.instrument >= 0) {
            out.append(' ').append(instruments.instrument(event.instrument).symbol());
        } else if (event.type == EventType.MARKET || event.type == EventType.IGNORED) {
            out.append(" -");
        }
        if (event.book != BookAction.NONE) {
            out.append(' ').append(event.book).append(' ').append(event.levels.count());
        }
        if (event.type == EventType.MARKET) {
            out.append(' ').append(event.rule);
        }
        if (event.lastSequence != MarketEvent.NONE) {
            out.append(' ').append(range(event.firstSequence, event.lastSequence));
        }
        number(out, "after", event.previousSequence);
        number(out, "connection", event.connectionSequence);
        number(out, "checksum", event.checksum);
        number(out, "E", event.venueNs);
        number(out, "T", event.transactNs);
        decimal(out, "price", event.price);
        decimal(out, "quantity", event.quantity);
        decimal(out, "bid", event.bid);
        decimal(out, "ask", event.ask);
        decimal(out, "mark", event.mark);
        decimal(out, "index", event.index);
        decimal(out, "tick", event.tick);
        return out.toString();
    }

    private static String words(final Finding finding) {
        final StringBuilder out = new StringBuilder(finding.kind.name());
        if (!finding.channel.label().isEmpty()) {
            out.append(' ').append(finding.channel.label());
        }
        out.append(' ').append(finding.instrument.isEmpty() ? "connection" : finding.instrument);
        if (finding.number(Evidence.MISSING_FROM, MarketEvent.NONE) != MarketEvent.NONE) {
            out.append(' ')
                    .append(finding.text(Evidence.MISSING_FROM))
                    .append("..")
                    .append(finding.text(Evidence.MISSING_TO))
                    .append(" (")
                    .append(finding.text(Evidence.MISSING_COUNT))
                    .append(')');
        } else if (finding.number(Evidence.OBSERVED_SEQUENCE, MarketEvent.NONE)
                != MarketEvent.NONE) {
            out.append(' ').append(finding.text(Evidence.OBSERVED_SEQUENCE));
        }
        return out.toString();
    }

    private static String range(final long first, final long last) {
        return first == last
                ? Long.toString(last)
                : (first == MarketEvent.NONE ? "" : first) + ".." + last;
    }

    private static void number(final StringBuilder out, final String name, final long value) {
        if (value != MarketEvent.NONE) {
            out.append(' ').append(name).append('=').append(value);
        }
    }

    private static void decimal(final StringBuilder out, final String name, final Decimal value) {
        if (value.isGiven()) {
            out.append(' ').append(name).append('=').append(value);
        }
    }
}
