package io.plumbline.feed.sim;

import io.plumbline.feed.sim.SimulatedFrame.Ids;
import io.plumbline.feed.sim.SimulatedFrame.Prices;
import io.plumbline.market.Channel;
import java.util.Random;

/**
 * One instrument at work: prices in whole ticks, ids by the venue's rules. A late step publishes
 * one of each, not a backlog. Simulation thread.
 */
final class SimulatedSymbol {
    private static final long DEPTH_INTERVAL_NS = 100_000_000;
    private static final long MARK_INTERVAL_NS = 1_000_000_000;
    private static final int LEVELS = 5;
    private static final int MAX_LOTS = 5_000;

    private final SimulatedInstrument instrument;
    private final BinanceText text;
    private final Random random;
    private final PriceWalk walk;
    private final boolean spot;

    private long nextTradeNs = Long.MIN_VALUE;
    private long nextDepthNs = Long.MIN_VALUE;
    private long nextMarkNs = Long.MIN_VALUE;
    private long ladderBidTicks;
    private long ladderAskTicks;
    private long tradeId;
    private long aggregateId;
    private long updateId;
    private long quoteUpdateId;
    private long depthUpdateId;

    SimulatedSymbol(final SimulatedInstrument instrument, final CoinTide tide, final long seed) {
        this.instrument = instrument;
        text = new BinanceText(instrument);
        random = new Random(seed);
        walk = new PriceWalk(instrument.startTicks(), tide, random);
        spot = BinanceMarket.of(instrument.venue()).spot();
        tradeId = 1_000_000L + random.nextInt(1_000_000_000);
        aggregateId = 500_000L + random.nextInt(1_000_000_000);
        updateId = (spot ? 50_000_000_000L : 5_000_000_000_000L) + random.nextInt(1_000_000_000);
        depthUpdateId = updateId;
    }

    SimulatedInstrument instrument() {
        return instrument;
    }

    void step(final long nowNs, final FrameListener out) {
        if (nowNs >= nextTradeNs) {
            trade(nowNs, out);
            final long interval = instrument.tradeIntervalNs();
            nextTradeNs = nowNs + interval / 2 + below(interval);
        }
        if (nowNs >= nextDepthNs) {
            depth(nowNs, out);
            nextDepthNs = nowNs + DEPTH_INTERVAL_NS;
        }
        if (!spot && nowNs >= nextMarkNs) {
            mark(nowNs, out);
            nextMarkNs = nowNs + MARK_INTERVAL_NS;
        }
    }

    /** Intervals of some seconds are no int; shorter ones keep the numbers that a seed gives. */
    private long below(final long interval) {
        return interval <= Integer.MAX_VALUE
                ? random.nextInt((int) interval)
                : random.nextLong(interval);
    }

    /** The ids begin anew, all of them below what was sent before. */
    void restartIds() {
        tradeId = 0;
        aggregateId = 0;
        updateId = 0;
        quoteUpdateId = 0;
        depthUpdateId = 0;
    }

    private void trade(final long nowNs, final FrameListener out) {
        final boolean sold = walk.step();
        final String priceText = instrument.price(walk.lastTicks());
        final int fills = 1 + random.nextInt(3);
        final long first = tradeId + 1;
        int sum = 0;
        for (int i = 0; i < fills; i++) {
            final int lots = lots();
            sum += lots;
            tradeId++;
            out.onFrame(
                    frame(
                            Channel.TRADE,
                            "trade",
                            text.trade(nowNs, tradeId, priceText, text.quantity(lots), sold),
                            nowNs,
                            new Ids(tradeId - 1, tradeId, tradeId),
                            Prices.last(priceText)));
        }
        aggregateId++;
        out.onFrame(
                frame(
                        Channel.AGG_TRADE,
                        "aggTrade",
                        text.aggTrade(
                                nowNs,
                                aggregateId,
                                first,
                                tradeId,
                                priceText,
                                text.quantity(sum),
                                sold),
                        nowNs,
                        new Ids(aggregateId - 1, aggregateId, aggregateId),
                        Prices.last(priceText)));
        quote(nowNs, out);
    }

    private void quote(final long nowNs, final FrameListener out) {
        updateId += 1 + random.nextInt(4);
        final String bid = instrument.price(walk.bidTicks());
        final String ask = instrument.price(walk.askTicks());
        out.onFrame(
                frame(
                        Channel.BOOK_TICKER,
                        "bookTicker",
                        text.bookTicker(
                                nowNs,
                                updateId,
                                bid,
                                text.quantity(lots()),
                                ask,
                                text.quantity(lots())),
                        nowNs,
                        new Ids(quoteUpdateId, updateId, updateId),
                        Prices.quote(bid, ask)));
        quoteUpdateId = updateId;
    }

    private void depth(final long nowNs, final FrameListener out) {
        final long previous = depthUpdateId;
        updateId += spot ? 1 + random.nextInt(3) : 5 + random.nextInt(30);
        final long first = previous + 1 + (spot ? 0 : random.nextInt(4));
        depthUpdateId = updateId;
        final String bids = side(ladderBidTicks, walk.bidTicks(), -1);
        final String asks = side(ladderAskTicks, walk.askTicks(), 1);
        ladderBidTicks = walk.bidTicks();
        ladderAskTicks = walk.askTicks();
        out.onFrame(
                frame(
                        Channel.DEPTH,
                        "depth",
                        text.depth(nowNs, first, updateId, previous, bids, asks),
                        nowNs,
                        new Ids(previous, first, updateId),
                        Prices.NONE));
    }

    private void mark(final long nowNs, final FrameListener out) {
        final int decimals = 8;
        long unit = instrument.tickUnits();
        for (int i = instrument.decimals(); i < decimals; i++) {
            unit *= 10;
        }
        final long mid = (walk.bidTicks() + walk.askTicks()) * unit / 2;
        final String mark = SimulatedInstrument.fixed(mid + random.nextInt(100), decimals);
        final String index =
                SimulatedInstrument.fixed(mid - mid / 125 + random.nextInt(100), decimals);
        out.onFrame(
                frame(
                        Channel.MARK_PRICE,
                        "markPrice",
                        text.markPrice(nowNs, mark, index),
                        nowNs,
                        Ids.NONE,
                        Prices.mark(mark, index)));
    }

    /** The difference between two ladders of one side: what left has quantity zero. */
    private String side(final long oldBest, final long newBest, final int direction) {
        final StringBuilder levels = new StringBuilder(128);
        for (int i = 0; oldBest != 0 && i < LEVELS; i++) {
            final long price = oldBest + (long) direction * i;
            final long place = (price - newBest) * direction;
            if (place < 0 || place >= LEVELS) {
                level(levels, price, 0);
            }
        }
        for (int i = 0; i < LEVELS; i++) {
            level(levels, newBest + (long) direction * i, lots());
        }
        return levels.toString();
    }

    private void level(final StringBuilder levels, final long ticks, final int lots) {
        levels.append(levels.length() == 0 ? "[\"" : ",[\"").append(instrument.price(ticks));
        levels.append("\",\"").append(text.quantity(lots)).append("\"]");
    }

    private int lots() {
        return 1 + random.nextInt(MAX_LOTS);
    }

    private SimulatedFrame frame(
            final Channel channel,
            final String name,
            final String json,
            final long nowNs,
            final Ids ids,
            final Prices prices) {
        return new SimulatedFrame(
                instrument.venue(),
                instrument.symbol(),
                channel,
                instrument.stream(name),
                json,
                nowNs,
                ids,
                prices);
    }
}
