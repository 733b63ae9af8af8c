package io.plumbline.app.gate;

import java.util.List;
import java.util.Set;

/**
 * One symbol and everything that its price hangs on.
 *
 * @param symbol ccxt form
 * @param prices every key that carries it
 */
public record GateSubject(String symbol, List<Price> prices) {
    public GateSubject {
        prices = List.copyOf(prices);
    }

    /**
     * One key.
     *
     * @param key its row on the board
     * @param name the Redis key
     * @param venue where its reference comes from
     * @param writer who fills it
     * @param sources names of the connections that carry its reference and of its Redis
     */
    public record Price(int key, String name, String venue, String writer, Set<String> sources) {
        public Price {
            sources = Set.copyOf(sources);
        }
    }
}
