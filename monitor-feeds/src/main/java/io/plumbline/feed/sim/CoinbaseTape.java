package io.plumbline.feed.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The newest trades of each product, which a subscription begins with. One for all clients of a
 * venue: a trade is worded to each of them and is noted once.
 */
final class CoinbaseTape {
    private static final int KEPT = 5;

    private final Map<String, Deque<MarketMove>> trades = new HashMap<>();

    synchronized void note(final MarketMove move) {
        final Deque<MarketMove> kept =
                trades.computeIfAbsent(
                        move.instrument().venueSymbol(), product -> new ArrayDeque<>());
        final long last = kept.isEmpty() ? 0 : kept.peekLast().trade().id();
        if (move.trade().id() == last) {
            return;
        }
        if (move.trade().id() < last) {
            kept.clear();
        }
        kept.addLast(move);
        if (kept.size() > KEPT) {
            kept.removeFirst();
        }
    }

    /** Oldest first. */
    synchronized List<MarketMove> past(final String product) {
        return List.copyOf(trades.getOrDefault(product, new ArrayDeque<>()));
    }
}
