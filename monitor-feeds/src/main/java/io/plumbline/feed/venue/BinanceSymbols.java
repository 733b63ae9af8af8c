package io.plumbline.feed.venue;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Symbol names between the ccxt form and Binance's. Binance writes base and quote without a mark
 * between them, so the way back goes by the known quotes, the longest that fits; one that leaves a
 * coin which is itself a quote goes before ({@code BNBUSD} is BNB in USD, not BN in BUSD).
 */
final class BinanceSymbols {
    private static final String PERPETUAL = "PERP";

    /** What a market's symbols are settled in. */
    private enum Form {
        /** Nothing: {@code BTC/USDT} is {@code BTCUSDT}. */
        SPOT("BTC/USDT"),
        /** The quote: {@code BTC/USDT:USDT} is {@code BTCUSDT}, with a date {@code BTCUSDT_...}. */
        LINEAR("BTC/USDT:USDT or BTC/USDT:USDT-260327"),
        /** The base: {@code BTC/USD:BTC} is {@code BTCUSD_PERP}, with a date {@code BTCUSD_...}. */
        INVERSE("BTC/USD:BTC or BTC/USD:BTC-260327");

        private final String example;

        Form(final String example) {
            this.example = example;
        }
    }

    private final String venue;
    private final List<String> quotes;

    /** Quotes that are not believed where another one fits as well. */
    private final Set<String> unsure;

    private final Form form;

    private BinanceSymbols(
            final String venue,
            final List<String> quotes,
            final Set<String> unsure,
            final Form form) {
        this.venue = venue;
        this.quotes = quotes;
        this.unsure = unsure;
        this.form = form;
    }

    /** {@code BTC/USDT} is {@code BTCUSDT}. */
    static BinanceSymbols spot(final String venue, final List<String> quotes) {
        return spot(venue, quotes, Set.of());
    }

    /**
     * The same.
     *
     * @param unsure quotes whose names are not split where another one fits as well
     */
    static BinanceSymbols spot(
            final String venue, final List<String> quotes, final Set<String> unsure) {
        return new BinanceSymbols(venue, quotes, unsure, Form.SPOT);
    }

    /** {@code BTC/USDT:USDT} is {@code BTCUSDT}; {@code ...-260327} is {@code BTCUSDT_260327}. */
    static BinanceSymbols linear(final String venue, final List<String> quotes) {
        return new BinanceSymbols(venue, quotes, Set.of(), Form.LINEAR);
    }

    /** {@code BTC/USD:BTC} is {@code BTCUSD_PERP}; {@code ...-260327} is {@code BTCUSD_260327}. */
    static BinanceSymbols inverse(final String venue, final List<String> quotes) {
        return new BinanceSymbols(venue, quotes, Set.of(), Form.INVERSE);
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
        if (form == Form.SPOT) {
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
        if (!settle.equals(form == Form.LINEAR ? quote : base)) {
            throw unfit(
                    symbol,
                    form == Form.LINEAR
                            ? "it is not settled in its quote currency"
                            : "it is not settled in its base currency");
        }
        final String expiry = dash < 0 ? "" : symbol.substring(dash + 1);
        if (dash >= 0 && !isDate(expiry)) {
            throw unfit(symbol, "what follows \"-\" is not a date as YYMMDD");
        }
        final String pair = joined(symbol, base, quote);
        if (dash < 0) {
            return form == Form.LINEAR ? pair : pair + '_' + PERPETUAL;
        }
        return pair + '_' + expiry;
    }

    String toSymbol(final String venueSymbol) {
        final int underscore = form == Form.SPOT ? -1 : venueSymbol.indexOf('_');
        final String pair = underscore < 0 ? venueSymbol : venueSymbol.substring(0, underscore);
        final String tail = underscore < 0 ? "" : venueSymbol.substring(underscore + 1);
        final boolean perpetual =
                form == Form.INVERSE ? tail.equals(PERPETUAL) : form == Form.SPOT || underscore < 0;
        final String quote = quote(pair);
        if (quote.isEmpty() || !perpetual && !isDate(tail)) {
            return venueSymbol;
        }
        final String base = pair.substring(0, pair.length() - quote.length());
        final String spot = base + '/' + quote;
        return switch (form) {
            case SPOT -> spot;
            case LINEAR -> spot + ':' + quote + (perpetual ? "" : '-' + tail);
            case INVERSE -> spot + ':' + base + (perpetual ? "" : '-' + tail);
        };
    }

    /** The quote that a pair ends in; "" where none does, or where that cannot be told. */
    private String quote(final String pair) {
        String longest = "";
        String ofCoin = "";
        int fitting = 0;
        for (final String known : quotes) {
            if (known.length() < pair.length() && pair.endsWith(known)) {
                fitting++;
                longest = known.length() > longest.length() ? known : longest;
                if (quotes.contains(pair.substring(0, pair.length() - known.length()))) {
                    ofCoin = known.length() > ofCoin.length() ? known : ofCoin;
                }
            }
        }
        if (!ofCoin.isEmpty()) {
            return ofCoin;
        }
        return fitting > 1 && unsure.contains(longest) ? "" : longest;
    }

    private String joined(final String symbol, final String base, final String quote) {
        final String name = base + quote;
        if (quote.isEmpty() || !name.codePoints().allMatch(Character::isLetterOrDigit)) {
            throw unfit(symbol, "base and quote must be letters and digits");
        }
        return name;
    }

    static boolean isDate(final String text) {
        return ContractDate.isDate(text);
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
                        + form.example
                        + (split.equals(symbol) || symbol.indexOf('/') >= 0
                                ? ""
                                : ", here " + split));
    }
}
