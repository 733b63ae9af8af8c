package io.plumbline.detect;

import static io.plumbline.detect.Scene.close;
import static io.plumbline.detect.Scene.ms;
import static io.plumbline.detect.Scene.open;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.finding.Evidence;
import io.plumbline.metrics.CounterId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A writer that embeds the venue's time is judged by the version of that time. */
class DatedValueTest {
    private static final String BTC = "BTC/USDT";
    private static final String KEY = "pms:price:BTC/USDT";
    private static final int TRADES = 60;

    private final Scene scene = new Scene(BTC).keepVenueTimes();
    private final long[] venueNs = new long[TRADES * 2];
    private int id;

    /** A trade each 100 ms, one cent higher each time, or the given one. */
    private Scene trade(final String price) {
        venueNs[id] = scene.nowNs() - ms(20);
        return scene.tradeAt(BTC, ++id, price, venueNs[id - 1]);
    }

    private static String price(final int trade) {
        return "100." + (10 + trade);
    }

    private void faithful(final int times) {
        for (int i = 0; i < times; i++) {
            trade(price(id));
            scene.dated(BTC, price(id - 1), venueNs[id - 1]).pass(100);
        }
    }

    @Test
    void equalToTheVersionOfItsTimeIsInSync() {
        faithful(40);
        assertEquals(List.of(), scene.told());
        assertEquals(40, scene.counters.get(CounterId.PRICE_IN_SYNC));
    }

    @Test
    void staleValueUnderAFreshTimeIsWrongAtOnce() {
        faithful(21);
        trade(price(id));
        scene.dated(BTC, price(id - 6), venueNs[id - 1]);
        assertEquals(List.of(open("PRICE_WRONG", KEY)), scene.told());
        assertEquals(price(id - 6), scene.evidence(Evidence.OBSERVED));
        assertEquals(price(id - 1), scene.evidence(Evidence.EXPECTED));
        scene.pass(100);
        faithful(40);
        assertEquals(List.of(close("PRICE_WRONG", KEY)), scene.told());
    }

    @Test
    void valueThatNoVersionHasIsWrongAtOnce() {
        faithful(20);
        trade(price(id));
        scene.dated(BTC, "107.77", venueNs[id - 1]);
        assertEquals(List.of(open("PRICE_WRONG", KEY)), scene.told());
    }

    @Test
    void lateValueIsLateAtOnceThoughThePriceHasComeBackSince() {
        faithful(20);
        for (int i = 0; i < 10; i++) {
            trade(i % 2 == 0 ? "100.90" : "100.91").pass(100);
        }
        scene.dated(BTC, "100.91", venueNs[21]);
        assertEquals(List.of(open("PRICE_LATE", KEY)), scene.told());
        assertEquals("800000000", scene.evidence(Evidence.LAG_NS));
    }

    @Test
    void undatedWriterIsJudgedByTheValueThatCameBack() {
        faithful(20);
        for (int i = 0; i < 10; i++) {
            trade(i % 2 == 0 ? "100.90" : "100.91").pass(100);
        }
        scene.value(BTC, "100.91").pass(1_000);
        assertEquals(List.of(), scene.told());
    }

    @Test
    void versionsOfOneMillisecondAreAllOfThatTime() {
        faithful(20);
        for (int i = 0; i < 20; i++) {
            final long at = scene.nowNs() - ms(20);
            scene.tradeAt(BTC, ++id, price(i), at + 100_000).tradeAt(BTC, ++id, price(i + 1), at);
            scene.tradeAt(BTC, ++id, price(i + 2), at + 900_000);
            scene.dated(BTC, price(i + 1), at).dated(BTC, price(i + 2), at + 500_000).pass(100);
        }
        assertEquals(List.of(), scene.told());
    }

    @Test
    void timeOfANeighbourOrOfNobodyIsJudgedByValue() {
        faithful(20);
        for (int i = 0; i < 20; i++) {
            trade(price(id));
            scene.dated(BTC, price(id - 1), venueNs[id - 2]).pass(10);
            scene.dated(BTC, price(id - 1), scene.nowNs() + ms(500)).pass(10);
            scene.dated(BTC, price(id - 1), ms(1)).pass(80);
        }
        assertEquals(List.of(), scene.told());
    }

    @Test
    void withoutVenueTimesOnlyTheValueSpeaks() {
        final Scene plain = new Scene(BTC);
        for (int i = 0; i < 20; i++) {
            plain.tradeAt(BTC, i + 1, price(i), plain.nowNs() - ms(20));
            plain.dated(BTC, price(i), plain.nowNs() - ms(20)).pass(100);
        }
        plain.dated(BTC, price(18), plain.nowNs() - ms(120));
        assertEquals(List.of(), plain.told());
    }
}
