package io.plumbline.bench;

import io.plumbline.market.BookLevels;
import io.plumbline.market.OrderBook;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One difference put into an order book that stays as deep as it is: of its levels two thirds get a
 * new size, the others go or come back. Most are near the best price, as on a venue.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BookBenchmark {
    private static final long SEED = 20_261_128L;
    private static final int BEST = 618_000;
    private static final int PRICE_EXPONENT = -1;
    private static final int SIZE_EXPONENT = -3;
    private static final int DIFFERENCES = 4_096;
    private static final int LARGEST = 10_000;

    /** Levels of each side before the first difference. */
    @Param({"20", "1000", "5000"})
    public int depth;

    /**
     * Levels of a difference, half of them bids: half of all recorded ones have up to 12 a side.
     */
    @Param({"2", "24", "400"})
    public int levels;

    private final BookLevels[] differences = new BookLevels[DIFFERENCES];
    private OrderBook book;
    private int next;

    @Setup
    public void prepare() {
        final Random random = new Random(SEED);
        final BookLevels whole = new BookLevels();
        for (int rank = 0; rank < depth; rank++) {
            level(whole, true, rank, 1 + random.nextInt(LARGEST));
            level(whole, false, rank, 1 + random.nextInt(LARGEST));
        }
        book = new OrderBook(2 * depth);
        book.apply(whole, true);
        for (int i = 0; i < DIFFERENCES; i++) {
            differences[i] = new BookLevels();
            for (int level = 0; level < levels; level++) {
                // The nearer the likelier.
                final double far = random.nextDouble();
                final int rank = (int) (far * far * far * depth);
                final boolean goes = random.nextInt(6) == 0;
                level(differences[i], level % 2 == 0, rank, goes ? 0 : 1 + random.nextInt(LARGEST));
            }
        }
    }

    private static void level(
            final BookLevels into, final boolean bid, final int rank, final long size) {
        into.begin(bid);
        into.price(bid ? BEST - 1 - rank : BEST + rank, PRICE_EXPONENT);
        into.size(size, SIZE_EXPONENT);
    }

    @Benchmark
    public boolean update() {
        next = next + 1 & DIFFERENCES - 1;
        return book.apply(differences[next], false);
    }
}
