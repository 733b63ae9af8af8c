package io.plumbline.app.desk;

import static io.plumbline.finding.FindingKind.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nobody is paged while somebody wants it so, nothing is lost by it, and people take cases on. */
class SilenceTest {
    private static final DeskSettings PLAIN = DeskBench.settings(Map.of(), Map.of());
    private static final long MS = DeskBench.MS;

    private static CaseMatcher kinds(final String... kinds) {
        return new CaseMatcher(List.of(kinds), List.of(), List.of(), List.of());
    }

    private static List<String> words(final DeskBench bench) {
        return bench.desk.cases().get(0).handling().timeline().stream()
                .map(moment -> (moment.what() + " " + moment.detail()).strip())
                .toList();
    }

    @Test
    void silencedCasesCountAndPageWhenTheSilenceEnds() {
        final DeskBench bench = new DeskBench(PLAIN);
        final Silence silence =
                bench.desk.silence(kinds("PRICE_*"), "ann", "deploy", 60_000 * MS, 0);
        assertEquals(List.of(silence), bench.kept);
        bench.open(1_000, PRICE_LATE, "k").open(2_000, PRICE_WRONG, "k");
        bench.open(2_000, FEED_DOWN, "c").tick(30_000);
        assertEquals(List.of("2000 TRIGGER FEED_DOWN CRITICAL c"), bench.pages());
        assertEquals("OPEN PRICE_LATE HIGH x2", bench.cases().get(1));
        assertEquals(silence.id(), bench.desk.cases().get(1).handling().silencedBy());
        assertTrue(bench.desk.cases().get(1).suppressed());
        bench.tick(59_999).tick(60_000).tick(64_999);
        assertEquals(1, bench.pages().size());
        assertEquals(List.of(), bench.kept);
        bench.tick(65_000);
        assertEquals("65000 TRIGGER PRICE_LATE HIGH k", bench.pages().get(1));
    }

    @Test
    void aSilenceThatIsExpiredAndOneThatOutlivesItsCase() {
        final DeskBench bench = new DeskBench(PLAIN);
        final Silence one = bench.desk.silence(kinds("KEY_*"), "ann", "x", 3_600_000 * MS, 0);
        bench.open(1_000, KEY_DELETED, "a").open(1_000, KEY_DELETED, "b").tick(2_000);
        bench.close(3_000, KEY_DELETED, "a").tick(5_000);
        assertTrue(bench.desk.expire(one.id(), 6_000 * MS));
        assertFalse(bench.desk.expire(one.id(), 6_000 * MS));
        bench.tick(6_000).tick(11_000);
        assertEquals(List.of("11000 TRIGGER KEY_DELETED HIGH b"), bench.pages());
    }

    @Test
    void whatWasPagedBeforeIsTakenBackWithinASilence() {
        final DeskBench bench = new DeskBench(PLAIN);
        bench.open(0, PARSE_ERRORS, "a");
        bench.desk.silence(kinds("*"), "ann", "x", 3_600_000 * MS, 1_000 * MS);
        bench.tick(2_000);
        assertTrue(bench.desk.cases().get(0).suppressed());
        bench.close(3_000, PARSE_ERRORS, "a").tick(4_000);
        assertEquals(
                List.of("0 TRIGGER PARSE_ERRORS MEDIUM a", "4000 RESOLVE PARSE_ERRORS MEDIUM a"),
                bench.pages());
    }

    @Test
    void aSilenceAndItsCasesSurviveARestart() {
        final DeskBench before = new DeskBench(PLAIN);
        before.desk.silence(kinds("PARSE_*"), "ann", "x", 100_000 * MS, 0);
        before.open(1_000, PARSE_ERRORS, "a").tick(1_000);
        final DeskBench after = before.restart(PLAIN);
        after.open(2_000, PARSE_ERRORS, "a").tick(50_000);
        assertEquals(List.of(), after.pages());
        assertTrue(after.desk.cases().get(0).suppressed());
        after.tick(100_000).tick(105_000);
        assertEquals(List.of("105000 TRIGGER PARSE_ERRORS MEDIUM a"), after.pages());
    }

    @Test
    void noMoreSilencesThanPeopleAskFor() {
        final DeskBench bench = new DeskBench(PLAIN);
        for (int i = 0; i < Silences.MOST; i++) {
            assertNotNull(bench.desk.silence(kinds("*"), "a", "b", MS * 1_000, 0));
        }
        assertNull(bench.desk.silence(kinds("*"), "a", "b", MS, 0));
        assertEquals(
                Silences.MOST, bench.desk.silences().stream().map(Silence::id).distinct().count());
        bench.tick(1_000);
        assertEquals(List.of(), bench.desk.silences());
    }

    @Test
    void partsOfAMatcherMustAllMatch() {
        final DeskBench bench = new DeskBench(PLAIN);
        bench.desk.silence(
                new CaseMatcher(
                        List.of("PARSE_*"), List.of("ven?e"), List.of(), List.of("venue/a", "b")),
                "ann",
                "x",
                1_000_000 * MS,
                0);
        bench.open(0, PARSE_ERRORS, "a").open(0, PARSE_ERRORS, "b").open(0, PARSE_ERRORS, "c");
        bench.open(0, RATE_LIMITED, "a2");
        assertEquals(
                List.of("0 TRIGGER PARSE_ERRORS MEDIUM c", "0 TRIGGER RATE_LIMITED MEDIUM a2"),
                bench.pages());
    }

    private static MaintenanceWindow window(final String from, final String to, final String zone) {
        return new MaintenanceWindow(
                "weekly",
                kinds("*"),
                Set.of(DayOfWeek.SUNDAY),
                LocalTime.parse(from),
                LocalTime.parse(to),
                ZoneId.of(zone));
    }

    private static boolean covers(final MaintenanceWindow window, final String at) {
        return window.covers(Instant.parse(at).getEpochSecond() * 1_000_000_000L);
    }

    @Test
    void windowsGoByTheClocksOfTheirZone() {
        final MaintenanceWindow london = window("02:00", "03:30", "Europe/London");
        // Summer and winter: 2026-07-05 and 2026-12-06 are Sundays.
        assertFalse(covers(london, "2026-07-05T00:59:59Z"));
        assertTrue(covers(london, "2026-07-05T01:00:00Z"));
        assertFalse(covers(london, "2026-07-05T02:30:00Z"));
        assertTrue(covers(london, "2026-12-06T03:29:59Z"));
        assertFalse(covers(london, "2026-12-06T01:59:59Z"));
        assertFalse(covers(london, "2026-12-07T02:30:00Z"));
        final MaintenanceWindow night = window("23:00", "01:00", "UTC");
        assertTrue(covers(night, "2026-12-06T23:30:00Z"));
        assertTrue(covers(night, "2026-12-07T00:59:59Z"));
        assertFalse(covers(night, "2026-12-06T00:30:00Z"));
        final MaintenanceWindow whole = window("00:00", "00:00", "UTC");
        assertTrue(covers(whole, "2026-12-06T00:00:00Z"));
        assertTrue(covers(whole, "2026-12-06T23:59:59Z"));
        assertFalse(covers(whole, "2026-12-07T00:00:00Z"));
        // 2026-03-29 01:30 does not exist in London: the window begins when the clocks go on.
        assertTrue(covers(window("01:30", "03:00", "Europe/London"), "2026-03-29T01:30:00Z"));
        final MaintenanceWindow across = window("01:30", "02:15", "Europe/London");
        assertTrue(covers(across, "2026-03-29T01:00:00Z"));
        assertTrue(covers(across, "2026-03-29T01:14:59Z"));
        assertFalse(covers(across, "2026-03-29T01:15:00Z"));
    }

    @Test
    void maintenanceKeepsFromThePagersUntilItIsOver() {
        final DeskSettings d = PLAIN;
        final DeskSettings settings =
                DeskBench.settings(d, List.of(window("00:00", "00:10", "UTC")));
        final DeskBench bench = new DeskBench(settings);
        // The fourth of January 1970 was a Sunday.
        final long day = 3 * 86_400_000L;
        bench.open(day + 1_000, REDIS_DOWN, "r").tick(day + 599_999);
        assertEquals(List.of(), bench.pages());
        assertEquals("maintenance:weekly", bench.desk.cases().get(0).handling().silencedBy());
        bench.tick(day + 600_000).tick(day + 605_000);
        assertEquals(List.of(day + 605_000 + " TRIGGER REDIS_DOWN CRITICAL r"), bench.pages());
        assertEquals(
                List.of(
                        "OPENED the condition stands",
                        "SUPPRESSED maintenance:weekly",
                        "RELEASED",
                        "PAGED CRITICAL"),
                words(bench));
    }

    @Test
    void somebodyTakesACaseOn() {
        final DeskBench bench = new DeskBench(DeskBench.repeating(PLAIN, 10_000));
        assertFalse(bench.desk.acknowledge("none", "ann", "", 0));
        bench.open(0, KEY_NO_TTL, "k").tick(600);
        final String fingerprint = bench.desk.cases().get(0).fingerprint();
        assertTrue(bench.desk.acknowledge(fingerprint, "ann", "looking", 5_000 * MS));
        bench.tick(60_000);
        bench.open(70_000, KEY_DELETED, "k").tick(70_100);
        assertEquals(
                List.of(
                        "600 TRIGGER KEY_NO_TTL MEDIUM k",
                        "5000 ACKNOWLEDGE KEY_NO_TTL MEDIUM k",
                        "70000 TRIGGER KEY_DELETED HIGH k"),
                bench.pages());
        assertEquals(
                List.of(
                        "OPENED the condition stands",
                        "PAGED MEDIUM",
                        "ACKNOWLEDGED ann: looking",
                        "PAGED HIGH"),
                words(bench));
        assertNull(bench.desk.cases().get(0).handling().acknowledged(), "it got worse since");
    }

    @Test
    void whoTakesOnWhatHasNotPagedYetIsNotPagedForIt() {
        final DeskBench bench =
                new DeskBench(
                        DeskBench.with(
                                PLAIN,
                                new DeskSettings.Grouping(1_000 * MS, MS, 10_000 * MS),
                                PLAIN.flapping(),
                                List.of()));
        bench.open(0, KEY_NO_TTL, "k").tick(600);
        final String fingerprint = bench.desk.cases().get(0).fingerprint();
        assertTrue(bench.desk.acknowledge(fingerprint, "ann", "", 700 * MS));
        bench.tick(3_000).tick(60_000);
        assertEquals(List.of(), bench.pages());
        bench.open(70_000, KEY_DELETED, "k").tick(71_100);
        assertEquals(List.of("71100 TRIGGER KEY_DELETED HIGH k"), bench.pages());
    }

    @Test
    void aSharedPageIsNotSaidAgainWhileAllOfItIsSilenced() {
        final DeskBench bench =
                new DeskBench(
                        DeskBench.with(
                                PLAIN,
                                new DeskSettings.Grouping(MS, MS, 10_000 * MS),
                                PLAIN.flapping(),
                                List.of()));
        bench.open(0, PARSE_ERRORS, "a").open(0, PARSE_ERRORS, "b").tick(1);
        bench.desk.silence(kinds("PARSE_*"), "ann", "x", 25_000 * MS, 2 * MS);
        bench.tick(3).tick(10_001).tick(20_001);
        assertEquals(1, bench.pages().size());
        bench.tick(25_002);
        assertEquals("25002 TRIGGER PARSE_ERRORS MEDIUM group PARSE_ERRORS", bench.pages().get(1));
    }

    @Test
    void aSilenceIsOfTheKindThatTheCaseHasNow() {
        final DeskBench bench = new DeskBench(PLAIN);
        bench.desk.silence(kinds("KEY_NO_TTL"), "ann", "x", 3_600_000 * MS, 0);
        bench.open(1_000, KEY_NO_TTL, "k").tick(2_000).tick(3_000);
        assertEquals(List.of(), bench.pages());
        bench.open(4_000, KEY_DELETED, "k").tick(4_100);
        assertEquals(List.of(), bench.pages(), "it settles first");
        bench.tick(9_000);
        assertEquals(List.of("9000 TRIGGER KEY_DELETED HIGH k"), bench.pages());
    }

    @Test
    void whatIsTakenOnWhilePendingIsNoOpenCaseAfterARestart() {
        final DeskSettings patient = DeskBench.settings(Map.of(PARSE_ERRORS, 10_000L), Map.of());
        final DeskBench bench = new DeskBench(patient);
        bench.open(0, PARSE_ERRORS, "a").tick(1_000);
        assertTrue(bench.desk.acknowledge("test|venue||a", "ann", "", 2_000 * MS));
        assertEquals(Map.of(), bench.store);
        bench.close(3_000, PARSE_ERRORS, "a").tick(4_000);
        assertEquals(List.of(), bench.cases());
        bench.open(5_000, PARSE_ERRORS, "a");
        assertTrue(bench.desk.acknowledge("test|venue||a", "ann", "", 6_000 * MS));
        bench.tick(15_000);
        assertEquals("ann", bench.store.get("test|venue||a").handling().acknowledged().by());
    }

    @Test
    void whatNobodyTakesOnIsSaidAgain() {
        final DeskBench bench = new DeskBench(DeskBench.repeating(PLAIN, 10_000));
        bench.open(0, FEED_DOWN, "c").tick(9_999).tick(10_000).tick(19_999).tick(20_000);
        assertEquals(
                List.of(
                        "0 TRIGGER FEED_DOWN CRITICAL c",
                        "10000 TRIGGER FEED_DOWN CRITICAL c",
                        "20000 TRIGGER FEED_DOWN CRITICAL c"),
                bench.pages());
        final DeskBench after = bench.restart(DeskBench.repeating(PLAIN, 10_000));
        after.open(21_000, FEED_DOWN, "c").tick(25_000).tick(30_999).tick(31_000);
        assertEquals(List.of("31000 TRIGGER FEED_DOWN CRITICAL c"), after.pages());
    }

    @Test
    void aSymptomIsNotSaidAgainWhileItsCauseStands() {
        final DeskBench bench = new DeskBench(DeskBench.repeating(PLAIN, 10_000));
        bench.open(0, SYMBOL_STALE, "a").tick(500).open(5_000, FEED_DOWN, "c");
        bench.tick(10_500).tick(14_000).close(14_500, FEED_DOWN, "c").tick(15_400);
        assertEquals(
                List.of("500 TRIGGER SYMBOL_STALE HIGH a", "5000 TRIGGER FEED_DOWN CRITICAL c"),
                bench.pages());
        bench.tick(15_500).tick(15_600).tick(20_400).tick(20_700).tick(21_000);
        assertEquals(
                List.of("20700 TRIGGER SYMBOL_STALE HIGH a"),
                bench.pages().stream().skip(3).toList());
    }
}
