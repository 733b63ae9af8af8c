package io.plumbline.feed.backfill;

import io.plumbline.market.Channel;
import io.plumbline.market.Instruments.Instrument;

/**
 * One thing to fetch.
 *
 * @param channel of the trades {@code from} to {@code to}; NONE for the order book
 */
record Errand(Instrument of, Channel channel, long from, long to) {
    static Errand book(final Instrument of) {
        return new Errand(of, Channel.NONE, 0, 0);
    }

    boolean isBook() {
        return channel == Channel.NONE;
    }

    @Override
    public String toString() {
        return isBook()
                ? "the order book of " + of.symbol()
                : channel.label() + "s " + from + " to " + to + " of " + of.symbol();
    }
}
