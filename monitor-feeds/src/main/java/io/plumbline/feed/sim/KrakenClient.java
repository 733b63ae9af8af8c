package io.plumbline.feed.sim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.feed.sim.MarketMove.Level;
import io.plumbline.finding.FindingJson;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A client of Kraken's second interface. */
final class KrakenClient implements VenueWire.Client {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final long SECOND_NS = 1_000_000_000L;
    private static final Set<Integer> DEPTHS = Set.of(10, 25, 100, 500, 1_000);
    private static final Set<String> CHANNELS = Set.of("ticker", "trade", "book");

    private final List<SimulatedInstrument> instruments;
    private final Set<String> quotes = new HashSet<>();
    private final Set<String> lasts = new HashSet<>();
    private final Set<String> trades = new HashSet<>();
    private final Map<String, KrakenWindow> books = new HashMap<>();
    private final Map<String, MarketMove.Quote> quoted = new HashMap<>();
    private long nextHeartbeatNs;

    KrakenClient(final List<SimulatedInstrument> instruments) {
        this.instruments = instruments;
    }

    @Override
    public void greet(final VenueWire.Out out) {
        status("online", out);
    }

    /** The venue will end this connection soon. */
    @Override
    public void announceEnd(final long nowNs, final VenueWire.Out out) {
        status("maintenance", out);
    }

    private static void status(final String system, final VenueWire.Out out) {
        out.text(
                "{\"channel\":\"status\",\"type\":\"update\",\"data\":[{\"version\":\"2.0.10\","
                        + "\"system\":\""
                        + system
                        + "\",\"api_version\":\"v2\",\"connection_id\":12345678901234567890}]}");
    }

    @Override
    public void answer(final String text, final long nowNs, final VenueWire.Out out) {
        final JsonNode request;
        try {
            request = JSON.readTree(text);
        } catch (final JsonProcessingException unreadable) {
            out.text(refusal("Malformed request", "", "", "", nowNs));
            return;
        }
        final String method = request.path("method").asText();
        final String id =
                request.path("req_id").isIntegralNumber()
                        ? ",\"req_id\":" + request.get("req_id")
                        : "";
        switch (method) {
            case "ping" -> out.text("{\"method\":\"pong\"" + id + times(nowNs) + '}');
            case "subscribe", "unsubscribe" -> {
                for (final JsonNode pair : request.path("params").path("symbol")) {
                    out.text(
                            subscription(method, request.path("params"), pair.asText(), id, nowNs));
                }
                nextHeartbeatNs = nextHeartbeatNs == 0 ? nowNs : nextHeartbeatNs;
            }
            default -> out.text(refusal("Method not supported", method, "", id, nowNs));
        }
    }

    /** Grants or refuses one pair. */
    private String subscription(
            final String method,
            final JsonNode params,
            final String pair,
            final String id,
            final long nowNs) {
        final String channel = params.path("channel").asText();
        final int depth = params.path("depth").asInt(10);
        if (!CHANNELS.contains(channel)) {
            return refusal("Channel not supported", method, pair, id, nowNs);
        }
        if (instruments.stream().noneMatch(i -> i.venueSymbol().equals(pair))) {
            return refusal("Currency pair not supported " + pair, method, pair, id, nowNs);
        }
        if (channel.equals("book") && !DEPTHS.contains(depth)) {
            return refusal("Subscription depth not supported", method, pair, id, nowNs);
        }
        final boolean wanted = method.equals("subscribe");
        if (channel.equals("book")) {
            if (wanted && books.containsKey(pair)) {
                return refusal("Already subscribed", method, pair, id, nowNs);
            }
            if (wanted) {
                books.put(pair, new KrakenWindow(depth));
            } else {
                books.remove(pair);
            }
        } else {
            final boolean bbo = params.path("event_trigger").asText("trades").equals("bbo");
            final Set<String> pairs = channel.equals("trade") ? trades : bbo ? quotes : lasts;
            if (wanted ? !pairs.add(pair) : !pairs.remove(pair)) {
                return refusal(
                        wanted ? "Already subscribed" : "Subscription not found",
                        method,
                        pair,
                        id,
                        nowNs);
            }
        }
        return "{\"method\":\""
                + method
                + '"'
                + id
                + ",\"result\":{\"channel\":\""
                + channel
                + '"'
                + (channel.equals("book") ? ",\"depth\":" + depth + ",\"snapshot\":true" : "")
                + ",\"symbol\":\""
                + pair
                + "\"},\"success\":true"
                + times(nowNs)
                + '}';
    }

    private static String refusal(
            final String words,
            final String method,
            final String pair,
            final String id,
            final long nowNs) {
        final StringBuilder json = new StringBuilder("{\"error\":");
        FindingJson.string(json, words);
        FindingJson.string(json.append(",\"method\":"), method);
        json.append(id).append(",\"success\":false");
        if (!pair.isEmpty()) {
            FindingJson.string(json.append(",\"symbol\":"), pair);
        }
        return json.append(times(nowNs)).append('}').toString();
    }

    private static String times(final long nowNs) {
        return ",\"time_in\":\"" + time(nowNs) + "\",\"time_out\":\"" + time(nowNs) + '"';
    }

    private static String time(final long nowNs) {
        return TIME.format(Instant.ofEpochSecond(nowNs / SECOND_NS, nowNs % SECOND_NS));
    }

    @Override
    public void word(final MarketMove move, final VenueWire.Out out) {
        final String pair = move.instrument().venueSymbol();
        switch (move.kind()) {
            case TRADE -> {
                if (trades.contains(pair)) {
                    out.text(trade(move, pair));
                }
                final MarketMove.Quote quote = quoted.get(pair);
                if (lasts.contains(pair) && quote != null) {
                    out.text(ticker(pair, quote, move.trade().price()));
                }
            }
            case QUOTE -> {
                final MarketMove.Quote before = quoted.put(pair, move.quote());
                if (quotes.contains(pair) && moved(before, move.quote())) {
                    out.text(ticker(pair, move.quote(), move.quote().last()));
                }
            }
            case BOOK -> {
                final KrakenWindow window = books.get(pair);
                if (window != null) {
                    book(move, pair, window, out);
                }
            }
        }
    }

    private static boolean moved(final MarketMove.Quote before, final MarketMove.Quote now) {
        return before == null || !before.bid().equals(now.bid()) || !before.ask().equals(now.ask());
    }

    private static String trade(final MarketMove move, final String pair) {
        final MarketMove.Trade trade = move.trade();
        return "{\"channel\":\"trade\",\"type\":\"update\",\"data\":[{\"symbol\":\""
                + pair
                + "\",\"side\":\""
                + (trade.sold() ? "sell" : "buy")
                + "\",\"price\":"
                + trade.price()
                + ",\"qty\":"
                + trade.size()
                + ",\"ord_type\":\"market\",\"trade_id\":"
                + trade.id()
                + ",\"timestamp\":\""
                + time(move.stampNs())
                + "\"}]}";
    }

    private static String ticker(
            final String pair, final MarketMove.Quote quote, final String last) {
        return "{\"channel\":\"ticker\",\"type\":\"update\",\"data\":[{\"symbol\":\""
                + pair
                + "\",\"bid\":"
                + quote.bid()
                + ",\"bid_qty\":"
                + quote.bidSize()
                + ",\"ask\":"
                + quote.ask()
                + ",\"ask_qty\":"
                + quote.askSize()
                + ",\"last\":"
                + last
                + ",\"volume\":1.00000000}]}";
    }

    private static void book(
            final MarketMove move,
            final String pair,
            final KrakenWindow window,
            final VenueWire.Out out) {
        final boolean first = !window.begun();
        final List<Level> changes = window.changes(move.book());
        if (!first && changes.isEmpty()) {
            return;
        }
        final StringBuilder json = new StringBuilder("{\"channel\":\"book\",\"type\":\"");
        json.append(first ? "snapshot" : "update").append("\",\"data\":[{\"symbol\":\"");
        json.append(pair).append("\",\"bids\":");
        side(json, changes, true);
        side(json.append(",\"asks\":"), changes, false);
        json.append(",\"checksum\":").append(window.checksum());
        json.append(",\"timestamp\":\"").append(time(move.stampNs())).append("\"}]}");
        out.text(json.toString());
    }

    private static void side(
            final StringBuilder json, final List<Level> levels, final boolean bid) {
        char separator = '[';
        for (final Level level : levels) {
            if (level.bid() == bid) {
                json.append(separator).append("{\"price\":").append(level.price());
                json.append(",\"qty\":").append(level.size()).append('}');
                separator = ',';
            }
        }
        json.append(separator == '[' ? "[]" : "]");
    }

    @Override
    public void step(final long nowNs, final VenueWire.Out out) {
        if (nextHeartbeatNs != 0 && nowNs >= nextHeartbeatNs) {
            nextHeartbeatNs = nowNs + SECOND_NS;
            out.text("{\"channel\":\"heartbeat\"}");
        }
    }
}
