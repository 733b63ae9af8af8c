package io.plumbline.feed.sim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.feed.provider.DescribedProvider;
import io.plumbline.feed.venue.Venue;
import io.plumbline.feed.venue.Venues;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The two gateways that the descriptions beside the conformance vectors are about, and all venues
 * that can be simulated with them. Written without the descriptions' decoders.
 */
final class DeskWires {
    static final String JSON = "desk-json";
    static final String BINARY = "desk-binary";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long NS_PER_US = 1_000L;
    private static final int HEADER = 16;
    private static final int RECORD = 48;
    private static final byte HEARTBEAT = 0;
    private static final byte QUOTE = 1;
    private static final byte TRADE = 2;
    private static final byte MARK = 3;

    private DeskWires() {}

    /** The venues of the simulator, and the gateways. */
    static List<VenueWire> all() {
        final List<VenueWire> all = new ArrayList<>(VenueWires.all());
        all.add(new Json());
        all.add(new Binary());
        return all;
    }

    /** What the monitor knows of the venue. */
    static Venue venue(final String name) {
        if (!name.equals(JSON) && !name.equals(BINARY)) {
            return Venues.find(name);
        }
        try {
            final String resource = "conformance/" + name + "/provider.yml";
            return DescribedProvider.venue(
                    Path.of(DeskWires.class.getClassLoader().getResource(resource).toURI()));
        } catch (final IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SimulatedInstrument instrument(
            final String venue, final String symbol, final String name, final long startTicks) {
        return new SimulatedInstrument(venue, symbol, name, "0.01", 2, startTicks, 90_000_000L);
    }

    /** Numbered JSON messages. */
    private static final class Json implements VenueWire {
        @Override
        public String venue() {
            return JSON;
        }

        @Override
        public boolean serves(final String path) {
            return path.equals("/prices");
        }

        @Override
        public List<SimulatedInstrument> instruments() {
            return List.of(
                    instrument(JSON, "BTC/USDT", "BTC-USDT", 6_123_400),
                    instrument(JSON, "ETH/USDT", "ETH-USDT", 312_040),
                    instrument(JSON, "GOLD/USDT", "XAU", 401_120));
        }

        @Override
        public Client open(final String resource, final long nowNs) {
            return new JsonClient(this);
        }
    }

    private static final class JsonClient implements VenueWire.Client {
        private final Json wire;
        private final Set<String> granted = new HashSet<>();
        private long number;
        private long heartbeatNs;

        JsonClient(final Json wire) {
            this.wire = wire;
        }

        @Override
        public void answer(final String text, final long nowNs, final VenueWire.Out out) {
            final JsonNode request = parse(text);
            final String symbol = request.path("symbol").asText();
            final String id = ",\"id\":" + request.path("id").asLong() + '}';
            if (wire.instruments().stream().noneMatch(i -> i.venueSymbol().equals(symbol))) {
                out.text(next() + "\"op\":\"refused\",\"reason\":\"no such symbol\"" + id);
            } else {
                granted.add(request.path("feed").asText() + symbol);
                out.text(next() + "\"op\":\"subscribed\"" + id);
            }
        }

        @Override
        public void word(final MarketMove move, final VenueWire.Out out) {
            final String symbol = move.instrument().venueSymbol();
            final String named = ",\"symbol\":\"" + symbol + '"';
            final long us = move.stampNs() / NS_PER_US;
            if (move.kind() == MarketMove.Kind.QUOTE && granted.contains("quotes" + symbol)) {
                final MarketMove.Quote quote = move.quote();
                out.text(
                        next()
                                + "\"type\":\"quote\",\"seq\":"
                                + quote.id()
                                + named
                                + side("bid", quote.bid(), quote.bidSize())
                                + side("ask", quote.ask(), quote.askSize())
                                + ",\"ts\":"
                                + us
                                + '}');
            } else if (move.kind() == MarketMove.Kind.TRADE) {
                final MarketMove.Trade trade = move.trade();
                if (granted.contains("trades" + symbol)) {
                    out.text(
                            next()
                                    + "\"type\":\"trades\",\"trades\":[[\""
                                    + trade.price()
                                    + "\","
                                    + trade.size()
                                    + ','
                                    + trade.id()
                                    + ",\""
                                    + Instant.ofEpochSecond(0, us * NS_PER_US)
                                    + "\"]]"
                                    + named
                                    + '}');
                }
                if (granted.contains("marks" + symbol)) {
                    out.text(
                            next()
                                    + "\"type\":\"mark\",\"mark\":"
                                    + trade.price()
                                    + ",\"index\":"
                                    + trade.price()
                                    + named
                                    + ",\"ts\":"
                                    + new BigDecimal(us).movePointLeft(6)
                                    + ",\"seq\":"
                                    + 2 * trade.id()
                                    + ",\"prev\":"
                                    + (2 * trade.id() - 2)
                                    + '}');
                }
            }
        }

        private static String side(final String name, final String price, final String size) {
            return ",\"" + name + "\":{\"price\":\"" + price + "\",\"size\":\"" + size + "\"}";
        }

        @Override
        public void step(final long nowNs, final VenueWire.Out out) {
            if (nowNs - heartbeatNs >= SECOND_NS) {
                heartbeatNs = nowNs;
                out.text(next() + "\"type\":\"heartbeat\"}");
            }
        }

        /** The beginning of the next message. */
        private String next() {
            return "{\"n\":" + ++number + ',';
        }
    }

    /** Frames of a header and records. */
    private static final class Binary implements VenueWire {
        @Override
        public String venue() {
            return BINARY;
        }

        @Override
        public boolean serves(final String path) {
            return path.equals("/feed");
        }

        @Override
        public List<SimulatedInstrument> instruments() {
            return List.of(
                    instrument(BINARY, "BTC/USDT", "1", 6_123_400),
                    instrument(BINARY, "ETH/USDT", "2", 312_040),
                    instrument(BINARY, "SOL/USDT", "3", 15_231));
        }

        @Override
        public Client open(final String resource, final long nowNs) {
            return new BinaryClient(this);
        }
    }

    private static final class BinaryClient implements VenueWire.Client {
        private final Binary wire;
        private final Set<String> granted = new HashSet<>();
        private long heartbeatNs;

        BinaryClient(final Binary wire) {
            this.wire = wire;
        }

        @Override
        public void answer(final String text, final long nowNs, final VenueWire.Out out) {
            final String id = parse(text).path("subscribe").path(0).asText();
            if (wire.instruments().stream().anyMatch(i -> i.venueSymbol().equals(id))) {
                granted.add(id);
                out.text("{\"status\":\"ok\"}");
            } else {
                out.text("{\"status\":\"error\",\"message\":\"no instrument " + id + "\"}");
            }
        }

        @Override
        public void word(final MarketMove move, final VenueWire.Out out) {
            final String id = move.instrument().venueSymbol();
            if (!granted.contains(id) || move.kind() == MarketMove.Kind.BOOK) {
                return;
            }
            final long us = move.stampNs() / NS_PER_US;
            if (move.kind() == MarketMove.Kind.QUOTE) {
                final MarketMove.Quote quote = move.quote();
                final ByteBuffer frame = frame(1, move.stampNs());
                record(frame, QUOTE, id, quote.id());
                frame.putLong(scaled(quote.bid(), 8)).putLong(scaled(quote.ask(), 8));
                frame.putInt((int) scaled(quote.bidSize(), 3));
                frame.putInt((int) scaled(quote.askSize(), 3)).putLong(us);
                out.binary(frame.array());
                return;
            }
            final MarketMove.Trade trade = move.trade();
            final ByteBuffer frame = frame(2, move.stampNs());
            record(frame, TRADE, id, trade.id());
            frame.putLong(scaled(trade.price(), 8)).putInt((int) scaled(trade.size(), 3));
            frame.position(frame.position() + 12).putLong(us);
            record(frame, MARK, id, 2 * trade.id());
            frame.putDouble(Double.parseDouble(trade.price()));
            frame.putFloat(Float.parseFloat(trade.price())).putInt(0);
            frame.putLong(2 * trade.id() - 2).putLong(us / 1_000);
            out.binary(frame.array());
        }

        @Override
        public void step(final long nowNs, final VenueWire.Out out) {
            if (nowNs - heartbeatNs >= SECOND_NS) {
                heartbeatNs = nowNs;
                final ByteBuffer frame = frame(1, nowNs);
                record(frame, HEARTBEAT, "0", 0);
                out.binary(frame.array());
            }
        }

        private static ByteBuffer frame(final int records, final long nowNs) {
            final ByteBuffer frame =
                    ByteBuffer.allocate(HEADER + records * RECORD).order(ByteOrder.LITTLE_ENDIAN);
            return frame.putShort((short) 1).putShort((short) records).putInt(0).putLong(nowNs);
        }

        private static void record(
                final ByteBuffer frame, final byte type, final String id, final long sequence) {
            frame.put(type).put((byte) 0).putShort((short) 0);
            frame.putInt(Integer.parseInt(id)).putLong(sequence);
        }

        private static long scaled(final String text, final int digits) {
            return new BigDecimal(text)
                    .movePointRight(digits)
                    .setScale(0, java.math.RoundingMode.DOWN)
                    .longValueExact();
        }
    }

    private static JsonNode parse(final String text) {
        try {
            return MAPPER.readTree(text);
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("not what was described: " + text, e);
        }
    }
}
