package io.plumbline.feed.sim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.feed.sim.MarketMove.Level;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;

/** A client of Bitfinex. */
final class BitfinexClient implements VenueWire.Client {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long NS_PER_MS = 1_000_000L;
    private static final long HEARTBEAT_NS = 15_000_000_000L;
    private static final int SEQUENCE = 65_536;
    private static final int CHECKSUM = 131_072;
    private static final int MOST_CHANNELS = 25;
    private static final int SUMMED = 25;
    private static final int FIRST_CHANNEL = 17_470;
    private static final Set<String> CHANNELS = Set.of("ticker", "trades", "book");

    /** What one channel number stands for. */
    private static final class Subscription {
        final int number;
        final String channel;
        final String symbol;
        boolean begun;
        long sentNs;

        Subscription(
                final int number, final String channel, final String symbol, final long nowNs) {
            this.number = number;
            this.channel = channel;
            this.symbol = symbol;
            this.sentNs = nowNs;
        }
    }

    private final List<SimulatedInstrument> instruments;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private int flags;
    private long messages;
    private int channels;

    BitfinexClient(final List<SimulatedInstrument> instruments) {
        this.instruments = instruments;
    }

    @Override
    public void greet(final VenueWire.Out out) {
        out.text(
                "{\"event\":\"info\",\"version\":2,\"serverId\":"
                        + "\"5f0c3d52-0000-4000-8000-000000000000\",\"platform\":{\"status\":1}}");
    }

    @Override
    public void announceEnd(final long nowNs, final VenueWire.Out out) {
        out.text(
                "{\"event\":\"info\",\"code\":20051,"
                        + "\"msg\":\"Stopping. Please try to reconnect\"}");
    }

    @Override
    public void answer(final String text, final long nowNs, final VenueWire.Out out) {
        final JsonNode request;
        try {
            request = JSON.readTree(text);
        } catch (final JsonProcessingException unreadable) {
            out.text("{\"event\":\"error\",\"msg\":\"json: invalid\",\"code\":10000}");
            return;
        }
        switch (request.path("event").asText()) {
            case "ping" ->
                    out.text(
                            "{\"event\":\"pong\",\"ts\":"
                                    + nowNs / NS_PER_MS
                                    + ",\"cid\":"
                                    + request.path("cid").asLong()
                                    + '}');
            case "conf" -> {
                flags = request.path("flags").asInt();
                out.text("{\"event\":\"conf\",\"status\":\"OK\",\"flags\":" + flags + '}');
            }
            case "subscribe" -> subscribe(request, nowNs, out);
            case "unsubscribe" -> unsubscribe(request.path("chanId").asInt(), out);
            default -> out.text("{\"event\":\"error\",\"msg\":\"unknown event\",\"code\":10000}");
        }
    }

    private void subscribe(final JsonNode request, final long nowNs, final VenueWire.Out out) {
        final String channel = request.path("channel").asText();
        final String symbol = request.path("symbol").asText();
        if (!CHANNELS.contains(channel)) {
            refuse(request, "channel: unknown", 10_302, out);
        } else if (instruments.stream().noneMatch(i -> i.venueSymbol().equals(symbol))) {
            refuse(request, "symbol: invalid", 10_300, out);
        } else if (find(channel, symbol) != null) {
            refuse(request, "subscribe: dup", 10_301, out);
        } else if (subscriptions.size() == MOST_CHANNELS) {
            refuse(request, "subscribe: limit", 10_305, out);
        } else {
            final Subscription granted =
                    new Subscription(FIRST_CHANNEL + channels++, channel, symbol, nowNs);
            subscriptions.add(granted);
            final ObjectNode answer = request.deepCopy();
            answer.put("event", "subscribed").put("chanId", granted.number);
            out.text(answer.put("pair", symbol.substring(1)).toString());
            if (channel.equals("trades")) {
                send(granted, "[]", out);
            }
        }
    }

    /** The request comes back with what is wrong with it. */
    private static void refuse(
            final JsonNode request, final String words, final int code, final VenueWire.Out out) {
        final ObjectNode answer = request.deepCopy();
        out.text(answer.put("event", "error").put("msg", words).put("code", code).toString());
    }

    private void unsubscribe(final int number, final VenueWire.Out out) {
        if (subscriptions.removeIf(subscription -> subscription.number == number)) {
            out.text("{\"event\":\"unsubscribed\",\"status\":\"OK\",\"chanId\":" + number + '}');
        } else {
            out.text("{\"event\":\"error\",\"msg\":\"unsubscribe: invalid\",\"code\":10401}");
        }
    }

    private Subscription find(final String channel, final String symbol) {
        for (final Subscription subscription : subscriptions) {
            if (subscription.channel.equals(channel) && subscription.symbol.equals(symbol)) {
                return subscription;
            }
        }
        return null;
    }

    private void send(
            final Subscription subscription, final String payload, final VenueWire.Out out) {
        messages++;
        out.text(
                "["
                        + subscription.number
                        + ","
                        + payload
                        + ((flags & SEQUENCE) == 0 ? "" : "," + messages)
                        + "]");
    }

    @Override
    public void word(final MarketMove move, final VenueWire.Out out) {
        final String channel =
                switch (move.kind()) {
                    case TRADE -> "trades";
                    case QUOTE -> "ticker";
                    case BOOK -> "book";
                };
        final Subscription subscription = find(channel, move.instrument().venueSymbol());
        if (subscription == null) {
            return;
        }
        subscription.sentNs = move.stampNs();
        switch (move.kind()) {
            case TRADE -> {
                final String trade = trade(move.trade(), move.stampNs() / NS_PER_MS);
                send(subscription, "\"te\"," + trade, out);
                send(subscription, "\"tu\"," + trade, out);
            }
            case QUOTE -> send(subscription, ticker(move.quote()), out);
            case BOOK -> book(subscription, move.book(), out);
        }
    }

    private static String trade(final MarketMove.Trade trade, final long ms) {
        final String sign = trade.sold() ? "-" : "";
        return "["
                + trade.id()
                + ","
                + ms
                + ","
                + sign
                + number(trade.size())
                + ","
                + number(trade.price())
                + "]";
    }

    private static String ticker(final MarketMove.Quote quote) {
        final String last = number(quote.last());
        return "["
                + number(quote.bid())
                + ","
                + number(quote.bidSize())
                + ","
                + number(quote.ask())
                + ","
                + number(quote.askSize())
                + ",0,0,"
                + last
                + ",1500.25,"
                + last
                + ","
                + last
                + "]";
    }

    /** The whole book the first time, then each level by itself; the sum of it behind either. */
    private void book(
            final Subscription subscription, final MarketMove.Book book, final VenueWire.Out out) {
        if (subscription.begun) {
            for (final Level level : book.changes()) {
                send(subscription, level(level), out);
            }
        } else {
            subscription.begun = true;
            final List<String> levels = new ArrayList<>();
            book.bids().forEach(level -> levels.add(level(level)));
            book.asks().forEach(level -> levels.add(level(level)));
            send(subscription, "[" + String.join(",", levels) + "]", out);
        }
        if ((flags & CHECKSUM) != 0) {
            send(subscription, "\"cs\"," + checksum(book), out);
        }
    }

    private static String level(final Level level) {
        final boolean gone = new BigDecimal(level.size()).signum() == 0;
        return "["
                + number(level.price())
                + (gone ? ",0," : ",1,")
                + (level.bid() ? "" : "-")
                + (gone ? "1" : number(level.size()))
                + "]";
    }

    /** CRC32, signed, over bid and ask by turns, 25 of each. */
    private static int checksum(final MarketMove.Book book) {
        final List<String> parts = new ArrayList<>();
        for (int rank = 0; rank < SUMMED; rank++) {
            if (rank < book.bids().size()) {
                final Level bid = book.bids().get(rank);
                parts.add(number(bid.price()) + ":" + number(bid.size()));
            }
            if (rank < book.asks().size()) {
                final Level ask = book.asks().get(rank);
                parts.add(number(ask.price()) + ":-" + number(ask.size()));
            }
        }
        final CRC32 sum = new CRC32();
        sum.update(String.join(":", parts).getBytes(StandardCharsets.US_ASCII));
        return (int) sum.getValue();
    }

    /** As JavaScript prints it; what is traded here is never so small that it takes an exponent. */
    private static String number(final String text) {
        return new BigDecimal(text).stripTrailingZeros().toPlainString();
    }

    /** A channel that was quiet for so long is said to be alive. */
    @Override
    public void step(final long nowNs, final VenueWire.Out out) {
        for (final Subscription subscription : subscriptions) {
            if (nowNs - subscription.sentNs >= HEARTBEAT_NS) {
                subscription.sentNs = nowNs;
                send(subscription, "\"hb\"", out);
            }
        }
    }
}
