package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.EventType;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MessageDecoder;
import io.plumbline.market.SequenceRule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors under resources/venue: frames in, the whole list of events out. */
class BinanceConformanceTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> WATCHED = List.of("BTCUSDT", "BTCUSDT_260327", "币安人生USDT");

    @ParameterizedTest
    @CsvSource({
        "binance-spot, normal",
        "binance-spot, snapshot",
        "binance-spot, gap",
        "binance-spot, duplicate",
        "binance-spot, reset",
        "binance-spot, control",
        "binance-spot, legal",
        "binance-spot, torn",
        "binance-usdm, normal",
        "binance-usdm, snapshot",
        "binance-usdm, gap",
        "binance-usdm, duplicate",
        "binance-usdm, reset",
        "binance-usdm, torn",
    })
    void vectors(final String venue, final String vector) throws IOException {
        final List<String> expected = new ArrayList<>();
        final List<String> events = new ArrayList<>();
        final Decoding decoding = new Decoding(venue, events);
        for (final JsonNode step : read(venue, vector)) {
            expected.add(step.get("event").textValue());
            decoding.frame(bytes(step));
        }
        assertEquals(String.join("\n", expected), String.join("\n", events));
    }

    @Test
    void shouldSayNothingOfATornFrame() throws IOException {
        for (final String vector : List.of("normal", "snapshot")) {
            for (final JsonNode step : read("binance-usdm", vector)) {
                final byte[] whole = bytes(step);
                final List<String> events = new ArrayList<>();
                final Decoding decoding = new Decoding("binance-usdm", events);
                for (int length = 0; length < whole.length; length++) {
                    decoding.frame(java.util.Arrays.copyOf(whole, length));
                }
                assertEquals(java.util.Collections.nCopies(whole.length, "UNPARSED"), events);
            }
        }
    }

    @Test
    void shouldGiveOneEventForWhateverArrives() throws IOException {
        final long seed = 7_1123L;
        final Random random = new Random(seed);
        final List<String> events = new ArrayList<>();
        final Decoding decoding = new Decoding("binance-spot", events);
        final JsonNode steps = read("binance-spot", "normal");
        for (int round = 0; round < 20_000; round++) {
            final byte[] frame = bytes(steps.get(random.nextInt(steps.size())));
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
            }
            decoding.frame(frame);
            assertEquals(round + 1, events.size(), "seed " + seed);
        }
    }

    @Test
    void shouldReadTheVenuesTicks() {
        final List<String> events = new ArrayList<>();
        final Decoding decoding = new Decoding("binance-usdm", events);
        decoding.offer(InboundType.REFERENCE, "{\"symbol\":\"BTCUSDT\",\"tickSize\":\"0.10\"}");
        decoding.offer(InboundType.REFERENCE, "{\"symbol\":\"BTCUSDT\",\"tickSize\":\"\"}");
        decoding.offer(InboundType.REFERENCE, "{\"symbol\":\"BTCUSDT\",\"tickSize\":\"0.00\"}");
        decoding.offer(InboundType.REFERENCE, "{\"tickSize\":\"0.10\"}");
        decoding.offer(InboundType.HEARTBEAT, "");
        decoding.offer(InboundType.SESSION, "DOWN by the venue");
        assertEquals(
                List.of(
                        "INSTRUMENT BTC/USDT:USDT tick=0.1",
                        "INSTRUMENT BTC/USDT:USDT",
                        "INSTRUMENT BTC/USDT:USDT",
                        "UNPARSED"),
                events);
    }

    @Test
    void shouldAskWhatAnUnknownSymbolMeans() {
        final Instruments instruments = new Instruments();
        final Venue venue = Venues.find("binance-spot");
        final MessageDecoder decoder =
                venue.decoder(
                        instruments,
                        (name, symbol) -> instruments.add(name, venue.toSymbol(symbol), symbol));
        final InboundMessage message = new InboundMessage();
        final byte[] frame =
                "{\"u\":8,\"s\":\"ETHBTC\",\"b\":\"1\",\"a\":\"2\"}"
                        .getBytes(StandardCharsets.US_ASCII);
        message.set(InboundType.FRAME_TEXT, 2, 1, 0, 0, frame, 0, frame.length);
        final List<Integer> ids = new ArrayList<>();
        decoder.decode(message, new MarketEvent().clear(), event -> ids.add(event.instrument));
        decoder.decode(message, new MarketEvent().clear(), event -> ids.add(event.instrument));
        assertEquals(List.of(0, 0), ids);
        assertEquals("ETH/BTC", instruments.instrument(0).symbol());
    }

    private static JsonNode read(final String venue, final String vector) throws IOException {
        final String path = "/venue/" + venue + "/" + vector + ".json";
        try (InputStream in = BinanceConformanceTest.class.getResourceAsStream(path)) {
            return JSON.readTree(in);
        }
    }

    private static byte[] bytes(final JsonNode step) {
        final String text =
                step.has("text") ? step.get("text").textValue() : step.get("json").toString();
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** One decoder and what comes out of it, as text. */
    private static final class Decoding {
        private final Instruments instruments = new Instruments();
        private final InboundMessage message = new InboundMessage();
        private final MarketEvent draft = new MarketEvent();
        private final MessageDecoder decoder;
        private final List<String> events;

        Decoding(final String name, final List<String> events) {
            final Venue venue = Venues.find(name);
            for (final String symbol : WATCHED) {
                instruments.add(name, venue.toSymbol(symbol), symbol);
            }
            this.decoder = venue.decoder(instruments, Venue.UnknownSymbols.IGNORE);
            this.events = events;
        }

        void frame(final byte[] bytes) {
            message.set(InboundType.FRAME_TEXT, 2, 1, 0, 5, bytes, 0, bytes.length);
            decoder.decode(message, draft.clear(), event -> events.add(text(event)));
        }

        void offer(final InboundType type, final String text) {
            final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            message.set(type, 2, 1, 0, 5, bytes, 0, bytes.length);
            decoder.decode(message, draft.clear(), event -> events.add(text(event)));
        }

        private String text(final MarketEvent event) {
            final StringBuilder out = new StringBuilder(event.type.name());
            final String symbol =
                    event.instrument < 0 ? "-" : instruments.instrument(event.instrument).symbol();
            if (!event.channel.label().isEmpty()) {
                out.append(' ').append(event.channel.label());
                out.append(' ').append(symbol).append(' ').append(event.rule);
            } else if (event.type == EventType.INSTRUMENT) {
                out.append(' ').append(symbol);
            }
            if (event.lastSequence != MarketEvent.NONE) {
                out.append(' ').append(number(event.firstSequence)).append("..");
                out.append(event.lastSequence);
            }
            if (event.previousSequence != MarketEvent.NONE) {
                assertEquals(SequenceRule.CHAINED, event.rule);
                out.append(" after ").append(event.previousSequence);
            }
            final boolean answer =
                    event.type == EventType.ACK || event.type == EventType.VENUE_ERROR;
            field(out, "count", answer ? Long.toString(event.count) : "");
            field(out, "E", number(event.venueNs));
            field(out, "T", number(event.transactNs));
            field(out, "price", event.price.toString());
            field(out, "quantity", event.quantity.toString());
            field(out, "bid", event.bid.toString());
            field(out, "ask", event.ask.toString());
            field(out, "mark", event.mark.toString());
            field(out, "index", event.index.toString());
            field(out, "tick", event.tick.toString());
            return out.toString();
        }

        private static String number(final long value) {
            return value == MarketEvent.NONE ? "" : Long.toString(value);
        }

        private static void field(final StringBuilder out, final String name, final String value) {
            if (!value.isEmpty()) {
                out.append(' ').append(name).append('=').append(value);
            }
        }
    }
}
