package io.plumbline.feed.sim;

import io.plumbline.feed.sim.SimulatedFrame.Ids;
import io.plumbline.feed.sim.SimulatedFrame.Prices;
import io.plumbline.market.Channel;
import java.util.List;

/**
 * Binance's words for what happens on one instrument: a trade is also an aggregate of one, and once
 * a second a quote brings futures their mark price.
 */
final class BinanceWording {
    private static final long MARK_INTERVAL_NS = 1_000_000_000;

    private final SimulatedInstrument instrument;
    private final BinanceText text;
    private final boolean spot;
    private long nextMarkNs = Long.MIN_VALUE;
    private long quoteId;

    BinanceWording(final SimulatedInstrument instrument) {
        this.instrument = instrument;
        text = new BinanceText(instrument);
        spot = BinanceMarket.of(instrument.venue()).spot();
    }

    void word(final MarketMove move, final FrameListener out) {
        switch (move.kind()) {
            case TRADE:
                trade(move.stampNs(), move.trade(), out);
                break;
            case QUOTE:
                quote(move.stampNs(), move.quote(), out);
                break;
            default:
                book(move.stampNs(), move.book(), out);
                break;
        }
    }

    private void trade(final long nowNs, final MarketMove.Trade trade, final FrameListener out) {
        final long id = trade.id();
        final Ids ids = new Ids(id - 1, id, id);
        final Prices prices = Prices.last(trade.price());
        out.onFrame(
                frame(
                        Channel.TRADE,
                        text.trade(nowNs, id, trade.price(), trade.size(), trade.sold()),
                        nowNs,
                        ids,
                        prices));
        out.onFrame(
                frame(
                        Channel.AGG_TRADE,
                        text.aggTrade(nowNs, id, id, id, trade.price(), trade.size(), trade.sold()),
                        nowNs,
                        ids,
                        prices));
    }

    private void quote(final long nowNs, final MarketMove.Quote quote, final FrameListener out) {
        out.onFrame(
                frame(
                        Channel.BOOK_TICKER,
                        text.bookTicker(
                                nowNs,
                                quote.id(),
                                quote.bid(),
                                quote.bidSize(),
                                quote.ask(),
                                quote.askSize()),
                        nowNs,
                        new Ids(quoteId, quote.id(), quote.id()),
                        Prices.quote(quote.bid(), quote.ask())));
        quoteId = quote.id();
        if (!spot && nowNs >= nextMarkNs) {
            nextMarkNs = nowNs + MARK_INTERVAL_NS;
            out.onFrame(
                    frame(
                            Channel.MARK_PRICE,
                            text.markPrice(nowNs, quote.last(), quote.bid()),
                            nowNs,
                            Ids.NONE,
                            Prices.mark(quote.last(), quote.bid())));
        }
    }

    private void book(final long nowNs, final MarketMove.Book book, final FrameListener out) {
        out.onFrame(
                frame(
                        Channel.DEPTH,
                        text.depth(
                                nowNs,
                                book.first(),
                                book.last(),
                                book.previous(),
                                levels(book.changes(), true),
                                levels(book.changes(), false)),
                        nowNs,
                        new Ids(book.previous(), book.first(), book.last()),
                        Prices.NONE));
    }

    private static String levels(final List<MarketMove.Level> changes, final boolean bids) {
        final StringBuilder levels = new StringBuilder(128);
        for (final MarketMove.Level level : changes) {
            if (level.bid() == bids) {
                levels.append(levels.length() == 0 ? "[\"" : ",[\"").append(level.price());
                levels.append("\",\"").append(level.size()).append("\"]");
            }
        }
        return levels.toString();
    }

    private SimulatedFrame frame(
            final Channel channel,
            final String json,
            final long nowNs,
            final Ids ids,
            final Prices prices) {
        return new SimulatedFrame(
                instrument.venue(),
                instrument.symbol(),
                channel,
                instrument.stream(channel.label()),
                json,
                nowNs,
                ids,
                prices);
    }
}
