package io.plumbline.feed.sim;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.plumbline.feed.sim.SimulatedFrame.Ids;
import io.plumbline.feed.sim.SimulatedFrame.Prices;
import io.plumbline.market.Channel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Reads recorded Binance frames with Jackson: a witness that shares nothing with the monitor's own
 * decoder. The payload goes on byte for byte. Simulation thread.
 */
public final class RecordedFrames {
    private static final JsonFactory JSON = new JsonFactory();

    private final String venue;
    private final UnaryOperator<String> symbolOf;
    private final Map<String, Long> lastIds = new HashMap<>();

    /**
     * @param venue the venue's name
     * @param symbolOf the ccxt symbol of a venue symbol
     */
    public RecordedFrames(final String venue, final UnaryOperator<String> symbolOf) {
        this.venue = venue;
        this.symbolOf = symbolOf;
    }

    /** The frame in these bytes, or null when they are no market data that is served here. */
    SimulatedFrame read(final byte[] line, final long nowNs) {
        try (JsonParser parser = JSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            String stream = null;
            SimulatedFrame frame = null;
            final Map<String, String> values = new HashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                final String name = parser.currentName();
                final JsonToken token = parser.nextToken();
                if (name.equals("stream")) {
                    stream = parser.getText();
                } else if (name.equals("data") && token == JsonToken.START_OBJECT) {
                    final int from = (int) parser.currentTokenLocation().getByteOffset();
                    final Map<String, String> payload = fields(parser);
                    final int to = (int) parser.currentLocation().getByteOffset();
                    final String json = new String(line, from, to - from, StandardCharsets.UTF_8);
                    frame = frame(stream, payload, json, nowNs);
                } else {
                    keep(parser, name, token, values);
                }
            }
            return frame != null || stream != null
                    ? frame
                    : frame(null, values, new String(line, StandardCharsets.UTF_8), nowNs);
        } catch (final IOException unreadable) {
            return null;
        }
    }

    private static Map<String, String> fields(final JsonParser parser) throws IOException {
        final Map<String, String> values = new HashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            final String name = parser.currentName();
            keep(parser, name, parser.nextToken(), values);
        }
        return values;
    }

    private static void keep(
            final JsonParser parser,
            final String name,
            final JsonToken token,
            final Map<String, String> values)
            throws IOException {
        if (token.isStructStart()) {
            parser.skipChildren();
        } else {
            values.put(name, parser.getText());
        }
    }

    private SimulatedFrame frame(
            final String recordedStream,
            final Map<String, String> values,
            final String json,
            final long nowNs) {
        final Channel channel = channel(values);
        final String venueSymbol = values.get("s");
        if (channel == Channel.NONE || venueSymbol == null) {
            return null;
        }
        final String stream =
                recordedStream != null
                        ? BinanceClient.withoutSpeed(recordedStream)
                        : venueSymbol.toLowerCase(Locale.ROOT) + '@' + channel.label();
        return new SimulatedFrame(
                venue,
                symbolOf.apply(venueSymbol),
                channel,
                stream,
                json,
                nowNs,
                ids(channel, stream, values),
                prices(channel, values));
    }

    private static Channel channel(final Map<String, String> values) {
        final String event = values.get("e");
        if (event == null) {
            return values.containsKey("u") && values.containsKey("A")
                    ? Channel.BOOK_TICKER
                    : Channel.NONE;
        }
        switch (event) {
            case "trade":
                return Channel.TRADE;
            case "aggTrade":
                return Channel.AGG_TRADE;
            case "bookTicker":
                return Channel.BOOK_TICKER;
            case "depthUpdate":
                return Channel.DEPTH;
            case "markPriceUpdate":
                return Channel.MARK_PRICE;
            default:
                return Channel.NONE;
        }
    }

    private Ids ids(final Channel channel, final String stream, final Map<String, String> values) {
        final String last;
        final String first;
        switch (channel) {
            case TRADE:
                first = values.get("t");
                last = first;
                break;
            case AGG_TRADE:
                first = values.get("a");
                last = first;
                break;
            case BOOK_TICKER:
                first = values.get("u");
                last = first;
                break;
            case DEPTH:
                first = values.get("U");
                last = values.get("u");
                break;
            default:
                return Ids.NONE;
        }
        final long lastId = Long.parseLong(last);
        final Long previous = lastIds.put(stream, lastId);
        return new Ids(previous == null ? 0 : previous, Long.parseLong(first), lastId);
    }

    private static Prices prices(final Channel channel, final Map<String, String> values) {
        switch (channel) {
            case TRADE:
            case AGG_TRADE:
                return Prices.last(values.get("p"));
            case BOOK_TICKER:
                return Prices.quote(values.get("b"), values.get("a"));
            case MARK_PRICE:
                return Prices.mark(values.get("p"), values.get("i"));
            default:
                return Prices.NONE;
        }
    }
}
