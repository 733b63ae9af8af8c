package io.plumbline.feed.venue;

import java.util.Locale;

/**
 * Coinbase's names: base and quote joined with a dash ({@code BTC-USD}); perpetuals of its
 * international exchange, settled in USDC, are {@code BTC-PERP-INTX}. Dated contracts ({@code
 * BIT-26DEC25-CDE}) are named by a root of their own: only the list of products tells what it is
 * of.
 */
final class CoinbaseSymbols {
    private static final String PERPETUAL = "-PERP-INTX";
    private static final String DOLLAR = "USDC";

    private final String venue;
    private final boolean perpetuals;

    /**
     * @param perpetuals whether the venue has them
     */
    CoinbaseSymbols(final String venue, final boolean perpetuals) {
        this.venue = venue;
        this.perpetuals = perpetuals;
    }

    /** See {@link Venue#toVenueSymbol}. */
    String toVenueSymbol(final String symbol) {
        final int slash = symbol.indexOf('/');
        if (slash <= 0 || slash == symbol.length() - 1 || symbol.indexOf('/', slash + 1) >= 0) {
            throw unfit(symbol, "it has no \"/\" between base and quote");
        }
        if (!symbol.equals(symbol.toUpperCase(Locale.ROOT))) {
            throw unfit(symbol, "it is not in upper case");
        }
        final int colon = symbol.indexOf(':');
        final String base = symbol.substring(0, slash);
        final String quote = symbol.substring(slash + 1, colon < slash ? symbol.length() : colon);
        if (!isName(base) || !isName(quote)) {
            throw unfit(symbol, "base and quote must be letters and digits");
        }
        if (colon < slash) {
            return base + "-" + quote;
        }
        if (!perpetuals) {
            throw unfit(
                    symbol,
                    "the part after \":\" belongs to derivatives, such as those of venue"
                            + " coinbase-advanced");
        }
        if (symbol.indexOf('-', colon) >= 0) {
            throw unfit(
                    symbol,
                    "Coinbase names dated contracts by roots of their own, which the symbol does"
                            + " not tell");
        }
        if (!quote.equals(DOLLAR) || !symbol.substring(colon + 1).equals(DOLLAR)) {
            throw unfit(symbol, "perpetuals are quoted and settled in USDC");
        }
        return base + PERPETUAL;
    }

    /** See {@link Venue#toSymbol}. */
    String toSymbol(final String venueSymbol) {
        if (perpetuals && venueSymbol.endsWith(PERPETUAL)) {
            final String base = venueSymbol.substring(0, venueSymbol.length() - PERPETUAL.length());
            return isName(base) ? base + "/USDC:USDC" : venueSymbol;
        }
        final int dash = venueSymbol.indexOf('-');
        return dash > 0
                        && isName(venueSymbol.substring(0, dash))
                        && isName(venueSymbol.substring(dash + 1))
                ? venueSymbol.substring(0, dash) + "/" + venueSymbol.substring(dash + 1)
                : venueSymbol;
    }

    /**
     * The pair whose book a USDC pair shares: Coinbase may answer a request for {@code BTC-USDC} in
     * the name of {@code BTC-USD}. Any other name is its own.
     */
    static String shared(final String venueSymbol) {
        return venueSymbol.endsWith("-USDC")
                ? venueSymbol.substring(0, venueSymbol.length() - 1)
                : venueSymbol;
    }

    private static boolean isName(final String text) {
        return !text.isEmpty() && text.codePoints().allMatch(Character::isLetterOrDigit);
    }

    private IllegalArgumentException unfit(final String symbol, final String reason) {
        final String split = toSymbol(symbol);
        return new IllegalArgumentException(
                "\""
                        + symbol
                        + "\" is not a symbol of "
                        + venue
                        + ": "
                        + reason
                        + "; expected the form BTC/USD"
                        + (perpetuals ? " or BTC/USDC:USDC" : "")
                        + (split.equals(symbol) ? "" : ", here " + split));
    }
}
