package io.plumbline.bench.figure;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * A message of Binance as a user of Jackson databind would hold it: exact prices, lists of levels;
 * null and 0 for what the message does not carry.
 *
 * @param event "bookTicker", "trade" or "depthUpdate"
 * @param eventMs the venue's event time
 * @param transactMs the venue's transaction time
 */
record ParsedMessage(
        String event,
        String symbol,
        long eventMs,
        long transactMs,
        long first,
        long last,
        long previous,
        BigDecimal price,
        BigDecimal quantity,
        BigDecimal bid,
        BigDecimal ask,
        List<Level> bids,
        List<Level> asks) {
    private static final String MARKET = "MARKET";

    /** A level of an order book. */
    record Level(BigDecimal price, BigDecimal size) {}

    static ParsedMessage of(final JsonNode root) {
        final JsonNode data = root.has("data") ? root.get("data") : root;
        final String event = data.path("e").textValue();
        final long eventMs = data.path("E").longValue();
        final long transactMs = data.path("T").longValue();
        final String symbol = data.path("s").textValue();
        return switch (event) {
            case "bookTicker" -> {
                final long update = data.path("u").longValue();
                yield new ParsedMessage(
                        event,
                        symbol,
                        eventMs,
                        transactMs,
                        update,
                        update,
                        0,
                        null,
                        null,
                        number(data.path("b")),
                        number(data.path("a")),
                        List.of(),
                        List.of());
            }
            case "trade" -> {
                final long id = data.path("t").longValue();
                yield new ParsedMessage(
                        event,
                        symbol,
                        eventMs,
                        transactMs,
                        id,
                        id,
                        0,
                        MARKET.equals(data.path("X").textValue()) ? number(data.path("p")) : null,
                        number(data.path("q")),
                        null,
                        null,
                        List.of(),
                        List.of());
            }
            case "depthUpdate" ->
                    new ParsedMessage(
                            event,
                            symbol,
                            eventMs,
                            transactMs,
                            data.path("U").longValue(),
                            data.path("u").longValue(),
                            data.path("pu").longValue(),
                            null,
                            null,
                            null,
                            null,
                            levels(data.path("b")),
                            levels(data.path("a")));
            default -> throw new IllegalArgumentException("not read here: " + event);
        };
    }

    private static BigDecimal number(final JsonNode text) {
        return new BigDecimal(text.textValue());
    }

    private static List<Level> levels(final JsonNode array) {
        final List<Level> levels = new ArrayList<>(array.size());
        for (final JsonNode level : array) {
            levels.add(new Level(number(level.get(0)), number(level.get(1))));
        }
        return levels;
    }
}
