package io.plumbline.feed.sim;

import java.util.List;

/**
 * Something that happened on the simulated market, before a venue words it.
 *
 * @param stampNs when, ns since the epoch
 * @param trade with {@link Kind#TRADE}, else null
 * @param quote with {@link Kind#QUOTE}, else null
 * @param book with {@link Kind#BOOK}, else null
 */
public record MarketMove(
        SimulatedInstrument instrument,
        Kind kind,
        long stampNs,
        Trade trade,
        Quote quote,
        Book book) {
    /** What it is about. */
    public enum Kind {
        TRADE,
        QUOTE,
        BOOK
    }

    /**
     * @param id plus one each, per instrument
     * @param sold whether the aggressor sold, so that the buyer was the maker
     */
    public record Trade(long id, String price, String size, boolean sold) {}

    /**
     * The best prices, with the last trade's.
     *
     * @param id upwards with holes, per instrument
     */
    public record Quote(
            long id, String bid, String bidSize, String ask, String askSize, String last) {}

    /**
     * @param previous the last id of the change before, 0 for the first
     * @param first the first id in this one, previous + 1
     * @param last the last id in this one
     * @param changes what changed; a size of "0" took the level out
     * @param bids the whole side after it, best first
     * @param asks the whole side after it, best first
     */
    public record Book(
            long previous,
            long first,
            long last,
            List<Level> changes,
            List<Level> bids,
            List<Level> asks) {}

    /** One price of one side. */
    public record Level(boolean bid, String price, String size) {}
}
