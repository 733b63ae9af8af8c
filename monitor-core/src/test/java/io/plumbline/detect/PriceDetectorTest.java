package io.plumbline.detect;

import static io.plumbline.detect.Scene.close;
import static io.plumbline.detect.Scene.open;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.finding.Evidence;
import io.plumbline.finding.Severity;
import io.plumbline.metrics.CounterId;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriceDetectorTest extends RisingMarket {
    @Test
    void faithfulWriterIsInSync() {
        market(40);
        assertEquals(List.of(), scene.told());
        assertEquals(80, scene.counters.get(CounterId.PRICE_IN_SYNC));
    }

    @Test
    void aheadOfOurFeedIsNoFinding() {
        market(20);
        for (int i = 0; i < 10; i++) {
            scene.value(BTC, price(cents + 1)).pass(60);
            tick();
            scene.pass(40);
        }
        scene.pass(600);
        assertEquals(List.of(), scene.told());
        assertEquals(10, scene.counters.get(CounterId.PRICE_AHEAD));
    }

    @Test
    void priceThatComesBackIsAheadAndNotLate() {
        market(20);
        for (int i = 0; i < 10; i++) {
            tick();
            scene.value(BTC, price(cents)).pass(2_000 / 20);
            scene.value(BTC, price(cents - 8)).pass(5);
            scene.trade(BTC, id++, price(cents - 8)).trade(ETH, id - 1, price(cents)).pass(95);
        }
        assertEquals(List.of(), scene.told());
    }

    @Test
    void lateWriterOpensOnceWithTheLowerBoundOfItsLag() {
        market(20);
        for (int i = 0; i < 10; i++) {
            tick();
            scene.value(BTC, price(cents - 5)).pass(100);
        }
        assertEquals(List.of(open("PRICE_LATE", KEY)), scene.told());
        assertEquals("400000000", scene.evidence(Evidence.LAG_NS));
        assertEquals("100.21", scene.evidence(Evidence.EXPECTED));
        assertEquals("100.16", scene.evidence(Evidence.OBSERVED));
        assertEquals("5", scene.evidence(Evidence.DEVIATION_TICKS));
        assertEquals("500000000", scene.evidence(Evidence.LAG_AT_MOST_NS));
        market(30);
        assertEquals(List.of(), scene.told());
        market(30);
        assertEquals(List.of(close("PRICE_LATE", KEY)), scene.told());
        assertEquals("10", scene.evidence(Evidence.COUNT));
        assertEquals(
                "Redis key pms:price:BTC/USDT is on time again after 5.9 s, at worst 400 ms late",
                scene.sentences.get(1));
    }

    @Test
    void wrongValueOpensAfterTheGraceAndClosesOnce() {
        market(20);
        for (int i = 0; i < 10; i++) {
            tick();
            scene.value(BTC, "107.77").pass(100);
        }
        market(20);
        assertEquals(List.of(open("PRICE_WRONG", KEY), close("PRICE_WRONG", KEY)), scene.told());
        assertEquals("107.77", scene.findings.get(0).text(Evidence.OBSERVED));
        assertEquals("100.21", scene.findings.get(0).text(Evidence.EXPECTED));
        assertEquals("756", scene.findings.get(0).text(Evidence.DEVIATION_TICKS));
        assertEquals(Severity.HIGH, scene.findings.get(0).severity);
    }

    @Test
    void changingWrongValuesDoNotOutrunTheGrace() {
        market(20);
        for (int i = 0; i < 10; i++) {
            tick();
            scene.value(BTC, "107." + (10 + i)).pass(100);
        }
        assertEquals(List.of(open("PRICE_WRONG", KEY)), scene.told());
    }

    @Test
    void wrongInsideTheEnvelopeIsATicketNotAPage() {
        market(10);
        cents += 10;
        market(20);
        tick();
        scene.value(BTC, "100.15").pass(100);
        tick();
        scene.pass(300);
        assertEquals(List.of(open("PRICE_WRONG", KEY)), scene.told());
        assertEquals(Severity.MEDIUM, scene.findings.get(0).severity);
    }

    @Test
    void mutedReferenceMakesValuesUnverifiableNotWrong() {
        market(20);
        for (int i = 0; i < 30; i++) {
            cents++;
            scene.value(BTC, price(cents)).value(ETH, price(cents)).pass(100);
        }
        assertEquals(List.of(open("FEED_MUTE", "stream")), scene.told());
        assertEquals(0, scene.counters.get(CounterId.PRICE_WRONG));
    }

    @Test
    void referenceThatHasNotSpokenSinceTheMuteJudgesNothing() {
        market(20);
        for (int i = 0; i < 40; i++) {
            scene.value(BTC, price(cents - 8 + i % 3)).value(ETH, price(cents)).pass(100);
        }
        scene.value(BTC, price(cents - 5)).pass(200);
        for (int i = 0; i < 6; i++) {
            scene.trade(ETH, id++, price(cents)).pass(100);
        }
        assertEquals(
                List.of(open("FEED_MUTE", "stream"), close("FEED_MUTE", "stream")),
                scene.told().stream().filter(told -> !told.kind().startsWith("S")).toList());
    }

    @Test
    void silentSymbolIsStaleNotWrong() {
        market(20);
        for (int i = 0; i < 30; i++) {
            cents++;
            scene.trade(ETH, id++, price(cents)).value(ETH, price(cents));
            scene.value(BTC, price(cents)).pass(100);
        }
        assertEquals(List.of(open("SYMBOL_STALE", "BTC/USDT trade")), scene.told());
        assertEquals(0, scene.counters.get(CounterId.PRICE_WRONG));
    }

    @Test
    void valueOfAMissedTradeIsNotCalledWrong() {
        market(20);
        cents++;
        id++;
        scene.value(BTC, price(cents)).value(ETH, price(cents)).pass(100);
        market(10);
        assertEquals(
                List.of(
                        Scene.event("SEQUENCE_GAP", "BTC/USDT trade"),
                        Scene.event("SEQUENCE_GAP", "ETH/USDT trade")),
                scene.told());
    }

    @Test
    void oldValueFoundAtStartIsNotJudged() {
        scene.found(BTC, "55.5").found(ETH, "44.4");
        tick();
        scene.value(ETH, price(cents)).pass(100);
        market(20);
        assertEquals(List.of(), scene.told());
    }

    @Test
    void frozenKey() {
        market(20);
        for (int i = 0; i < 30; i++) {
            tick();
            scene.pass(100);
        }
        assertEquals(List.of(open("PRICE_FROZEN", KEY)), scene.told());
        market(5);
        assertEquals(List.of(close("PRICE_FROZEN", KEY)), scene.told());
    }

    @Test
    void frozenKeyWhosePriceGoesToAndFro() {
        market(20);
        final int frozen = cents;
        for (int i = 0; i < 60; i++) {
            cents = frozen + 1 + i % 3;
            tick();
            cents = frozen;
            scene.pass(100);
            scene.trade(BTC, id, price(frozen)).trade(ETH, id++, price(frozen));
            scene.value(ETH, price(frozen)).pass(50);
        }
        assertEquals(List.of(open("PRICE_FROZEN", KEY)), scene.told());
    }

    @Test
    void deadWriterIsOneFinding() {
        market(20);
        for (int i = 0; i < 40; i++) {
            cents++;
            scene.trade(BTC, id, price(cents)).trade(ETH, id++, price(cents)).pass(100);
        }
        assertEquals(List.of(open("WRITER_DEAD", "writer")), scene.told());
        market(5);
        assertEquals(List.of(close("WRITER_DEAD", "writer")), scene.told());
    }

    @Test
    void floatNoiseIsPrecisionNotWrong() {
        market(20);
        for (int i = 0; i < 10; i++) {
            tick();
            scene.value(BTC, price(cents) + "000000000004").pass(100);
        }
        assertEquals(List.of(open("PRICE_PRECISION", KEY)), scene.told());
        assertEquals("FLOAT64_NOISE", scene.evidence(Evidence.CAUSE));
        market(20);
        assertEquals(List.of(close("PRICE_PRECISION", KEY)), scene.told());
    }

    @Test
    void standingStillIsForgiven() {
        market(20);
        scene.standStill(10_000);
        market(20);
        assertEquals(List.of(), scene.told());
    }

    /** The market goes on and nothing is seen of Redis. */
    private void unseen(final int times) {
        for (int i = 0; i < times; i++) {
            cents++;
            scene.trade(BTC, id, price(cents)).trade(ETH, id++, price(cents)).pass(100);
        }
    }

    /** What waited at Redis meanwhile is written at once, oldest first. */
    private void caughtUp(final int times) {
        for (int i = times - 1; i >= 0; i--) {
            scene.value(BTC, price(cents - i)).value(ETH, price(cents - i)).pass(3);
        }
    }

    @Test
    void redisThatStandsStillIsNoDeadWriterAndNoLateOne() {
        market(20);
        scene.redisAnswers(false);
        unseen(25);
        scene.redisAnswers(true);
        caughtUp(25);
        market(30);
        assertEquals(List.of(), scene.told());
    }

    @Test
    void redisThatAnswersSlowlyMakesNobodyLateOrDead() {
        market(20);
        unseen(8);
        caughtUp(8);
        scene.fact(scene.redis, "REDIS_SLOW an answer took 800 ms");
        unseen(25);
        caughtUp(25);
        scene.fact(scene.redis, "REDIS_NORMAL an answer took 90 us");
        market(30);
        assertEquals(
                List.of(open("REDIS_SLOW", "redis/main"), close("REDIS_SLOW", "redis/main")),
                scene.told());
    }

    @Test
    void slowRedisDoesNotHideAWrongValue() {
        market(20);
        scene.fact(scene.redis, "REDIS_SLOW an answer took 800 ms");
        tick();
        scene.value(BTC, "107.77").pass(100);
        market(10);
        assertEquals(
                List.of(open("REDIS_SLOW", "redis/main"), open("PRICE_WRONG", KEY)), scene.told());
    }

    @Test
    void redisThatWasDownComesBackWithoutPriceFindings() {
        market(20);
        scene.redisDown();
        unseen(40);
        scene.redisUp().gone(BTC).gone(ETH).pass(50);
        market(30);
        assertEquals(List.of(), scene.told());
    }

    @Test
    void writerThatDiesWhileRedisIsDownIsFoundAfterwards() {
        market(20);
        scene.redisDown();
        unseen(40);
        scene.redisUp().found(BTC, price(cents - 40)).found(ETH, price(cents - 40));
        unseen(15);
        assertEquals(List.of(), scene.told());
        unseen(10);
        assertEquals(List.of(open("WRITER_DEAD", "writer")), scene.told());
    }

    @Test
    void frozenKeyStaysFrozenWhileRedisIsDown() {
        market(20);
        for (int i = 0; i < 30; i++) {
            tick();
            scene.pass(100);
        }
        assertEquals(List.of(open("PRICE_FROZEN", KEY)), scene.told());
        scene.redisDown();
        unseen(40);
        assertEquals(List.of(), scene.told());
    }
}
