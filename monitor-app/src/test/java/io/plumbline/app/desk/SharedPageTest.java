package io.plumbline.app.desk;

import static io.plumbline.finding.FindingKind.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.app.desk.CaseRecord.Told;
import io.plumbline.finding.Edge;
import io.plumbline.finding.FindingKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Cases of one kind and venue share a page; cases that come and go have one. */
class SharedPageTest {
    private static final long S = 1_000_000_000L;
    private static final DeskSettings GROUPED =
            DeskBench.with(
                    DeskBench.settings(Map.of(), Map.of()),
                    new DeskSettings.Grouping(S, 15 * S, 1_800 * S),
                    new DeskSettings.Flapping(5, 600 * S, 600 * S),
                    List.of());

    @Test
    void manySymbolsAreOnePage() {
        final DeskBench bench = new DeskBench(GROUPED);
        for (int i = 0; i < 37; i++) {
            bench.open(10 * i, SYMBOL_STALE, "k" + i);
        }
        bench.tick(999).tick(1_000);
        assertEquals(List.of("1000 TRIGGER SYMBOL_STALE HIGH group SYMBOL_STALE"), bench.pages());
        final CaseRecord page = bench.store.get("desk|venue||group SYMBOL_STALE");
        assertEquals("37 symbols stale on venue: k0, k1, k2 and 34 more", page.text());
        assertTrue(
                page.finding()
                        .startsWith(
                                "{\"kind\":\"SYMBOL_STALE\",\"venue\":\"venue\",\"count\":37,"
                                        + "\"first\":[\"test|venue||k0\","),
                page.finding());
        assertTrue(page.finding().endsWith("\"test|venue||k9\"]}"), page.finding());
        assertEquals(37, bench.desk.cases().stream().filter(c -> c.told() == Told.GROUPED).count());
        for (int i = 0; i < 36; i++) {
            bench.close(2_000, SYMBOL_STALE, "k" + i);
        }
        bench.tick(3_000).tick(10_000);
        assertEquals(1, bench.pages().size(), "one still holds");
        bench.close(11_000, SYMBOL_STALE, "k36").tick(12_000);
        assertEquals("12000 RESOLVE SYMBOL_STALE HIGH group SYMBOL_STALE", bench.pages().get(1));
        assertEquals(page.text(), said(bench, 12_000), "it ends in the same words");
        assertEquals(Map.of(), bench.store);
    }

    @Test
    void oneAloneIsItselfAndOthersWhoFollowShareAPage() {
        final DeskBench bench = new DeskBench(GROUPED);
        bench.open(0, SYMBOL_STALE, "a").tick(1_000);
        bench.open(5_000, SYMBOL_STALE, "b").tick(6_000);
        bench.open(7_000, SYMBOL_STALE, "c").open(8_000, SYMBOL_STALE, "d");
        bench.tick(9_000).tick(20_999).tick(21_000);
        assertEquals(
                List.of(
                        "1000 TRIGGER SYMBOL_STALE HIGH a",
                        "6000 TRIGGER SYMBOL_STALE HIGH group SYMBOL_STALE",
                        "21000 TRIGGER SYMBOL_STALE HIGH group SYMBOL_STALE"),
                bench.pages());
        assertEquals("SYMBOL_STALE text", said(bench, 6_000), "one alone says its cause");
        assertTrue(
                bench.store.get("desk|venue||group SYMBOL_STALE").text().startsWith("3 symbols"));
    }

    private static String said(final DeskBench bench, final long atMs) {
        return bench.notices.stream()
                .filter(
                        of ->
                                of.atNs() == atMs * DeskBench.MS
                                        && of.of().key().startsWith("group "))
                .map(of -> of.of().text())
                .findFirst()
                .orElse("nothing");
    }

    @Test
    void aSharedPageIsSaidAgainUnlessThatIsOff() {
        for (final long repeatNs : new long[] {0, 1_800 * S}) {
            final DeskBench bench =
                    new DeskBench(
                            DeskBench.with(
                                    GROUPED,
                                    new DeskSettings.Grouping(S, 15 * S, repeatNs),
                                    GROUPED.flapping(),
                                    List.of()));
            bench.open(0, SYMBOL_STALE, "a").open(0, SYMBOL_STALE, "b");
            bench.tick(1_000).tick(1_800_999).tick(1_801_000).tick(1_802_000);
            assertEquals(repeatNs == 0 ? 1 : 2, bench.pages().size());
        }
    }

    @Test
    void kindsAndVenuesDoNotMixAndCriticalDoesNotWait() {
        final DeskBench bench = new DeskBench(GROUPED);
        bench.open(0, PARSE_ERRORS, "a").open(0, RATE_LIMITED, "b").open(0, FEED_DOWN, "c");
        bench.tick(1_000);
        assertEquals(
                List.of(
                        "0 TRIGGER FEED_DOWN CRITICAL c",
                        "1000 TRIGGER PARSE_ERRORS MEDIUM a",
                        "1000 TRIGGER RATE_LIMITED MEDIUM b"),
                bench.pages());
    }

    @Test
    void oneThatGetsWorseSpeaksForItself() {
        final DeskBench bench = new DeskBench(GROUPED);
        bench.open(0, KEY_NO_TTL, "a").open(0, KEY_NO_TTL, "b").tick(1_000);
        bench.open(20_000, KEY_DELETED, "a").tick(20_000).tick(21_000);
        bench.open(30_000, FEED_DOWN, "b").tick(30_000);
        assertEquals(
                List.of(
                        "1000 TRIGGER KEY_NO_TTL MEDIUM group KEY_NO_TTL",
                        "20000 TRIGGER KEY_DELETED HIGH a",
                        "30000 TRIGGER FEED_DOWN CRITICAL b",
                        "30000 RESOLVE KEY_NO_TTL MEDIUM group KEY_NO_TTL"),
                bench.pages());
    }

    @Test
    void aSharedPageSurvivesARestartAndNothingIsResolvedForLackOfEvidence() {
        final DeskBench before = new DeskBench(GROUPED);
        before.open(0, SYMBOL_STALE, "a").open(0, SYMBOL_STALE, "b").tick(1_000);
        final DeskBench after = before.restart(GROUPED);
        for (int i = 0; i < 100; i++) {
            after.desk.awaitEvidence((60_000L + i * 1_000) * DeskBench.MS);
            after.tick(60_000L + i * 1_000);
        }
        assertEquals(List.of(), after.pages());
        assertEquals(2, after.cases().size());
        after.open(160_000, SYMBOL_STALE, "a").tick(188_999);
        assertEquals(List.of(), after.pages());
        after.tick(189_000).tick(190_001);
        assertEquals(1, after.cases().size(), "the other was not seen for 30 s with evidence");
        assertEquals(List.of(), after.pages());
        after.close(200_000, SYMBOL_STALE, "a").tick(201_000);
        assertEquals(List.of("201000 RESOLVE SYMBOL_STALE HIGH group SYMBOL_STALE"), after.pages());
    }

    @Test
    void aPageIsAcknowledgedAsAWholeOrOneByOne() {
        final DeskBench bench = new DeskBench(GROUPED);
        bench.open(0, SYMBOL_STALE, "a").open(0, SYMBOL_STALE, "b").tick(1_000);
        bench.desk.acknowledge("test|venue||a", "ann", "", 2 * S);
        assertEquals(1, bench.pages().size());
        bench.desk.acknowledge("test|venue||b", "bob", "me too", 3 * S);
        assertEquals("3000 ACKNOWLEDGE SYMBOL_STALE HIGH group SYMBOL_STALE", bench.pages().get(1));
        bench.tick(3_600_000);
        assertEquals(2, bench.pages().size(), "what is taken on is not said again");
        final DeskBench other = new DeskBench(GROUPED);
        other.open(0, SYMBOL_STALE, "a").open(0, SYMBOL_STALE, "b").tick(1_000);
        assertTrue(other.desk.acknowledge("desk|venue||group SYMBOL_STALE", "ann", "", 2 * S));
        assertEquals("2000 ACKNOWLEDGE SYMBOL_STALE HIGH group SYMBOL_STALE", other.pages().get(1));
        assertEquals(2, other.pages().size());
    }

    @Test
    void whatWaitsForOthersIsToldWhenTheDeskCloses() {
        final DeskBench bench = new DeskBench(GROUPED);
        bench.open(0, SYMBOL_STALE, "a").open(0, SYMBOL_STALE, "b").open(0, PARSE_ERRORS, "c");
        bench.tick(600);
        assertEquals(List.of(), bench.pages());
        bench.desk.close();
        assertEquals(
                List.of(
                        "600 TRIGGER PARSE_ERRORS MEDIUM c",
                        "600 TRIGGER SYMBOL_STALE HIGH group SYMBOL_STALE"),
                bench.pages());
    }

    @Test
    void whatTheStormLimitDoesNotLetOutIsRolledUp() {
        final DeskBench bench = new DeskBench(GROUPED);
        for (int i = 0; i < 20; i++) {
            bench.open(0, REDIS_SLOW, "r" + i, "w" + i);
        }
        bench.tick(0);
        for (int i = 0; i < 30; i++) {
            bench.event(100, i % 2 == 0 ? PARSE_ERRORS : RATE_LIMITED, "e" + i);
        }
        bench.tick(2_000).tick(10_000);
        final long shared = bench.pages().stream().filter(p -> p.contains("TRIGGER")).count();
        assertTrue(shared <= 21, bench.pages().toString());
    }

    @Test
    void whatComesAndGoesIsOnePageUntilItHasBeenStill() {
        final DeskBench bench = new DeskBench(GROUPED);
        for (int i = 0; i < 20; i++) {
            final long atMs = i * 20_000L;
            bench.open(atMs, FEED_DOWN, "c").tick(atMs);
            bench.close(atMs + 10_000, FEED_DOWN, "c").tick(atMs + 15_000);
        }
        assertEquals(
                List.of(
                        "0 TRIGGER FEED_DOWN CRITICAL c",
                        "15000 RESOLVE FEED_DOWN CRITICAL c",
                        "20000 TRIGGER FEED_DOWN CRITICAL c",
                        "35000 RESOLVE FEED_DOWN CRITICAL c",
                        "40000 TRIGGER FEED_DOWN CRITICAL c"),
                bench.pages());
        assertTrue(bench.desk.cases().get(0).handling().flapping());
        assertEquals(CaseState.CLEARING, bench.desk.cases().get(0).state());
        final DeskBench after = bench.restart(GROUPED);
        after.tick(400_000).tick(990_000 - 1);
        assertEquals(List.of(), after.pages());
        after.tick(1_000_001);
        assertEquals(List.of("1000001 RESOLVE FEED_DOWN CRITICAL c"), after.pages());
        assertEquals(List.of(), after.cases());
    }

    /** Groups, flapping, silences, acknowledgements and restarts, mixed: nothing stays behind. */
    @Test
    void everyPageIsTakenBackInASeededStorm() {
        for (long seed = 1; seed <= 5; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            final FindingKind[] kinds = {
                FEED_DOWN, SYMBOL_STALE, SEQUENCE_GAP, PRICE_WRONG, KEY_NO_TTL, REDIS_DOWN
            };
            DeskBench bench = new DeskBench(GROUPED);
            final List<CaseNotice> all = new ArrayList<>();
            long atMs = 0;
            for (int i = 0; i < 3_000; i++) {
                atMs += random.nextInt(400);
                final FindingKind kind = kinds[random.nextInt(kinds.length)];
                final Edge edge = Edge.values()[random.nextInt(3)];
                bench.raise(atMs, kind, edge, kind.severity(), "k" + random.nextInt(40));
                if (random.nextInt(3) == 0) {
                    bench.tick(atMs);
                }
                if (random.nextInt(100) == 0) {
                    bench.desk.silence(
                            new CaseMatcher(List.of(kind.name()), List.of(), List.of(), List.of()),
                            "ann",
                            "x",
                            random.nextInt(60) * S,
                            atMs * DeskBench.MS);
                }
                if (random.nextInt(50) == 0) {
                    final String key = "test|venue||k" + random.nextInt(40);
                    bench.desk.acknowledge(key, "bob", "", atMs * DeskBench.MS);
                }
                if (random.nextInt(500) == 0) {
                    all.addAll(bench.notices);
                    bench = bench.restart(GROUPED);
                }
            }
            for (int k = 0; k < 40; k++) {
                for (final FindingKind kind : kinds) {
                    bench.close(atMs, kind, "k" + k);
                }
            }
            for (int i = 0; i < 1_000; i++) {
                bench.tick(atMs + 1_000L * i);
            }
            all.addAll(bench.notices);
            assertEquals(List.of(), bench.cases(), "seed " + seed);
            assertEquals(Map.of(), bench.store, "seed " + seed);
            all.removeIf(notice -> notice.action() == CaseNotice.Action.ACKNOWLEDGE);
            assertEquals(List.of(), DeskTest.unpaired(all), "seed " + seed);
        }
    }

    @Test
    void slowChangesAreNoFlapping() {
        final DeskBench bench = new DeskBench(GROUPED);
        for (int i = 0; i < 6; i++) {
            final long atMs = i * 400_000L;
            bench.open(atMs, FEED_DOWN, "c").tick(atMs);
            bench.close(atMs + 10_000, FEED_DOWN, "c").tick(atMs + 15_000);
        }
        assertEquals(12, bench.pages().size());
    }
}
