package io.plumbline.feed.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.market.Channel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SimulatedMarketTest {
    private static final long SEED = 20_261_123;
    private static final long START_NS = 1_750_000_000_000_000_000L;
    private static final long MS = 1_000_000;
    private static final List<SimulatedInstrument> INSTRUMENTS = SimulatedInstruments.standard();

    private static final List<SimulatedFrame> FRAMES = run(SEED, 100_000, 1);

    private static List<SimulatedFrame> run(final long seed, final int ms, final int stepMs) {
        final SimulatedMarket market = new SimulatedMarket(seed, INSTRUMENTS);
        final List<SimulatedFrame> frames = new ArrayList<>();
        for (int at = 0; at < ms; at += stepMs) {
            market.step(START_NS + at * MS, frames::add);
        }
        return frames;
    }

    @Test
    void shouldRepeatItselfByteForByte() {
        final List<SimulatedFrame> once = run(SEED, 5_000, 3);
        assertEquals(once, run(SEED, 5_000, 3), "seed " + SEED);
        assertNotEquals(once, run(SEED + 1, 5_000, 3), "seed " + SEED);
    }

    @Test
    void shouldTradeSeldomWhereTheIntervalIsLongerThanAnIntHolds() {
        final long intervalNs = 20_000_000_000L;
        final SimulatedMarket market =
                new SimulatedMarket(
                        SEED,
                        List.of(
                                new SimulatedInstrument(
                                        SimulatedInstruments.SPOT,
                                        "BTC/USDT",
                                        "BTCUSDT",
                                        "0.01",
                                        2,
                                        1_234_567,
                                        intervalNs)));
        final List<SimulatedFrame> trades = new ArrayList<>();
        for (int second = 0; second < 1_000; second++) {
            market.step(
                    START_NS + second * 1_000 * MS,
                    frame -> {
                        if (frame.channel() == Channel.AGG_TRADE) {
                            trades.add(frame);
                        }
                    });
        }
        assertTrue(trades.size() >= 30 && trades.size() <= 100, "trades " + trades.size());
    }

    @Test
    void shouldKeepTheSequenceRulesOfTheVenue() {
        final Map<String, Long> last = new HashMap<>();
        final Map<Channel, Integer> checked = new TreeMap<>();
        final Map<String, Long> lastTradeOfAggregate = new HashMap<>();
        int depthHoles = 0;
        int quoteHoles = 0;
        for (final SimulatedFrame frame : FRAMES) {
            final JsonNode json = TestClient.json(frame.json());
            final boolean spot = frame.venue().equals(SimulatedInstruments.SPOT);
            final String stream = frame.venue() + frame.stream();
            final Long before = last.get(stream);
            final long first;
            final long id;
            switch (frame.channel()) {
                case TRADE:
                    id = json.get("t").longValue();
                    first = id;
                    break;
                case AGG_TRADE:
                    id = json.get("a").longValue();
                    first = id;
                    final Long previousLast =
                            lastTradeOfAggregate.put(stream, json.get("l").longValue());
                    assertTrue(
                            previousLast == null || json.get("f").longValue() == previousLast + 1,
                            frame.json());
                    break;
                case DEPTH:
                    id = json.get("u").longValue();
                    first = json.get("U").longValue();
                    assertTrue(first <= id, frame.json());
                    if (!spot && before != null) {
                        assertEquals(before, json.get("pu").longValue(), frame.json());
                        depthHoles += first == before + 1 ? 0 : 1;
                    }
                    assertEquals(!spot, json.has("pu") && json.has("T"), frame.json());
                    break;
                case BOOK_TICKER:
                    id = json.get("u").longValue();
                    first = id;
                    assertEquals(
                            !spot, json.has("e") && json.has("E") && json.has("T"), frame.json());
                    quoteHoles += before != null && id > before + 1 ? 1 : 0;
                    break;
                default:
                    assertTrue(json.has("i") && json.has("p"), frame.json());
                    id = 0;
                    first = 0;
                    break;
            }
            final boolean contiguous =
                    frame.channel() == Channel.TRADE
                            || frame.channel() == Channel.AGG_TRADE
                            || frame.channel() == Channel.DEPTH && spot;
            if (before != null && id != 0) {
                assertTrue(contiguous ? first == before + 1 : first > before, frame.json());
                assertEquals(before, frame.ids().previous());
            }
            assertEquals(id, frame.ids().last());
            assertEquals(first, frame.ids().first());
            last.put(stream, id);
            checked.merge(frame.channel(), 1, Integer::sum);
        }
        checked.forEach(
                (channel, count) ->
                        assertTrue(count >= 990, channel + " " + count + ", seed " + SEED));
        assertTrue(checked.get(Channel.DEPTH) > 2_000 && checked.get(Channel.TRADE) > 2_000);
        assertTrue(depthHoles > 1_000, "futures depth jumps: " + depthHoles);
        assertTrue(quoteHoles > 1_000, "book ticker jumps: " + quoteHoles);
    }

    @Test
    void shouldWritePricesOnTheTickGridAndNeverCross() {
        final Map<String, SimulatedInstrument> bySymbol = new HashMap<>();
        INSTRUMENTS.forEach(instrument -> bySymbol.put(instrument.symbol(), instrument));
        for (final SimulatedFrame frame : FRAMES) {
            final SimulatedInstrument instrument = bySymbol.get(frame.symbol());
            final BigDecimal tick = new BigDecimal(instrument.tickSize());
            final SimulatedFrame.Prices prices = frame.prices();
            for (final String price : new String[] {prices.last(), prices.bid(), prices.ask()}) {
                if (price != null) {
                    final BigDecimal value = new BigDecimal(price);
                    assertEquals(0, value.remainder(tick).signum(), price);
                    assertTrue(value.signum() > 0 && value.scale() == instrument.decimals());
                    assertTrue(frame.json().contains('"' + price + '"'), frame.json());
                }
            }
            if (prices.bid() != null) {
                assertTrue(
                        new BigDecimal(prices.bid()).compareTo(new BigDecimal(prices.ask())) < 0);
            }
        }
    }

    @Test
    void shouldMoveEveryLastPriceEveryThreeHundredMilliseconds() {
        final Map<String, SimulatedFrame> last = new HashMap<>();
        for (final SimulatedFrame frame : FRAMES) {
            if (frame.channel() == Channel.AGG_TRADE) {
                final SimulatedFrame before = last.put(frame.symbol(), frame);
                if (before != null) {
                    assertFalse(before.prices().last().equals(frame.prices().last()));
                    assertTrue(frame.stampNs() - before.stampNs() <= 300 * MS, frame.symbol());
                }
            }
        }
        assertEquals(INSTRUMENTS.size(), last.size());
    }

    @Test
    void shouldKeepPerpetualAndSpotFarApart() {
        final Map<String, BigDecimal> low = new HashMap<>();
        final Map<String, BigDecimal> high = new HashMap<>();
        for (final SimulatedFrame frame : FRAMES) {
            if (frame.channel() == Channel.AGG_TRADE) {
                final BigDecimal price = new BigDecimal(frame.prices().last());
                low.merge(frame.symbol(), price, BigDecimal::min);
                high.merge(frame.symbol(), price, BigDecimal::max);
            }
        }
        int compared = 0;
        for (final SimulatedInstrument perpetual : INSTRUMENTS) {
            final String spot = perpetual.base() + "/USDT";
            if (perpetual.symbol().contains(":") && perpetual.fineGrid() && low.containsKey(spot)) {
                final BigDecimal distance = low.get(perpetual.symbol()).subtract(high.get(spot));
                final BigDecimal ticks = distance.divide(new BigDecimal(perpetual.tickSize()));
                assertTrue(ticks.intValue() >= 20, spot + ": " + ticks + " ticks");
                compared++;
            }
        }
        assertEquals(6, compared);
    }

    @Test
    void shouldGiveABookThatFollowsTheQuote() {
        final Map<String, TreeMap<BigDecimal, String>> bids = new HashMap<>();
        final Map<String, TreeMap<BigDecimal, String>> asks = new HashMap<>();
        for (final SimulatedFrame frame : FRAMES.subList(0, 20_000)) {
            if (frame.channel() == Channel.DEPTH) {
                final JsonNode json = TestClient.json(frame.json());
                final TreeMap<BigDecimal, String> bid =
                        bids.computeIfAbsent(frame.symbol(), symbol -> new TreeMap<>());
                final TreeMap<BigDecimal, String> ask =
                        asks.computeIfAbsent(frame.symbol(), symbol -> new TreeMap<>());
                apply(bid, json.get("b"));
                apply(ask, json.get("a"));
                assertEquals(List.of(5, 5), List.of(bid.size(), ask.size()), frame.json());
                assertTrue(bid.lastKey().compareTo(ask.firstKey()) < 0, frame.json());
            }
        }
        assertEquals(INSTRUMENTS.size(), bids.size());
    }

    private static void apply(final TreeMap<BigDecimal, String> side, final JsonNode levels) {
        for (final JsonNode level : levels) {
            final BigDecimal price = new BigDecimal(level.get(0).textValue());
            if (new BigDecimal(level.get(1).textValue()).signum() == 0) {
                side.remove(price);
            } else {
                side.put(price, level.get(1).textValue());
            }
        }
    }
}
