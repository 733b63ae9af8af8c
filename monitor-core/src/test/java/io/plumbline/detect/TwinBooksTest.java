package io.plumbline.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.market.BookAction;
import io.plumbline.market.ChecksumRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each of two connections feeds a book of its own; a proven one serves. */
class TwinBooksTest {
    private final BookScene scene = new BookScene(true);
    private final int btc = scene.btc;

    private void overBoth(final Runnable message) {
        scene.over(scene.first, 1);
        message.run();
        scene.send().over(scene.second, 1).send();
    }

    private void snapshot() {
        overBoth(() -> scene.unnumbered(btc, BookAction.SNAPSHOT, "bid 100 1", "ask 101 1"));
    }

    @Test
    void shouldFallToTheOtherBookWhenOneConnectionEnds() {
        snapshot();
        overBoth(() -> scene.unnumbered(btc, BookAction.DELTA, "bid 100 2"));
        assertEquals("PROVEN: 100x2 | 101x1", scene.book(btc));
        scene.over(scene.first, 1).session("DOWN reset by peer").over(scene.second, 1);
        assertEquals("PROVEN: 100x2 | 101x1", scene.book(btc));
        scene.unnumbered(btc, BookAction.DELTA, "bid 100 3").send();
        assertEquals("PROVEN: 100x3 | 101x1", scene.book(btc));
        scene.over(scene.first, 2).session("LIVE");
        scene.unnumbered(btc, BookAction.SNAPSHOT, "bid 100 3", "ask 101 1").send();
        scene.over(scene.second, 1).session("DOWN reset by peer");
        assertEquals("PROVEN: 100x3 | 101x1", scene.book(btc));
    }

    @Test
    void shouldTellOfAChecksumByTheConnectionThatHasIt() {
        snapshot();
        scene.over(scene.first, 1).unnumbered(btc, BookAction.DELTA, "bid 100 9");
        scene.checksum(ChecksumRule.KRAKEN, 7).send();
        assertEquals("PROVEN: 100x1 | 101x1", scene.book(btc));
        final String told = scene.told().get(0);
        assertEquals(
                "BOOK_CHECKSUM OPEN: The order book of BTC/USDT on test, as connection one tells"
                        + " it, does not have the venue's checksum",
                told.substring(0, told.indexOf(": ", told.indexOf("OPEN: ") + 6)));
    }

    @Test
    void shouldJudgeEachConnectionsNumbersByItself() {
        scene.over(scene.first, 1).spot(btc, 1, 5, "bid 100 1").send();
        scene.over(scene.second, 1).spot(btc, 1, 5, "bid 100 1").send();
        scene.over(scene.first, 1).fetched(btc, 5, "bid 100 1", "ask 101 1").send();
        assertEquals("PROVEN: 100x1 | 101x1", scene.book(btc));
        scene.over(scene.first, 1).spot(btc, 8, 9, "bid 100 4").send();
        scene.over(scene.second, 1).spot(btc, 6, 7, "bid 100 3").send();
        scene.spot(btc, 8, 9, "bid 100 4").send();
        assertEquals("PROVEN: 100x4 | 101x1", scene.book(btc));
        assertEquals(List.of("fetch BTC/USDT", "fetch BTC/USDT", "fetch BTC/USDT"), scene.asked());
        assertEquals(List.of(), scene.told());
    }
}
