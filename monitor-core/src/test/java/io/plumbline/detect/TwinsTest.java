package io.plumbline.detect;

import static io.plumbline.detect.Scene.close;
import static io.plumbline.detect.Scene.event;
import static io.plumbline.detect.Scene.ms;
import static io.plumbline.detect.Scene.open;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.finding.Evidence;
import io.plumbline.finding.Severity;
import io.plumbline.market.CopyCounts.Count;
import io.plumbline.market.Decimal;
import io.plumbline.market.Field;
import io.plumbline.market.Freshness;
import io.plumbline.market.PriceHistory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two connections that carry the same trades: one market. */
class TwinsTest {
    private static final String BTC = "BTC/USDT";

    private final Scene scene = Scene.paired(BTC);

    private Scene both(final long id, final String price) {
        return scene.overFirst().trade(BTC, id, price).overTwin().trade(BTC, id, price);
    }

    private long count(final int source, final Count count) {
        return scene.state.twins.counts().get(source, count);
    }

    /** The versions of the last price, oldest first. */
    private List<String> prices() {
        final PriceHistory history = scene.state.references.history(0, Field.LAST);
        final List<String> prices = new ArrayList<>();
        final Decimal price = new Decimal();
        for (int i = history.size() - 1; i >= 0; i--) {
            history.value(i, price);
            prices.add(price.toString());
        }
        return prices;
    }

    @Test
    void shouldTakeTheFirstCopyAndKnowHowLateTheSecondOneIs() {
        scene.trade(BTC, 1, "100").trade(BTC, 2, "101").pass(30);
        scene.overTwin().trade(BTC, 1, "100").trade(BTC, 2, "101").trade(BTC, 3, "102");
        scene.pass(20).overFirst().trade(BTC, 3, "102").pass(1_100);
        assertEquals(List.of("100", "101", "102"), prices());
        assertEquals(2, count(scene.venue, Count.FIRSTS));
        assertEquals(1, count(scene.twin, Count.FIRSTS));
        assertEquals(1, count(scene.venue, Count.DUPLICATES));
        assertEquals(2, count(scene.twin, Count.DUPLICATES));
        assertEquals(ms(60), count(scene.twin, Count.LATE_NS));
        assertEquals(ms(20), count(scene.venue, Count.LATE_NS));
        assertEquals(1, count(scene.venue, Count.TIMED));
        assertEquals(List.of(), scene.told());
    }

    @Test
    void shouldBlameTheConnectionForWhatTheOtherOneFillsLater() {
        both(1, "100");
        scene.overFirst().trade(BTC, 4, "103").pass(100);
        scene.overTwin().trade(BTC, 2, "101").trade(BTC, 3, "102").trade(BTC, 4, "103");
        scene.overFirst().trade(BTC, 5, "104").pass(1_100);
        assertEquals(List.of(open("FEEDS_DISAGREE", "stream")), scene.told());
        assertEquals(2, count(scene.venue, Count.MISSED));
        assertEquals(List.of("100", "103", "104"), prices());
        assertEquals(
                "Connection stream of test missed what twin brought: 1 trade of BTC/USDT, 2 to 2",
                scene.sentences.get(0));
    }

    @Test
    void shouldBlameTheConnectionForWhatTheOtherOneBroughtBefore() {
        both(1, "100");
        scene.overTwin().trade(BTC, 2, "101").trade(BTC, 3, "102").trade(BTC, 4, "103");
        scene.overFirst().trade(BTC, 4, "103").pass(1_100);
        assertEquals(List.of(open("FEEDS_DISAGREE", "stream")), scene.told());
        assertEquals("2", scene.evidence(Evidence.MISSING_FROM));
        assertEquals("3", scene.evidence(Evidence.MISSING_TO));
        assertEquals(List.of("100", "101", "102", "103"), prices());
        for (int i = 0; i < 62; i++) {
            both(5 + i, "10" + i % 10);
            scene.value(BTC, "10" + i % 10).pass(1_000);
        }
        assertEquals(List.of(close("FEEDS_DISAGREE", "stream")), scene.told());
    }

    @Test
    void shouldTellOneGapOfWhatBothMissed() {
        both(1, "100");
        scene.overFirst().trade(BTC, 5, "104").pass(100);
        scene.overTwin().trade(BTC, 3, "102").trade(BTC, 5, "104").pass(1_100);
        assertEquals(
                List.of(
                        open("FEEDS_DISAGREE", "stream"),
                        event("SEQUENCE_GAP", "BTC/USDT trade"),
                        event("SEQUENCE_GAP", "BTC/USDT trade")),
                scene.told());
        assertEquals("2", scene.findings.get(1).text(Evidence.MISSING_FROM));
        assertEquals("2", scene.findings.get(1).text(Evidence.MISSING_TO));
        assertEquals("4", scene.findings.get(2).text(Evidence.MISSING_FROM));
        assertEquals("4", scene.findings.get(2).text(Evidence.MISSING_TO));
    }

    @Test
    void shouldTellAGapOfTheOneConnectionThatIsLeft() {
        both(1, "100");
        scene.overTwin().session("DOWN refused").overFirst().trade(BTC, 3, "102").pass(100);
        assertEquals(
                List.of(open("FEED_DOWN", "twin"), event("SEQUENCE_GAP", "BTC/USDT trade")),
                scene.told());
    }

    @Test
    void shouldTellOfCopiesThatDiffer() {
        both(1, "100");
        scene.overFirst().trade(BTC, 2, "101").overTwin().trade(BTC, 2, "101.5");
        assertEquals(List.of(open("FEEDS_DISAGREE", "BTC/USDT trade")), scene.told());
        assertEquals(
                "Two connections disagree about trade id 2 of BTC/USDT on test: first 101, over"
                        + " twin 101.5",
                scene.sentences.get(0));
        assertEquals(List.of("100", "101"), prices());
        assertEquals(1, count(scene.twin, Count.DIFFERENT));
    }

    @Test
    void shouldNotMissAConnectionThatDies() {
        for (int i = 1; i < 40; i++) {
            both(i, "100");
            scene.value(BTC, "100").pass(100);
        }
        scene.overFirst().session("DOWN reset by peer").overTwin();
        for (int i = 40; i < 120; i++) {
            scene.trade(BTC, i, "101").value(BTC, "101").pass(100);
        }
        assertEquals(List.of(open("FEED_DOWN", "stream")), scene.told());
        assertEquals(Severity.MEDIUM, scene.findings.get(0).severity);
        assertEquals(Freshness.State.FRESH, scene.state.freshness.state(0));
        scene.value(BTC, "150").pass(300).trade(BTC, 120, "101").pass(300);
        assertEquals(List.of(open("PRICE_WRONG", "pms:price:BTC/USDT")), scene.told());
        scene.value(BTC, "101").trade(BTC, 121, "101").pass(1_200).told();
        scene.session("DOWN reset by peer").pass(1_000);
        assertEquals(List.of(open("FEED_DOWN", "twin")), scene.told());
        assertEquals(Severity.CRITICAL, scene.findings.get(scene.findings.size() - 1).severity);
        assertEquals(Freshness.State.STALE, scene.pass(2_000).state.freshness.state(0));
    }

    @Test
    void shouldFindOneMuteConnectionAndNoStaleSymbol() {
        for (int i = 1; i < 30; i++) {
            both(i, "100");
            scene.pass(100);
        }
        scene.overTwin();
        for (int i = 30; i < 60; i++) {
            scene.trade(BTC, i, "100").value(BTC, "100").pass(100);
        }
        assertEquals(List.of(open("FEED_MUTE", "stream")), scene.told());
        assertEquals(Severity.MEDIUM, scene.findings.get(0).severity);
        scene.pass(3_000);
        assertTrue(scene.told().contains(open("FEED_MUTE", "twin")));
        assertEquals(Severity.CRITICAL, scene.findings.get(1).severity);
        assertEquals(Freshness.State.STALE, scene.state.freshness.state(0));
    }

    @Test
    void shouldCallItBlindWhenOneIsDownAndTheOtherMute() {
        for (int i = 1; i < 30; i++) {
            both(i, "100");
            scene.value(BTC, "100").pass(100);
        }
        scene.overFirst();
        for (int i = 30; i < 100; i++) {
            scene.trade(BTC, i, "100").value(BTC, "100").pass(100);
        }
        assertEquals(List.of(open("FEED_MUTE", "twin")), scene.told());
        assertEquals(Severity.MEDIUM, scene.findings.get(0).severity);
        scene.session("DOWN reset by peer");
        assertEquals(List.of(open("FEED_DOWN", "stream")), scene.told());
        assertEquals(Severity.CRITICAL, scene.findings.get(1).severity);
    }

    @Test
    void shouldFollowANewCountAndDropWhatIsLeftOfTheOldOne() {
        both(1_000, "100");
        scene.pass(50).overFirst().trade(BTC, 1, "101");
        scene.overTwin().trade(BTC, 1_001, "100.5").overFirst().trade(BTC, 2, "102").pass(50);
        scene.overTwin().trade(BTC, 1, "101").trade(BTC, 2, "102").trade(BTC, 3, "103");
        scene.overFirst().trade(BTC, 3, "103").pass(1_100);
        assertEquals(List.of(event("SEQUENCE_RESET", "BTC/USDT trade")), scene.told());
        assertEquals(List.of("100", "101", "102", "103"), prices());
    }

    @Test
    void shouldNotCompareNumbersThatEachConnectionCountsForItself() {
        final long ns = scene.countedPerConnection().nowNs();
        scene.tradeAt(BTC, 1, "100", ns).tradeAt(BTC, 2, "101", ns + 1).pass(10);
        scene.overTwin().tradeAt(BTC, 71, "100", ns).tradeAt(BTC, 72, "101", ns + 1);
        scene.tradeAt(BTC, 73, "102", ns + 2).pass(10).overFirst();
        scene.tradeAt(BTC, 4, "103", ns + 3).overTwin().tradeAt(BTC, 74, "103", ns + 3);
        assertEquals(List.of(open("FEEDS_DISAGREE", "stream")), scene.told());
        assertEquals("3", scene.evidence(Evidence.MISSING_FROM));
        scene.tradeAt(BTC, 76, "105", ns + 5).overFirst().tradeAt(BTC, 6, "105", ns + 5);
        scene.pass(1_100);
        assertEquals(List.of(event("SEQUENCE_GAP", "BTC/USDT trade")), scene.told());
        assertEquals(List.of("100", "101", "102", "103", "105"), prices());
    }

    @Test
    void shouldTellCopiesWithoutNumbersByTimeAndValues() {
        final long ns = scene.nowNs();
        scene.unnumbered(BTC, "100", ns).unnumbered(BTC, "101", ns + 1);
        scene.unnumbered(BTC, "100", ns + 2).unnumbered(BTC, "100", ns + 2).pass(10);
        scene.overTwin().unnumbered(BTC, "100", ns).unnumbered(BTC, "101", ns + 1);
        scene.unnumbered(BTC, "100.5", ns + 1).unnumbered(BTC, "100", ns + 2);
        scene.unnumbered(BTC, "100", ns + 2).unnumbered(BTC, "102", ns + 3);
        assertEquals(List.of("100", "101", "100", "102"), prices());
        assertEquals(4, count(scene.venue, Count.FIRSTS));
        assertEquals(1, count(scene.twin, Count.FIRSTS));
        assertEquals(5, count(scene.twin, Count.DUPLICATES));
        assertEquals(4 * ms(10), count(scene.twin, Count.LATE_NS));
    }
}
