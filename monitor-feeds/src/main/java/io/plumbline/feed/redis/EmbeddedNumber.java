package io.plumbline.feed.redis;

import io.plumbline.market.Decimal;
import io.plumbline.market.MarketEvent;

/** Sequences and times that a writer put beside the price. Allocates nothing. */
final class EmbeddedNumber {
    private static final long SECONDS_BELOW = 100_000_000_000L;
    private static final long MILLISECONDS_BELOW = 100_000_000_000_000L;
    private static final long MICROSECONDS_BELOW = 100_000_000_000_000_000L;

    private EmbeddedNumber() {}

    /** A number of digits only, or NONE for anything else or beyond a long. */
    static long sequence(final byte[] bytes, final int from, final int to) {
        if (from >= to) {
            return MarketEvent.NONE;
        }
        long value = 0;
        for (int at = from; at < to; at++) {
            final int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
                return MarketEvent.NONE;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /**
     * A time as ns since the epoch; seconds, milliseconds, microseconds or nanoseconds are told
     * apart by their size, and a fraction is read exactly. NONE for anything else.
     */
    static long timeNs(final byte[] bytes, final int from, final int to) {
        int point = from;
        while (point < to && bytes[point] != '.') {
            point++;
        }
        final long whole = sequence(bytes, from, point);
        if (whole == MarketEvent.NONE || point == to - 1) {
            return MarketEvent.NONE;
        }
        long unitNs = unitNs(whole);
        if (whole > Long.MAX_VALUE / unitNs) {
            return MarketEvent.NONE;
        }
        long timeNs = whole * unitNs;
        for (int at = point + 1; at < to; at++) {
            final int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                return MarketEvent.NONE;
            }
            unitNs /= 10;
            timeNs += digit * unitNs;
        }
        return timeNs;
    }

    /** The same for a number that is no text. */
    static long timeNs(final Decimal value) {
        if (!value.isGiven() || value.signum() < 0 || value.exponent() < -Decimal.MAX_DIGITS) {
            return MarketEvent.NONE;
        }
        if (value.exponent() >= 0) {
            return value.fits(0) ? timeNs(value.scaled(0)) : MarketEvent.NONE;
        }
        long divisor = 1;
        for (int i = value.exponent(); i < 0; i++) {
            divisor *= 10;
        }
        final long whole = value.mantissa() / divisor;
        long timeNs = timeNs(whole);
        if (timeNs != MarketEvent.NONE) {
            long rest = value.mantissa() % divisor;
            for (long unitNs = unitNs(whole) / 10; unitNs > 0 && divisor > 1; unitNs /= 10) {
                divisor /= 10;
                timeNs += rest / divisor * unitNs;
                rest %= divisor;
            }
        }
        return timeNs;
    }

    /** The same for a whole number; NONE stays NONE. */
    static long timeNs(final long whole) {
        final long unitNs = unitNs(whole);
        return whole < 0 || whole > Long.MAX_VALUE / unitNs ? MarketEvent.NONE : whole * unitNs;
    }

    private static long unitNs(final long whole) {
        return whole < SECONDS_BELOW
                ? 1_000_000_000L
                : whole < MILLISECONDS_BELOW
                        ? 1_000_000L
                        : whole < MICROSECONDS_BELOW ? 1_000L : 1L;
    }
}
