package io.plumbline.feed.sim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.feed.sim.MarketMove.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A client of Kraken Futures. */
final class KrakenFuturesClient implements VenueWire.Client {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long NS_PER_MS = 1_000_000L;
    private static final Set<String> FEEDS = Set.of("book", "trade", "ticker");

    private final KrakenFuturesWire wire;
    private final List<SimulatedInstrument> instruments;

    /** Feed and product of what was granted. */
    private final Set<String> granted = new HashSet<>();

    private final Set<String> begunBooks = new HashSet<>();
    private long nextHeartbeatNs;

    KrakenFuturesClient(final KrakenFuturesWire wire, final List<SimulatedInstrument> instruments) {
        this.wire = wire;
        this.instruments = instruments;
    }

    @Override
    public void greet(final VenueWire.Out out) {
        out.text("{\"event\":\"info\",\"version\":1}");
    }

    @Override
    public void answer(final String text, final long nowNs, final VenueWire.Out out) {
        final JsonNode request;
        try {
            request = JSON.readTree(text);
        } catch (final JsonProcessingException unreadable) {
            out.text("{\"event\":\"alert\",\"message\":\"Bad websocket message\"}");
            return;
        }
        final String event = request.path("event").asText();
        final String feed = request.path("feed").asText();
        if (!event.equals("subscribe") && !event.equals("unsubscribe")) {
            out.text("{\"event\":\"error\",\"message\":\"Invalid event\"}");
        } else if (feed.equals("heartbeat")) {
            nextHeartbeatNs = event.equals("subscribe") ? nowNs + SECOND_NS : 0;
            out.text("{\"event\":\"" + event + "d\",\"feed\":\"heartbeat\"}");
        } else if (!FEEDS.contains(feed)) {
            out.text("{\"event\":\"error\",\"message\":\"Invalid feed\"}");
        } else {
            for (final JsonNode id : request.path("product_ids")) {
                answer(event, feed, id.asText().toUpperCase(Locale.ROOT), out);
            }
        }
    }

    private void answer(
            final String event, final String feed, final String product, final VenueWire.Out out) {
        if (instruments.stream().noneMatch(i -> i.venueSymbol().equals(product))) {
            out.text("{\"event\":\"error\",\"message\":\"Invalid product id\"}");
            return;
        }
        out.text(
                "{\"event\":\""
                        + event
                        + "d\",\"feed\":\""
                        + feed
                        + "\",\"product_ids\":[\""
                        + product
                        + "\"]}");
        if (event.equals("unsubscribe")) {
            granted.remove(feed + product);
            begunBooks.remove(product);
            return;
        }
        granted.add(feed + product);
        if (feed.equals("trade")) {
            out.text(
                    "{\"feed\":\"trade_snapshot\",\"product_id\":\""
                            + product
                            + "\",\"trades\":[]}");
        }
    }

    @Override
    public void word(final MarketMove move, final VenueWire.Out out) {
        final String product = move.instrument().venueSymbol();
        final long ms = move.stampNs() / NS_PER_MS;
        switch (move.kind()) {
            case TRADE -> {
                if (granted.contains("trade" + product)) {
                    out.text(trade(move.trade(), product, ms));
                }
            }
            case QUOTE -> {
                if (granted.contains("ticker" + product)) {
                    out.text(ticker(move.quote(), product, ms));
                }
            }
            case BOOK -> {
                final long before = wire.before(product, move.book());
                if (granted.contains("book" + product)) {
                    book(move.book(), product, before, ms, out);
                }
            }
        }
    }

    private static String trade(final MarketMove.Trade trade, final String product, final long ms) {
        return "{\"feed\":\"trade\",\"product_id\":\""
                + product
                + "\",\"uid\":\"00000000-0000-4000-8000-"
                + String.format(Locale.ROOT, "%012d", trade.id() % 1_000_000_000_000L)
                + "\",\"side\":\""
                + (trade.sold() ? "sell" : "buy")
                + "\",\"type\":\"fill\",\"seq\":"
                + trade.id()
                + ",\"time\":"
                + ms
                + ",\"qty\":"
                + trade.size()
                + ",\"price\":"
                + trade.price()
                + '}';
    }

    private static String ticker(
            final MarketMove.Quote quote, final String product, final long ms) {
        return "{\"time\":"
                + ms
                + ",\"product_id\":\""
                + product
                + "\",\"funding_rate\":1.5e-9,\"feed\":\"ticker\",\"bid\":"
                + quote.bid()
                + ",\"ask\":"
                + quote.ask()
                + ",\"bid_size\":"
                + quote.bidSize()
                + ",\"ask_size\":"
                + quote.askSize()
                + ",\"index\":"
                + quote.last()
                + ",\"last\":"
                + quote.last()
                + ",\"suspended\":false,\"tag\":\"perpetual\",\"markPrice\":"
                + quote.last()
                + ",\"post_only\":false}";
    }

    /** The whole book the first time, then each level by itself. */
    private void book(
            final MarketMove.Book book,
            final String product,
            final long before,
            final long ms,
            final VenueWire.Out out) {
        if (begunBooks.add(product)) {
            final long number = before + book.changes().size();
            out.text(snapshot(book, product, number, ms));
            return;
        }
        long number = before;
        for (final Level level : book.changes()) {
            number++;
            out.text(
                    "{\"feed\":\"book\",\"product_id\":\""
                            + product
                            + "\",\"side\":\""
                            + (level.bid() ? "buy" : "sell")
                            + "\",\"seq\":"
                            + number
                            + ",\"price\":"
                            + level.price()
                            + ",\"qty\":"
                            + level.size()
                            + ",\"timestamp\":"
                            + ms
                            + '}');
        }
    }

    private static String snapshot(
            final MarketMove.Book book, final String product, final long number, final long ms) {
        final StringBuilder json =
                new StringBuilder("{\"feed\":\"book_snapshot\",\"product_id\":\"");
        json.append(product).append("\",\"timestamp\":").append(ms).append(",\"seq\":");
        json.append(number).append(",\"tickSize\":null,\"bids\":");
        side(json, book.bids());
        side(json.append(",\"asks\":"), book.asks());
        return json.append('}').toString();
    }

    private static void side(final StringBuilder json, final List<Level> levels) {
        char separator = '[';
        for (final Level level : levels) {
            json.append(separator).append("{\"price\":").append(level.price());
            json.append(",\"qty\":").append(level.size()).append('}');
            separator = ',';
        }
        json.append(separator == '[' ? "[]" : "]");
    }

    @Override
    public void step(final long nowNs, final VenueWire.Out out) {
        if (nextHeartbeatNs != 0 && nowNs >= nextHeartbeatNs) {
            nextHeartbeatNs = nowNs + SECOND_NS;
            out.text("{\"feed\":\"heartbeat\",\"time\":" + nowNs / NS_PER_MS + '}');
        }
    }
}
