package io.plumbline.feed.venue;

import java.util.Locale;

/**
 * OKX's names: {@code BTC-USDT}, {@code BTC-USDT-SWAP}, {@code BTC-USD-261225}, {@code
 * BTC-USD-261225-100000-C}. What is quoted in USD is settled in the base, unless its quote is
 * written {@code USD_UM}: that is settled in dollars. All others are settled in the quote.
 */
final class OkxSymbols {
    private static final String VENUE = "okx";
    private static final String USD = "USD";
    private static final String DOLLAR_SETTLED = "USD_UM";
    private static final String PERPETUAL = "SWAP";

    private OkxSymbols() {}

    static String toVenueSymbol(final String symbol) {
        final int slash = symbol.indexOf('/');
        if (slash <= 0 || symbol.indexOf('/', slash + 1) >= 0) {
            throw unfit(symbol, "it has no \"/\" between base and quote");
        }
        if (!symbol.equals(symbol.toUpperCase(Locale.ROOT))) {
            throw unfit(symbol, "it is not in upper case");
        }
        final int colon = symbol.indexOf(':', slash);
        final String base = symbol.substring(0, slash);
        final String quote = symbol.substring(slash + 1, colon < 0 ? symbol.length() : colon);
        if (!isCoin(base) || !isCoin(quote)) {
            throw unfit(symbol, "base and quote must be letters and digits");
        }
        if (colon < 0) {
            return base + "-" + quote;
        }
        final int dash = symbol.indexOf('-', colon);
        final String settle = symbol.substring(colon + 1, dash < 0 ? symbol.length() : dash);
        if (!settle.equals(quote) && !(settle.equals(base) && quote.equals(USD))) {
            throw unfit(
                    symbol,
                    "it is settled neither in its quote, nor in its base with USD as the quote");
        }
        final String family =
                base + "-" + (quote.equals(USD) && settle.equals(USD) ? DOLLAR_SETTLED : quote);
        if (dash < 0) {
            return family + "-" + PERPETUAL;
        }
        final String tail = symbol.substring(dash + 1);
        if (!isExpiry(tail.split("-", -1), 0)) {
            throw unfit(
                    symbol,
                    "what follows \"-\" is neither a date as YYMMDD nor date, strike and C or P");
        }
        return family + "-" + tail;
    }

    static String toSymbol(final String venueSymbol) {
        final String[] parts = venueSymbol.split("-", -1);
        if (parts.length < 2 || !isCoin(parts[0])) {
            return venueSymbol;
        }
        final boolean dollars = parts[1].equals(DOLLAR_SETTLED);
        if (!isCoin(parts[1]) && !dollars) {
            return venueSymbol;
        }
        final String quote = dollars ? USD : parts[1];
        if (parts.length == 2) {
            return dollars ? venueSymbol : parts[0] + "/" + quote;
        }
        final String settle = quote.equals(USD) && !dollars ? parts[0] : quote;
        if (parts.length == 3 && parts[2].equals(PERPETUAL)) {
            return symbol(parts[0], quote, settle, "");
        }
        return isExpiry(parts, 2)
                ? symbol(
                        parts[0],
                        quote,
                        settle,
                        venueSymbol.substring(parts[0].length() + parts[1].length() + 2))
                : venueSymbol;
    }

    /**
     * The ccxt form of a contract.
     *
     * @param expiry date, and for options strike and side, joined with "-"; "" for a perpetual
     */
    static String symbol(
            final String base, final String quote, final String settle, final String expiry) {
        return base + "/" + quote + ":" + settle + (expiry.isEmpty() ? "" : "-" + expiry);
    }

    /** Whether the parts from {@code from} on are a date, or date, strike and side of an option. */
    private static boolean isExpiry(final String[] parts, final int from) {
        final int count = parts.length - from;
        return (count == 1 || count == 3)
                && ContractDate.isDate(parts[from])
                && (count == 1
                        || isStrike(parts[from + 1])
                                && (parts[from + 2].equals("C") || parts[from + 2].equals("P")));
    }

    private static boolean isStrike(final String text) {
        final int point = text.indexOf('.');
        return point < 0
                ? isDigits(text)
                : isDigits(text.substring(0, point)) && isDigits(text.substring(point + 1));
    }

    private static boolean isDigits(final String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isCoin(final String text) {
        return !text.isEmpty() && text.codePoints().allMatch(Character::isLetterOrDigit);
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
                        + "; expected the form BTC/USDT, BTC/USDT:USDT, BTC/USD:BTC-260327 or"
                        + " BTC/USD:BTC-260327-100000-C"
                        + (split.equals(symbol) ? "" : ", here " + split));
    }
}
