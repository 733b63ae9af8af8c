package io.plumbline.feed.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SimulatedMovesTest {
    private static final long SEED = 20_261_124;
    private static final long START_NS = 1_750_000_000_000_000_000L;
    private static final long MS = 1_000_000;
    private static final SimulatedInstrument INVERSE =
            new SimulatedInstrument(
                    "elsewhere", "BTC/USD:BTC", "XBTUSD", "0.5", 1, 122_469, 100 * MS);
    private static final SimulatedInstrument WHOLE =
            new SimulatedInstrument("elsewhere", "DOGE/USD", "DOGE-USD", "5", 0, 40, 120 * MS);
    private static final List<SimulatedInstrument> INSTRUMENTS = List.of(INVERSE, WHOLE);

    private static List<MarketMove> run(final long seed) {
        final SimulatedMoves market = new SimulatedMoves(seed, INSTRUMENTS);
        final List<MarketMove> moves = new ArrayList<>();
        for (int at = 0; at < 20_000; at++) {
            market.step(START_NS + at * MS, moves::add);
        }
        return moves;
    }

    @Test
    void shouldRepeatItself() {
        final List<MarketMove> once = run(SEED);
        assertEquals(once, run(SEED), "seed " + SEED);
        assertNotEquals(once, run(SEED + 1), "seed " + SEED);
    }

    @Test
    void shouldCountOnWithoutHoles() {
        final Map<String, Long> trades = new HashMap<>();
        final Map<String, Long> quotes = new HashMap<>();
        final Map<String, Long> books = new HashMap<>();
        for (final MarketMove move : run(SEED)) {
            final String symbol = move.instrument().symbol();
            switch (move.kind()) {
                case TRADE:
                    final Long trade = trades.put(symbol, move.trade().id());
                    assertTrue(trade == null || move.trade().id() == trade + 1, move::toString);
                    break;
                case QUOTE:
                    final Long quote = quotes.put(symbol, move.quote().id());
                    assertTrue(quote == null || move.quote().id() > quote, move::toString);
                    break;
                default:
                    final Long book = books.put(symbol, move.book().last());
                    assertEquals(book == null ? 0 : book, move.book().previous());
                    assertEquals(move.book().previous() + 1, move.book().first());
                    assertTrue(move.book().last() >= move.book().first(), move::toString);
                    break;
            }
        }
        assertEquals(INSTRUMENTS.size(), trades.size());
        assertEquals(INSTRUMENTS.size(), quotes.size());
        assertEquals(INSTRUMENTS.size(), books.size());
    }

    @Test
    void shouldGiveBooksThatTheirChangesBuild() {
        final Map<String, TreeMap<BigDecimal, String>> sides = new HashMap<>();
        int books = 0;
        for (final MarketMove move : run(SEED)) {
            if (move.kind() != MarketMove.Kind.BOOK) {
                continue;
            }
            final String symbol = move.instrument().symbol();
            for (final MarketMove.Level level : move.book().changes()) {
                final TreeMap<BigDecimal, String> side =
                        sides.computeIfAbsent(
                                symbol + level.bid(),
                                key ->
                                        level.bid()
                                                ? new TreeMap<>(Comparator.reverseOrder())
                                                : new TreeMap<>());
                if (level.size().equals("0")) {
                    assertTrue(side.remove(new BigDecimal(level.price())) != null);
                } else {
                    side.put(new BigDecimal(level.price()), level.size());
                }
            }
            assertEquals(
                    whole(move.book().bids()), List.copyOf(sides.get(symbol + true).entrySet()));
            assertEquals(
                    whole(move.book().asks()), List.copyOf(sides.get(symbol + false).entrySet()));
            assertEquals(10, move.book().bids().size());
            assertEquals(10, move.book().asks().size());
            assertTrue(
                    sides.get(symbol + true)
                                    .firstKey()
                                    .compareTo(sides.get(symbol + false).firstKey())
                            < 0);
            books++;
        }
        assertEquals(2 * 200, books);
    }

    private static List<Map.Entry<BigDecimal, String>> whole(final List<MarketMove.Level> side) {
        final List<Map.Entry<BigDecimal, String>> entries = new ArrayList<>();
        side.forEach(level -> entries.add(Map.entry(new BigDecimal(level.price()), level.size())));
        return entries;
    }

    @Test
    void shouldWritePricesOnTheTickGrid() {
        for (final MarketMove move : run(SEED)) {
            final List<String> prices = new ArrayList<>();
            switch (move.kind()) {
                case TRADE:
                    prices.add(move.trade().price());
                    break;
                case QUOTE:
                    prices.addAll(
                            List.of(move.quote().last(), move.quote().bid(), move.quote().ask()));
                    assertTrue(
                            new BigDecimal(move.quote().bid())
                                            .compareTo(new BigDecimal(move.quote().ask()))
                                    < 0);
                    break;
                default:
                    move.book().bids().forEach(level -> prices.add(level.price()));
                    move.book().asks().forEach(level -> prices.add(level.price()));
                    break;
            }
            for (final String price : prices) {
                final BigDecimal value = new BigDecimal(price);
                assertTrue(value.signum() > 0, price);
                assertEquals(move.instrument().decimals(), value.scale(), price);
                assertEquals(
                        0,
                        value.remainder(new BigDecimal(move.instrument().tickSize())).signum(),
                        price);
            }
        }
    }

    @Test
    void shouldLetIdsBeginAnewOfWhatItTrades() {
        final SimulatedMoves market = new SimulatedMoves(SEED, INSTRUMENTS);
        market.step(START_NS, move -> {});
        assertTrue(market.restartIds("elsewhere", "DOGE/USD"));
        assertFalse(market.restartIds("nowhere", "DOGE/USD"));
        final List<Long> ids = new ArrayList<>();
        market.step(
                START_NS + 1_000 * MS,
                move -> {
                    if (move.kind() == MarketMove.Kind.TRADE && move.instrument() == WHOLE) {
                        ids.add(move.trade().id());
                    }
                });
        assertEquals(1, ids.get(0));
    }
}
