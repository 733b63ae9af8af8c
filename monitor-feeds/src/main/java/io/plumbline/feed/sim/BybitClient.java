package io.plumbline.feed.sim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.feed.sim.BybitWire.Category;
import io.plumbline.feed.sim.MarketMove.Level;
import io.plumbline.finding.FindingJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A client of one category of Bybit. */
final class BybitClient implements VenueWire.Client {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long NS_PER_MS = 1_000_000L;

    /** Best prices that did not change are sent again after so long. */
    private static final long REPEAT_MS = 3_000;

    private static final int MOST_SPOT_ARGS = 10;
    private static final List<String> TOPICS =
            List.of("orderbook.1.", "orderbook.200.", "publicTrade.", "tickers.");

    /** The best prices as they were sent last. */
    private record Best(MarketMove.Quote quote, long ms) {}

    private final Category category;
    private final BookNumbers updates;
    private final Set<String> granted = new HashSet<>();
    private final Set<String> begunBooks = new HashSet<>();
    private final Map<String, Best> bests = new HashMap<>();

    /** What each ticker told last. */
    private final Map<String, Map<String, String>> tickers = new HashMap<>();

    BybitClient(final Category category, final BookNumbers updates) {
        this.category = category;
        this.updates = updates;
    }

    @Override
    public void answer(final String text, final long nowNs, final VenueWire.Out out) {
        final JsonNode request;
        try {
            request = JSON.readTree(text);
        } catch (final JsonProcessingException unreadable) {
            out.text(answer(false, "error:request json format error", "", ""));
            return;
        }
        final String id = request.path("req_id").asText();
        final String op = request.path("op").asText();
        switch (op) {
            case "ping" -> out.text(answer(true, "pong", id, op));
            case "subscribe", "unsubscribe" -> {
                final List<String> topics = new ArrayList<>();
                request.path("args").forEach(topic -> topics.add(topic.asText()));
                final String refusal = refusal(topics, op.equals("subscribe"));
                if (refusal == null) {
                    grant(topics, op.equals("subscribe"));
                }
                final String words =
                        refusal != null ? refusal : category == Category.SPOT ? op : "";
                out.text(answer(refusal == null, words, id, op));
            }
            default -> out.text(answer(false, "error:op is invalid", id, op));
        }
    }

    /** One topic that cannot be had refuses them all; null where there is none. */
    private String refusal(final List<String> topics, final boolean subscribe) {
        if (topics.isEmpty() || category == Category.SPOT && topics.size() > MOST_SPOT_ARGS) {
            return "error:args size is invalid";
        }
        for (final String topic : topics) {
            if (TOPICS.stream()
                    .noneMatch(
                            kind ->
                                    topic.startsWith(kind)
                                            && category.lists(topic.substring(kind.length())))) {
                return "error:handler not found,topic:" + topic;
            }
            if (subscribe && granted.contains(topic)) {
                return "error:already subscribed,topic:" + topic;
            }
        }
        return null;
    }

    private void grant(final List<String> topics, final boolean subscribe) {
        for (final String topic : topics) {
            if (subscribe) {
                granted.add(topic);
            } else {
                granted.remove(topic);
                begunBooks.remove(topic);
                bests.remove(topic);
                tickers.remove(topic);
            }
        }
    }

    /** Spot leaves the number out where none was given. */
    private String answer(
            final boolean success, final String words, final String id, final String op) {
        final StringBuilder json = new StringBuilder("{\"success\":").append(success);
        FindingJson.string(json.append(",\"ret_msg\":"), words);
        json.append(",\"conn_id\":\"2324d924\"");
        if (category != Category.SPOT || !id.isEmpty()) {
            FindingJson.string(json.append(",\"req_id\":"), id);
        }
        FindingJson.string(json.append(",\"op\":"), op);
        return json.append('}').toString();
    }

    @Override
    public void word(final MarketMove move, final VenueWire.Out out) {
        final String name = move.instrument().venueSymbol();
        final long ms = move.stampNs() / NS_PER_MS;
        switch (move.kind()) {
            case TRADE -> {
                if (granted.contains("publicTrade." + name)) {
                    out.text(trade(move.trade(), name, ms));
                }
            }
            case QUOTE -> {
                final String ticker = "tickers." + name;
                if (granted.contains(ticker)) {
                    out.text(ticker(ticker, move.quote(), name, ms));
                }
                final String best = "orderbook.1." + name;
                if (granted.contains(best)) {
                    bests.put(best, new Best(move.quote(), ms));
                    out.text(best(best, move.quote(), ms));
                }
            }
            case BOOK -> {
                final String topic = "orderbook.200." + name;
                final long update = 1 + updates.before(name, move.book());
                if (granted.contains(topic)) {
                    out.text(book(topic, move.book(), update, ms));
                }
            }
        }
        repeat(ms, out);
    }

    private void repeat(final long ms, final VenueWire.Out out) {
        for (final Map.Entry<String, Best> entry : bests.entrySet()) {
            final Best best = entry.getValue();
            if (ms - best.ms >= REPEAT_MS) {
                entry.setValue(new Best(best.quote, ms));
                out.text(best(entry.getKey(), best.quote, ms));
            }
        }
    }

    private String trade(final MarketMove.Trade trade, final String name, final long ms) {
        final String id =
                category == Category.SPOT
                        ? "2290" + String.format(Locale.ROOT, "%015d", trade.id())
                        : "a9188a0a-82bc-50de-be60-"
                                + String.format(Locale.ROOT, "%012x", trade.id());
        return head("publicTrade." + name, "snapshot", ms)
                .append("[{\"T\":")
                .append(ms - 1)
                .append(",\"s\":\"")
                .append(name)
                .append("\",\"S\":\"")
                .append(trade.sold() ? "Sell" : "Buy")
                .append("\",\"v\":\"")
                .append(trade.size())
                .append("\",\"p\":\"")
                .append(trade.price())
                .append("\",\"i\":\"")
                .append(id)
                .append("\",\"BT\":false,\"RPI\":false,\"seq\":")
                .append(trade.id() / 2)
                .append("}]}")
                .toString();
    }

    /** Whole on spot; elsewhere whole the first time, then what changed. */
    private String ticker(
            final String topic, final MarketMove.Quote quote, final String name, final long ms) {
        final Map<String, String> now = fields(quote);
        final Map<String, String> before = tickers.put(topic, now);
        final boolean whole = category == Category.SPOT || before == null;
        final StringBuilder json = head(topic, whole ? "snapshot" : "delta", ms);
        json.append("{\"symbol\":\"").append(name).append('"');
        for (final Map.Entry<String, String> field : now.entrySet()) {
            if (whole || !field.getValue().equals(before.get(field.getKey()))) {
                json.append(",\"").append(field.getKey()).append("\":\"");
                json.append(field.getValue()).append('"');
            }
        }
        return json.append("},\"cs\":").append(quote.id()).append('}').toString();
    }

    private Map<String, String> fields(final MarketMove.Quote quote) {
        final Map<String, String> fields = new LinkedHashMap<>();
        fields.put("lastPrice", quote.last());
        if (category == Category.SPOT) {
            fields.put("usdIndexPrice", quote.last());
            return fields;
        }
        // Mark prices are finer than the tick, and move with every message.
        final String point = quote.last().indexOf('.') < 0 ? "." : "";
        fields.put("markPrice", quote.last() + point + (10 + quote.id() % 90));
        fields.put("indexPrice", quote.last());
        fields.put("bid1Price", quote.bid());
        fields.put("bid1Size", quote.bidSize());
        fields.put("ask1Price", quote.ask());
        fields.put("ask1Size", quote.askSize());
        return fields;
    }

    private String best(final String topic, final MarketMove.Quote quote, final long ms) {
        final StringBuilder json = head(topic, "snapshot", ms);
        side(json.append("{\"b\":"), List.of(new Level(true, quote.bid(), quote.bidSize())));
        side(json.append(",\"a\":"), List.of(new Level(false, quote.ask(), quote.askSize())));
        return tail(json, quote.id(), ms);
    }

    private String book(
            final String topic, final MarketMove.Book book, final long update, final long ms) {
        final boolean whole = begunBooks.add(topic);
        final StringBuilder json = head(topic, whole ? "snapshot" : "delta", ms);
        final List<Level> bids =
                whole ? book.bids() : book.changes().stream().filter(Level::bid).toList();
        final List<Level> asks =
                whole ? book.asks() : book.changes().stream().filter(l -> !l.bid()).toList();
        side(json.append("{\"b\":"), bids);
        side(json.append(",\"a\":"), asks);
        return tail(json, update, ms);
    }

    private static StringBuilder head(final String topic, final String type, final long ms) {
        return new StringBuilder("{\"topic\":\"")
                .append(topic)
                .append("\",\"type\":\"")
                .append(type)
                .append("\",\"ts\":")
                .append(ms)
                .append(",\"data\":");
    }

    /** The cross sequence of both depths is time here: upwards, with holes. */
    private static String tail(final StringBuilder json, final long update, final long ms) {
        return json.append(",\"u\":")
                .append(update)
                .append(",\"seq\":")
                .append(ms)
                .append("},\"cts\":")
                .append(ms - 1)
                .append('}')
                .toString();
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
}
