package io.plumbline.feed.sim;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The state of one price key and of the market price behind it. Simulation thread. */
final class PriceKey {
    private static final long RANGE_NS = 10_000_000_000L;

    final String symbol;
    final String key;

    /** The market's newest price as the venue wrote it, or null before the first. */
    String price;

    /** When something was last written to the key by the faithful path. */
    long writtenNs;

    /** Faults that hold faithful writes of this key back. */
    int withheldBy;

    /** What else listens to this price. */
    final List<Distortion> distortions = new ArrayList<>(2);

    private long rangeSinceNs;
    private BigDecimal low;
    private BigDecimal high;
    private BigDecimal earlierLow;
    private BigDecimal earlierHigh;

    PriceKey(final String symbol, final String key) {
        this.symbol = symbol;
        this.key = key;
    }

    /** The middle of the newest quote. */
    static String mid(final String bid, final String ask) {
        return new BigDecimal(bid)
                .add(new BigDecimal(ask))
                .divide(BigDecimal.valueOf(2))
                .toPlainString();
    }

    /** Takes the market's new price. */
    void price(final String text, final long nowNs) {
        price = text;
        final BigDecimal value = new BigDecimal(text);
        if (low == null || nowNs - rangeSinceNs >= RANGE_NS) {
            earlierLow = low == null ? value : low;
            earlierHigh = high == null ? value : high;
            low = value;
            high = value;
            rangeSinceNs = nowNs;
        } else {
            low = low.min(value);
            high = high.max(value);
        }
    }

    /** How far the price moved within the last 10 to 20 s. */
    BigDecimal recentRange() {
        return high.max(earlierHigh).subtract(low.min(earlierLow));
    }
}
