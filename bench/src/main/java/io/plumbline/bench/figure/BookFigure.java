package io.plumbline.bench.figure;

import io.plumbline.market.BookState;
import io.plumbline.market.Channel;
import io.plumbline.market.InstrumentBook;
import io.plumbline.market.MessageDecoder;
import java.io.IOException;
import java.util.List;

/**
 * Target 4: decode, market state, every detector and the full order book, against decoding alone:
 * recorded frames with the snapshot that was fetched among them.
 */
final class BookFigure implements Figure {
    private static final int TARGET = 4;
    private static final double LIMIT = 3;
    private static final int MESSAGES = 20_000;

    @Override
    public String name() {
        return "books";
    }

    @Override
    public String title() {
        return "bytes to verdict with full order books, processor ns per message";
    }

    @Override
    public List<Row> measure(final Effort effort) throws IOException {
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
        final MessageDecoder decoder = corpus.decoder();
        final Fields fields = new Fields();
        final Passes passes = new Passes(corpus);
        final Contest contest = new Contest(effort, corpus.size());
        final int decode =
                contest.add(
                        Contender.inProcess("decode alone", () -> fields.read(corpus, decoder)));
        final int books = contest.add(passes);
        contest.run();
        return List.of(
                contest.atMost(TARGET, "decode + state + detectors + books", books, decode, LIMIT),
                Row.told("levels of the book, last pass", passes.checksum(), "levels"));
    }

    /** Every pass in a state of its own, because ids must not begin again; making it is free. */
    private static final class Passes implements Contender {
        private final Corpus corpus;
        private long levels;

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
            levels = book.book().bids().count() + book.book().asks().count();
        }

        @Override
        public long checksum() {
            return levels;
        }
    }
}
