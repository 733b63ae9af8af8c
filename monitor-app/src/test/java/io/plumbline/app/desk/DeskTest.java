package io.plumbline.app.desk;

import static io.plumbline.finding.FindingKind.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.finding.Edge;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DeskTest {
    private static final DeskSettings PLAIN = DeskBench.settings(Map.of(), Map.of());

    @Test
    void lifeOfACase() {
        final DeskBench bench =
                new DeskBench(DeskBench.settings(Map.of(KEY_NO_TTL, 100L), Map.of()));
        final List<List<String>> seen = new ArrayList<>();
        seen.add(bench.open(0, KEY_NO_TTL, "k").cases());
        seen.add(bench.tick(99).cases());
        seen.add(bench.tick(100).cases());
        seen.add(bench.close(2_000, KEY_NO_TTL, "k").cases());
        seen.add(bench.tick(2_999).cases());
        seen.add(bench.tick(3_000).cases());
        assertEquals(
                List.of(
                        List.of("PENDING KEY_NO_TTL MEDIUM x1"),
                        List.of("PENDING KEY_NO_TTL MEDIUM x1"),
                        List.of("OPEN KEY_NO_TTL MEDIUM x1"),
                        List.of("CLEARING KEY_NO_TTL MEDIUM x1"),
                        List.of("CLEARING KEY_NO_TTL MEDIUM x1"),
                        List.of()),
                seen);
    }

    @Test
    void closedBeforeItsTime() {
        final DeskBench bench =
                new DeskBench(DeskBench.settings(Map.of(PRICE_LATE, 100L), Map.of()));
        bench.open(0, PRICE_LATE, "k").close(99, PRICE_LATE, "k").tick(5_000);
        assertEquals(List.of(), bench.cases());
        assertEquals(List.of(), bench.notices);
    }

    @Test
    void backWithinKeepFiringFor() {
        final DeskBench bench = new DeskBench(PLAIN);
        bench.open(0, FEED_DOWN, "a").close(100, FEED_DOWN, "a");
        bench.open(1_099, FEED_DOWN, "a").tick(10_000);
        assertEquals(List.of("OPEN FEED_DOWN CRITICAL x2"), bench.cases());
        bench.close(11_000, FEED_DOWN, "a").tick(12_000);
        assertEquals(
                List.of("0 TRIGGER FEED_DOWN CRITICAL a", "12000 RESOLVE FEED_DOWN CRITICAL a"),
                bench.pages());
    }

    @Test
    void backAfterItResolvedIsAnotherEpisode() {
        final DeskBench bench = new DeskBench(PLAIN);
        bench.open(0, FEED_DOWN, "a").close(100, FEED_DOWN, "a").open(1_100, FEED_DOWN, "a");
        assertEquals(
                List.of(
                        "0 TRIGGER FEED_DOWN CRITICAL a",
                        "1100 RESOLVE FEED_DOWN CRITICAL a",
                        "1100 TRIGGER FEED_DOWN CRITICAL a"),
                bench.pages());
        assertEquals(2, bench.notices.stream().map(n -> n.of().episode()).distinct().count());
        assertEquals(1, bench.notices.stream().map(n -> n.of().fingerprint()).distinct().count());
    }

    @Test
    void repeatedEventsAreOnePage() {
        final DeskBench bench = new DeskBench(PLAIN);
        bench.event(0, PARSE_ERRORS, "a").event(900, PARSE_ERRORS, "a");
        bench.event(1_800, PARSE_ERRORS, "a").tick(2_799);
        assertEquals(List.of("OPEN PARSE_ERRORS MEDIUM x3"), bench.cases());
        bench.tick(2_800);
        assertEquals(
                List.of("0 TRIGGER PARSE_ERRORS MEDIUM a", "2800 RESOLVE PARSE_ERRORS MEDIUM a"),
                bench.pages());
    }

    @Test
    void severalKindsAreOneCaseAndNeverDowngraded() {
        final DeskBench bench = new DeskBench(PLAIN);
        bench.open(0, KEY_NO_TTL, "k").tick(600);
        bench.open(700, KEY_DELETED, "k").tick(1_300);
        bench.close(1_400, KEY_DELETED, "k").tick(9_000);
        assertEquals(List.of("OPEN KEY_DELETED HIGH x2"), bench.cases());
        bench.close(10_000, KEY_NO_TTL, "k").tick(11_000);
        assertEquals(
                List.of(
                        "600 TRIGGER KEY_NO_TTL MEDIUM k",
                        "700 TRIGGER KEY_DELETED HIGH k",
                        "11000 RESOLVE KEY_DELETED HIGH k"),
                bench.pages());
    }

    @Test
    void missingEvidenceKeepsAState() {
        final DeskBench bench = new DeskBench(PLAIN);
        bench.open(0, FEED_DOWN, "a").tick(86_400_000);
        assertEquals(List.of("OPEN FEED_DOWN CRITICAL x1"), bench.cases());
    }

    @Test
    void shouldIgnoreACloseOfWhatNeverOpened() {
        final DeskBench bench = new DeskBench(PLAIN);
        bench.close(0, FEED_DOWN, "a").open(1, KEY_NO_TTL, "a").close(2, FEED_DOWN, "a");
        assertEquals(List.of("OPEN KEY_NO_TTL MEDIUM x1"), bench.cases());
        assertEquals(3, bench.desk.recentFindings().size());
    }

    @Test
    void severityOverrideAndPageFrom() {
        final DeskSettings d = PLAIN;
        final DeskSettings settings =
                new DeskSettings(
                        d.forNs(),
                        0,
                        d.keepFiringForNs(),
                        d.defaultKeepFiringForNs(),
                        Map.of(PARSE_ERRORS, Severity.CRITICAL),
                        Severity.HIGH,
                        0,
                        0,
                        0,
                        20,
                        120,
                        10,
                        d.grouping(),
                        d.flapping(),
                        List.of());
        final DeskBench bench = new DeskBench(settings);
        bench.event(0, PARSE_ERRORS, "a").event(0, RATE_LIMITED, "b").tick(5_000);
        assertEquals(
                List.of(
                        "0 TRIGGER PARSE_ERRORS CRITICAL a",
                        "5000 RESOLVE PARSE_ERRORS CRITICAL a"),
                bench.pages());
    }

    @Test
    void aWriterStandsForItsKeysAndForNoOthers() {
        final DeskBench bench = new DeskBench(PLAIN);
        bench.open(0, KEY_EXPIRED, "a", "one").open(0, KEY_EXPIRED, "b", "two");
        bench.open(100, WRITER_DEAD, "one", "one").tick(500).tick(600).tick(2_000);
        bench.open(2_000, PRICE_FROZEN, "a", "one").tick(2_500).tick(4_000);
        assertEquals(
                List.of("100 TRIGGER WRITER_DEAD CRITICAL one", "500 TRIGGER KEY_EXPIRED HIGH b"),
                bench.pages());
    }

    @Test
    void aLaggingWriterStandsForItsLateKeys() {
        final DeskBench bench = new DeskBench(PLAIN);
        bench.open(0, PRICE_LATE, "a", "one").open(50, PRICE_LATE, "b", "one");
        bench.open(100, WRITER_LAGGING, "one", "one").tick(500).tick(600).tick(2_000);
        bench.open(2_000, PRICE_FROZEN, "a", "one").tick(2_500).tick(4_000);
        assertEquals(
                List.of("600 TRIGGER WRITER_LAGGING HIGH one", "2500 TRIGGER PRICE_FROZEN HIGH a"),
                bench.pages());
    }

    @Test
    void aMisnamedKeyStandsForTheMissingOneOfItsName() {
        final DeskBench bench = new DeskBench(PLAIN);
        bench.open(0, KEY_MISSING, "a", "one").open(0, KEY_MISSING, "b", "one");
        bench.open(100, KEY_MISNAMED, "a", "one").tick(500).tick(600);
        assertEquals(
                List.of("500 TRIGGER KEY_MISSING HIGH b", "600 TRIGGER KEY_MISNAMED HIGH a"),
                bench.pages());
    }

    @Test
    void oneCauseOnePage() {
        final DeskBench bench = new DeskBench(PLAIN);
        bench.open(0, SYMBOL_STALE, "BTC").open(200, SYMBOL_STALE, "ETH");
        bench.open(300, FEED_DOWN, "conn").tick(600).tick(20_000);
        assertEquals(List.of("300 TRIGGER FEED_DOWN CRITICAL conn"), bench.pages());
        assertEquals(
                List.of("", "test|venue||conn", "test|venue||conn"),
                bench.desk.cases().stream().map(CaseRecord::inhibitedBy).toList());
        bench.close(21_000, FEED_DOWN, "conn").close(22_000, SYMBOL_STALE, "BTC");
        bench.tick(22_250).tick(22_500).tick(27_499).tick(27_500);
        assertEquals(
                List.of(
                        "300 TRIGGER FEED_DOWN CRITICAL conn",
                        "22250 RESOLVE FEED_DOWN CRITICAL conn",
                        "27500 TRIGGER SYMBOL_STALE HIGH ETH"),
                bench.pages());
    }

    @Test
    void aCauseNeverHidesSomethingWorse() {
        final DeskBench bench = new DeskBench(PLAIN);
        bench.open(0, MONITOR_OVERLOADED, "m").open(10, REDIS_DOWN, "r").tick(2_000);
        assertEquals(
                List.of(
                        "0 TRIGGER MONITOR_OVERLOADED MEDIUM m",
                        "10 TRIGGER REDIS_DOWN CRITICAL r"),
                bench.pages());
    }

    @Test
    void shouldPageAShortLivedCaseThatWaitedForACause() {
        final DeskBench bench =
                new DeskBench(DeskBench.settings(Map.of(), Map.of(SEQUENCE_GAP, 100L)));
        bench.event(0, SEQUENCE_GAP, "a").tick(100);
        assertEquals(
                List.of("100 TRIGGER SEQUENCE_GAP MEDIUM a", "100 RESOLVE SEQUENCE_GAP MEDIUM a"),
                bench.pages());
    }

    @Test
    void stormBecomesOneRollUp() {
        final DeskBench bench = new DeskBench(PLAIN);
        for (int i = 0; i < 100; i++) {
            bench.open(0, PARSE_ERRORS, "k" + i);
        }
        bench.open(1, FEED_DOWN, "c").tick(4_999).tick(5_000);
        final List<String> pages = bench.pages();
        assertEquals(22, pages.size());
        assertEquals("1 TRIGGER FEED_DOWN CRITICAL c", pages.get(20));
        assertEquals("5000 TRIGGER PARSE_ERRORS MEDIUM storm", pages.get(21));
        assertTrue(bench.store.get(RollUp.FINGERPRINT).text().contains("80 further cases"));
        for (int i = 0; i < 100; i++) {
            bench.close(10_000, PARSE_ERRORS, "k" + i);
        }
        bench.tick(11_000);
        assertEquals(
                List.of("test|venue||c"), List.copyOf(bench.store.keySet()), "only one is left");
        assertEquals("11000 RESOLVE PARSE_ERRORS MEDIUM storm", bench.pages().get(42));
        assertEquals(43, bench.pages().size());
    }

    @Test
    void criticalStormIsBoundedToo() {
        final DeskBench bench = new DeskBench(PLAIN);
        for (int i = 0; i < 500; i++) {
            bench.open(0, REDIS_DOWN, "r" + i);
        }
        bench.tick(5_000);
        assertEquals(121, bench.pages().size());
    }

    @Test
    void overflowBecomesOneCase() {
        final DeskSettings d = PLAIN;
        final DeskSettings three =
                new DeskSettings(
                        d.forNs(),
                        0,
                        d.keepFiringForNs(),
                        d.defaultKeepFiringForNs(),
                        Map.of(),
                        Severity.MEDIUM,
                        0,
                        0,
                        0,
                        20,
                        120,
                        3,
                        d.grouping(),
                        d.flapping(),
                        List.of());
        final DeskBench bench = new DeskBench(three);
        for (int i = 0; i < 10; i++) {
            bench.open(i, PARSE_ERRORS, "k" + i);
        }
        assertEquals(4, bench.cases().size());
        assertTrue(bench.cases().contains("OPEN MONITOR_OVERLOADED MEDIUM x7"));
    }

    @Test
    void restartKeepsOpenCasesAndDoesNotPageAgain() {
        final DeskBench before = new DeskBench(PLAIN);
        before.open(0, FEED_DOWN, "a").open(0, REDIS_DOWN, "r").open(1, PRICE_WRONG, "k");
        final DeskBench after = before.restart(PLAIN);
        assertEquals(
                List.of(
                        "OPEN FEED_DOWN CRITICAL x1",
                        "OPEN REDIS_DOWN CRITICAL x1",
                        "OPEN PRICE_WRONG HIGH x1"),
                after.cases());
        after.tick(60_000).open(70_000, FEED_DOWN, "a").tick(89_999);
        assertEquals(List.of(), after.pages());
        assertEquals("OPEN FEED_DOWN CRITICAL x1", after.cases().get(0));
        after.tick(90_000).tick(91_000);
        assertEquals(List.of("91000 RESOLVE REDIS_DOWN CRITICAL r"), after.pages());
        after.close(99_000, FEED_DOWN, "a").tick(100_000);
        assertEquals(
                List.of(
                        "91000 RESOLVE REDIS_DOWN CRITICAL r",
                        "100000 RESOLVE FEED_DOWN CRITICAL a"),
                after.pages());
    }

    @Test
    void restartPagesWhatWasStillUntold() {
        final DeskBench before = new DeskBench(PLAIN);
        before.open(0, PRICE_WRONG, "k");
        assertEquals(List.of(), before.pages());
        final DeskBench after = before.restart(PLAIN).tick(1_000);
        assertEquals(List.of("1000 TRIGGER PRICE_WRONG HIGH k"), after.pages());
    }

    @Test
    void restartWithinAStormStillTellsTheRollUp() {
        final DeskBench before = new DeskBench(PLAIN);
        for (int i = 0; i < 30; i++) {
            before.open(0, PARSE_ERRORS, "k" + i);
        }
        final DeskBench after = before.restart(PLAIN).tick(1_000).tick(6_000);
        assertEquals(List.of("6000 TRIGGER PARSE_ERRORS MEDIUM storm"), after.pages());
    }

    @Test
    void everyTriggerIsResolvedInASeededStorm() {
        for (long seed = 1; seed <= 20; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            final FindingKind[] kinds = {
                FEED_DOWN, SYMBOL_STALE, SEQUENCE_GAP, PRICE_WRONG, KEY_NO_TTL, REDIS_DOWN
            };
            DeskBench bench = new DeskBench(PLAIN);
            final List<CaseNotice> all = new ArrayList<>();
            long atMs = 0;
            for (int i = 0; i < 3_000; i++) {
                atMs += random.nextInt(200);
                final FindingKind kind = kinds[random.nextInt(kinds.length)];
                final Edge edge = Edge.values()[random.nextInt(3)];
                bench.raise(atMs, kind, edge, kind.severity(), "k" + random.nextInt(40));
                if (random.nextInt(4) == 0) {
                    bench.tick(atMs);
                }
                if (random.nextInt(500) == 0) {
                    all.addAll(bench.notices);
                    bench = bench.restart(PLAIN);
                }
            }
            for (int k = 0; k < 40; k++) {
                for (final FindingKind kind : kinds) {
                    bench.close(atMs, kind, "k" + k);
                }
            }
            for (int i = 0; i < 400; i++) {
                bench.tick(atMs + 250 * i);
            }
            all.addAll(bench.notices);
            assertEquals(List.of(), bench.cases(), "seed " + seed);
            assertEquals(Map.of(), bench.store, "seed " + seed);
            assertEquals(List.of(), unpaired(all), "seed " + seed);
        }
    }

    /** Keys with a trigger and no resolve after it, and resolves without a trigger before. */
    static List<String> unpaired(final List<CaseNotice> notices) {
        final List<String> open = new ArrayList<>();
        final List<String> wrong = new ArrayList<>();
        for (final CaseNotice notice : notices) {
            final String episode = notice.of().fingerprint() + " " + notice.of().episode();
            if (notice.action() == CaseNotice.Action.TRIGGER && !open.contains(episode)) {
                open.add(episode);
            }
            if (notice.action() == CaseNotice.Action.RESOLVE && !open.remove(episode)) {
                wrong.add(episode);
            }
        }
        wrong.addAll(open);
        return wrong;
    }
}
