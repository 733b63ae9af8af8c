package io.plumbline.feed.venue;

import static io.plumbline.feed.venue.FrameText.ascii;

import io.plumbline.feed.json.JsonCursor;
import io.plumbline.market.Channel;

/** OKX's channels that are read. */
enum OkxStream {
    BOOK(Channel.DEPTH, "books", "books-l2-tbt", "books50-l2-tbt"),
    BEST(Channel.BOOK_TICKER, "bbo-tbt"),
    TICKER(Channel.TICKER, "tickers"),
    /** Fills at one price of one order in one push, or each by itself where it has no count. */
    TRADES(Channel.TRADE, "trades"),
    ALL_TRADES(Channel.TRADE, "trades-all"),
    MARK(Channel.MARK_PRICE, "mark-price"),
    /** Legal, and nothing for us. */
    OTHER(Channel.NONE);

    private static final OkxStream[] ALL = values();

    final Channel channel;
    private final byte[][] labels;

    OkxStream(final Channel channel, final String... names) {
        this.channel = channel;
        this.labels = new byte[names.length][];
        for (int i = 0; i < names.length; i++) {
            labels[i] = ascii(names[i]);
        }
    }

    /** The channel that the cursor's string names. Allocates nothing. */
    static OkxStream of(final JsonCursor cursor) {
        for (final OkxStream stream : ALL) {
            for (final byte[] label : stream.labels) {
                if (cursor.stringIs(label)) {
                    return stream;
                }
            }
        }
        return OTHER;
    }
}
