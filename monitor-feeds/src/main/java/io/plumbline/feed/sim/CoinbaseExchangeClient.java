package io.plumbline.feed.sim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.feed.sim.MarketMove.Level;
import io.plumbline.finding.FindingJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A client of Coinbase Exchange. */
final class CoinbaseExchangeClient implements VenueWire.Client {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SECOND_NS = 1_000_000_000L;
    private static final String BOOK = "level2_batch";
    private static final Set<String> OPEN = Set.of("ticker", "matches", "heartbeat", BOOK);
    private static final Set<String> WITH_KEY = Set.of("level2", "level3", "full", "user");

    private final CoinbaseExchangeWire wire;
    private final List<SimulatedInstrument> instruments;

    /** Channel to the products granted. */
    private final Map<String, Set<String>> granted = new TreeMap<>();

    private final Set<String> begunBooks = new HashSet<>();

    /** Product to the trade that came as its last match. */
    private final Map<String, Long> lastMatches = new HashMap<>();

    private long nextHeartbeatNs;

    CoinbaseExchangeClient(
            final CoinbaseExchangeWire wire, final List<SimulatedInstrument> instruments) {
        this.wire = wire;
        this.instruments = instruments;
    }

    @Override
    public void answer(final String text, final long nowNs, final VenueWire.Out out) {
        final JsonNode request;
        try {
            request = JSON.readTree(text);
        } catch (final JsonProcessingException unreadable) {
            out.text(refusal("Malformed JSON", ""));
            return;
        }
        final String type = request.path("type").asText();
        if (!type.equals("subscribe") && !type.equals("unsubscribe")) {
            out.text(refusal("Type has to be either subscribe or unsubscribe", ""));
            return;
        }
        final Map<String, List<String>> wanted = new TreeMap<>();
        for (final JsonNode channel : request.path("channels")) {
            final boolean own = channel.isObject();
            final List<String> products = new ArrayList<>();
            (own ? channel : request).path("product_ids").forEach(id -> products.add(id.asText()));
            wanted.put((own ? channel.path("name") : channel).asText(), products);
        }
        final String fault = fault(wanted);
        if (!fault.isEmpty()) {
            out.text(refusal("Failed to subscribe", fault));
            return;
        }
        wanted.forEach((channel, products) -> products.forEach(id -> take(type, channel, id, out)));
        nextHeartbeatNs = nextHeartbeatNs == 0 ? nowNs + SECOND_NS : nextHeartbeatNs;
        out.text(grants());
    }

    /** Why the whole request is refused, or "". */
    private String fault(final Map<String, List<String>> wanted) {
        if (wanted.isEmpty()) {
            return "No channels provided";
        }
        for (final Map.Entry<String, List<String>> each : wanted.entrySet()) {
            if (WITH_KEY.contains(each.getKey())) {
                return each.getKey() + " requires authentication";
            }
            if (!OPEN.contains(each.getKey())) {
                return each.getKey() + " is not a valid channel";
            }
            for (final String product : each.getValue()) {
                if (!CoinbaseListing.lists(instruments, product)) {
                    return product + " is not a valid product";
                }
            }
        }
        return "";
    }

    private static String refusal(final String message, final String reason) {
        final StringBuilder json = new StringBuilder("{\"type\":\"error\",\"message\":");
        FindingJson.string(json, message);
        if (!reason.isEmpty()) {
            FindingJson.string(json.append(",\"reason\":"), reason);
        }
        return json.append('}').toString();
    }

    private void take(
            final String type,
            final String channel,
            final String product,
            final VenueWire.Out out) {
        final Set<String> products = granted.computeIfAbsent(channel, name -> new TreeSet<>());
        if (type.equals("unsubscribe")) {
            products.remove(product);
            begunBooks.removeIf(book -> channel.equals(BOOK) && book.equals(product));
        } else if (products.add(product) && channel.equals("matches")) {
            final List<MarketMove> past = wire.tape().past(product);
            if (!past.isEmpty()) {
                final MarketMove last = past.get(past.size() - 1);
                lastMatches.put(product, last.trade().id());
                out.text(match("last_match", last, product));
            }
        }
    }

    /** All that is granted by now; batched books by the name that the venue gives them. */
    private String grants() {
        final StringBuilder json = new StringBuilder("{\"type\":\"subscriptions\",\"channels\":");
        char separator = '[';
        for (final Map.Entry<String, Set<String>> each : granted.entrySet()) {
            if (!each.getValue().isEmpty()) {
                final String name = each.getKey().equals(BOOK) ? "level2_50" : each.getKey();
                json.append(separator).append("{\"name\":\"").append(name);
                json.append("\",\"product_ids\":").append(CoinbaseListing.list(each.getValue()));
                json.append(",\"account_ids\":null}");
                separator = ',';
            }
        }
        return json.append(separator == '[' ? "[]}" : "]}").toString();
    }

    private boolean has(final String channel, final String product) {
        return granted.getOrDefault(channel, Set.of()).contains(product);
    }

    @Override
    public void word(final MarketMove move, final VenueWire.Out out) {
        final String product = move.instrument().venueSymbol();
        switch (move.kind()) {
            case TRADE -> {
                wire.tape().note(move);
                wire.number(product, move.trade().id());
                final Long last = lastMatches.remove(product);
                final boolean sent = last != null && last == move.trade().id();
                if (has("matches", product) && !sent) {
                    out.text(match("match", move, product));
                }
            }
            case QUOTE -> {
                final List<MarketMove> past = wire.tape().past(product);
                if (has("ticker", product) && !past.isEmpty()) {
                    out.text(ticker(move, past.get(past.size() - 1).trade(), product));
                }
            }
            case BOOK -> {
                if (has(BOOK, product)) {
                    final boolean first = begunBooks.add(product);
                    out.text(first ? snapshot(move, product) : changes(move, product));
                }
            }
        }
    }

    private String match(final String type, final MarketMove move, final String product) {
        final MarketMove.Trade trade = move.trade();
        return "{\"type\":\""
                + type
                + "\",\"trade_id\":"
                + trade.id()
                + ",\"maker_order_id\":\"00000000-0000-4000-8000-000000000001\","
                + "\"taker_order_id\":\"00000000-0000-4000-8000-000000000002\",\"side\":\""
                + (trade.sold() ? "buy" : "sell")
                + "\",\"size\":\""
                + trade.size()
                + "\",\"price\":\""
                + trade.price()
                + "\",\"product_id\":\""
                + product
                + "\",\"sequence\":"
                + wire.number(product, trade.id())
                + ",\"time\":\""
                + CoinbaseListing.time(move.stampNs())
                + "\"}";
    }

    private String ticker(
            final MarketMove move, final MarketMove.Trade trade, final String product) {
        final MarketMove.Quote quote = move.quote();
        return "{\"type\":\"ticker\",\"sequence\":"
                + wire.number(product, trade.id())
                + ",\"product_id\":\""
                + product
                + "\",\"price\":\""
                + quote.last()
                + "\",\"volume_24h\":\"1.0\",\"best_bid\":\""
                + quote.bid()
                + "\",\"best_bid_size\":\""
                + quote.bidSize()
                + "\",\"best_ask\":\""
                + quote.ask()
                + "\",\"best_ask_size\":\""
                + quote.askSize()
                + "\",\"side\":\""
                + (trade.sold() ? "sell" : "buy")
                + "\",\"time\":\""
                + CoinbaseListing.time(move.stampNs())
                + "\",\"trade_id\":"
                + trade.id()
                + ",\"last_size\":\""
                + trade.size()
                + "\"}";
    }

    private static String snapshot(final MarketMove move, final String product) {
        final StringBuilder json = new StringBuilder("{\"type\":\"snapshot\",\"product_id\":\"");
        json.append(product).append("\",\"asks\":");
        side(json, move.book().asks());
        side(json.append(",\"bids\":"), move.book().bids());
        return json.append('}').toString();
    }

    private static void side(final StringBuilder json, final List<Level> levels) {
        char separator = '[';
        for (final Level level : levels) {
            json.append(separator).append("[\"").append(level.price()).append("\",\"");
            json.append(level.size()).append("\"]");
            separator = ',';
        }
        json.append(separator == '[' ? "[]" : "]");
    }

    private static String changes(final MarketMove move, final String product) {
        final StringBuilder json = new StringBuilder("{\"type\":\"l2update\",\"product_id\":\"");
        json.append(product).append("\",\"changes\":");
        char separator = '[';
        for (final Level level : move.book().changes()) {
            json.append(separator).append(level.bid() ? "[\"buy\",\"" : "[\"sell\",\"");
            json.append(level.price()).append("\",\"").append(level.size()).append("\"]");
            separator = ',';
        }
        json.append(separator == '[' ? "[]" : "]");
        return json.append(",\"time\":\"")
                .append(CoinbaseListing.time(move.stampNs()))
                .append("\"}")
                .toString();
    }

    @Override
    public void step(final long nowNs, final VenueWire.Out out) {
        if (nextHeartbeatNs == 0 || nowNs < nextHeartbeatNs) {
            return;
        }
        nextHeartbeatNs = nowNs + SECOND_NS;
        for (final String product : granted.getOrDefault("heartbeat", Set.of())) {
            final List<MarketMove> past = wire.tape().past(product);
            final long trade = past.isEmpty() ? 0 : past.get(past.size() - 1).trade().id();
            out.text(
                    "{\"type\":\"heartbeat\",\"last_trade_id\":"
                            + trade
                            + ",\"product_id\":\""
                            + product
                            + "\",\"sequence\":"
                            + (trade == 0 ? 0 : wire.number(product, trade))
                            + ",\"time\":\""
                            + CoinbaseListing.time(nowNs)
                            + "\"}");
        }
    }
}
