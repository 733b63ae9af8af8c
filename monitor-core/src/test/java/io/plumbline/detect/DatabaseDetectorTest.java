package io.plumbline.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.InlineFindings;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventType;
import io.plumbline.market.Field;
import io.plumbline.market.Instruments;
import io.plumbline.market.KeyState;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.SessionState;
import io.plumbline.market.Sources;
import io.plumbline.market.Subscriptions;
import io.plumbline.market.WatchedKeys;
import io.plumbline.market.probe.Measure;
import io.plumbline.market.probe.ProbeKind;
import io.plumbline.market.probe.ReadingWriter;
import io.plumbline.market.probe.SymbolSpelling;
import io.plumbline.market.probe.TableRule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabaseDetectorTest {
    private static final long START_NS = 1_700_000_000_000_000_000L;
    private static final long MS = 1_000_000L;
    private static final String[] SYMBOLS = {"BTC/USDT:USDT", "1000PEPE/USDT:USDT"};
    private static final String BTC = "database/pms prices BTC/USDT:USDT";
    private static final String PEPE = "database/pms prices 1000PEPE/USDT:USDT";

    private final Sources sources = new Sources();
    private final int redis = sources.addRedis("main");
    private final int probe = sources.addProbe("database/pms");
    private final ReadingWriter writer = new ReadingWriter();
    private final MarketEvent event = new MarketEvent();
    private final List<Finding> findings = new ArrayList<>();
    private MarketState state;
    private DatabaseDetector detector;
    private long nowNs = START_NS;
    private long sweep;
    private int told;

    @BeforeEach
    void world() {
        final Instruments instruments = new Instruments();
        final WatchedKeys keys = new WatchedKeys();
        final List<TableRule.Row> rows = new ArrayList<>();
        for (int i = 0; i < SYMBOLS.length; i++) {
            final String venueSymbol = SYMBOLS[i].split(":")[0].replace("/", "");
            instruments.add("test", SYMBOLS[i], venueSymbol);
            keys.add(
                    new WatchedKeys.WatchedKey(
                            i,
                            "k" + i,
                            redis,
                            i,
                            Field.LAST,
                            1,
                            1,
                            0,
                            new Decimal(),
                            false,
                            0,
                            "w"));
            rows.add(new TableRule.Row(SYMBOLS[i], venueSymbol, i, i, Field.LAST));
        }
        state = new MarketState(sources, instruments, keys, new Subscriptions(), 30_000 * MS);
        detector =
                new DatabaseDetector(
                        state,
                        List.of(
                                new TableRule(
                                        probe,
                                        "prices",
                                        "database/pms prices",
                                        SymbolSpelling.CCXT,
                                        rows,
                                        0,
                                        new Decimal(),
                                        10_000 * MS)));
        event.clear();
        event.type = EventType.SESSION;
        event.source = redis;
        event.session = SessionState.LIVE;
        event.receivedNs = nowNs;
        state.sessions.onSession(event, "");
        state.sight.onSession(event);
        redis(0, "61000.5");
        redis(1, "0.012345");
        pass(12_000);
    }

    private void redis(final int key, final String value) {
        event.clear();
        event.type = EventType.KEY_VALUE;
        event.source = redis;
        event.key = key;
        event.instrument = key;
        event.keyState = KeyState.PRESENT;
        event.receivedNs = nowNs;
        event.price.set(Decimal.of(value));
        state.observations.onValue(event);
        judge();
    }

    private void pass(final long ms) {
        for (long at = 0; at < ms; at += 100) {
            nowNs += 100 * MS;
            state.sight.onMessage(redis, nowNs);
            event.clear();
            event.type = EventType.TIMER;
            event.receivedNs = nowNs;
            judge();
        }
    }

    private void read(final ReadingWriter reading) {
        final int length = reading.with(Measure.SWEEP, sweep).finish();
        event.clear();
        event.type = EventType.PROBE;
        event.source = probe;
        event.receivedNs = nowNs;
        event.reading.wrap(writer.buffer(), 0, length);
        judge();
    }

    private ReadingWriter row(final String symbol, final String price) {
        return writer.begin(ProbeKind.DATABASE_ROW, "prices", symbol).text(price);
    }

    /** A whole reading of a table: symbols and prices in turn; what is told within two seconds. */
    private List<String> table(final String... symbolsAndPrices) {
        sweep++;
        for (int i = 0; i < symbolsAndPrices.length; i += 2) {
            read(row(symbolsAndPrices[i], symbolsAndPrices[i + 1]));
        }
        return end(symbolsAndPrices.length / 2);
    }

    private List<String> end(final int rows) {
        read(
                writer.begin(ProbeKind.DATABASE_TABLE, "prices")
                        .with(Measure.ROWS, rows)
                        .text("numeric"));
        pass(2_000);
        final List<String> lines = new ArrayList<>();
        for (; told < findings.size(); told++) {
            lines.add(findings.get(told).edge + " " + findings.get(told).key);
        }
        return lines;
    }

    private void judge() {
        detector.onEvent(
                event,
                nowNs,
                new InlineFindings(
                        finding -> {
                            final Finding copy = new Finding();
                            copy.copyFrom(finding);
                            findings.add(copy);
                        }));
    }

    private String sentence() {
        final StringBuilder out = new StringBuilder();
        detector.describe(findings.get(findings.size() - 1), out);
        return out.toString();
    }

    private String cause() {
        return findings.get(findings.size() - 1).text(Evidence.CAUSE);
    }

    @Test
    void aPriceThatMovesWhileTheTableRests() {
        redis(0, "61001");
        redis(0, "61002.5");
        assertEquals(List.of(), table(SYMBOLS[0], "61000.5", SYMBOLS[1], "0.012345"));
        pass(4_000);
        assertEquals(List.of(), table(SYMBOLS[0], "61000.50", SYMBOLS[1], "1.2345E-2"));
    }

    @Test
    void aPriceThatIsInTheTableBeforeItIsSeenInRedis() {
        sweep++;
        read(row(SYMBOLS[0], "61003"));
        read(row(SYMBOLS[1], "0.012345"));
        nowNs += 300 * MS;
        redis(0, "61003");
        assertEquals(List.of(), end(2));
    }

    @Test
    void anotherPriceAndItsEnd() {
        assertEquals(List.of("OPEN " + BTC), table(SYMBOLS[0], "67890.1", SYMBOLS[1], "0.012345"));
        assertEquals("another price", cause());
        assertEquals(BTC + ": another price, 67890.1 where 61000.5 is current", sentence());
        assertEquals(List.of(), table(SYMBOLS[0], "67890.1", SYMBOLS[1], "0.012345"));
        assertEquals(List.of("CLOSE " + BTC), table(SYMBOLS[0], "61000.5", SYMBOLS[1], "0.012345"));
    }

    @Test
    void aRowThatIsNotWrittenAnyMore() {
        redis(0, "61001");
        pass(11_000);
        assertEquals(List.of("OPEN " + BTC), table(SYMBOLS[0], "61000.5", SYMBOLS[1], "0.012345"));
        assertEquals("an older price", cause());
    }

    @Test
    void digitsThatTheColumnDoesNotKeep() {
        sweep++;
        read(row(SYMBOLS[0], "61000.50"));
        read(row(SYMBOLS[1], "0.01").with(Measure.SCALE, 2));
        assertEquals(List.of("OPEN " + PEPE), end(2));
        assertEquals("cut to 2 digits by the type of the column", cause());
    }

    @Test
    void floatsAndTexts() {
        sweep++;
        read(row(SYMBOLS[0], "61000.5").with(Measure.STORED, 1));
        read(row(SYMBOLS[1], "0.012345000170171261").with(Measure.STORED, 2));
        assertEquals(List.of("OPEN " + PEPE), end(2));
        assertEquals("noise of a float of 32 bits", cause());
        assertEquals(
                List.of("CLOSE " + PEPE), table(SYMBOLS[0], "61000.5", SYMBOLS[1], "0.012345"));
        for (int i = 0; i < 2; i++) {
            sweep++;
            read(row(SYMBOLS[0], "61000.5").with(Measure.STORED, 3));
            read(row(SYMBOLS[1], "0.012345").with(Measure.STORED, 3));
            assertEquals(
                    i == 0 ? List.of() : List.of("OPEN database/pms prices type of prices"),
                    end(2));
        }
        assertEquals("prices are stored as text", cause());
    }

    @Test
    void symbolsInOtherSpellings() {
        assertEquals(List.of(), table("BTCUSDT", "61000.5", SYMBOLS[1], "0.012345"));
        assertEquals(
                List.of("OPEN database/pms prices spelling of symbols"),
                table("BTCUSDT", "61000.5", SYMBOLS[1], "0.012345"));
        assertEquals(
                "database/pms prices spelling of symbols: a mix of spellings in one column (BTCUSDT"
                        + " where BTC/USDT:USDT is expected; 1 ccxt, 1 venue)",
                sentence());
        assertEquals(
                List.of("CLOSE database/pms prices spelling of symbols"),
                table(SYMBOLS[0], "61000.5", SYMBOLS[1], "0.012345"));
        assertEquals(
                List.of(), table("btc/usdt:usdt", "61000.5", "1000pepe/usdt:usdt", "0.012345"));
        assertEquals(
                List.of("OPEN database/pms prices spelling of symbols"),
                table("btc/usdt:usdt", "61000.5", "1000pepe/usdt:usdt", "0.012345"));
        assertEquals("symbols in another spelling", cause());
    }

    @Test
    void rowsThatAreMissingAndSymbolsThatNobodyKnows() {
        assertEquals(List.of(), table(SYMBOLS[0], "61000.5", "SOL", "1"));
        assertEquals(
                List.of(
                        "OPEN database/pms prices missing rows",
                        "OPEN database/pms prices unknown symbols"),
                table(SYMBOLS[0], "61000.5", "SOL", "1"));
        assertEquals(
                "1, for example 1000PEPE/USDT:USDT",
                findings.get(findings.size() - 2).text(Evidence.DETAIL));
    }

    @Test
    void whileRedisIsNotSeenNothingIsJudged() {
        nowNs += 5_000 * MS;
        assertEquals(List.of(), table(SYMBOLS[0], "1", SYMBOLS[1], "2"));
    }
}
