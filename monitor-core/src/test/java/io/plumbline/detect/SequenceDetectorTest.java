package io.plumbline.detect;

import static io.plumbline.detect.Scene.event;
import static io.plumbline.detect.Scene.ms;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.finding.Evidence;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import java.util.List;
import org.junit.jupiter.api.Test;

class SequenceDetectorTest {
    private static final String BTC = "BTC/USDT";
    private final Scene scene = new Scene(BTC, "ETH/USDT");

    @Test
    void gapIsToldOnceWithItsExactRange() {
        scene.trade(BTC, 10, "5").trade(BTC, 11, "5").trade(BTC, 15, "5").pass(100);
        scene.trade(BTC, 16, "5").pass(100);
        assertEquals(List.of(event("SEQUENCE_GAP", BTC + " trade")), scene.told());
        assertEquals("12", scene.evidence(Evidence.MISSING_FROM));
        assertEquals("14", scene.evidence(Evidence.MISSING_TO));
        assertEquals("3", scene.evidence(Evidence.MISSING_COUNT));
        assertEquals("15", scene.evidence(Evidence.OBSERVED_SEQUENCE));
    }

    @Test
    void duplicate() {
        scene.trade(BTC, 10, "5").trade(BTC, 11, "5");
        scene.tradeAt(BTC, 11, "5", scene.nowNs() - ms(20)).trade(BTC, 12, "5").pass(100);
        assertEquals(List.of(event("SEQUENCE_DUPLICATE", BTC + " trade")), scene.told());
    }

    @Test
    void swappedMessagesAreAReorderAndNoGap() {
        final long venueNs = scene.nowNs();
        scene.tradeAt(BTC, 10, "5", venueNs).tradeAt(BTC, 12, "5", venueNs + 2);
        scene.tradeAt(BTC, 11, "5", venueNs + 1).tradeAt(BTC, 13, "5", venueNs + 3).pass(200);
        assertEquals(List.of(event("SEQUENCE_REORDER", BTC + " trade")), scene.told());
    }

    @Test
    void lateMessageShrinksTheGap() {
        final long venueNs = scene.nowNs();
        scene.tradeAt(BTC, 10, "5", venueNs).tradeAt(BTC, 14, "5", venueNs + 9);
        scene.tradeAt(BTC, 11, "5", venueNs + 1).pass(200);
        assertEquals(
                List.of(
                        event("SEQUENCE_REORDER", BTC + " trade"),
                        event("SEQUENCE_GAP", BTC + " trade")),
                scene.told());
        assertEquals("12", scene.evidence(Evidence.MISSING_FROM));
        assertEquals("2", scene.evidence(Evidence.MISSING_COUNT));
    }

    @Test
    void lateMessageInTheMiddleLeavesTwoGaps() {
        final long venueNs = scene.nowNs();
        scene.tradeAt(BTC, 10, "5", venueNs).tradeAt(BTC, 20, "5", venueNs + 9);
        scene.tradeAt(BTC, 15, "5", venueNs + 1).pass(200);
        assertEquals(
                List.of(
                        event("SEQUENCE_REORDER", BTC + " trade"),
                        event("SEQUENCE_GAP", BTC + " trade"),
                        event("SEQUENCE_GAP", BTC + " trade")),
                scene.told());
        assertEquals("11", scene.findings.get(1).text(Evidence.MISSING_FROM));
        assertEquals("14", scene.findings.get(1).text(Evidence.MISSING_TO));
        assertEquals("4", scene.findings.get(1).text(Evidence.MISSING_COUNT));
        assertEquals("16", scene.findings.get(2).text(Evidence.MISSING_FROM));
        assertEquals("19", scene.findings.get(2).text(Evidence.MISSING_TO));
    }

    @Test
    void newCountIsAResetAndTheBaselineMoves() {
        scene.trade(BTC, 1_000, "5").pass(100).trade(BTC, 1, "5").trade(BTC, 2, "5").pass(100);
        assertEquals(List.of(event("SEQUENCE_RESET", BTC + " trade")), scene.told());
    }

    @Test
    void chainedIdsJumpWithoutAGap() {
        scene.depth(BTC, 100, 120, 99).depth(BTC, 118, 140, 120).depth(BTC, 170, 190, 140);
        assertEquals(List.of(), scene.pass(100).told());
        scene.depth(BTC, 300, 320, 250).pass(100);
        assertEquals(List.of(event("SEQUENCE_GAP", BTC + " depth")), scene.told());
        assertEquals("191", scene.evidence(Evidence.MISSING_FROM));
        assertEquals("250", scene.evidence(Evidence.MISSING_TO));
    }

    @Test
    void gapAcrossAReconnectSaysSo() {
        scene.trade(BTC, 10, "5").session("DOWN reset by peer").reconnected();
        scene.trade(BTC, 21, "5").pass(100);
        assertEquals(
                List.of(
                        Scene.open("FEED_DOWN", "stream"),
                        Scene.close("FEED_DOWN", "stream"),
                        event("SEQUENCE_GAP", BTC + " trade")),
                scene.told());
        assertEquals("10", scene.evidence(Evidence.MISSING_COUNT));
        assertEquals("reconnect", scene.evidence(Evidence.CAUSE));
    }

    @Test
    void copiesOverASecondConnectionAreNoFault() {
        scene.trade(BTC, 10, "5").trade(BTC, 11, "6");
        scene.reconnected();
        final long venueNs = scene.nowNs() - ms(20);
        scene.tradeAt(BTC, 10, "5", venueNs).tradeAt(BTC, 11, "6", venueNs);
        scene.tradeAt(BTC, 12, "7", venueNs).pass(100);
        assertEquals(List.of(), scene.told());
    }

    @Test
    void ownLossIsNeverTheVenuesGap() {
        scene.trade(BTC, 10, "5");
        final byte[] none = new byte[0];
        scene.engine.onMessage(
                new InboundMessage()
                        .set(InboundType.HEARTBEAT, scene.venue, 1, 7, scene.nowNs(), none, 0, 0));
        scene.trade(BTC, 15, "5").pass(100).trade(BTC, 18, "5").pass(100);
        assertEquals(
                List.of(
                        Scene.open("MONITOR_OVERLOADED", "stream"),
                        event("SEQUENCE_GAP", BTC + " trade")),
                scene.told());
        assertEquals("16", scene.evidence(Evidence.MISSING_FROM));
    }

    @Test
    void gapOnOneInstrumentLeavesTheOtherAlone() {
        scene.trade(BTC, 10, "5").trade("ETH/USDT", 7, "5").trade(BTC, 12, "5");
        scene.trade("ETH/USDT", 8, "5").pass(100);
        assertEquals(List.of(event("SEQUENCE_GAP", BTC + " trade")), scene.told());
    }

    @Test
    void gapIsToldWhenItsOwnTimeIsUpWhateverBecameOfAnOlderOne() {
        final long venueNs = scene.nowNs();
        scene.trade("ETH/USDT", 7, "5").tradeAt(BTC, 10, "5", venueNs);
        scene.tradeAt(BTC, 12, "5", venueNs + 2).pass(40).trade("ETH/USDT", 9, "5");
        scene.tradeAt(BTC, 11, "5", venueNs + 1).pass(40);
        assertEquals(List.of(event("SEQUENCE_REORDER", BTC + " trade")), scene.told());
        scene.pass(20);
        assertEquals(List.of(event("SEQUENCE_GAP", "ETH/USDT trade")), scene.told());
    }

    @Test
    void gapIsToldAtOnceWhenTheConnectionThatCouldFillItIsDown() {
        final Scene both = Scene.paired(BTC);
        both.trade(BTC, 10, "5").trade(BTC, 13, "5").pass(500);
        assertEquals(List.of(), both.told());
        both.overTwin().session("DOWN reset by peer").overFirst().pass(50);
        assertEquals(event("SEQUENCE_GAP", BTC + " trade"), both.told().get(0));
        assertEquals("2", both.findings.get(0).text(Evidence.MISSING_COUNT));
    }
}
