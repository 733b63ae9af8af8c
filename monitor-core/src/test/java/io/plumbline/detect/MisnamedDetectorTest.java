package io.plumbline.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.finding.Evidence;
import io.plumbline.finding.Severity;
import io.plumbline.market.KeyState;
import io.plumbline.market.naming.KeyNames;
import io.plumbline.market.probe.Measure;
import io.plumbline.market.probe.NamesRule;
import io.plumbline.market.probe.ProbeKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One perpetual with a key; a scan finds other names. */
class MisnamedDetectorTest {
    private static final String RIGHT = "pms:price:BTC/USDT:USDT";
    private static final String WRONG = "pms:price:BTCUSDT";
    private static final String SPOT = "pms:price:BTC/USDT";
    private static final long FOR_EVER = Long.MAX_VALUE;

    private final ProbeScene scene = scene("BTC/USDT:USDT");

    private static ProbeScene scene(final String... symbols) {
        final ProbeScene scene = new ProbeScene();
        final KeyNames names = new KeyNames();
        for (final String symbol : symbols) {
            scene.watchKey("pms:price:" + symbol, symbol, "writer");
            names.add(
                    "pms:price:" + symbol,
                    symbol,
                    List.of(new KeyNames.Form("BTCUSDT", "as binance-usdm writes it")));
        }
        scene.build();
        scene.state.surroundings.names.add(
                new NamesRule(
                        scene.probes,
                        names,
                        scene.state.keys.all().stream().map(k -> k.id()).toList()));
        return scene.watch(state -> new MisnamedDetector(state, 250 * ProbeScene.MS));
    }

    private void look(final String name, final String value, final long ttlNs) {
        scene.read(
                ProbeKind.KEY_NAME,
                name,
                "",
                reading -> reading.with(Measure.EXISTS, 1).with(Measure.TTL_NS, ttlNs).text(value));
    }

    private void gone(final String name) {
        scene.read(ProbeKind.KEY_NAME, name, "", reading -> reading.with(Measure.EXISTS, 0));
    }

    private void right(final KeyState state) {
        scene.state.observations.key(0).state = state;
    }

    /** The right key is written now. */
    private void write() {
        right(KeyState.PRESENT);
        scene.state.observations.key(0).writtenNs = scene.nowNs;
    }

    private Severity severity() {
        return scene.findings.get(scene.findings.size() - 1).severity;
    }

    @Test
    void besideAGoodKeyItIsLow() {
        right(KeyState.PRESENT);
        look(WRONG, "67890.1", FOR_EVER);
        scene.pass(50).pass(50);
        assertEquals(List.of("OPEN KEY_MISNAMED " + RIGHT), scene.told());
        assertEquals(Severity.LOW, severity());
        assertEquals(
                "Redis key pms:price:BTC/USDT:USDT is good; beside it \"pms:price:BTCUSDT\" exists,"
                        + " now 67890.1 (as binance-usdm writes it). Nobody reads that name; the"
                        + " right one is pms:price:BTC/USDT:USDT",
                scene.sentence());
        scene.pass(5_000);
        gone(WRONG);
        assertEquals(List.of("CLOSE KEY_MISNAMED " + RIGHT), scene.told());
    }

    @Test
    void inAClusterTheNodeIsNamed() {
        right(KeyState.PRESENT);
        scene.read(
                ProbeKind.KEY_NAME,
                WRONG,
                "",
                reading -> reading.with(Measure.EXISTS, 1).text("67890.1").at("10.0.0.7:7001"));
        scene.pass(50).pass(50);
        assertEquals("10.0.0.7:7001", scene.evidence(Evidence.NODE));
        assertTrue(
                scene.sentence().contains("\"pms:price:BTCUSDT\" at 10.0.0.7:7001 exists"),
                scene.sentence());
    }

    @Test
    void itIsTheCauseWhereTheRightOneIsMissingAndItLives() {
        right(KeyState.ABSENT);
        look(WRONG, "67890.1", FOR_EVER);
        scene.pass(50);
        assertEquals(List.of(), scene.told());
        scene.pass(250);
        assertEquals(List.of("OPEN KEY_MISNAMED " + RIGHT), scene.told());
        assertEquals(Severity.MEDIUM, severity());
        look(WRONG, "67890.2", FOR_EVER);
        scene.pass(50).pass(50);
        assertEquals(List.of("OPEN KEY_MISNAMED " + RIGHT), scene.told());
        assertEquals(Severity.HIGH, severity());
        assertEquals(WRONG, scene.evidence(Evidence.FOUND_KEY));
        assertEquals(
                "Redis key pms:price:BTC/USDT:USDT is missing, but \"pms:price:BTCUSDT\" is"
                        + " written, now 67890.2 (as binance-usdm writes it). Writer writer uses a"
                        + " name that nobody reads; the right one is pms:price:BTC/USDT:USDT",
                scene.sentence());
    }

    @Test
    void aRenewedLifeProvesALivingKeyToo() {
        right(KeyState.ABSENT);
        look(WRONG, "", 30_000 * ProbeScene.MS);
        scene.pass(500);
        look(WRONG, "", 29_500 * ProbeScene.MS);
        scene.pass(500);
        assertEquals(Severity.MEDIUM, severity());
        look(WRONG, "", 30_000 * ProbeScene.MS);
        scene.pass(50);
        assertEquals(Severity.HIGH, severity());
    }

    @Test
    void aNameWithoutPrefixIsOnlyBelievedWhereTheRightOneIsMissing() {
        right(KeyState.PRESENT);
        look("BTCUSDT", "67890.1", FOR_EVER);
        scene.pass(5_000);
        assertEquals(List.of(), scene.told());
        right(KeyState.ABSENT);
        scene.pass(50).pass(250);
        assertEquals(List.of("OPEN KEY_MISNAMED " + RIGHT), scene.told());
    }

    @Test
    void itIsTheCauseNoMoreWhereTheRightOneIsWrittenAgain() {
        right(KeyState.ABSENT);
        look(WRONG, "67890.1", FOR_EVER);
        scene.pass(50).pass(300);
        assertEquals(List.of("OPEN KEY_MISNAMED " + RIGHT), scene.told());
        write();
        scene.pass(50);
        assertEquals(
                List.of("CLOSE KEY_MISNAMED " + RIGHT, "OPEN KEY_MISNAMED " + RIGHT), scene.told());
        assertEquals(Severity.LOW, severity());
    }

    @Test
    void theLivingSpotPairOfAPerpetualIsNoMistake() {
        for (int i = 0; i < 5; i++) {
            write();
            look(SPOT, "67890." + i, FOR_EVER);
            scene.pass(1_000);
        }
        right(KeyState.ABSENT);
        for (int i = 0; i < 5; i++) {
            look(SPOT, "67891." + i, FOR_EVER);
            scene.pass(1_000);
        }
        assertEquals(List.of(), scene.told());
    }

    @Test
    void whatStoodThereLongBeforeTheLastWriteReplacedNothing() {
        look(SPOT, "67890.1", FOR_EVER);
        scene.pass(11_000);
        write();
        scene.pass(1_000);
        right(KeyState.ABSENT);
        scene.pass(50).pass(5_000);
        assertEquals(List.of(), scene.told());
        look(SPOT, "67890.2", FOR_EVER);
        scene.pass(1_000);
        assertEquals(List.of(), scene.told(), "it may have been written before the right one");
        look(SPOT, "67890.3", FOR_EVER);
        scene.pass(50);
        assertEquals(Severity.HIGH, severity());
    }

    @Test
    void aRenamingThatGoesToAndFroIsFoundEachTime() {
        for (int round = 0; round < 4; round++) {
            write();
            look(WRONG, "67890.1" + round, FOR_EVER);
            scene.pass(1_000);
            write();
            look(WRONG, "67890.1" + round, FOR_EVER);
            scene.pass(1_000);
            right(KeyState.ABSENT);
            look(WRONG, "67890.2" + round, FOR_EVER);
            scene.pass(1_000);
            look(WRONG, "67890.3" + round, FOR_EVER);
            scene.pass(1_000);
            assertEquals(Severity.HIGH, severity(), "round " + round);
        }
    }

    @Test
    void theMissingOneOfTwoIsMeant() {
        final ProbeScene both = scene("BTC/USDT", "BTC/USDT:USDT");
        both.state.observations.key(0).state = KeyState.PRESENT;
        both.state.observations.key(1).state = KeyState.ABSENT;
        both.read(ProbeKind.KEY_NAME, WRONG, "", reading -> reading.with(Measure.EXISTS, 1));
        both.pass(50).pass(300);
        assertEquals(List.of("OPEN KEY_MISNAMED pms:price:BTC/USDT:USDT"), both.told());
        assertEquals(Severity.MEDIUM, both.findings.get(0).severity);
    }

    @Test
    void whatMayNotBeScannedIsSaidOnceAndLow() {
        scene.read(ProbeKind.KEY_SCAN, "names", "", r -> r.failed("NOPERM; grant +scan"));
        scene.read(ProbeKind.KEY_SCAN, "names", "", r -> r.failed("NOPERM; grant +scan"));
        assertEquals(List.of("OPEN OBSERVER_DEGRADED probe/main names of keys"), scene.told());
        assertEquals(Severity.LOW, severity());
        scene.read(ProbeKind.KEY_SCAN, "names", "", r -> {});
        assertEquals(List.of("CLOSE OBSERVER_DEGRADED probe/main names of keys"), scene.told());
    }
}
