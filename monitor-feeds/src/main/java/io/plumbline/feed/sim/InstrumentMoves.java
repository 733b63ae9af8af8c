package io.plumbline.feed.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * One instrument of {@link SimulatedMoves}: trades at its mean interval, each with a new quote, and
 * ten times a second a change of a book of ten levels a side. Simulation thread.
 */
final class InstrumentMoves {
    private static final long BOOK_INTERVAL_NS = 100_000_000;
    private static final int MOST_FILLS = 2;

    private final SimulatedInstrument instrument;
    private final Random random;
    private final PriceWalk walk;
    private final BookSide bids;
    private final BookSide asks;
    private long nextTradeNs = Long.MIN_VALUE;
    private long nextBookNs = Long.MIN_VALUE;
    private long tradeId;
    private long quoteId;
    private long bookId;

    InstrumentMoves(final SimulatedInstrument instrument, final CoinTide tide, final long seed) {
        this.instrument = instrument;
        random = new Random(seed);
        walk = new PriceWalk(instrument.startTicks(), tide, random);
        bids = new BookSide(instrument, true, random);
        asks = new BookSide(instrument, false, random);
        tradeId = 1_000_000L + random.nextInt(1_000_000_000);
        quoteId = tradeId;
    }

    boolean is(final String venue, final String symbol) {
        return instrument.venue().equals(venue) && instrument.symbol().equals(symbol);
    }

    void step(final long nowNs, final Consumer<MarketMove> out) {
        if (nowNs >= nextTradeNs) {
            trade(nowNs, out);
            final long interval = instrument.tradeIntervalNs();
            nextTradeNs = nowNs + interval / 2 + random.nextInt((int) interval);
        }
        if (nowNs >= nextBookNs) {
            out.accept(
                    new MarketMove(
                            instrument, MarketMove.Kind.BOOK, nowNs, null, null, nextBook()));
            nextBookNs = nowNs + BOOK_INTERVAL_NS;
        }
    }

    /** The ids begin anew, all of them below what was sent before. */
    void restartIds() {
        tradeId = 0;
        quoteId = 0;
        bookId = 0;
    }

    private void trade(final long nowNs, final Consumer<MarketMove> out) {
        final boolean sold = walk.step();
        final String price = instrument.price(walk.lastTicks());
        final int fills = 1 + random.nextInt(MOST_FILLS);
        for (int i = 0; i < fills; i++) {
            tradeId++;
            final MarketMove.Trade trade =
                    new MarketMove.Trade(tradeId, price, BookSide.size(random), sold);
            out.accept(new MarketMove(instrument, MarketMove.Kind.TRADE, nowNs, trade, null, null));
        }
        quoteId += 1 + random.nextInt(4);
        final MarketMove.Quote quote =
                new MarketMove.Quote(
                        quoteId,
                        instrument.price(walk.bidTicks()),
                        BookSide.size(random),
                        instrument.price(walk.askTicks()),
                        BookSide.size(random),
                        price);
        out.accept(new MarketMove(instrument, MarketMove.Kind.QUOTE, nowNs, null, quote, null));
    }

    private MarketMove.Book nextBook() {
        final List<MarketMove.Level> changes = new ArrayList<>();
        bids.moveTo(walk.bidTicks(), changes);
        asks.moveTo(walk.askTicks(), changes);
        final long previous = bookId;
        bookId += 1 + random.nextInt(3);
        return new MarketMove.Book(
                previous, previous + 1, bookId, List.copyOf(changes), bids.levels(), asks.levels());
    }
}
