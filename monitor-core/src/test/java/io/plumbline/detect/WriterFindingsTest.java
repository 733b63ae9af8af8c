package io.plumbline.detect;

import static io.plumbline.detect.Scene.close;
import static io.plumbline.detect.Scene.open;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.finding.Evidence;
import io.plumbline.market.KeyState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is a writer's and what is a key's: three keys of one writer, each moving every 100 ms. */
class WriterFindingsTest {
    private static final List<String> SYMBOLS = List.of("BTC/USDT", "ETH/USDT", "SOL/USDT");
    private static final String WRITER = "writer";

    private final Scene scene = new Scene(SYMBOLS.toArray(new String[0]));
    private int cents;
    private long id;

    private static String price(final int cents) {
        return String.format("%d.%02d", 100 + cents / 100, cents % 100);
    }

    private static String key(final String symbol) {
        return "pms:price:" + symbol;
    }

    /** The market moves; these symbols are written with what it was {@code behind} moves ago. */
    private void market(
            final int times, final int behind, final long ttlMs, final List<String> written) {
        for (int i = 0; i < times; i++) {
            cents++;
            id++;
            for (final String symbol : SYMBOLS) {
                scene.trade(symbol, id, price(cents));
            }
            for (final String symbol : written) {
                scene.value(symbol, price(cents - behind), scene.nowNs() + Scene.ms(ttlMs));
            }
            scene.pass(100);
        }
    }

    private void market(final int times) {
        market(times, 0, 30_000, SYMBOLS);
    }

    private String sentence() {
        return scene.sentences.get(scene.sentences.size() - 1);
    }

    @Test
    void oneFrozenKeyIsThatKeys() {
        market(20);
        market(40, 0, 30_000, SYMBOLS.subList(1, 3));
        assertEquals(List.of(open("PRICE_FROZEN", key("BTC/USDT"))), scene.told());
        market(5);
        assertEquals(List.of(close("PRICE_FROZEN", key("BTC/USDT"))), scene.told());
    }

    @Test
    void allFrozenTogetherIsTheWritersWithWhatItWroteLast() {
        market(20);
        market(40, 0, 30_000, List.of());
        assertEquals(List.of(open("WRITER_DEAD", WRITER)), scene.told());
        assertEquals("pms:price:SOL/USDT", scene.evidence(Evidence.LAST_KEY));
        assertEquals("3", scene.evidence(Evidence.SYMBOLS));
        assertEquals(WRITER, scene.findings.get(0).writer);
        assertTrue(
                sentence()
                        .matches(
                                "Writer writer has written nothing for 2\\.\\d s, since"
                                    + " 2023-11-14T22:13:21\\.9\\d+Z \\(last pms:price:SOL/USDT\\);"
                                    + " 3 of its 3 keys should have moved"),
                sentence());
    }

    @Test
    void aWriterThatIsRestartedIsAliveWithItsFirstWrite() {
        market(20);
        market(40, 0, 30_000, List.of());
        scene.told();
        market(1, 0, 30_000, SYMBOLS.subList(0, 1));
        assertEquals(List.of(close("WRITER_DEAD", WRITER)), scene.told());
        market(20);
        assertEquals(List.of(), scene.told());
    }

    @Test
    void keysThatExpireTogetherAreTheWritersToo() {
        market(20, 0, 1_000, SYMBOLS);
        market(10, 0, 1_000, List.of());
        for (final String symbol : SYMBOLS) {
            scene.toldGone(symbol, KeyState.EXPIRED).gone(symbol);
        }
        market(5, 0, 1_000, List.of());
        final List<Scene.Told> told = new ArrayList<>(scene.told());
        assertTrue(told.remove(open("WRITER_DEAD", WRITER)), told::toString);
        for (final String symbol : SYMBOLS) {
            assertTrue(told.remove(open("KEY_EXPIRED", key(symbol))), told::toString);
        }
        assertEquals(List.of(), told);
        final int dead =
                scene.findings.indexOf(
                        scene.findings.stream()
                                .filter(f -> f.kind.name().equals("WRITER_DEAD"))
                                .findFirst()
                                .orElseThrow());
        assertEquals("3", scene.findings.get(dead).text(Evidence.EXPIRED));
        market(3, 0, 1_000, SYMBOLS);
        assertTrue(scene.told().contains(close("WRITER_DEAD", WRITER)));
    }

    @Test
    void oneKeyThatExpiresIsThatKeys() {
        market(20, 0, 1_000, SYMBOLS);
        market(10, 0, 1_000, SYMBOLS.subList(1, 3));
        scene.toldGone("BTC/USDT", KeyState.EXPIRED).gone("BTC/USDT");
        market(20, 0, 1_000, SYMBOLS.subList(1, 3));
        assertEquals(List.of(open("KEY_EXPIRED", key("BTC/USDT"))), scene.told());
    }

    @Test
    void keysThatAreFlushedAreNotTheWriters() {
        market(20);
        for (final String symbol : SYMBOLS) {
            scene.toldGone(symbol, KeyState.FLUSHED).gone(symbol);
        }
        scene.pass(500);
        assertTrue(scene.told().stream().noneMatch(t -> t.kind().equals("WRITER_DEAD")));
    }

    @Test
    void aLaggingWriterIsToldOnceAndStandsForItsKeys() {
        market(20);
        market(40, 6, 30_000, SYMBOLS);
        final List<Scene.Told> told = new ArrayList<>(scene.told());
        assertTrue(told.remove(open("WRITER_LAGGING", WRITER)), told::toString);
        for (final String symbol : SYMBOLS) {
            assertTrue(told.remove(open("PRICE_LATE", key(symbol))), told::toString);
        }
        assertEquals(List.of(), told);
        market(120);
        assertTrue(scene.told().contains(close("WRITER_LAGGING", WRITER)));
    }

    @Test
    void oneLateKeyIsThatKeys() {
        market(20);
        for (int i = 0; i < 40; i++) {
            cents++;
            id++;
            SYMBOLS.forEach(symbol -> scene.trade(symbol, id, price(cents)));
            scene.value("BTC/USDT", price(cents - 6));
            scene.value("ETH/USDT", price(cents)).value("SOL/USDT", price(cents)).pass(100);
        }
        assertEquals(List.of(open("PRICE_LATE", key("BTC/USDT"))), scene.told());
    }
}
