package io.plumbline.app;

import io.plumbline.feed.sim.FrameListener;
import io.plumbline.feed.sim.FrameSource;
import io.plumbline.feed.sim.SimulatedFrame;
import io.plumbline.market.Channel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A market that remembers what it published: counts by channel, and which last prices were true
 * when. Filled by the simulation's thread, asked by the test's.
 */
final class WitnessedMarket implements FrameSource {
    /** A last price and when it was published, ns since the epoch. */
    private record Price(String symbol, String price, long atNs) {}

    private final FrameSource market;
    private final Map<String, Long> published = new TreeMap<>();
    private final List<Price> prices = new ArrayList<>();
    private volatile boolean finished;

    WitnessedMarket(final FrameSource market) {
        this.market = market;
    }

    @Override
    public void step(final long nowNs, final FrameListener out) {
        market.step(
                nowNs,
                frame -> {
                    remember(frame);
                    out.onFrame(frame);
                });
        finished = market.finished();
    }

    private synchronized void remember(final SimulatedFrame frame) {
        published.merge(frame.channel().label(), 1L, Long::sum);
        if (frame.channel() == Channel.TRADE) {
            prices.add(new Price(frame.symbol(), frame.prices().last(), frame.stampNs()));
        }
    }

    @Override
    public boolean finished() {
        return finished;
    }

    /** Frames by channel. */
    synchronized Map<String, Long> published() {
        return new TreeMap<>(published);
    }

    /** The last prices of a symbol that were true at any time between the two, both included. */
    synchronized Set<String> pricesBetween(
            final String symbol, final long fromNs, final long toNs) {
        final Set<String> between = new HashSet<>();
        String before = null;
        for (final Price price : prices) {
            if (price.symbol.equals(symbol)) {
                if (price.atNs > fromNs && price.atNs <= toNs) {
                    between.add(price.price);
                } else if (price.atNs <= fromNs) {
                    before = price.price;
                }
            }
        }
        if (before != null) {
            between.add(before);
        }
        return between;
    }
}
