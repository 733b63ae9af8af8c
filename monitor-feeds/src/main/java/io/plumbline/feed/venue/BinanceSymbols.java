package io.plumbline.feed.venue;

import java.util.List;
import java.util.Locale;

/**
 * Symbol names between the ccxt form and Binance's. Binance writes base and quote without a mark
 * between them, so the way back goes by the known quotes, the longest that fits.
 */
final class BinanceSymbols {
    private final String venue;
    private final List<String> quotes;

    /** Whether symbols carry a settlement currency ({@code :USDT}), which is the quote. */
    private final boolean linear;

    private BinanceSymbols(final String venue, final List<String> quotes, final boolean linear) {
        this.venue = venue;
        this.quotes = quotes;
        this.linear = linear;
    }

    /** {@code BTC/USDT} is {@code BTCUSDT}. */
    static BinanceSymbols spot(final String venue, final List<String> quotes) {
        return new BinanceSymbols(venue, quotes, false);
    }

    /** {@code BTC/USDT:USDT} is {@code BTCUSDT}; {@code ...-260327} is {@code BTCUSDT_260327}. */
    static BinanceSymbols linear(final String venue, final List<String> quotes) {
        return new BinanceSymbols(venue, quotes, true);
    }

    String toVenueSymbol(final String symbol) {
        final int slash = symbol.indexOf('/');
        final int colon = symbol.indexOf(':');
        if (slash <= 0 || symbol.indexOf('/', slash + 1) >= 0) {
            throw unfit(symbol, "it has no \"/\" between base and quote");
        }
        if (!symbol.equals(symbol.toUpperCase(Locale.ROOT))) {
            throw unfit(symbol, "it is not in upper case");
        }
        final String base = symbol.substring(0, slash);
        if (!linear) {
            if (colon >= 0) {
                throw unfit(
                        symbol,
                        "the part after \":\" belongs to derivatives, such as those of "
                                + "venue binance-usdm");
            }
            return joined(symbol, base, symbol.substring(slash + 1));
        }
        if (colon < slash) {
            throw unfit(
                    symbol,
                    "without \":\" and a settlement currency it is a spot pair, as on "
                            + "venue binance-spot");
        }
        final String quote = symbol.substring(slash + 1, colon);
        final int dash = symbol.indexOf('-', colon);
        final String settle = symbol.substring(colon + 1, dash < 0 ? symbol.length() : dash);
        if (!settle.equals(quote)) {
            throw unfit(symbol, "it is not settled in its quote currency");
        }
        final String expiry = dash < 0 ? "" : symbol.substring(dash + 1);
        if (dash >= 0 && !isDate(expiry)) {
            throw unfit(symbol, "what follows \"-\" is not a date as YYMMDD");
        }
        return joined(symbol, base, quote) + (dash < 0 ? "" : "_" + expiry);
    }

    String toSymbol(final String venueSymbol) {
        final int underscore = linear ? venueSymbol.indexOf('_') : -1;
        final String pair = underscore < 0 ? venueSymbol : venueSymbol.substring(0, underscore);
        final String expiry = underscore < 0 ? "" : venueSymbol.substring(underscore + 1);
        String quote = "";
        for (final String known : quotes) {
            if (known.length() > quote.length()
                    && known.length() < pair.length()
                    && pair.endsWith(known)) {
                quote = known;
            }
        }
        if (quote.isEmpty() || underscore >= 0 && !isDate(expiry)) {
            return venueSymbol;
        }
        final String spot = pair.substring(0, pair.length() - quote.length()) + "/" + quote;
        return !linear ? spot : spot + ":" + quote + (expiry.isEmpty() ? "" : "-" + expiry);
    }

    private String joined(final String symbol, final String base, final String quote) {
        final String name = base + quote;
        if (quote.isEmpty() || !name.codePoints().allMatch(Character::isLetterOrDigit)) {
            throw unfit(symbol, "base and quote must be letters and digits");
        }
        return name;
    }

    private static boolean isDate(final String text) {
        return text.length() == 6 && text.chars().allMatch(c -> c >= '0' && c <= '9');
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
                        + "; expected the form "
                        + (linear ? "BTC/USDT:USDT or BTC/USDT:USDT-260327" : "BTC/USDT")
                        + (split.equals(symbol) || symbol.indexOf('/') >= 0
                                ? ""
                                : ", here " + split));
    }
}
