package io.plumbline.feed.sim;

import io.plumbline.market.Channel;

/**
 * One message of a venue, as the venue words it, with what it says beside it.
 *
 * @param venue the venue's name
 * @param symbol ccxt form
 * @param channel the kind of data
 * @param stream the stream's name without an update speed, for example {@code btcusdt@depth}
 * @param json the payload without the combined-stream wrapper
 * @param stampNs when it was published, ns since the epoch
 * @param ids its place in its stream
 * @param prices the prices that it carries
 */
public record SimulatedFrame(
        String venue,
        String symbol,
        Channel channel,
        String stream,
        String json,
        long stampNs,
        Ids ids,
        Prices prices) {

    /**
     * Sequence numbers; 0 where the stream has none.
     *
     * @param previous the last id of the frame before it in its stream, 0 for the first
     * @param first the first id in it
     * @param last the last id in it
     */
    public record Ids(long previous, long first, long last) {
        static final Ids NONE = new Ids(0, 0, 0);
    }

    /** Prices as the venue writes them; null where the frame does not carry one. */
    public record Prices(String last, String bid, String ask, String mark, String index) {
        static final Prices NONE = new Prices(null, null, null, null, null);

        static Prices last(final String last) {
            return new Prices(last, null, null, null, null);
        }

        static Prices quote(final String bid, final String ask) {
            return new Prices(null, bid, ask, null, null);
        }

        static Prices mark(final String mark, final String index) {
            return new Prices(null, null, null, mark, index);
        }
    }
}
