package io.plumbline.feed.sim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.feed.sim.MarketMove.Level;
import io.plumbline.finding.FindingJson;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A client of OKX on one of its two paths. */
final class OkxClient implements VenueWire.Client {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long NS_PER_MS = 1_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;

    /** After so long without a message in either direction the venue hangs up. */
    private static final long IDLE_NS = 30 * SECOND_NS;

    /** After so long without a change a book says that there was none. */
    private static final long UNCHANGED_NS = 60 * SECOND_NS;

    private static final int IDLE_STATUS = 4_004;
    private static final int LONGEST_REQUEST = 65_536;
    private static final Set<String> OPEN =
            Set.of("bbo-tbt", "tickers", "books", "mark-price", "trades");
    private static final Set<String> BUSINESS = Set.of("trades-all");

    /** Where a book stands that was begun. */
    private record Told(long sequence, long sinceNs) {}

    private final List<SimulatedInstrument> instruments;
    private final Set<String> channels;

    /** Channel and instrument of what was granted. */
    private final Set<String> granted = new HashSet<>();

    private final Map<String, Told> books = new HashMap<>();
    private long lastMessageNs;

    OkxClient(
            final List<SimulatedInstrument> instruments, final boolean business, final long nowNs) {
        this.instruments = instruments;
        this.channels = business ? BUSINESS : OPEN;
        this.lastMessageNs = nowNs;
    }

    /** The venue will end this connection soon. */
    @Override
    public void announceEnd(final long nowNs, final VenueWire.Out out) {
        out.text(
                "{\"event\":\"notice\",\"code\":\"64008\",\"msg\":\"The connection will soon be"
                        + " closed for a service upgrade. Please reconnect.\",\"connId\":"
                        + "\"a4d3ae55\"}");
    }

    @Override
    public void answer(final String text, final long nowNs, final VenueWire.Out out) {
        lastMessageNs = nowNs;
        if (text.equals("ping")) {
            out.text("pong");
            return;
        }
        final JsonNode request = read(text);
        final String op = request.path("op").asText();
        final String id = request.path("id").asText();
        if (!op.equals("subscribe") && !op.equals("unsubscribe")
                || !request.path("args").isArray()
                || text.getBytes(StandardCharsets.UTF_8).length > LONGEST_REQUEST) {
            out.text(refusal(id, "60012", "Invalid request: " + text));
            return;
        }
        for (final JsonNode argument : request.path("args")) {
            answer(op, id, argument, out);
        }
    }

    private static JsonNode read(final String text) {
        try {
            return JSON.readTree(text);
        } catch (final JsonProcessingException unreadable) {
            return JSON.missingNode();
        }
    }

    private void answer(
            final String op, final String id, final JsonNode argument, final VenueWire.Out out) {
        final String channel = argument.path("channel").asText();
        final String name = argument.path("instId").asText();
        if (!channels.contains(channel)
                || instruments.stream().noneMatch(i -> i.venueSymbol().equals(name))) {
            out.text(
                    refusal(
                            id,
                            "60018",
                            "Wrong URL or channel:"
                                    + channel
                                    + ",instId:"
                                    + name
                                    + " doesn't exist. Please use the correct URL, channel and"
                                    + " parameters referring to API document."));
            return;
        }
        if (op.equals("subscribe")) {
            // A second subscription is granted without a second snapshot.
            granted.add(channel + name);
        } else {
            granted.remove(channel + name);
            books.remove(channel.equals("books") ? name : "");
        }
        final StringBuilder json = identified(id);
        json.append("\"event\":\"").append(op).append("\",");
        argument(channel, name, json).append(",\"connId\":\"a4d3ae55\"}");
        out.text(json.toString());
    }

    private static String refusal(final String id, final String code, final String words) {
        final StringBuilder json = identified(id);
        json.append("\"event\":\"error\",\"code\":\"").append(code).append("\",\"msg\":");
        FindingJson.string(json, words);
        return json.append(",\"connId\":\"a4d3ae55\"}").toString();
    }

    /** Begins an answer: a request's own id comes back, where it had one. */
    private static StringBuilder identified(final String id) {
        final StringBuilder json = new StringBuilder("{");
        if (!id.isEmpty()) {
            FindingJson.string(json.append("\"id\":"), id);
            json.append(',');
        }
        return json;
    }

    private static StringBuilder argument(
            final String channel, final String name, final StringBuilder json) {
        return json.append("\"arg\":{\"channel\":\"")
                .append(channel)
                .append("\",\"instId\":\"")
                .append(name)
                .append("\"}");
    }

    @Override
    public void word(final MarketMove move, final VenueWire.Out out) {
        final String name = move.instrument().venueSymbol();
        switch (move.kind()) {
            case TRADE -> trade(move, name, out);
            case QUOTE -> quote(move, name, out);
            case BOOK -> {
                if (granted.contains("books" + name)) {
                    book(move, name, out);
                }
            }
        }
    }

    private void trade(final MarketMove move, final String name, final VenueWire.Out out) {
        final MarketMove.Trade trade = move.trade();
        final String fill =
                "\"tradeId\":\""
                        + trade.id()
                        + "\",\"px\":\""
                        + trade.price()
                        + "\",\"sz\":\""
                        + trade.size()
                        + "\",\"side\":\""
                        + (trade.sold() ? "sell" : "buy")
                        + "\",\"source\":\"0\"";
        push("trades-all", name, move, fill, out);
        push("trades", name, move, fill + ",\"count\":\"1\",\"seqId\":" + trade.id(), out);
    }

    private void quote(final MarketMove move, final String name, final VenueWire.Out out) {
        final MarketMove.Quote quote = move.quote();
        push(
                "bbo-tbt",
                name,
                move,
                "\"asks\":[[\""
                        + quote.ask()
                        + "\",\""
                        + quote.askSize()
                        + "\",\"0\",\"1\"]],\"bids\":[[\""
                        + quote.bid()
                        + "\",\""
                        + quote.bidSize()
                        + "\",\"0\",\"1\"]],\"seqId\":"
                        + quote.id(),
                out);
        final String type = "\"instType\":\"" + OkxWire.type(name) + '"';
        push(
                "tickers",
                name,
                move,
                type
                        + ",\"last\":\""
                        + quote.last()
                        + "\",\"lastSz\":\"1\",\"askPx\":\""
                        + quote.ask()
                        + "\",\"askSz\":\""
                        + quote.askSize()
                        + "\",\"bidPx\":\""
                        + quote.bid()
                        + "\",\"bidSz\":\""
                        + quote.bidSize()
                        + '"',
                out);
        push("mark-price", name, move, type + ",\"markPx\":\"" + quote.last() + '"', out);
    }

    /** A list of one entry, where the client asked for it. */
    private void push(
            final String channel,
            final String name,
            final MarketMove move,
            final String fields,
            final VenueWire.Out out) {
        if (!granted.contains(channel + name)) {
            return;
        }
        lastMessageNs = move.stampNs();
        final StringBuilder json = argument(channel, name, new StringBuilder("{"));
        json.append(",\"data\":[{\"instId\":\"").append(name).append("\",").append(fields);
        out.text(json.append(",\"ts\":\"").append(ms(move.stampNs())).append("\"}]}").toString());
    }

    /** The whole book the first time, then what changed, chained to the push before. */
    private void book(final MarketMove move, final String name, final VenueWire.Out out) {
        final MarketMove.Book book = move.book();
        final boolean first = books.put(name, new Told(book.last(), move.stampNs())) == null;
        lastMessageNs = move.stampNs();
        out.text(
                book(
                        name,
                        first ? "snapshot" : "update",
                        side(first ? book.asks() : book.changes(), false),
                        side(first ? book.bids() : book.changes(), true),
                        move.stampNs(),
                        book.last(),
                        first ? -1 : book.previous()));
    }

    private static String book(
            final String name,
            final String action,
            final CharSequence asks,
            final CharSequence bids,
            final long stampNs,
            final long sequence,
            final long previous) {
        final StringBuilder json = argument("books", name, new StringBuilder("{"));
        json.append(",\"action\":\"").append(action).append("\",\"data\":[{\"asks\":").append(asks);
        json.append(",\"bids\":").append(bids).append(",\"ts\":\"").append(ms(stampNs));
        json.append("\",\"checksum\":0,\"seqId\":").append(sequence);
        return json.append(",\"prevSeqId\":").append(previous).append("}]}").toString();
    }

    private static CharSequence side(final List<Level> levels, final boolean bid) {
        final StringBuilder json = new StringBuilder();
        char separator = '[';
        for (final Level level : levels) {
            if (level.bid() == bid) {
                json.append(separator).append("[\"").append(level.price()).append("\",\"");
                json.append(level.size()).append("\",\"0\",\"1\"]");
                separator = ',';
            }
        }
        return json.append(separator == '[' ? "[]" : "]");
    }

    private static long ms(final long stampNs) {
        return stampNs / NS_PER_MS;
    }

    @Override
    public void step(final long nowNs, final VenueWire.Out out) {
        books.replaceAll(
                (name, told) -> {
                    if (nowNs - told.sinceNs < UNCHANGED_NS) {
                        return told;
                    }
                    lastMessageNs = nowNs;
                    out.text(book(name, "update", "[]", "[]", nowNs, told.sequence, told.sequence));
                    return new Told(told.sequence, nowNs);
                });
        if (nowNs - lastMessageNs >= IDLE_NS) {
            lastMessageNs = nowNs;
            out.close(IDLE_STATUS, "No data received in 30s.");
        }
    }
}
