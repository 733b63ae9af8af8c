package io.plumbline.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.finding.Evidence;
import io.plumbline.market.probe.Measure;
import io.plumbline.market.probe.NoExpiryRule;
import io.plumbline.market.probe.ProbeKind;
import io.plumbline.market.probe.SnapshotRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** pms:risk:{id}: 60 s old at most, 120 s to live; acc-1 must be there. */
class SnapshotDetectorTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long NEVER = Long.MAX_VALUE;
    private static final String PATTERN = "pms:risk:{id}";
    private static final String NAMED = "pms:risk:acc-1";
    private static final String FOUND = "pms:risk:acc-2";

    private final ProbeScene scene = new ProbeScene();

    private void watch() {
        scene.state.surroundings.snapshots.add(
                new SnapshotRule(
                        scene.probes,
                        PATTERN,
                        "",
                        List.of(NAMED),
                        60 * SECOND_NS,
                        120 * SECOND_NS));
        scene.watch(SnapshotDetector::new);
    }

    private void read(final String key, final long ttlNs, final boolean same) {
        scene.read(
                ProbeKind.SNAPSHOT,
                PATTERN,
                key,
                reading ->
                        reading.with(Measure.EXISTS, 1)
                                .with(Measure.SERVER_NS, scene.nowNs)
                                .with(Measure.TTL_NS, ttlNs)
                                .with(Measure.SAME, same ? 1 : 0));
    }

    private void absent(final String key) {
        scene.read(ProbeKind.SNAPSHOT, PATTERN, key, reading -> reading.with(Measure.EXISTS, 0));
    }

    @Test
    void aNamedOneThatIsMissing() {
        watch();
        absent(NAMED);
        absent(FOUND);
        read(NAMED, 120 * SECOND_NS, false);
        assertEquals(
                List.of("OPEN KEY_MISSING " + NAMED, "CLOSE KEY_MISSING " + NAMED), scene.told());
    }

    @Test
    void oneThatRanOut() {
        watch();
        read(FOUND, 3 * SECOND_NS, false);
        scene.pass(5_000);
        absent(FOUND);
        assertEquals(List.of("OPEN KEY_EXPIRED " + FOUND), scene.told());
        scene.pass(5_000);
        absent(FOUND);
        read(FOUND, 120 * SECOND_NS, false);
        assertEquals(List.of("CLOSE KEY_EXPIRED " + FOUND), scene.told());
    }

    @Test
    void oneThatWasFoundAndDeletedIsGoneOnPurpose() {
        watch();
        read(FOUND, 100 * SECOND_NS, false);
        scene.pass(5_000);
        absent(FOUND);
        assertEquals(List.of(), scene.told());
        read(NAMED, 100 * SECOND_NS, false);
        scene.pass(5_000);
        absent(NAMED);
        assertEquals(List.of("OPEN KEY_MISSING " + NAMED), scene.told());
    }

    @Test
    void itsExpiry() {
        watch();
        read(FOUND, NEVER, false);
        scene.pass(5_000);
        read(FOUND, 118 * SECOND_NS, false);
        assertEquals(
                List.of("OPEN KEY_NO_TTL " + FOUND, "CLOSE KEY_NO_TTL " + FOUND), scene.told());
        scene.pass(5_000);
        read(FOUND, 113 * SECOND_NS, true);
        scene.pass(5_000);
        read(FOUND, 116 * SECOND_NS, false);
        assertEquals(List.of(), scene.told(), "written within the last 5 s");
        scene.pass(5_000);
        read(FOUND, 30 * SECOND_NS, false);
        scene.pass(5_000);
        read(FOUND, 120 * SECOND_NS, false);
        assertEquals(
                List.of("OPEN KEY_TTL_SHORT " + FOUND, "CLOSE KEY_TTL_SHORT " + FOUND),
                scene.told());
    }

    @Test
    void oneThatNobodyWritesAnyMore() {
        watch();
        read(FOUND, 120 * SECOND_NS, false);
        for (int i = 0; i < 12; i++) {
            scene.pass(5_000);
            read(FOUND, 120 * SECOND_NS, true);
        }
        assertEquals(List.of(), scene.told());
        scene.pass(5_000);
        read(FOUND, 120 * SECOND_NS, true);
        assertEquals(List.of("OPEN SNAPSHOT_STALE " + FOUND), scene.told());
        assertEquals("Snapshot pms:risk:acc-2 is old: unchanged for 65.0 s", scene.sentence());
        read(FOUND, 120 * SECOND_NS, false);
        assertEquals(List.of("CLOSE SNAPSHOT_STALE " + FOUND), scene.told());
    }

    @Test
    void itsOwnTimeCounts() {
        watch();
        scene.read(
                ProbeKind.SNAPSHOT,
                PATTERN,
                FOUND,
                r -> r.with(Measure.EXISTS, 1).with(Measure.SERVER_NS, scene.nowNs).text("{}"),
                event -> event.reading.set(Measure.CONTENT_NS, scene.nowNs - 61 * SECOND_NS));
        assertEquals(List.of("OPEN SNAPSHOT_STALE " + FOUND), scene.told());
        assertEquals("its own time", scene.evidence(Evidence.CAUSE));
    }

    @Test
    void keysThatNeverExpireAreOneFindingOfTheirPattern() {
        scene.state.surroundings.noExpiry.add(
                new NoExpiryRule(scene.probes, "tasks:cache:*", "tasks:cache:*"));
        scene.watch(NoExpiryDetector::new);
        cached(120, 3);
        assertEquals(List.of("OPEN KEY_NO_TTL tasks:cache:*"), scene.told());
        assertEquals(
                "3 of 120 keys under tasks:cache:* have no expiry, for example tasks:cache:1: what"
                        + " they hold stays for ever (SET ... EX, or SETEX)",
                scene.sentence());
        cached(120, 2);
        cached(120, 0);
        assertEquals(List.of("CLOSE KEY_NO_TTL tasks:cache:*"), scene.told());
    }

    @Test
    void inAClusterTheNodeIsNamed() {
        watch();
        scene.read(
                ProbeKind.SNAPSHOT,
                PATTERN,
                NAMED,
                reading -> reading.with(Measure.EXISTS, 0).at("10.0.0.7:7001"));
        assertEquals("10.0.0.7:7001", scene.evidence(Evidence.NODE));
        assertEquals(
                "Snapshot pms:risk:acc-1 at 10.0.0.7:7001 is missing: does its writer run, and"
                        + " under this key's name?",
                scene.sentence());
    }

    private void cached(final long keys, final long without) {
        scene.read(
                ProbeKind.CACHED,
                "tasks:cache:*",
                "",
                reading ->
                        reading.with(Measure.LENGTH, keys)
                                .with(Measure.WITHOUT_TTL, without)
                                .text("tasks:cache:1"));
    }
}
