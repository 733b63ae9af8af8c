package io.plumbline.feed.provider;

import io.plumbline.market.Decimal;
import io.plumbline.market.MarketEvent;

/** How a provider writes times: a number since the epoch in a unit, or RFC 3339 text. */
public enum TimeForm {
    SECONDS("s", 9),
    MILLIS("ms", 6),
    MICROS("us", 3),
    NANOS("ns", 0),
    ISO("iso", 0);

    private static final int DIGITS = 19;

    private final String label;
    private final int power;

    TimeForm(final String label, final int power) {
        this.label = label;
        this.power = power;
    }

    public String label() {
        return label;
    }

    /**
     * The number in ns since the epoch, what is finer than a ns cut off; NONE for zero and below,
     * which say that there is none, and for what lies beyond the year 2262. Allocates nothing.
     */
    long epochNs(final Decimal number) {
        return epochNs(number.mantissa(), number.exponent());
    }

    /** The same for {@code mantissa x 10^exponent}. */
    long epochNs(final long mantissa, final int exponent) {
        long ns = mantissa;
        int shift = exponent + power;
        if (ns <= 0 || shift > DIGITS) {
            return MarketEvent.NONE;
        }
        for (; shift > 0; shift--) {
            if (ns > Long.MAX_VALUE / 10) {
                return MarketEvent.NONE;
            }
            ns *= 10;
        }
        for (; shift < 0 && ns > 0; shift++) {
            ns /= 10;
        }
        return ns > 0 ? ns : MarketEvent.NONE;
    }
}
