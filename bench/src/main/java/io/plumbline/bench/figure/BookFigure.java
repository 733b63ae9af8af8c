package io.plumbline.bench.figure;

import io.plumbline.market.BookSide;
import io.plumbline.market.BookState;
import io.plumbline.market.Channel;
import io.plumbline.market.Decimal;
import io.plumbline.market.InstrumentBook;
import io.plumbline.market.MessageDecoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Target 4: decode, market state, every detector and the full order book, against decoding alone
 * and against a product that keeps books: recorded frames with the snapshot that was fetched among
 * them.
 */
final class BookFigure implements Figure {
    private static final int TARGET = 4;
    private static final double LIMIT = 3;
    private static final double CCXT = 50;
    private static final int MESSAGES = 20_000;
    private static final String WHAT = "decode + state + detectors + books";

    @Override
    public String name() {
        return "books";
    }

    @Override
    public String title() {
        return "bytes to verdict with full order books, processor ns per message";
    }

    @Override
    public List<Row> measure(final Effort effort) throws IOException, InterruptedException {
        if (!effort.hasFeeds()) {
            return List.of();
        }
        final Corpus corpus =
                Corpus.recorded(
                        "recorded mix",
                        "binance-usdm",
                        effort.feeds().resolve("binance/usdm_btcusdt_20240808.gz"),
                        MESSAGES,
                        text ->
                                text.startsWith("{\"stream\"")
                                        || text.startsWith("{\"lastUpdateId\""));
        final String noCcxt = NodeReader.ccxtMissing();
        if (noCcxt != null) {
            return rows(effort, corpus, null, noCcxt);
        }
        try (NodeReader ccxt = NodeReader.ccxt(corpus, effort)) {
            return rows(effort, corpus, ccxt, null);
        }
    }

    private static List<Row> rows(
            final Effort effort, final Corpus corpus, final NodeReader ccxt, final String noCcxt)
            throws IOException {
        final MessageDecoder decoder = corpus.decoder();
        final Passes passes = new Passes(corpus);
        final Contest contest = new Contest(effort, corpus.size());
        final int decode = contest.add(Fields.summedUp(corpus, decoder));
        final int bare = contest.add(Fields.unread(corpus, decoder));
        final int books = contest.add(passes);
        final int peer = ccxt == null ? -1 : contest.add(ccxt);
        contest.run();
        final List<Row> rows = new ArrayList<>();
        rows.add(contest.atMost(TARGET, WHAT, books, decode, LIMIT));
        rows.add(contest.atMost(0, WHAT, books, bare, 0));
        if (peer >= 0) {
            contest.agree(books, peer);
            rows.add(contest.atLeast(TARGET, WHAT, books, peer, CCXT));
        } else {
            rows.add(leftOut(contest.value(books), NodeReader.CCXT + ": " + noCcxt));
        }
        rows.add(leftOut(contest.value(books), "cryptofeed: Python, neither of Maven nor of npm"));
        rows.add(Row.told("levels of the book, last pass", passes.levels, "levels"));
        return rows;
    }

    private static Row leftOut(final double ours, final String peerAndWhy) {
        return Row.leftOut(WHAT, ours, "ns", peerAndWhy);
    }

    /** Every pass in a state of its own, because ids must not begin again; making it is free. */
    private static final class Passes implements Contender {
        private static final int HUNDREDTHS = 2;
        private static final int THOUSANDTHS = 3;
        private static final long LEVELS = 31;
        private static final long BIDS = 7;
        private static final long ASKS = 11;
        private static final long SIZES = 6;

        private final Corpus corpus;
        private long levels;
        private long top;

        Passes(final Corpus corpus) {
            this.corpus = corpus;
        }

        @Override
        public String name() {
            return "books";
        }

        @Override
        public long run(final int passes) throws IOException {
            long ns = 0;
            for (int pass = 0; pass < passes; pass++) {
                final FreshEngine engine = new FreshEngine(corpus, Channel.DEPTH);
                ns += engine.playAll(null);
                check(engine.world.watch.state().books.find(0));
            }
            return ns;
        }

        /** Without a whole book it would not be what it says. */
        private void check(final InstrumentBook book) throws IOException {
            if (book == null || book.state() != BookState.PROVEN) {
                throw new IOException(
                        "the recording's order book is " + (book == null ? "none" : book.state()));
            }
            final BookSide bids = book.book().bids();
            final BookSide asks = book.book().asks();
            levels = bids.count() + asks.count();
            top = LEVELS * levels + best(bids, BIDS) + best(asks, ASKS);
        }

        private static long best(final BookSide side, final long factor) {
            return whole(side.price(0, new Decimal()), HUNDREDTHS) * factor
                    + whole(side.size(0, new Decimal()), THOUSANDTHS) * (factor + SIZES);
        }

        private static long whole(final Decimal value, final int digits) {
            return value.toBigDecimal().movePointRight(digits).longValueExact();
        }

        /** How many levels, and the best of both sides: the same sum as in ccxt.js. */
        @Override
        public long checksum() {
            return top;
        }
    }
}
