package io.plumbline.feed.venue;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;

/**
 * Symbol names between the ccxt form and Bybit's, which differs by category and by quote:
 *
 * <ul>
 *   <li>linear: {@code BTCUSDT}, {@code BTCUSDT-26DEC25} in USDT; {@code BTCPERP}, {@code
 *       BTC-26DEC25} in USDC
 *   <li>inverse: {@code BTCUSD}; {@code BTCUSDZ25} by the letter of the month, whose last Friday it
 *       ends on
 *   <li>spot: {@code BTCUSDT}, base and quote without a mark between them
 * </ul>
 */
enum BybitSymbols {
    LINEAR("bybit-linear", "BTC/USDT:USDT or BTC/USDC:USDC-251226"),
    INVERSE("bybit-inverse", "BTC/USD:BTC or BTC/USD:BTC-251226"),
    SPOT("bybit-spot", "BTC/USDT");

    /** What a linear name ends in; in USDC it names no quote. */
    private static final List<String> LINEAR_QUOTES = List.of("USDT", "USDE", "USD1");

    /** What a spot name ends in; one that ends in none of these is not split. */
    private static final List<String> SPOT_QUOTES =
            List.of(
                    "USDT", "USDC", "USDE", "USD1", "RLUSD", "XUSD", "USD", "EUR", "GBP", "AED",
                    "BRL", "PLN", "TRY", "DAI", "BTC", "ETH", "SOL", "MNT");

    private static final String USDC = "USDC";
    private static final String PERPETUAL = "PERP";

    /** January to December as futures are named. */
    private static final String MONTH_LETTERS = "FGHJKMNQUVXZ";

    private static final List<String> MONTHS =
            List.of(
                    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV",
                    "DEC");

    private final String venue;
    private final String form;

    BybitSymbols(final String venue, final String form) {
        this.venue = venue;
        this.form = form;
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
        if (this == SPOT && colon >= 0) {
            throw unfit(
                    symbol,
                    "the part after \":\" belongs to derivatives, such as those of venue"
                            + " bybit-linear");
        }
        if (this != SPOT && colon < slash) {
            throw unfit(
                    symbol,
                    "without \":\" and a settlement currency it is a spot pair, as on venue"
                            + " bybit-spot");
        }
        final String base = symbol.substring(0, slash);
        final String quote = symbol.substring(slash + 1, colon < 0 ? symbol.length() : colon);
        if (quote.isEmpty() || !(base + quote).codePoints().allMatch(Character::isLetterOrDigit)) {
            throw unfit(symbol, "base and quote must be letters and digits");
        }
        if (this == SPOT) {
            return base + quote;
        }
        final int dash = symbol.indexOf('-', colon);
        final String settle = symbol.substring(colon + 1, dash < 0 ? symbol.length() : dash);
        final LocalDate expiry = dash < 0 ? null : date(symbol, symbol.substring(dash + 1));
        return this == LINEAR
                ? linear(symbol, base, quote, settle, expiry)
                : inverse(symbol, base, quote, settle, expiry);
    }

    private String linear(
            final String symbol,
            final String base,
            final String quote,
            final String settle,
            final LocalDate expiry) {
        if (!settle.equals(quote)) {
            throw unfit(
                    symbol,
                    "it is not settled in its quote currency; what is settled in its base is on"
                            + " venue bybit-inverse");
        }
        if (!quote.equals(USDC) && !LINEAR_QUOTES.contains(quote)) {
            throw unfit(symbol, "contracts are quoted in USDT or USDC");
        }
        final String pair = quote.equals(USDC) ? base : base + quote;
        if (expiry == null) {
            return quote.equals(USDC) ? pair + PERPETUAL : pair;
        }
        return pair
                + String.format(
                        Locale.ROOT,
                        "-%02d%s%02d",
                        expiry.getDayOfMonth(),
                        MONTHS.get(expiry.getMonthValue() - 1),
                        expiry.getYear() % 100);
    }

    private String inverse(
            final String symbol,
            final String base,
            final String quote,
            final String settle,
            final LocalDate expiry) {
        if (!settle.equals(base) || !quote.equals("USD")) {
            throw unfit(
                    symbol,
                    "contracts are quoted in USD and settled in their base; others are on venue"
                            + " bybit-linear");
        }
        if (expiry == null) {
            return base + quote;
        }
        final LocalDate end = lastFriday(expiry.getYear(), expiry.getMonthValue());
        if (!expiry.equals(end)) {
            throw unfit(symbol, "contracts end on the last Friday of a month, here " + end);
        }
        return base
                + quote
                + MONTH_LETTERS.charAt(expiry.getMonthValue() - 1)
                + String.format(Locale.ROOT, "%02d", expiry.getYear() % 100);
    }

    String toSymbol(final String venueSymbol) {
        final String symbol =
                switch (this) {
                    case LINEAR -> ofLinear(venueSymbol);
                    case INVERSE -> ofInverse(venueSymbol);
                    case SPOT -> ofSpot(venueSymbol);
                };
        return symbol == null ? venueSymbol : symbol;
    }

    private static String ofLinear(final String name) {
        final int dash = name.indexOf('-');
        final String pair = dash < 0 ? name : name.substring(0, dash);
        final LocalDate expiry = dash < 0 ? null : dayOf(name.substring(dash + 1));
        final String quote = longest(LINEAR_QUOTES, pair);
        if (dash >= 0 && expiry == null) {
            return null;
        }
        if (!quote.isEmpty()) {
            return symbol(pair.substring(0, pair.length() - quote.length()), quote, quote, expiry);
        }
        if (expiry != null) {
            return pair.isEmpty() ? null : symbol(pair, USDC, USDC, expiry);
        }
        return pair.endsWith(PERPETUAL) && pair.length() > PERPETUAL.length()
                ? symbol(pair.substring(0, pair.length() - PERPETUAL.length()), USDC, USDC, null)
                : null;
    }

    private static String ofInverse(final String name) {
        final int length = name.length();
        if (name.endsWith("USD") && length > 3) {
            final String base = name.substring(0, length - 3);
            return symbol(base, "USD", base, null);
        }
        if (length < 7 || !name.startsWith("USD", length - 6)) {
            return null;
        }
        final int month = MONTH_LETTERS.indexOf(name.charAt(length - 3));
        final int year = number(name.substring(length - 2));
        final String base = name.substring(0, length - 6);
        return month < 0 || year < 0
                ? null
                : symbol(base, "USD", base, lastFriday(2_000 + year, month + 1));
    }

    private static String ofSpot(final String name) {
        final String quote = longest(SPOT_QUOTES, name);
        return quote.isEmpty()
                ? null
                : name.substring(0, name.length() - quote.length()) + "/" + quote;
    }

    /**
     * The ccxt form of a contract.
     *
     * @param expiry null for a perpetual
     */
    static String symbol(
            final String base, final String quote, final String settle, final LocalDate expiry) {
        return base
                + "/"
                + quote
                + ":"
                + settle
                + (expiry == null
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "-%02d%02d%02d",
                                expiry.getYear() % 100,
                                expiry.getMonthValue(),
                                expiry.getDayOfMonth()));
    }

    private static String longest(final List<String> quotes, final String name) {
        String longest = "";
        for (final String quote : quotes) {
            if (quote.length() > longest.length()
                    && quote.length() < name.length()
                    && name.endsWith(quote)) {
                longest = quote;
            }
        }
        return longest;
    }

    /** YYMMDD. */
    private LocalDate date(final String symbol, final String text) {
        final LocalDate date =
                text.length() == 6
                        ? day(
                                number(text.substring(0, 2)),
                                number(text.substring(2, 4)),
                                number(text.substring(4)))
                        : null;
        if (date == null) {
            throw unfit(symbol, "what follows \"-\" is not a date as YYMMDD");
        }
        return date;
    }

    /** {@code 26DEC25}, or null. */
    private static LocalDate dayOf(final String text) {
        return text.length() == 7
                ? day(
                        number(text.substring(5)),
                        1 + MONTHS.indexOf(text.substring(2, 5)),
                        number(text.substring(0, 2)))
                : null;
    }

    private static LocalDate day(final int year, final int month, final int day) {
        if (year < 0 || month < 1 || month > 12 || day < 1) {
            return null;
        }
        final LocalDate first = LocalDate.of(2_000 + year, month, 1);
        return day > first.lengthOfMonth() ? null : first.withDayOfMonth(day);
    }

    private static LocalDate lastFriday(final int year, final int month) {
        return LocalDate.of(year, month, 1).with(TemporalAdjusters.lastInMonth(DayOfWeek.FRIDAY));
    }

    /** Two digits, or -1. */
    private static int number(final String text) {
        return text.length() == 2 && text.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Integer.parseInt(text)
                : -1;
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
                        + form
                        + (split.equals(symbol) || symbol.indexOf('/') >= 0
                                ? ""
                                : ", here " + split));
    }
}
