package io.plumbline.feed.venue;

import java.util.List;
import java.util.Locale;

/**
 * Names of Kraken's futures: a kind, base and quote without a mark between them, and the date where
 * there is one: {@code PF_XBTUSD}, {@code FI_XBTUSD_210924}. Kinds: P perpetual, F with a date; F
 * settled in the quote, I in the base. Bitcoin is XBT.
 */
final class KrakenFuturesSymbols {
    private static final String VENUE = "kraken-futures";

    /** What contracts are quoted in; a name that ends in none of these is not split. */
    private static final List<String> QUOTES = List.of("USDT", "USDC", "USD", "EUR", "GBP", "XBT");

    private KrakenFuturesSymbols() {}

    static String toVenueSymbol(final String symbol) {
        final int slash = symbol.indexOf('/');
        final int colon = symbol.indexOf(':');
        if (slash <= 0 || symbol.indexOf('/', slash + 1) >= 0) {
            throw unfit(symbol, "it has no \"/\" between base and quote");
        }
        if (!symbol.equals(symbol.toUpperCase(Locale.ROOT))) {
            throw unfit(symbol, "it is not in upper case");
        }
        if (colon < slash) {
            throw unfit(
                    symbol,
                    "without \":\" and a settlement currency it is a spot pair, as on venue"
                            + " kraken");
        }
        final int dash = symbol.indexOf('-', colon);
        final String base = symbol.substring(0, slash);
        final String quote = symbol.substring(slash + 1, colon);
        final String settle = symbol.substring(colon + 1, dash < 0 ? symbol.length() : dash);
        final String expiry = dash < 0 ? "" : symbol.substring(dash + 1);
        if (!settle.equals(quote) && !settle.equals(base)) {
            throw unfit(symbol, "it is settled neither in its quote nor in its base currency");
        }
        if (dash >= 0 && !isDate(expiry)) {
            throw unfit(symbol, "what follows \"-\" is not a date as YYMMDD");
        }
        final String pair = venueCoin(base) + venueCoin(quote);
        if (quote.isEmpty() || !pair.codePoints().allMatch(Character::isLetterOrDigit)) {
            throw unfit(symbol, "base and quote must be letters and digits");
        }
        return (dash < 0 ? "P" : "F")
                + (settle.equals(quote) ? "F_" : "I_")
                + pair
                + (dash < 0 ? "" : "_" + expiry);
    }

    static String toSymbol(final String venueSymbol) {
        if (venueSymbol.length() < 4 || venueSymbol.charAt(2) != '_') {
            return venueSymbol;
        }
        final String kind = venueSymbol.substring(0, 2);
        final int underscore = venueSymbol.indexOf('_', 3);
        final String name =
                venueSymbol.substring(3, underscore < 0 ? venueSymbol.length() : underscore);
        final String expiry = underscore < 0 ? "" : venueSymbol.substring(underscore + 1);
        final boolean dated = kind.equals("FF") || kind.equals("FI");
        final boolean perpetual = kind.equals("PF") || kind.equals("PI");
        if (dated ? !isDate(expiry) : !perpetual || underscore >= 0) {
            return venueSymbol;
        }
        for (final String quote : QUOTES) {
            if (name.endsWith(quote) && name.length() > quote.length()) {
                final String base = name.substring(0, name.length() - quote.length());
                return symbol(coin(base), coin(quote), kind.charAt(1) == 'I', expiry);
            }
        }
        return venueSymbol;
    }

    /**
     * The ccxt form.
     *
     * @param inverse settled in the base
     * @param expiry YYMMDD, or ""
     */
    static String symbol(
            final String base, final String quote, final boolean inverse, final String expiry) {
        return base
                + "/"
                + quote
                + ":"
                + (inverse ? base : quote)
                + (expiry.isEmpty() ? "" : "-" + expiry);
    }

    static String coin(final String venueCoin) {
        return venueCoin.equals("XBT") ? "BTC" : venueCoin;
    }

    private static String venueCoin(final String coin) {
        return coin.equals("BTC") ? "XBT" : coin;
    }

    static boolean isDate(final String text) {
        return ContractDate.isDate(text);
    }

    private static IllegalArgumentException unfit(final String symbol, final String reason) {
        final String split = toSymbol(symbol);
        return new IllegalArgumentException(
                "\""
                        + symbol
                        + "\" is not a symbol of "
                        + VENUE
                        + ": "
                        + reason
                        + "; expected the form BTC/USD:USD, BTC/USD:BTC or BTC/USD:USD-260327"
                        + (split.equals(symbol) ? "" : ", here " + split));
    }
}
