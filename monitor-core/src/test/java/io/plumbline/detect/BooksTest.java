package io.plumbline.detect;

import static io.plumbline.market.BookAction.DELTA;
import static io.plumbline.market.BookAction.SNAPSHOT;
import static io.plumbline.market.BookAction.WINDOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.market.InstrumentBook;
import io.plumbline.market.SequenceRule;
import io.plumbline.metrics.CounterId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a book is proven, how it is lost, how it is proven again: one instrument at a time. */
class BooksTest {
    private final BookScene scene = new BookScene();
    private final int btc = scene.btc;
    private final int eth = scene.eth;

    @Test
    void shouldBeProvenBySnapshotInTheStream() {
        scene.unnumbered(btc, SNAPSHOT, "bid 100 1", "ask 101 2").send();
        scene.unnumbered(btc, DELTA, "bid 100 0", "bid 99.5 3", "ask 102 0").send();
        assertEquals("PROVEN: 99.5x3 | 101x2", scene.book(btc));
        assertEquals("none", scene.book(eth));
        assertEquals(List.of(), scene.asked());
        assertEquals(1, scene.counters.get(CounterId.BOOKS_PROVEN));
        assertEquals(1, scene.counters.get(CounterId.BOOK_ORPHAN_DELETES));
    }

    @Test
    void shouldNotTakeAWindowForTheBook() {
        scene.unnumbered(btc, WINDOW, "bid 100 1", "ask 101 2").send();
        assertEquals("none", scene.book(btc));
    }

    @Test
    void shouldJoinAFetchedSnapshotBySpotNumbers() {
        scene.spot(btc, 1, 5, "bid 90 1").send();
        scene.spot(btc, 6, 10, "bid 91 1").send();
        scene.spot(btc, 11, 15, "bid 100 0", "bid 92 1").send();
        assertEquals("BUFFERING no snapshot yet: |", scene.book(btc));
        assertTrue(scene.state.books.wantsSnapshot(btc));
        scene.fetched(btc, 10, "bid 100 1", "bid 95 1", "ask 101 2").send();
        assertEquals("PROVEN: 95x1 92x1 | 101x2", scene.book(btc));
        assertFalse(scene.state.books.wantsSnapshot(btc));
        assertEquals(List.of("fetch BTC/USDT"), scene.asked());
        counts(1, 1, 2);
        scene.spot(btc, 16, 16, "ask 101 0", "ask 103 1").send();
        assertEquals("PROVEN: 95x1 92x1 | 103x1", scene.book(btc));
        assertEquals(0, scene.counters.get(CounterId.BOOK_RESYNCS));
    }

    /** On futures a difference that ends with the snapshot is put on top of it. */
    @Test
    void shouldJoinAFetchedSnapshotByFuturesNumbers() {
        scene.futures(btc, 2, 5, 1, "bid 90 1").send();
        scene.futures(btc, 8, 20, 5, "bid 91 1").send();
        scene.futures(btc, 33, 40, 20, "bid 92 1").send();
        scene.fetched(btc, 20, "bid 80 1").send();
        assertEquals("PROVEN: 92x1 91x1 80x1 |", scene.book(btc));
        counts(1, 2, 1);
    }

    @Test
    void shouldJoinASnapshotThatTheFirstDifferenceNamesAsItsForerunner() {
        scene.futures(btc, 33, 40, 20, "bid 92 1").send();
        scene.fetched(btc, 20, "bid 80 1").send();
        assertEquals("PROVEN: 92x1 80x1 |", scene.book(btc));
    }

    @Test
    void shouldRefuseASnapshotOlderThanWhatIsHeld() {
        scene.spot(btc, 11, 15, "bid 92 1").send();
        scene.asked();
        scene.fetched(btc, 9, "bid 80 1").send();
        assertEquals("BUFFERING no snapshot yet: |", scene.book(btc));
        scene.pass(500);
        assertEquals(List.of(), scene.asked());
        scene.pass(700);
        assertEquals(List.of("fetch BTC/USDT"), scene.asked());
        scene.fetched(btc, 10, "bid 80 1").send();
        assertEquals("PROVEN: 92x1 80x1 |", scene.book(btc));
    }

    /** The unbroken stream leads up to a snapshot that is ahead of it. */
    @Test
    void shouldBelieveASnapshotAheadOfTheStream() {
        scene.spot(btc, 11, 15, "bid 92 1").send();
        scene.fetched(btc, 20, "bid 80 1").send();
        assertEquals("PROVEN: 80x1 |", scene.book(btc));
        scene.spot(btc, 16, 20, "bid 80 0").send();
        scene.spot(btc, 21, 22, "bid 81 1").send();
        assertEquals("PROVEN: 81x1 80x1 |", scene.book(btc));
        counts(1, 1, 2);
    }

    @Test
    void shouldWaitForADifferenceWhereTheSnapshotCameFirst() {
        scene.fetched(btc, 20, "bid 80 1").send();
        assertEquals(
                "BUFFERING no difference has joined the snapshot yet: 80x1 |", scene.book(btc));
        assertFalse(scene.state.books.wantsSnapshot(btc));
        scene.spot(btc, 19, 20, "bid 70 1").send();
        scene.spot(btc, 21, 22, "bid 81 1").send();
        assertEquals("PROVEN: 81x1 80x1 |", scene.book(btc));
        scene.fetched(eth, 20, "bid 80 1").send();
        scene.spot(eth, 22, 23, "bid 81 1").send();
        assertEquals("GAPPED gap: 80x1 |", scene.book(eth));
        assertEquals(List.of("fetch ETH/USDT"), scene.asked());
    }

    @Test
    void shouldGiveASnapshotWithoutNameToTheOnlyInstrument() {
        scene.spot(btc, 11, 15, "bid 92 1").send();
        scene.fetched(-1, 12, "bid 80 1").send();
        assertEquals("PROVEN: 92x1 80x1 |", scene.book(btc));
        scene.over(scene.second, 1).spot(eth, 1, 2, "bid 7 1").send();
        scene.spot(btc, 16, 17, "bid 93 1").send();
        scene.fetched(-1, 2, "bid 5 1").send();
        assertEquals("BUFFERING no snapshot yet: |", scene.book(eth));
    }

    @Test
    void shouldBeGappedUntilANewSnapshotAndLeaveOthersAlone() {
        proven();
        scene.unnumbered(eth, SNAPSHOT, "bid 7 1").send();
        scene.asked();
        scene.spot(btc, 30, 31, "bid 94 1").send();
        scene.spot(btc, 32, 33, "bid 95 1").send();
        assertEquals("GAPPED gap: 92x1 80x1 |", scene.book(btc));
        assertEquals("PROVEN: 7x1 |", scene.book(eth));
        assertEquals(List.of("fetch BTC/USDT"), scene.asked());
        scene.pass(9_000);
        assertEquals(List.of(), scene.asked());
        scene.pass(1_500);
        assertEquals(List.of("fetch BTC/USDT"), scene.asked());
        scene.fetched(btc, 31, "bid 60 1").send();
        assertEquals("PROVEN: 95x1 60x1 |", scene.book(btc));
        assertEquals(1, scene.counters.get(CounterId.BOOK_RESYNCS));
        scene.pass(20_000);
        assertEquals(List.of(), scene.asked());
    }

    @Test
    void shouldSayWhereTheMonitorItselfLostADifference() {
        proven();
        scene.unnumbered(eth, SNAPSHOT, "bid 7 1").send();
        scene.lose(3).spot(btc, 30, 31, "bid 94 1").send();
        assertEquals("GAPPED lost by the monitor: 92x1 80x1 |", scene.book(btc));
        // Its differences have no number: any of what was lost may have been one.
        assertEquals("GAPPED lost by the monitor: 7x1 |", scene.book(eth));
        assertEquals(
                List.of("fetch BTC/USDT", "subscribe ETH/USDT", "fetch BTC/USDT"), scene.asked());
    }

    @Test
    void shouldTakeEachDifferenceOnce() {
        proven();
        scene.over(scene.second, 1).spot(btc, 16, 16, "bid 93 1").send();
        scene.over(scene.first, 1).spot(btc, 16, 16, "bid 93 1").send();
        scene.spot(btc, 17, 17, "bid 93 0").send();
        scene.spot(btc, 17, 17, "bid 93 5").send();
        assertEquals("PROVEN: 92x1 80x1 |", scene.book(btc));
    }

    @Test
    void shouldFollowAChainWhoseNumbersFall() {
        chainSnapshot(100, "bid 50 1");
        scene.futures(btc, 7, 7, 100, "bid 51 1").send();
        assertEquals("PROVEN: 51x1 50x1 |", scene.book(btc));
        scene.futures(btc, 9, 9, 8, "bid 52 1").send();
        assertEquals("GAPPED gap: 51x1 50x1 |", scene.book(btc));
        assertEquals(List.of("subscribe BTC/USDT"), scene.asked());
        chainSnapshot(20, "bid 49 1");
        assertEquals("PROVEN: 49x1 |", scene.book(btc));
    }

    private void chainSnapshot(final long last, final String level) {
        scene.futures(btc, last, last, -1, level);
        scene.next.book = SNAPSHOT;
        scene.send();
    }

    @Test
    void shouldLoseEveryBookOfAConnectionWithAHole() {
        numbered(0).unnumbered(btc, SNAPSHOT, "bid 100 1");
        scene.next.connectionSequence = 0;
        scene.send();
        scene.unnumbered(eth, SNAPSHOT, "bid 7 1");
        scene.next.connectionSequence = 1;
        scene.send();
        scene.unnumbered(btc, DELTA, "bid 101 1");
        scene.next.connectionSequence = 4;
        scene.send();
        assertEquals("GAPPED gap of the connection: 100x1 |", scene.book(btc));
        assertEquals("GAPPED gap of the connection: 7x1 |", scene.book(eth));
        scene.unnumbered(eth, SNAPSHOT, "bid 8 1");
        scene.next.connectionSequence = 5;
        scene.send();
        scene.unnumbered(eth, DELTA, "bid 8 0");
        scene.next.connectionSequence = 5;
        scene.send();
        assertEquals("PROVEN: 8x1 |", scene.book(eth));
    }

    private BookScene numbered(final long connectionSequence) {
        scene.next.connectionSequence = connectionSequence;
        return scene;
    }

    @Test
    void shouldBelongToTheConnectionOfItsSnapshotWhereNothingIsNumbered() {
        scene.unnumbered(btc, SNAPSHOT, "bid 100 1").send();
        scene.over(scene.second, 1).unnumbered(btc, SNAPSHOT, "bid 90 1").send();
        scene.unnumbered(btc, DELTA, "bid 91 1").send();
        assertEquals("PROVEN: 100x1 |", scene.book(btc));
        scene.over(scene.first, 1).session("DOWN by the venue");
        assertEquals("GAPPED connection down: 100x1 |", scene.book(btc));
        assertEquals(List.of("subscribe BTC/USDT"), scene.asked());
        scene.over(scene.second, 1).unnumbered(btc, SNAPSHOT, "bid 90 1").send();
        assertEquals("PROVEN: 90x1 |", scene.book(btc));
        scene.over(scene.second, 2).session("LIVE").unnumbered(btc, DELTA, "bid 70 1").send();
        assertEquals("GAPPED new connection without a snapshot: 90x1 |", scene.book(btc));
    }

    @Test
    void shouldBeginItsWaitAnewWhenNoMoreFits() {
        for (int i = 1; i <= 1_025; i++) {
            scene.spot(btc, i, i, "bid 90 1").send();
        }
        assertEquals(1, scene.counters.get(CounterId.BOOK_WAITS_RESTARTED));
        scene.spot(btc, 1_026, 1_026, "bid 90 1").send();
        scene.fetched(btc, 1_020, "bid 80 1").send();
        assertEquals("BUFFERING no snapshot yet: |", scene.book(btc));
        scene.fetched(btc, 1_025, "bid 80 1").send();
        assertEquals("PROVEN: 90x1 80x1 |", scene.book(btc));
    }

    @Test
    void shouldBeCutAsTheVenueCutsIt() {
        scene.unnumbered(btc, SNAPSHOT, "bid 100 1", "bid 99 1", "bid 98 1");
        scene.next.bookDepth = 2;
        scene.send();
        assertEquals("PROVEN: 100x1 99x1 |", scene.book(btc));
        scene.unnumbered(btc, DELTA, "bid 101 1");
        scene.next.bookDepth = 2;
        scene.send();
        scene.unnumbered(btc, DELTA, "bid 101 0", "bid 99 4").send();
        assertEquals("PROVEN: 100x1 99x4 |", scene.book(btc));
    }

    @Test
    void shouldBeGappedWhereANumberCannotBeHeld() {
        scene.unnumbered(btc, SNAPSHOT, "bid 1e12 1", "bid 1e-12 1").send();
        assertEquals("GAPPED numbers that cannot be held exactly", scene.book(btc).split(":")[0]);
        assertEquals(List.of(), scene.told());
        scene.unnumbered(btc, SNAPSHOT, "bid 1 1").send();
        assertEquals("PROVEN: 1x1 |", scene.book(btc));
    }

    @Test
    void shouldBeGappedWhereAContiguousCountBeginsAnew() {
        scene.spot(btc, 500, 500, "bid 50 1");
        scene.next.book = SNAPSHOT;
        scene.send();
        for (int i = 1; i <= 3; i++) {
            scene.spot(btc, i, i, "bid 51 1").send();
        }
        assertEquals("GAPPED the venue began a new count: 50x1 |", scene.book(btc));
        scene.spot(btc, 1, 1, "bid 40 1");
        scene.next.book = SNAPSHOT;
        scene.send();
        assertEquals("PROVEN: 40x1 |", scene.book(btc));
        assertEquals(SequenceRule.CONTIGUOUS, scene.next.rule);
    }

    private void proven() {
        scene.spot(btc, 11, 15, "bid 92 1").send();
        scene.fetched(btc, 12, "bid 80 1").send();
        assertEquals("PROVEN: 92x1 80x1 |", scene.book(btc));
    }

    private void counts(final long snapshots, final long deltas, final long dropped) {
        final InstrumentBook book = scene.state.books.find(btc);
        assertEquals(
                List.of(snapshots, deltas, dropped),
                List.of(
                        book.counts().snapshots(),
                        book.counts().deltas(),
                        book.counts().dropped()));
    }
}
