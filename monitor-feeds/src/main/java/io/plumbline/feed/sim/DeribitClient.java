package io.plumbline.feed.sim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.feed.sim.MarketMove.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A client of Deribit. */
final class DeribitClient implements VenueWire.Client {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long NS_PER_MS = 1_000_000L;
    private static final long NS_PER_US = 1_000L;
    private static final long LEAST_INTERVAL_S = 10;
    private static final int POLICY_VIOLATION = 1008;
    private static final String PLATFORM_STATE = "platform_state";
    private static final Set<String> KINDS = Set.of("book", "trades", "ticker");

    private final DeribitWire wire;
    private final Set<String> names = new HashSet<>();
    private final Set<String> granted = new HashSet<>();
    private final Set<String> begunBooks = new HashSet<>();
    private long heartbeatNs;
    private long nextHeartbeatNs;
    private boolean demands;
    private boolean testOwed;

    DeribitClient(final DeribitWire wire, final List<SimulatedInstrument> instruments) {
        this.wire = wire;
        instruments.forEach(instrument -> names.add(instrument.venueSymbol()));
    }

    @Override
    public void answer(final String text, final long nowNs, final VenueWire.Out out) {
        final JsonNode request;
        try {
            request = JSON.readTree(text);
        } catch (final JsonProcessingException unreadable) {
            out.text(
                    "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32700,\"message\":\"Parse"
                            + " error\"}}");
            return;
        }
        final String id = request.has("id") ? "\"id\":" + request.get("id") + "," : "";
        out.text(
                "{\"jsonrpc\":\"2.0\","
                        + id
                        + outcome(request, nowNs)
                        + ",\"usIn\":"
                        + nowNs / NS_PER_US
                        + ",\"usOut\":"
                        + nowNs / NS_PER_US
                        + ",\"usDiff\":0,\"testnet\":false}");
    }

    private String outcome(final JsonNode request, final long nowNs) {
        final JsonNode params = request.path("params");
        switch (request.path("method").asText()) {
            case "public/set_heartbeat":
                return heartbeat(params.path("interval").asLong(), nowNs);
            case "public/test":
                testOwed = false;
                return "\"result\":{\"version\":\"1.2.26\"}";
            case "public/subscribe":
                return subscribe(params.path("channels"));
            case "public/unsubscribe":
                return unsubscribe(params.path("channels"));
            default:
                return error(-32_601, "Method not found");
        }
    }

    private String heartbeat(final long seconds, final long nowNs) {
        if (seconds < LEAST_INTERVAL_S) {
            return error(-32_602, "Invalid params");
        }
        heartbeatNs = seconds * SECOND_NS;
        nextHeartbeatNs = nowNs + heartbeatNs;
        return "\"result\":\"ok\"";
    }

    /** Unknown streams are left out of the answer; one of the interval raw refuses all. */
    private String subscribe(final JsonNode channels) {
        final List<String> accepted = new ArrayList<>();
        for (final JsonNode channel : channels) {
            final String stream = channel.asText();
            if (stream.endsWith(".raw")) {
                return error(13_778, "raw_subscriptions_not_available_for_unauthorized");
            }
            if (isKnown(stream)) {
                accepted.add('"' + stream + '"');
                granted.add(stream);
            }
        }
        return "\"result\":[" + String.join(",", accepted) + ']';
    }

    private String unsubscribe(final JsonNode channels) {
        final List<String> gone = new ArrayList<>();
        for (final JsonNode channel : channels) {
            final String stream = channel.asText();
            if (granted.remove(stream)) {
                gone.add('"' + stream + '"');
                begunBooks.remove(stream);
            }
        }
        return "\"result\":[" + String.join(",", gone) + ']';
    }

    private boolean isKnown(final String stream) {
        final String[] parts = stream.split("\\.");
        return stream.equals(PLATFORM_STATE)
                || parts.length == 3
                        && KINDS.contains(parts[0])
                        && names.contains(parts[1])
                        && parts[2].equals("100ms");
    }

    private static String error(final int code, final String message) {
        return "\"error\":{\"code\":" + code + ",\"message\":\"" + message + "\"}";
    }

    @Override
    public void word(final MarketMove move, final VenueWire.Out out) {
        final String name = move.instrument().venueSymbol();
        final long ms = move.stampNs() / NS_PER_MS;
        switch (move.kind()) {
            case TRADE -> tell("trades", name, trade(move.trade(), name, ms), out);
            case QUOTE -> tell("ticker", name, ticker(move.quote(), name, ms), out);
            case BOOK -> {
                final DeribitWire.Chained chained = wire.chained(name, move.book());
                final String stream = "book." + name + ".100ms";
                if (granted.contains(stream)) {
                    final boolean begins = begunBooks.add(stream);
                    tell("book", name, book(chained, begins, name, ms), out);
                }
            }
        }
    }

    private void tell(
            final String kind, final String name, final String data, final VenueWire.Out out) {
        final String stream = kind + '.' + name + ".100ms";
        if (granted.contains(stream)) {
            out.text(notification(stream, data));
        }
    }

    private static String notification(final String stream, final String data) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":{\"channel\":\""
                + stream
                + "\",\"data\":"
                + data
                + "}}";
    }

    private static String trade(final MarketMove.Trade trade, final String name, final long ms) {
        return "[{\"trade_seq\":"
                + trade.id()
                + ",\"trade_id\":\""
                + name.charAt(0)
                + trade.id()
                + "\",\"timestamp\":"
                + ms
                + ",\"tick_direction\":0,\"price\":"
                + trade.price()
                + ",\"mark_price\":"
                + trade.price()
                + ",\"instrument_name\":\""
                + name
                + "\",\"index_price\":"
                + trade.price()
                + ",\"direction\":\""
                + (trade.sold() ? "sell" : "buy")
                + "\",\"amount\":"
                + trade.size()
                + "}]";
    }

    private static String ticker(final MarketMove.Quote quote, final String name, final long ms) {
        return "{\"timestamp\":"
                + ms
                + ",\"stats\":{\"volume\":null,\"price_change\":null,\"low\":null,\"high\":null}"
                + ",\"state\":\"open\",\"open_interest\":1.5e6,\"mark_price\":"
                + quote.last()
                + ",\"last_price\":"
                + quote.last()
                + ",\"instrument_name\":\""
                + name
                + "\",\"index_price\":"
                + quote.last()
                + ",\"best_bid_price\":"
                + quote.bid()
                + ",\"best_bid_amount\":"
                + quote.bidSize()
                + ",\"best_ask_price\":"
                + quote.ask()
                + ",\"best_ask_amount\":"
                + quote.askSize()
                + '}';
    }

    /** The whole book the first time, then what changed. */
    private static String book(
            final DeribitWire.Chained chained,
            final boolean begins,
            final String name,
            final long ms) {
        final StringBuilder json = new StringBuilder("{\"type\":\"");
        json.append(begins ? "snapshot" : "change").append("\",\"timestamp\":").append(ms);
        if (!begins) {
            json.append(",\"prev_change_id\":").append(chained.previousId());
        }
        json.append(",\"instrument_name\":\"").append(name).append("\",\"change_id\":");
        json.append(chained.id());
        side(json.append(",\"bids\":"), begins ? all(chained.book().bids()) : of(chained, true));
        side(json.append(",\"asks\":"), begins ? all(chained.book().asks()) : of(chained, false));
        return json.append('}').toString();
    }

    private static List<DeribitWire.Change> all(final List<Level> levels) {
        return levels.stream()
                .map(
                        level ->
                                new DeribitWire.Change(
                                        level.bid(), "new", level.price(), level.size()))
                .toList();
    }

    private static List<DeribitWire.Change> of(
            final DeribitWire.Chained chained, final boolean bids) {
        return chained.changes().stream().filter(change -> change.bid() == bids).toList();
    }

    private static void side(final StringBuilder json, final List<DeribitWire.Change> levels) {
        char separator = '[';
        for (final DeribitWire.Change level : levels) {
            json.append(separator).append("[\"").append(level.action()).append("\",");
            json.append(level.price()).append(',').append(level.amount()).append(']');
            separator = ',';
        }
        json.append(separator == '[' ? "[]" : "]");
    }

    @Override
    public void announceEnd(final long nowNs, final VenueWire.Out out) {
        if (granted.contains(PLATFORM_STATE)) {
            out.text(notification(PLATFORM_STATE, "{\"maintenance\":true}"));
        }
    }

    /** By turns a heartbeat and a demand for a test; who owes a test when the next is due goes. */
    @Override
    public void step(final long nowNs, final VenueWire.Out out) {
        if (heartbeatNs == 0 || nowNs < nextHeartbeatNs) {
            return;
        }
        nextHeartbeatNs = nowNs + heartbeatNs;
        if (testOwed) {
            out.close(POLICY_VIOLATION, "heartbeat not answered");
            return;
        }
        testOwed = demands;
        out.text(
                "{\"jsonrpc\":\"2.0\",\"method\":\"heartbeat\",\"params\":{\"type\":\""
                        + (demands ? "test_request" : "heartbeat")
                        + "\"}}");
        demands = !demands;
    }
}
