package io.plumbline.feed.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.market.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A market of Binance that remembers what it told, whatever became of the frames: aggregate trades
 * by their ids and whole order books, as its REST side gives them. The simulation thread tells, any
 * thread asks.
 */
public final class RememberingMarket implements FrameSource {
    /** Aggregate trades that are remembered of an instrument. */
    public static final int TRADES = 20_000;

    private static final Pattern ASKED =
            Pattern.compile("/(api/v3|fapi/v1)/(aggTrades|depth)\\?symbol=(\\w+)(&.*)?");
    private static final Pattern NUMBER = Pattern.compile("&(fromId|limit)=(\\d+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final class Memory {
        final NavigableMap<Long, String> trades = new TreeMap<>();
        final NavigableMap<BigDecimal, String> bids = new TreeMap<>(Comparator.reverseOrder());
        final NavigableMap<BigDecimal, String> asks = new TreeMap<>();
        long lastUpdateId;
    }

    private final FrameSource market;
    private final Map<String, Memory> memories = new HashMap<>();

    public RememberingMarket(final FrameSource market) {
        this.market = market;
    }

    @Override
    public void step(final long nowNs, final FrameListener out) {
        market.step(
                nowNs,
                frame -> {
                    remember(frame);
                    out.onFrame(frame);
                });
    }

    @Override
    public boolean finished() {
        return market.finished();
    }

    @Override
    public boolean restartIds(final String venue, final String symbol) {
        return market.restartIds(venue, symbol);
    }

    private synchronized void remember(final SimulatedFrame frame) {
        if (frame.channel() != Channel.AGG_TRADE && frame.channel() != Channel.DEPTH) {
            return;
        }
        final String name = frame.stream().substring(0, frame.stream().indexOf('@'));
        final Memory memory =
                memories.computeIfAbsent(
                        name(frame.venue(), name.toUpperCase(java.util.Locale.ROOT)),
                        absent -> new Memory());
        if (frame.channel() == Channel.AGG_TRADE) {
            final String json = frame.json();
            memory.trades.put(frame.ids().last(), '{' + json.substring(json.indexOf("\"a\":")));
            if (memory.trades.size() > TRADES) {
                memory.trades.pollFirstEntry();
            }
            return;
        }
        final JsonNode depth = json(frame.json());
        change(memory.bids, depth.get("b"));
        change(memory.asks, depth.get("a"));
        memory.lastUpdateId = frame.ids().last();
    }

    private static void change(final Map<BigDecimal, String> side, final JsonNode changes) {
        for (final JsonNode level : changes) {
            final BigDecimal price = new BigDecimal(level.get(0).asText()).stripTrailingZeros();
            if (new BigDecimal(level.get(1).asText()).signum() == 0) {
                side.remove(price);
            } else {
                side.put(price, level.toString());
            }
        }
    }

    /**
     * What REST answers.
     *
     * @param resource path and query
     * @return JSON, or null for what is not served
     */
    public synchronized String answer(final String resource) {
        final Matcher asked = ASKED.matcher(resource);
        if (!asked.matches()) {
            return null;
        }
        final String venue =
                asked.group(1).equals("api/v3")
                        ? SimulatedInstruments.SPOT
                        : SimulatedInstruments.USDM;
        final Memory memory = memories.get(name(venue, asked.group(3)));
        if (memory == null) {
            return null;
        }
        final Map<String, Long> numbers = new HashMap<>();
        final Matcher number = NUMBER.matcher(asked.group(4) == null ? "" : asked.group(4));
        while (number.find()) {
            numbers.put(number.group(1), Long.valueOf(number.group(2)));
        }
        final long limit = numbers.getOrDefault("limit", 500L);
        return asked.group(2).equals("depth")
                ? depth(memory, limit)
                : trades(memory, numbers.getOrDefault("fromId", 0L), limit);
    }

    private static String trades(final Memory memory, final long fromId, final long limit) {
        return memory.trades.tailMap(fromId).values().stream()
                .limit(limit)
                .collect(java.util.stream.Collectors.joining(",", "[", "]"));
    }

    private static String depth(final Memory memory, final long limit) {
        return "{\"lastUpdateId\":"
                + memory.lastUpdateId
                + ",\"bids\":"
                + side(memory.bids, limit)
                + ",\"asks\":"
                + side(memory.asks, limit)
                + '}';
    }

    private static String side(final Map<BigDecimal, String> side, final long limit) {
        return side.values().stream()
                .limit(limit)
                .collect(java.util.stream.Collectors.joining(",", "[", "]"));
    }

    private static String name(final String venue, final String venueSymbol) {
        return venue + ' ' + venueSymbol;
    }

    private static JsonNode json(final String text) {
        try {
            return JSON.readTree(text);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
