package io.plumbline.feed.sim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.feed.sim.MarketMove.Level;
import io.plumbline.finding.FindingJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A client of Coinbase Advanced Trade. */
final class CoinbaseAdvancedClient implements VenueWire.Client {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SECOND_NS = 1_000_000_000L;
    private static final String HEARTBEATS = "heartbeats";
    private static final String BOOK = "level2";
    private static final String TRADES = "market_trades";
    private static final String TICKER = "ticker";
    private static final Set<String> CHANNELS = Set.of(HEARTBEATS, BOOK, TRADES, TICKER);

    private final CoinbaseTape tape;
    private final List<SimulatedInstrument> instruments;

    /** Channel to the products granted. */
    private final Map<String, Set<String>> granted = new TreeMap<>();

    private final Set<String> begunBooks = new HashSet<>();
    private final Set<String> begunTickers = new HashSet<>();

    /** Trades, by product and id, that came as past ones. */
    private final Set<String> past = new HashSet<>();

    private long number;
    private long heartbeats = 41_691;
    private long nextHeartbeatNs;

    CoinbaseAdvancedClient(final CoinbaseTape tape, final List<SimulatedInstrument> instruments) {
        this.tape = tape;
        this.instruments = instruments;
    }

    @Override
    public void answer(final String text, final long nowNs, final VenueWire.Out out) {
        final JsonNode request;
        try {
            request = JSON.readTree(text);
        } catch (final JsonProcessingException unreadable) {
            out.text(refusal("failed to parse message"));
            return;
        }
        final String type = request.path("type").asText();
        final String channel = request.path("channel").asText();
        final List<String> products = new ArrayList<>();
        request.path("product_ids").forEach(id -> products.add(id.asText()));
        if (!type.equals("subscribe") && !type.equals("unsubscribe")) {
            out.text(refusal("subscribe or unsubscribe required"));
            return;
        }
        if (!CHANNELS.contains(channel)) {
            out.text(refusal("channel " + channel + " is not supported"));
            return;
        }
        for (final String product : products) {
            if (!CoinbaseListing.lists(instruments, product)) {
                out.text(refusal(product + " is not a valid product"));
                return;
            }
        }
        if (channel.equals(HEARTBEATS)) {
            products.clear();
            products.add(HEARTBEATS);
            nextHeartbeatNs = type.equals("subscribe") ? nowNs + SECOND_NS : 0;
        }
        final Set<String> now = granted.computeIfAbsent(channel, name -> new TreeSet<>());
        for (final String product : products) {
            if (type.equals("unsubscribe")) {
                now.remove(product);
                begunBooks.removeIf(book -> channel.equals(BOOK) && book.equals(product));
            } else if (now.add(product) && channel.equals(TRADES)) {
                begin(product, nowNs, out);
            }
        }
        subscriptions(nowNs, out);
    }

    private static String refusal(final String message) {
        final StringBuilder json = new StringBuilder("{\"type\":\"error\",\"message\":");
        FindingJson.string(json, message);
        return json.append('}').toString();
    }

    /** The trades of the past, newest first; they go before the grant. */
    private void begin(final String product, final long nowNs, final VenueWire.Out out) {
        final List<MarketMove> trades = tape.past(product);
        final StringBuilder json = new StringBuilder("{\"type\":\"snapshot\",\"trades\":[");
        for (int i = trades.size() - 1; i >= 0; i--) {
            past.add(product + trades.get(i).trade().id());
            json.append(trade(trades.get(i), product)).append(i > 0 ? "," : "");
        }
        say(TRADES, json.append("]}").toString(), nowNs, out);
    }

    private void subscriptions(final long nowNs, final VenueWire.Out out) {
        final StringBuilder json = new StringBuilder("{\"subscriptions\":");
        char separator = '{';
        for (final Map.Entry<String, Set<String>> each : granted.entrySet()) {
            if (!each.getValue().isEmpty()) {
                json.append(separator).append('"').append(each.getKey()).append("\":");
                json.append(CoinbaseListing.list(each.getValue()));
                separator = ',';
            }
        }
        json.append(separator == '{' ? "{}}" : "}}");
        say("subscriptions", json.toString(), nowNs, out);
    }

    /** An envelope: every one that is sent counts, even when it is lost on its way. */
    private void say(
            final String channel, final String event, final long nowNs, final VenueWire.Out out) {
        out.text(
                "{\"channel\":\""
                        + channel
                        + "\",\"client_id\":\"\",\"timestamp\":\""
                        + CoinbaseListing.time(nowNs)
                        + "\",\"sequence_num\":"
                        + number
                        + ",\"events\":["
                        + event
                        + "]}");
        number += out.isMute() ? 0 : 1;
    }

    private boolean has(final String channel, final String product) {
        return granted.getOrDefault(channel, Set.of()).contains(product);
    }

    @Override
    public void word(final MarketMove move, final VenueWire.Out out) {
        final String product = move.instrument().venueSymbol();
        switch (move.kind()) {
            case TRADE -> {
                tape.note(move);
                final boolean sent = past.remove(product + move.trade().id());
                if (has(TRADES, product) && !sent) {
                    say(
                            TRADES,
                            "{\"type\":\"update\",\"trades\":[" + trade(move, product) + "]}",
                            move.stampNs(),
                            out);
                }
            }
            case QUOTE -> {
                if (has(TICKER, product)) {
                    final String type = begunTickers.add(product) ? "snapshot" : "update";
                    say(TICKER, ticker(type, move.quote(), product), move.stampNs(), out);
                }
            }
            case BOOK -> {
                if (has(BOOK, product)) {
                    final boolean first = begunBooks.add(product);
                    say("l2_data", book(first, move, product), move.stampNs(), out);
                }
            }
        }
    }

    private static String trade(final MarketMove move, final String product) {
        final MarketMove.Trade trade = move.trade();
        return "{\"product_id\":\""
                + product
                + "\",\"trade_id\":\""
                + trade.id()
                + "\",\"price\":\""
                + trade.price()
                + "\",\"size\":\""
                + trade.size()
                + "\",\"time\":\""
                + CoinbaseListing.time(move.stampNs())
                + "\",\"side\":\""
                + (trade.sold() ? "BUY" : "SELL")
                + "\"}";
    }

    private static String ticker(
            final String type, final MarketMove.Quote quote, final String product) {
        return "{\"type\":\""
                + type
                + "\",\"tickers\":[{\"type\":\"ticker\",\"product_id\":\""
                + product
                + "\",\"price\":\""
                + quote.last()
                + "\",\"volume_24_h\":\"1.0\",\"best_bid\":\""
                + quote.bid()
                + "\",\"best_ask\":\""
                + quote.ask()
                + "\",\"best_bid_quantity\":\""
                + quote.bidSize()
                + "\",\"best_ask_quantity\":\""
                + quote.askSize()
                + "\"}]}";
    }

    private static String book(final boolean first, final MarketMove move, final String product) {
        final StringBuilder json = new StringBuilder("{\"type\":\"");
        json.append(first ? "snapshot" : "update").append("\",\"product_id\":\"");
        json.append(product).append("\",\"updates\":[");
        final List<Level> levels = new ArrayList<>();
        if (first) {
            levels.addAll(move.book().bids());
            levels.addAll(move.book().asks());
        } else {
            levels.addAll(move.book().changes());
        }
        String separator = "";
        for (final Level level : levels) {
            json.append(separator).append("{\"side\":\"").append(level.bid() ? "bid" : "offer");
            json.append("\",\"event_time\":\"").append(CoinbaseListing.time(move.stampNs()));
            json.append("\",\"price_level\":\"").append(level.price());
            json.append("\",\"new_quantity\":\"").append(level.size()).append("\"}");
            separator = ",";
        }
        return json.append("]}").toString();
    }

    @Override
    public void step(final long nowNs, final VenueWire.Out out) {
        if (nextHeartbeatNs != 0 && nowNs >= nextHeartbeatNs) {
            nextHeartbeatNs = nowNs + SECOND_NS;
            say(
                    HEARTBEATS,
                    "{\"current_time\":\""
                            + CoinbaseListing.time(nowNs).replace('T', ' ').replace("Z", "")
                            + " +0000 UTC m=+41691.260485341\",\"heartbeat_counter\":"
                            + heartbeats++
                            + '}',
                    nowNs,
                    out);
        }
    }
}
