package io.plumbline.market;

/**
 * A kind of market data, the same names on every venue. The label is an interface (summary, API).
 */
public enum Channel {
    NONE(""),
    TRADE("trade"),
    AGG_TRADE("aggTrade"),
    BOOK_TICKER("bookTicker"),
    DEPTH("depth"),
    DEPTH_SNAPSHOT("depthSnapshot"),
    MARK_PRICE("markPrice"),
    TICKER("ticker");

    private static final Channel[] ALL = values();

    private final String label;

    Channel(final String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** The channel of this label, or null. */
    public static Channel ofLabel(final String label) {
        for (final Channel channel : ALL) {
            if (channel != NONE && channel.label.equals(label)) {
                return channel;
            }
        }
        return null;
    }
}
