package io.plumbline.detect;

import static io.plumbline.detect.Scene.close;
import static io.plumbline.detect.Scene.open;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.finding.Evidence;
import io.plumbline.market.KeyState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys that are not there, lose their life, or hold no price. */
class KeyDetectorTest extends RisingMarket {
    @Test
    void missingTtlOpensAfterItsGrace() {
        market(5);
        final long never = Long.MAX_VALUE;
        tick();
        scene.value(BTC, price(cents), never).pass(50).value(BTC, price(cents));
        scene.pass(50);
        assertEquals(List.of(), scene.told());
        for (int i = 0; i < 5; i++) {
            tick();
            scene.value(BTC, price(cents), never).pass(100);
        }
        assertEquals(List.of(open("KEY_NO_TTL", KEY)), scene.told());
        assertEquals("lost", scene.evidence(Evidence.CAUSE));
    }

    @Test
    void deletedKeyIsProvisionalFirst() {
        market(20);
        scene.toldGone(BTC, KeyState.DELETED).gone(BTC);
        market(1);
        assertEquals(List.of(), scene.told());
        scene.toldGone(BTC, KeyState.DELETED).gone(BTC);
        for (int i = 0; i < 5; i++) {
            tick();
            scene.pass(100);
        }
        assertEquals(List.of(open("KEY_DELETED", KEY)), scene.told());
        market(1);
        assertEquals(List.of(close("KEY_DELETED", KEY)), scene.told());
    }

    @Test
    void expiredKey() {
        market(20);
        scene.value(BTC, price(cents), scene.nowNs() + Scene.ms(300));
        for (int i = 0; i < 5; i++) {
            tick();
            scene.pass(100);
        }
        assertEquals(List.of(open("KEY_EXPIRED", KEY)), scene.told());
    }

    @Test
    void malformedValue() {
        market(20);
        tick();
        scene.value(BTC, "NaN").pass(100);
        market(1);
        assertEquals(
                List.of(open("VALUE_MALFORMED", KEY), close("VALUE_MALFORMED", KEY)), scene.told());
        assertEquals(
                "Redis key pms:price:BTC/USDT holds no price: not a decimal number: NaN",
                scene.sentences.get(0));
    }

    @Test
    void keyThatNeverCameIsMissing() {
        for (int i = 0; i < 60; i++) {
            tick();
            scene.pass(100);
        }
        assertEquals(List.of(open("KEY_MISSING", KEY)), scene.told());
    }

    @Test
    void flushIsToldEvenIfTheKeysComeBackAtOnce() {
        market(20);
        scene.toldGone(BTC, KeyState.FLUSHED).gone(BTC).gone(ETH).pass(5);
        market(20);
        final String eth = "pms:price:ETH/USDT";
        assertEquals(
                List.of(
                        open("KEY_DELETED", KEY),
                        open("KEY_DELETED", eth),
                        close("KEY_DELETED", eth),
                        close("KEY_DELETED", KEY)),
                scene.told());
        assertEquals("flushed", scene.findings.get(0).text(Evidence.CAUSE));
    }

    @Test
    void keyThatARestartLostIsNotSaidToBeDeleted() {
        market(20);
        scene.redisDown().pass(600).redisUp().gone(BTC);
        for (int i = 0; i < 5; i++) {
            tick();
            scene.pass(100);
        }
        assertEquals(
                List.of(
                        "Redis key pms:price:BTC/USDT was there before Redis was out of sight and"
                            + " is not now: lost in a restart or failover, or deleted meanwhile,"
                            + " and not written again"),
                scene.sentences);
    }
}
