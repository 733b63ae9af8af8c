package io.plumbline.feed.venue;

import io.plumbline.market.Channel;
import java.net.URI;

/** How a venue gives trades by their ids over REST, after a gap. */
public interface TradeHistory {
    /** The most ids that one request may cover. */
    int page();

    /**
     * What to ask for the trades {@code from} to {@code to}, at most a page; null where this
     * channel's ids cannot be asked for.
     *
     * @param rest replaces the venue's own REST base address; null for the venue's
     */
    RestRequest request(String venueSymbol, Channel channel, long from, long to, URI rest);

    /** How the answer to that is written; null where there is none. */
    Shape shape(Channel channel);

    /**
     * Where the trades stand in an answer, and what their fields are called.
     *
     * @param path keys from the top to the list, none where the answer is the list
     * @param time whole ms, bare or in a string, or RFC 3339
     */
    record Shape(java.util.List<String> path, String id, String price, String size, String time) {
        public Shape {
            path = java.util.List.copyOf(path);
        }
    }
}
