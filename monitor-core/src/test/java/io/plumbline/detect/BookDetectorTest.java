package io.plumbline.detect;

import static io.plumbline.market.BookAction.DELTA;
import static io.plumbline.market.BookAction.SNAPSHOT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.market.ChecksumRule;
import io.plumbline.metrics.CounterId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** Checksums and crossings: opened once, closed once, and nothing told of what soon passes. */
class BookDetectorTest {
    private final BookScene scene = new BookScene();
    private final int btc = scene.btc;

    @Test
    void shouldTellAWrongChecksumOnceUntilTheBookIsProvenAgain() {
        scene.unnumbered(btc, SNAPSHOT, "bid 100.0 1.50", "ask 101.0 0.20").send();
        scene.unnumbered(btc, DELTA, "ask 101.0 0.30");
        scene.checksum(ChecksumRule.OKX, crc("100.0:1.50:101.0:0.30")).send();
        assertEquals(List.of(), scene.told());
        scene.unnumbered(btc, DELTA, "ask 101.0 0.40").checksum(ChecksumRule.OKX, 7).send();
        scene.unnumbered(btc, DELTA, "ask 101.0 0.50").checksum(ChecksumRule.OKX, 8).send();
        scene.pass(2_000);
        assertEquals(
                List.of(
                        "BOOK_CHECKSUM OPEN: The order book of BTC/USDT on test does not have the"
                                + " venue's checksum: "
                                + crc("100.0:1.50:101.0:0.40")
                                + " instead of 7 [GAPPED checksum]"),
                scene.told());
        scene.unnumbered(btc, SNAPSHOT, "bid 100.0 1.50");
        scene.checksum(ChecksumRule.OKX, crc("100.0:1.50")).send();
        scene.pass(2_000);
        assertEquals(
                List.of(
                        "BOOK_CHECKSUM CLOSE: The order book of BTC/USDT on test is proven again"
                                + " after 2.0 s [PROVEN ?]"),
                scene.told());
        assertEquals(2, scene.counters.get(CounterId.BOOK_CHECKSUMS_PASSED));
        assertEquals(1, scene.counters.get(CounterId.BOOK_CHECKSUMS_FAILED));
        assertEquals(1, scene.counters.get(CounterId.BOOK_RESYNCS));
    }

    @Test
    void shouldTellABookThatStaysCrossed() {
        scene.unnumbered(btc, SNAPSHOT, "bid 100 1", "ask 101 1").send();
        scene.unnumbered(btc, DELTA, "bid 101.5 1").send();
        scene.pass(900);
        assertEquals(List.of(), scene.told());
        scene.pass(300);
        scene.unnumbered(btc, DELTA, "bid 101.6 1").send();
        scene.pass(5_000);
        assertEquals(
                List.of(
                        "BOOK_CROSSED OPEN: The order book of BTC/USDT on test stays crossed: bid"
                                + " 101.5, ask 101 [GAPPED crossed]"),
                scene.told());
        scene.unnumbered(btc, DELTA, "bid 101.6 0", "bid 101.5 0").send();
        assertEquals(
                List.of(
                        "BOOK_CROSSED CLOSE: The order book of BTC/USDT on test is no longer"
                                + " crossed or locked after 5.2 s [GAPPED ?]"),
                scene.told());
        assertEquals("GAPPED crossed: 100x1 | 101x1", scene.book(btc));
        scene.unnumbered(btc, SNAPSHOT, "bid 100 1", "ask 100 1").send();
        scene.pass(1_100);
        assertEquals(
                List.of(
                        "BOOK_CROSSED OPEN: The order book of BTC/USDT on test stays locked: bid"
                                + " 100, ask 100 [GAPPED locked]"),
                scene.told());
        scene.unnumbered(btc, SNAPSHOT, "bid 100 1", "ask 101 1").send();
        assertEquals(1, scene.told().size());
    }

    /** Some venues tell one change in several messages. */
    @Test
    void shouldNotTellACrossingThatPasses() {
        scene.unnumbered(btc, SNAPSHOT, "bid 100 1", "ask 101 1").send();
        for (int i = 0; i < 20; i++) {
            scene.unnumbered(btc, DELTA, "bid 101 1").send().pass(900);
            scene.unnumbered(btc, DELTA, "bid 101 0").send().pass(200);
        }
        assertEquals(List.of(), scene.told());
        assertEquals(20, scene.state.books.find(btc).counts().crossedEvents());
        assertEquals(List.of(), scene.asked());
    }

    /** What is not proven is not judged. */
    @Test
    void shouldNotJudgeABookWithAGap() {
        scene.spot(btc, 1, 1, "bid 100 1").send();
        scene.fetched(btc, 1, "bid 100 1", "ask 101 1").send();
        scene.spot(btc, 2, 2, "bid 102 1").send();
        scene.pass(500);
        scene.spot(btc, 9, 9, "bid 103 1").send();
        scene.pass(5_000);
        assertEquals(List.of(), scene.told());
        scene.fetched(btc, 8, "bid 100 1", "ask 104 1").send();
        assertEquals("PROVEN: 103x1 100x1 | 104x1", scene.book(btc));
    }

    private static long crc(final String text) {
        final CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        return crc.getValue();
    }
}
