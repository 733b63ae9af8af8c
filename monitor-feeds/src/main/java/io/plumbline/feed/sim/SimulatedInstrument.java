package io.plumbline.feed.sim;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * One instrument of the synthetic market.
 *
 * @param venue the venue's name
 * @param symbol ccxt form
 * @param venueSymbol the venue's own name
 * @param tickSize the smallest price step, as text
 * @param decimals how many decimals the venue writes
 * @param startTicks the price around which it moves, in ticks
 * @param tradeIntervalNs the mean time between two trades
 */
public record SimulatedInstrument(
        String venue,
        String symbol,
        String venueSymbol,
        String tickSize,
        int decimals,
        long startTicks,
        long tradeIntervalNs) {

    /** Prices of this many ticks or more seldom come back to a value within seconds. */
    static final long FINE_GRID_TICKS = 10_000;

    /** The coin that it is about, without a multiplier: both 1000PEPE and PEPE are PEPE. */
    public String coin() {
        final String base = symbol.substring(0, symbol.indexOf('/'));
        return base.startsWith("1000") ? base.substring(4) : base;
    }

    /** The coin as it is priced, with its multiplier. */
    public String base() {
        return symbol.substring(0, symbol.indexOf('/'));
    }

    /** Whether its price has so many ticks that a wrong value cannot be taken for an old one. */
    public boolean fineGrid() {
        return startTicks >= FINE_GRID_TICKS;
    }

    /** The stream's name without update speed. */
    public String stream(final String name) {
        return venueSymbol.toLowerCase(Locale.ROOT) + '@' + name;
    }

    /** One tick in units of the last written decimal. */
    long tickUnits() {
        return new BigDecimal(tickSize).movePointRight(decimals).longValueExact();
    }

    /** A price of {@code ticks} as the venue writes it. */
    String price(final long ticks) {
        return fixed(ticks * tickUnits(), decimals);
    }

    /** A whole number of units of the last decimal as text. */
    static String fixed(final long units, final int decimals) {
        final String digits = Long.toString(units);
        if (decimals == 0) {
            return digits;
        }
        final String padded =
                digits.length() > decimals
                        ? digits
                        : "0".repeat(decimals + 1 - digits.length()) + digits;
        final int point = padded.length() - decimals;
        return padded.substring(0, point) + '.' + padded.substring(point);
    }
}
