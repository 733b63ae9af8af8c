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

/**
 * A client of the market hub. It must shake hands before anything else. Quotes tell what changed; a
 * book begins with a reset. The real hub pings after 15 s without anything to say, this one every
 * second.
 */
final class ProjectXClient implements VenueWire.Client {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'+00:00'")
                    .withZone(ZoneOffset.UTC);
    private static final long SECOND_NS = 1_000_000_000L;
    private static final char END = 0x1E;
    private static final String PING = "{\"type\":6}" + END;
    private static final String SUBSCRIBE = "SubscribeContract";
    private static final Set<String> KINDS = Set.of("Quotes", "Trades", "MarketDepth");

    private final List<SimulatedInstrument> instruments;

    /** Kind and contract of what was granted. */
    private final Set<String> granted = new HashSet<>();

    private final Set<String> begunBooks = new HashSet<>();
    private final Map<String, MarketMove.Quote> quoted = new HashMap<>();
    private boolean greeted;
    private long nextPingNs;

    ProjectXClient(final List<SimulatedInstrument> instruments) {
        this.instruments = instruments;
    }

    @Override
    public void answer(final String text, final long nowNs, final VenueWire.Out out) {
        for (final String record : text.split(String.valueOf(END))) {
            try {
                answer(JSON.readTree(record), nowNs, out);
            } catch (final JsonProcessingException unreadable) {
                close("Invalid message received.", false, out);
            }
        }
    }

    private void answer(final JsonNode record, final long nowNs, final VenueWire.Out out) {
        if (!greeted) {
            greet(record, nowNs, out);
        } else if (record.path("type").asInt() == 1) {
            invoke(record, out);
        }
    }

    private void greet(final JsonNode record, final long nowNs, final VenueWire.Out out) {
        if (!record.path("protocol").asText().equals("json")
                || record.path("version").asInt() != 1) {
            out.text("{\"error\":\"The protocol is not supported.\"}" + END);
            out.close(1000, "");
            return;
        }
        greeted = true;
        nextPingNs = nowNs + SECOND_NS;
        out.text("{}" + END);
    }

    private void invoke(final JsonNode record, final VenueWire.Out out) {
        final String target = record.path("target").asText();
        final String contract = record.path("arguments").path(0).asText();
        final boolean leave = target.startsWith("Un");
        final String method = leave ? "S" + target.substring(3) : target;
        final String kind =
                method.startsWith(SUBSCRIBE) ? method.substring(SUBSCRIBE.length()) : "";
        String error = "";
        if (!KINDS.contains(kind)) {
            error = "Unknown hub method '" + target + "'";
        } else if (instruments.stream().noneMatch(i -> i.venueSymbol().equals(contract))) {
            error = "Failed to invoke '" + target + "': no contract " + contract;
        } else if (leave) {
            granted.remove(kind + contract);
            begunBooks.remove(contract);
        } else {
            granted.add(kind + contract);
        }
        if (record.has("invocationId")) {
            final StringBuilder json = new StringBuilder(PING);
            json.append("{\"type\":3,\"invocationId\":");
            FindingJson.string(json, record.get("invocationId").asText());
            if (error.isEmpty()) {
                json.append(",\"result\":null");
            } else {
                FindingJson.string(json.append(",\"error\":"), error);
            }
            out.text(json.append('}').append(END).toString());
        }
    }

    @Override
    public void word(final MarketMove move, final VenueWire.Out out) {
        final String contract = move.instrument().venueSymbol();
        final String time = time(move.stampNs());
        switch (move.kind()) {
            case TRADE -> {
                if (granted.contains("Trades" + contract)) {
                    event("GatewayTrade", contract, trade(move, contract, time), out);
                }
            }
            case QUOTE -> {
                final MarketMove.Quote before = quoted.get(contract);
                if (granted.contains("Quotes" + contract)) {
                    quoted.put(contract, move.quote());
                    event("GatewayQuote", contract, quote(before, move.quote(), time), out);
                }
            }
            case BOOK -> {
                if (granted.contains("MarketDepth" + contract)) {
                    event("GatewayDepth", contract, depth(move.book(), contract, time), out);
                }
            }
        }
    }

    private static void event(
            final String target,
            final String contract,
            final String payload,
            final VenueWire.Out out) {
        out.text(
                "{\"type\":1,\"target\":\""
                        + target
                        + "\",\"arguments\":[\""
                        + contract
                        + "\","
                        + payload
                        + "]}"
                        + END);
    }

    private static String trade(final MarketMove move, final String contract, final String time) {
        return "[{\"symbolId\":\""
                + contract.substring(4, contract.lastIndexOf('.'))
                + "\",\"price\":"
                + move.trade().price()
                + ",\"timestamp\":\""
                + time
                + "\",\"type\":"
                + (move.trade().sold() ? 1 : 0)
                + ",\"volume\":"
                + move.trade().size()
                + ",\"contractId\":\""
                + contract
                + "\"}]";
    }

    /** What changed; all of it the first time. */
    private static String quote(
            final MarketMove.Quote before, final MarketMove.Quote now, final String time) {
        final StringBuilder json = new StringBuilder("{\"symbol\":\"simulated\"");
        if (before == null || !before.last().equals(now.last())) {
            json.append(",\"lastPrice\":").append(now.last());
        }
        if (before == null || !before.bid().equals(now.bid())) {
            json.append(",\"bestBid\":").append(now.bid());
        }
        if (before == null || !before.ask().equals(now.ask())) {
            json.append(",\"bestAsk\":").append(now.ask());
        }
        json.append(",\"lastUpdated\":\"").append(time).append("\",\"timestamp\":\"");
        return json.append(time).append("\"}").toString();
    }

    private String depth(final MarketMove.Book book, final String contract, final String time) {
        final StringBuilder json = new StringBuilder("[");
        if (begunBooks.add(contract)) {
            level(json, 6, "0", "0", time);
            side(json, book.bids(), time);
            side(json, book.asks(), time);
        } else {
            side(json, book.changes(), time);
        }
        return json.append(']').toString();
    }

    private static void side(
            final StringBuilder json, final List<Level> levels, final String time) {
        for (final Level level : levels) {
            level(json, level.bid() ? 2 : 1, level.price(), level.size(), time);
        }
    }

    private static void level(
            final StringBuilder json,
            final int type,
            final String price,
            final String size,
            final String time) {
        json.append(json.length() > 1 ? "," : "").append("{\"timestamp\":\"").append(time);
        json.append("\",\"type\":").append(type).append(",\"price\":").append(price);
        json.append(",\"volume\":").append(size).append(",\"currentVolume\":0}");
    }

    private static String time(final long ns) {
        return TIME.format(Instant.ofEpochSecond(ns / SECOND_NS, ns % SECOND_NS));
    }

    @Override
    public void step(final long nowNs, final VenueWire.Out out) {
        if (greeted && nowNs >= nextPingNs) {
            nextPingNs = nowNs + SECOND_NS;
            out.text(PING);
        }
    }

    @Override
    public void announceEnd(final long nowNs, final VenueWire.Out out) {
        close("Connection closed with an error.", true, out);
    }

    private static void close(final String error, final boolean comeBack, final VenueWire.Out out) {
        out.text(
                "{\"type\":7,\"error\":\""
                        + error
                        + "\",\"allowReconnect\":"
                        + comeBack
                        + '}'
                        + END);
    }
}
