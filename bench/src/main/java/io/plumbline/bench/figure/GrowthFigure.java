package io.plumbline.bench.figure;

import io.plumbline.market.BookState;
import io.plumbline.market.Books;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Target 9: what a message costs when more symbols are watched; target 10 in part: what they hold
 * in memory.
 */
final class GrowthFigure implements Figure {
    private static final int TARGET = 9;
    private static final double LIMIT = 1.1;
    private static final double BOOKS_LIMIT = 1.3;
    private static final int[] SYMBOLS = {10, 100, 1_000, 10_000};
    private static final int[] WITH_BOOKS = {10, 10_000};
    private static final double MEBI = 1 << 20;

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public String title() {
        return "decode, market state and detectors by number of symbols, prices moving";
    }

    @Override
    public List<String> jvm() {
        return List.of("-XX:+UseG1GC", "-Xms2g", "-Xmx2g", "--enable-native-access=ALL-UNNAMED");
    }

    @Override
    public List<Row> measure(final Effort effort) throws IOException {
        final Contest contest = new Contest(effort, MovingMarket.CHUNK);
        final List<Row> memory = new ArrayList<>();
        final List<MovingMarket> markets = new ArrayList<>();
        for (final int symbols : SYMBOLS) {
            final long before = used();
            final MovingMarket market = new MovingMarket(symbols);
            markets.add(market);
            market.judge(symbols * 20);
            memory.add(Row.told(symbols + " symbols: heap", (used() - before) / MEBI, "MiB"));
            contest.add(new Chunks(symbols + " symbols", market));
        }
        for (final int symbols : WITH_BOOKS) {
            final MovingMarket market = new MovingMarket(symbols, true);
            markets.add(market);
            market.judge(symbols * 20);
            contest.add(new Chunks(symbols + " symbols with books", market));
        }
        contest.run();
        for (final MovingMarket market : markets) {
            market.world.assertQuiet();
        }
        checkBooks(markets.get(markets.size() - 1));
        final List<Row> rows = new ArrayList<>();
        for (int i = 1; i < SYMBOLS.length; i++) {
            rows.add(
                    contest.atMost(TARGET, "message with " + SYMBOLS[i] + " symbols", i, 0, LIMIT));
        }
        rows.add(
                contest.atMost(
                        TARGET,
                        "message with 10000 symbols, books",
                        SYMBOLS.length + 1,
                        SYMBOLS.length,
                        BOOKS_LIMIT));
        rows.addAll(memory);
        return rows;
    }

    /** Without whole books it would not be what it says. */
    private static void checkBooks(final MovingMarket market) throws IOException {
        final Books books = market.world.watch.state().books;
        for (int id = 0; id < WITH_BOOKS[1]; id++) {
            if (books.find(id) == null || books.find(id).state() != BookState.PROVEN) {
                throw new IOException("the order book of instrument " + id + " is not proven");
            }
        }
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Laying the messages out is not counted. */
    private record Chunks(String name, MovingMarket market) implements Contender {
        @Override
        public long run(final int passes) {
            long ns = 0;
            for (int i = 0; i < passes; i++) {
                market.fill();
                final long beforeNs = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                market.judgeFilled();
                ns += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - beforeNs;
            }
            return ns;
        }

        @Override
        public long checksum() {
            return market.stampNs();
        }
    }
}
