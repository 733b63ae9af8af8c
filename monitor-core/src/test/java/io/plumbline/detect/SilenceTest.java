package io.plumbline.detect;

import static io.plumbline.detect.Scene.close;
import static io.plumbline.detect.Scene.open;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.finding.Evidence;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.Freshness;
import java.util.List;
import org.junit.jupiter.api.Test;

class SilenceTest {
    private static final String[] FIVE = {"A/USDT", "B/USDT", "C/USDT", "D/USDT", "E/USDT"};
    private static final Silence.Thresholds LEARNED =
            new Silence.Thresholds(
                    Scene.ms(5_000), 0, Scene.ms(5_000), Scene.ms(300_000), Scene.ms(15_000));
    private long id = 1;

    private void market(final Scene scene, final int times, final String... symbols) {
        for (int i = 0; i < times; i++) {
            id++;
            for (final String symbol : symbols) {
                scene.trade(symbol, id, "5." + id).value(symbol, "5." + id);
            }
            scene.pass(100);
        }
    }

    @Test
    void heartbeatsDoNotKeepAConnectionFresh() {
        final Scene scene = new Scene(FIVE);
        market(scene, 20, FIVE);
        for (int i = 0; i < 20; i++) {
            scene.offer(InboundType.HEARTBEAT, scene.venue, 1, "");
            scene.pass(100);
        }
        assertEquals(List.of(open("FEED_MUTE", "stream")), scene.told());
        market(scene, 5, FIVE);
        assertEquals(List.of(close("FEED_MUTE", "stream")), scene.told());
    }

    /** A venue that says now and then that a book has not changed. */
    @Test
    void statesSentAgainKeepStreamsAliveAndNoSymbolFresh() {
        final Scene scene = new Scene(FIVE);
        for (final String symbol : FIVE) {
            scene.found(symbol, "1");
        }
        for (int i = 0; i < 20; i++) {
            books(scene, i + 1, i);
        }
        assertEquals(Freshness.State.FRESH, scene.state.freshness.state(0));
        for (int i = 0; i < 40; i++) {
            books(scene, 20, 20);
        }
        assertEquals(List.of(), scene.told());
        assertEquals(Freshness.State.QUIET, scene.state.freshness.state(0));
        books(scene, 21, 20);
        assertEquals(Freshness.State.FRESH, scene.state.freshness.state(0));
        scene.pass(4_000);
        assertEquals(List.of(open("FEED_MUTE", "stream")), scene.told());
    }

    private static void books(final Scene scene, final long last, final long previous) {
        for (final String symbol : FIVE) {
            scene.depth(symbol, last, last, previous);
        }
        scene.pass(100);
    }

    @Test
    void quietSymbolIsNoFindingWhileNothingSaysItShouldMove() {
        final Scene scene = new Scene(FIVE);
        market(scene, 20, FIVE);
        market(scene, 40, "A/USDT", "B/USDT", "C/USDT", "D/USDT");
        assertEquals(List.of(), scene.told());
    }

    @Test
    void neverSeenHasADeadlineFromLive() {
        final Scene scene = new Scene("A/USDT", "B/USDT");
        scene.found("B/USDT", "1");
        market(scene, 40, "A/USDT");
        assertEquals(List.of(open("SYMBOL_NEVER_SEEN", "B/USDT trade")), scene.told());
        assertEquals("3000000000", scene.evidence(Evidence.THRESHOLD_NS));
        market(scene, 3, "A/USDT", "B/USDT");
        assertEquals(List.of(close("SYMBOL_NEVER_SEEN", "B/USDT")), scene.told());
    }

    @Test
    void downConnectionIsOneFindingAndItsSymbolsNone() {
        final Scene scene = new Scene(FIVE);
        market(scene, 20, FIVE);
        scene.session("DOWN connection reset").session("CONNECTING attempt 1");
        for (int i = 0; i < 40; i++) {
            scene.pass(100);
        }
        scene.reconnected();
        market(scene, 20, FIVE);
        assertEquals(
                List.of(open("FEED_DOWN", "stream"), close("FEED_DOWN", "stream")), scene.told());
        assertEquals("Connection stream of test is down: connection reset", scene.sentences.get(0));
    }

    @Test
    void plannedChangeOfConnectionIsNoFinding() {
        final Scene scene = new Scene(FIVE);
        market(scene, 20, FIVE);
        scene.reconnected();
        scene.offer(InboundType.SESSION, scene.venue, 1, "DOWN planned rotation");
        market(scene, 20, FIVE);
        assertEquals(List.of(), scene.told());
    }

    @Test
    void framesOfAnOldConnectionAreIgnored() {
        final Scene scene = new Scene(FIVE);
        market(scene, 5, FIVE);
        scene.session("DOWN reset");
        scene.trade("A/USDT", 1_000, "9");
        assertEquals(List.of(open("FEED_DOWN", "stream")), scene.told());
    }

    @Test
    void learnedThresholdFollowsTheSymbolsOwnPace() {
        final Scene scene = new Scene(LEARNED, "A/USDT", "B/USDT");
        for (int i = 0; i < 60; i++) {
            market(scene, 1, "A/USDT", "B/USDT");
            scene.pass(900);
        }
        for (int i = 0; i < 100; i++) {
            id++;
            scene.trade("B/USDT", id, "5." + id).value("B/USDT", "5." + id);
            scene.value("A/USDT", "5." + id).pass(100);
        }
        assertEquals(List.of(), scene.told());
        for (int i = 0; i < 60; i++) {
            id++;
            scene.trade("B/USDT", id, "5." + id).value("B/USDT", "5." + id);
            scene.value("A/USDT", "5." + id).pass(100);
        }
        assertEquals(List.of(open("SYMBOL_STALE", "A/USDT trade")), scene.told());
        assertEquals("13816000000", scene.evidence(Evidence.THRESHOLD_NS).substring(0, 11));
    }

    @Test
    void laggingFeedIsNotFresh() {
        final Scene scene = new Scene("A/USDT");
        market(scene, 110, "A/USDT");
        for (int i = 0; i < 70; i++) {
            id++;
            scene.tradeAt("A/USDT", id, "5." + id, scene.nowNs() - Scene.ms(1_500));
            scene.value("A/USDT", "5." + id).pass(100);
        }
        assertEquals(List.of(open("FEED_LAGGING", "stream")), scene.told());
    }

    @Test
    void factsAreEdges() {
        final Scene scene = new Scene("A/USDT");
        scene.fact(scene.redis, "REDIS_DOWN refused").fact(scene.redis, "REDIS_DOWN refused");
        scene.fact(scene.redis, "REDIS_UP").fact(scene.redis, "REDIS_UP");
        assertEquals(
                List.of(open("REDIS_DOWN", "redis/main"), close("REDIS_DOWN", "redis/main")),
                scene.told());
        assertEquals("Redis does not answer (redis/main): refused", scene.sentences.get(0));
    }

    @Test
    void unknownTickSizesAreSaidOnce() {
        final Scene scene = new Scene("A/USDT");
        scene.fact(scene.venue, "REFERENCE_MISSING test instruments: refused");
        scene.fact(scene.venue, "REFERENCE_MISSING test instruments: refused");
        assertEquals(List.of(open("TICK_SIZE", "test/stream")), scene.told());
    }
}
