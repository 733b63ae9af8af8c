package io.plumbline.feed.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.market.Channel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each writer fault as the exact list of commands that Redis would get. */
class WriterFaultsTest {
    private static final long MS = 1_000_000;
    private static final long START_NS = 1_750_000_000_000_000_000L;
    private static final String BTC = "BTC/USDT";
    private static final String ETH = "ETH/USDT";
    private static final String PERPETUAL = "BTC/USDT:USDT";

    private final List<PriceCommand> commands = new ArrayList<>();
    private final List<InjectedFault> injected = new ArrayList<>();
    private PriceWriter writer = new PriceWriter(WriterSettings.standard(), commands::add);

    /** Fault from 10 ms to 20 ms; a price a millisecond on each of three keys, 5 to 25 ms. */
    private void play(
            final FaultKind kind,
            final String symbol,
            final Map<FaultParameter, String> parameters) {
        final Fault fault =
                new Fault(
                        1,
                        kind,
                        SimulatedInstruments.SPOT,
                        symbol,
                        List.of("pms:price:" + symbol),
                        START_NS + 10 * MS,
                        START_NS + 20 * MS,
                        parameters);
        final FaultPlayer player =
                new FaultPlayer(
                        FaultScript.of(List.of(fault)),
                        List.of(new WriterFaults(writer), new Remember(injected)));
        for (int ms = 5; ms < 25; ms++) {
            final long nowNs = START_NS + ms * MS;
            player.step(nowNs);
            price(BTC, price(ms, "61234."), nowNs);
            price(ETH, price(ms, "3120."), nowNs);
            price(PERPETUAL, price(ms, "61724."), nowNs);
            writer.step(nowNs);
        }
        assertTrue(player.finished());
    }

    private static String price(final int ms, final String whole) {
        return whole + (ms + 10);
    }

    private void price(final String symbol, final String price, final long nowNs) {
        writer.onFrame(
                new SimulatedFrame(
                        "",
                        symbol,
                        Channel.AGG_TRADE,
                        "",
                        "",
                        nowNs,
                        SimulatedFrame.Ids.NONE,
                        SimulatedFrame.Prices.last(price)));
    }

    /** {@code <ms>:<value>:<ttl>} of one key's commands within the fault's window and one after. */
    private List<String> during(final String symbol) {
        return commands.stream()
                .filter(command -> command.key().equals("pms:price:" + symbol))
                .filter(command -> command.stampMs() >= START_NS / MS + 10)
                .filter(command -> command.stampMs() <= START_NS / MS + 20)
                .map(
                        command ->
                                command.stampMs()
                                        - START_NS / MS
                                        + ":"
                                        + command.value()
                                        + ':'
                                        + command.ttlMs())
                .toList();
    }

    private static List<String> faithful(final String whole, final int fromMs, final int toMs) {
        final List<String> expected = new ArrayList<>();
        for (int ms = fromMs; ms <= toMs; ms++) {
            expected.add(ms + ":" + price(ms, whole) + ":30000");
        }
        return expected;
    }

    /** The repair, then the first faithful write. */
    private static List<String> repair(final String whole) {
        return List.of("20:" + price(19, whole) + ":30000", "20:" + price(20, whole) + ":30000");
    }

    private static List<String> join(final List<String> one, final List<String> two) {
        final List<String> both = new ArrayList<>(one);
        both.addAll(two);
        return both;
    }

    @Test
    void frozenKey() {
        play(FaultKind.FROZEN_KEY, BTC, Map.of());
        assertEquals(repair("61234."), during(BTC));
        assertEquals(faithful("3120.", 10, 20), during(ETH));
        assertEquals(Map.of("withheldWrites", 10L), injected.get(0).details());
        assertEquals(START_NS + 10 * MS, injected.get(0).actedNs());
    }

    @Test
    void stoppedWriter() {
        play(FaultKind.STOPPED_WRITER, "", Map.of());
        assertEquals(repair("61234."), during(BTC));
        assertEquals(repair("3120."), during(ETH));
        assertEquals(repair("61724."), during(PERPETUAL));
    }

    @Test
    void misnamedKey() {
        final String wrong = "pms:price:btc-usdt";
        play(FaultKind.MISNAMED_KEY, BTC, Map.of(FaultParameter.NAME, wrong));
        final List<PriceCommand> misnamed =
                commands.stream().filter(command -> command.key().equals(wrong)).toList();
        // The last price at once, each of the ten new ones, and in the end it is removed.
        assertEquals(12, misnamed.size());
        assertEquals(price(9, "61234."), misnamed.get(0).value());
        assertEquals(price(19, "61234."), misnamed.get(10).value());
        assertTrue(misnamed.get(11).deletes());
        assertEquals(faithful("3120.", 10, 20), during(ETH));
    }

    @Test
    void lastWriteWins() {
        play(FaultKind.LAST_WRITE_WINS, "", Map.of(FaultParameter.FLUSH_MS, "3"));
        assertEquals(repair("61234."), during(BTC));
        assertEquals(repair("3120."), during(ETH));
        final List<String> expected = new ArrayList<>();
        for (int ms = 13; ms < 20; ms += 4) {
            expected.add(ms + ":" + price(ms, "61724.") + ":30000");
        }
        assertEquals(join(expected, repair("61724.")), during(PERPETUAL));
        assertTrue((Long) injected.get(0).details().get("lostWrites") >= 18);
    }

    @Test
    void lateWriter() {
        play(FaultKind.LATE_WRITER, BTC, Map.of(FaultParameter.LAG_MS, "4"));
        final List<String> expected = new ArrayList<>();
        for (int ms = 14; ms < 20; ms++) {
            expected.add(ms + ":" + price(ms - 4, "61234.") + ":30000");
        }
        assertEquals(join(expected, repair("61234.")), during(BTC));
        assertEquals(faithful("3120.", 10, 20), during(ETH));
    }

    @Test
    void wrongValue() {
        play(
                FaultKind.WRONG_VALUE,
                BTC,
                Map.of(FaultParameter.OFFSET_TICKS, "37", FaultParameter.TICK_SIZE, "0.01"));
        final List<String> seen = during(BTC);
        final BigDecimal highest = new BigDecimal(price(19, "61234."));
        for (final String command : seen.subList(0, seen.size() - 2)) {
            final BigDecimal value = new BigDecimal(command.split(":")[1]);
            assertTrue(value.subtract(highest).compareTo(new BigDecimal("0.27")) >= 0, command);
            assertEquals(2, value.scale());
        }
        // At the start the last true price (ms 9), then one for each of the ten new ones.
        assertEquals(13, seen.size());
        assertEquals(repair("61234."), seen.subList(11, 13));
        assertEquals("61234.19", injected.get(0).details().get("pms:price:BTC/USDT.expected"));
        // 37 ticks and the range of the prices so far: 61234.15 to 61234.19.
        assertEquals("61234.60", injected.get(0).details().get("pms:price:BTC/USDT.written"));
    }

    @Test
    void swappedSymbols() {
        play(FaultKind.SWAPPED_SYMBOLS, BTC, Map.of(FaultParameter.OTHER_SYMBOL, ETH));
        assertEquals(
                join(
                        List.of("10:" + price(9, "3120.") + ":30000"),
                        join(faithful("3120.", 10, 19), repair("61234."))),
                during(BTC));
        assertEquals(
                join(
                        List.of("10:" + price(9, "61234.") + ":30000"),
                        join(faithful("61234.", 10, 19), repair("3120."))),
                during(ETH));
    }

    @Test
    void valueFromTheOtherMarket() {
        play(FaultKind.OTHER_MARKET, PERPETUAL, Map.of(FaultParameter.OTHER_SYMBOL, BTC));
        assertEquals(
                join(
                        List.of("10:" + price(9, "61234.") + ":30000"),
                        join(faithful("61234.", 10, 19), repair("61724."))),
                during(PERPETUAL));
        assertEquals(faithful("61234.", 10, 20), during(BTC));
    }

    @Test
    void scaledByPowersOfTen() {
        play(FaultKind.SCALED, BTC, Map.of(FaultParameter.EXPONENT, "3"));
        assertEquals("10:61234190:30000", during(BTC).get(0));
        assertEquals(13, during(BTC).size());
    }

    @Test
    void floatNoise() {
        play(FaultKind.FLOAT_NOISE, BTC, Map.of());
        final List<String> seen = during(BTC);
        assertEquals(13, seen.size());
        for (final String command : seen.subList(0, 11)) {
            final BigDecimal value = new BigDecimal(command.split(":")[1]);
            assertEquals(17, value.precision(), command);
            final BigDecimal off = value.remainder(new BigDecimal("0.01"));
            assertTrue(off.signum() != 0, command);
            assertTrue(off.compareTo(new BigDecimal("0.0000000001")) < 0, command);
        }
        assertEquals("0.30000000000000004", WriterFaults.noisy(new BigDecimal("0.30")));
    }

    @Test
    void ttlMissing() {
        play(FaultKind.TTL_MISSING, BTC, Map.of());
        final List<String> expected = new ArrayList<>(List.of("10:" + price(9, "61234.") + ":0"));
        for (int ms = 10; ms < 20; ms++) {
            expected.add(ms + ":" + price(ms, "61234.") + ":0");
        }
        assertEquals(join(expected, repair("61234.")), during(BTC));
    }

    @Test
    void keyDeleted() {
        play(FaultKind.KEY_DELETED, BTC, Map.of());
        assertEquals(join(List.of("10:null:0"), repair("61234.")), during(BTC));
    }

    @Test
    void keyExpired() {
        play(FaultKind.KEY_EXPIRED, BTC, Map.of(FaultParameter.TTL_MS, "3"));
        assertEquals(
                join(List.of("10:" + price(9, "61234.") + ":3"), repair("61234.")), during(BTC));
        assertEquals(START_NS + 13 * MS, injected.get(0).actedNs());
    }

    @Test
    void malformedValue() {
        play(FaultKind.MALFORMED_VALUE, BTC, Map.of(FaultParameter.TEXT, "NaN"));
        assertEquals("10:NaN:30000", during(BTC).get(0));
        assertEquals("19:NaN:30000", during(BTC).get(10));
        assertEquals(repair("61234."), during(BTC).subList(11, 13));
    }

    @Test
    void shouldRefreshKeysBeforeTheyExpire() {
        price(BTC, "61234.50", START_NS);
        price(BTC, "61234.50", START_NS + MS);
        price(BTC, "0", START_NS + 2 * MS);
        for (int ms = 0; ms <= 40_000; ms += 100) {
            writer.step(START_NS + ms * MS);
        }
        assertTrue(commands.size() >= 3 && commands.size() <= 4, commands.toString());
        for (int i = 1; i < commands.size(); i++) {
            assertTrue(commands.get(i).stampMs() - commands.get(i - 1).stampMs() < 20_000);
            assertEquals("61234.50", commands.get(i).value());
        }
    }

    @Test
    void shouldWriteEveryFormat() {
        writer =
                new PriceWriter(
                        WriterSettings.standard().withFormat(PriceFormat.JSON), commands::add);
        price(BTC, "61234.50", START_NS);
        writer =
                new PriceWriter(
                        WriterSettings.standard().withFormat(PriceFormat.HASH), commands::add);
        price(BTC, "61234.50", START_NS);
        final long nowMs = START_NS / MS;
        assertEquals(
                List.of(
                        new PriceCommand(
                                "pms:price:BTC/USDT",
                                null,
                                "{\"price\":\"61234.50\",\"ts\":" + nowMs + '}',
                                30_000,
                                nowMs),
                        new PriceCommand("pms:price:BTC/USDT", "price", "61234.50", 30_000, nowMs)),
                commands);
        assertFalse(commands.get(0).deletes());
    }
}
