package io.plumbline.app.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.Severity;
import io.plumbline.market.Decimal;
import org.junit.jupiter.api.Test;

class SceneTest {
    private static final long MS = 1_000_000L;
    private static final long START_NS = 1_700_000_000_000_000_000L;

    private final Track track = new Track("v", "A/B", "key", "last", 20, 100 * MS);
    private final Scene scene = new Scene(track);

    private static Finding finding(final Edge edge, final long atNs) {
        final Finding finding = new Finding().clear();
        finding.kind = FindingKind.PRICE_LATE;
        finding.edge = edge;
        finding.detector = "price";
        finding.atNs = atNs;
        return finding;
    }

    @Test
    void shouldShowWhatWasBefore() {
        track.reference(START_NS, Decimal.of("10.5"));
        track.reference(START_NS + 500 * MS, Decimal.of("11"));
        track.value(START_NS + 500 * MS, Decimal.of("10.5"));
        track.show(scene, START_NS + 950 * MS);
        assertEquals(START_NS, scene.firstNs());
        assertEquals(10, scene.columns());
        assertEquals("10.5", scene.reference.low(4));
        assertEquals("10.5", scene.reference.low(5));
        assertEquals("11", scene.reference.high(5));
        assertEquals("11", scene.reference.low(9));
        assertFalse(scene.value.isGiven(4));
        assertEquals("10.5", scene.value.low(9));
    }

    @Test
    void shouldKeepNoMoreThanTheRingBefore() {
        for (int i = 0; i < 300; i++) {
            track.reference(START_NS + i * 50 * MS, Decimal.of(Integer.toString(100 + i)));
        }
        track.show(scene, START_NS + 300 * 50 * MS);
        assertEquals(20, scene.columns());
    }

    @Test
    void aLongerSceneIsACoarserOneAndLosesNoExtreme() {
        track.reference(START_NS, Decimal.of("100"));
        track.show(scene, START_NS);
        track.reference(START_NS + 7_777 * MS, Decimal.of("1"));
        track.reference(START_NS + 7_778 * MS, Decimal.of("100"));
        track.reference(START_NS + 250_000 * MS, Decimal.of("100"));
        assertTrue(scene.columns() <= Scene.MOST_COLUMNS);
        assertEquals(800 * MS, scene.widthNs());
        assertEquals("1", scene.reference.low(9));
        assertEquals("100", scene.reference.high(9));
        assertEquals("100", scene.reference.low(10));
    }

    @Test
    void shouldEndAfterTheLastConditionIsOver() {
        track.show(scene, START_NS);
        scene.mark(finding(Edge.OPEN, START_NS), Severity.HIGH, "late");
        assertFalse(scene.isOver(START_NS + 60_000 * MS));
        scene.mark(finding(Edge.CLOSE, START_NS + 61_000 * MS), Severity.HIGH, "on time");
        assertFalse(scene.isOver(START_NS + 62_000 * MS));
        assertTrue(scene.isOver(START_NS + 70_000 * MS));
        assertFalse(scene.isCut());
    }

    @Test
    void shouldEndAtItsLongestAndSaySo() {
        track.show(scene, START_NS);
        scene.mark(finding(Edge.OPEN, START_NS), Severity.HIGH, "late");
        assertTrue(scene.isOver(START_NS + Scene.LONGEST_NS + 1_000 * MS));
        assertTrue(scene.isCut());
    }

    @Test
    void absurdValuesTakeNoRoom() {
        track.show(scene, START_NS);
        track.value(START_NS, Decimal.of("1e9999"));
        assertEquals("1e9999", scene.value.high(0));
    }

    @Test
    void theWorseDisplacesTheLessBad() {
        final Scenes scenes = new Scenes();
        for (int i = 0; i < Scenes.MOST; i++) {
            final Scene of = new Scene(new Track("v", "A/B", "k" + i, "last", 20, MS));
            of.mark(finding(Edge.EVENT, START_NS), Severity.MEDIUM, "");
            assertTrue(scenes.admit(of, Severity.MEDIUM));
        }
        assertFalse(scenes.admit(scene, Severity.MEDIUM));
        scene.mark(finding(Edge.OPEN, START_NS), Severity.HIGH, "late");
        assertTrue(scenes.admit(scene, Severity.HIGH));
        assertEquals(Scenes.MOST, scenes.all().size());
        assertEquals(2, scenes.leftOut());
    }
}
