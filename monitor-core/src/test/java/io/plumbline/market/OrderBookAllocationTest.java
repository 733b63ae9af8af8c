package io.plumbline.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.plumbline.metrics.Counters;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Differences, snapshots, checksums and cuts of books that have grown cost no bytes. */
class OrderBookAllocationTest {
    private static final long SEED = 20_261_125L;
    private static final int ROUNDS = 20_000;

    private final Random random = new Random(SEED);
    private final Books books = new Books();
    private final Counters counters = new Counters();
    private final MarketEvent event = new MarketEvent();
    private long number;

    @Test
    void shouldAllocateNothingPerMessage() {
        final ThreadMXBean threads = threads();
        round();
        long allocated = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 5 && allocated > 0; attempt++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            round();
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated, "bytes for " + ROUNDS + " messages, seed " + SEED);
        for (int instrument = 0; instrument < 3; instrument++) {
            final InstrumentBook book = books.find(instrument);
            assertEquals(BookState.PROVEN, book.state());
            assertTrue(book.counts().deltas() > ROUNDS / 10 && book.book().bids().count() > 20);
        }
        assertTrue(books.find(0).counts().checksumsPassed() > 1_000);
    }

    private void round() {
        for (int i = 0; i < ROUNDS; i++) {
            final int instrument = random.nextInt(3);
            event.clear();
            event.type = EventType.MARKET;
            event.channel = Channel.DEPTH;
            event.instrument = instrument;
            event.source = 2;
            event.epoch = 1;
            event.rule = SequenceRule.CONTIGUOUS;
            event.continuity = Continuity.NEXT;
            event.firstSequence = ++number;
            event.lastSequence = number;
            final boolean snapshot = i < 3 || random.nextInt(500) == 0;
            event.instrument = i < 3 ? i : instrument;
            event.book = snapshot ? BookAction.SNAPSHOT : BookAction.DELTA;
            event.bookDepth = instrument == 1 ? 100 : 0;
            levels(snapshot ? 300 : 8);
            if (event.instrument == 0) {
                checksum(snapshot);
            }
            books.onEvent(event, number);
            books.onTime(number);
        }
        books.count(counters);
    }

    /** The checksum is right because the book's own twin gives it. */
    private void checksum(final boolean snapshot) {
        event.checksumRule = ChecksumRule.KRAKEN;
        twin.apply(event.levels, snapshot);
        event.checksum = checksum.of(twin, ChecksumRule.KRAKEN);
    }

    private final OrderBook twin = new OrderBook(10_000);
    private final BookChecksum checksum = new BookChecksum();

    private void levels(final int count) {
        for (int i = 0; i < count; i++) {
            final boolean bid = random.nextBoolean();
            final int away = 1 + random.nextInt(400);
            event.levels.begin(bid);
            event.levels.price(bid ? 6_000_000 - away : 6_000_000 + away, -2);
            event.levels.size(random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(100_000), -8);
        }
    }

    private static ThreadMXBean threads() {
        final java.lang.management.ThreadMXBean bean = ManagementFactory.getThreadMXBean();
        assumeTrue(
                bean instanceof ThreadMXBean measured
                        && measured.isThreadAllocatedMemorySupported()
                        && measured.isThreadAllocatedMemoryEnabled(),
                "this JVM does not count allocated bytes per thread");
        return (ThreadMXBean) bean;
    }
}
