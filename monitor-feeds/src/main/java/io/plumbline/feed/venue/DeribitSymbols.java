package io.plumbline.feed.venue;

import java.util.List;
import java.util.Locale;

/**
 * Deribit's names: {@code BTC} alone is settled in the coin and quoted in dollars, {@code BTC_USDC}
 * is settled in what it is quoted in; then PERPETUAL, a date without a leading zero ({@code
 * 5DEC26}), or a date with a strike ({@code d} for its point) and C or P. A pair alone is spot.
 * Names of combinations are not split.
 */
final class DeribitSymbols {
    private static final String VENUE = "deribit";
    private static final String PERPETUAL = "PERPETUAL";
    private static final String INVERSE_QUOTE = "USD";
    private static final List<String> MONTHS =
            List.of(
                    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV",
                    "DEC");

    private DeribitSymbols() {}

    static String toVenueSymbol(final String symbol) {
        final int slash = symbol.indexOf('/');
        final int colon = symbol.indexOf(':');
        if (slash <= 0 || symbol.indexOf('/', slash + 1) >= 0) {
            throw unfit(symbol, "it has no \"/\" between base and quote");
        }
        if (!symbol.equals(symbol.toUpperCase(Locale.ROOT))) {
            throw unfit(symbol, "it is not in upper case");
        }
        final String base = symbol.substring(0, slash);
        if (colon < 0) {
            return pair(symbol, base, symbol.substring(slash + 1));
        }
        if (colon < slash) {
            throw unfit(symbol, "what is before \":\" is no pair");
        }
        final String quote = symbol.substring(slash + 1, colon);
        final int dash = symbol.indexOf('-', colon);
        final String settle = symbol.substring(colon + 1, dash < 0 ? symbol.length() : dash);
        final String root = root(symbol, base, quote, settle);
        return root + '-' + (dash < 0 ? PERPETUAL : contract(symbol, symbol.substring(dash + 1)));
    }

    private static String root(
            final String symbol, final String base, final String quote, final String settle) {
        if (settle.equals(quote)) {
            return pair(symbol, base, quote);
        }
        if (!settle.equals(base)) {
            throw unfit(symbol, "it is settled neither in its quote nor in its base currency");
        }
        if (!quote.equals(INVERSE_QUOTE)) {
            throw unfit(symbol, "what is settled in its base currency is quoted in USD");
        }
        pair(symbol, base, quote);
        return base;
    }

    private static String pair(final String symbol, final String base, final String quote) {
        if (quote.isEmpty() || !(base + quote).codePoints().allMatch(Character::isLetterOrDigit)) {
            throw unfit(symbol, "base and quote must be letters and digits");
        }
        return base + '_' + quote;
    }

    /** What follows the settlement currency: a date, or a date, a strike and C or P. */
    private static String contract(final String symbol, final String text) {
        final String[] parts = text.split("-", -1);
        final String date = venueDate(parts[0]);
        if (date == null || parts.length != 1 && parts.length != 3) {
            throw unfit(symbol, "what follows \"-\" is neither YYMMDD nor YYMMDD-STRIKE-C");
        }
        if (parts.length == 1) {
            return date;
        }
        final String strike = parts[1].replace('.', 'd');
        if (!isStrike(strike) || !isRight(parts[2])) {
            throw unfit(symbol, "an option ends in its strike and C or P");
        }
        return date + '-' + strike + '-' + parts[2];
    }

    static String toSymbol(final String venueSymbol) {
        final String[] parts = venueSymbol.split("-", -1);
        final int underscore = parts[0].indexOf('_');
        final boolean inverse = underscore < 0;
        final String base = inverse ? parts[0] : parts[0].substring(0, underscore);
        final String quote = inverse ? INVERSE_QUOTE : parts[0].substring(underscore + 1);
        if (base.isEmpty()
                || quote.isEmpty()
                || !(base + quote).codePoints().allMatch(Character::isLetterOrDigit)) {
            return venueSymbol;
        }
        final String spot = base + '/' + quote;
        final String root = spot + ':' + (inverse ? base : quote);
        if (parts.length == 1) {
            return inverse ? venueSymbol : spot;
        }
        if (parts.length == 2 && parts[1].equals(PERPETUAL)) {
            return root;
        }
        final String date = date(parts[1]);
        if (date == null) {
            return venueSymbol;
        }
        if (parts.length == 2) {
            return root + '-' + date;
        }
        return parts.length == 4 && isStrike(parts[2]) && isRight(parts[3])
                ? root + '-' + date + '-' + parts[2].replace('d', '.') + '-' + parts[3]
                : venueSymbol;
    }

    /** YYMMDD as {@code 5DEC26}; null for what is no date. */
    private static String venueDate(final String text) {
        if (!ContractDate.isDate(text)) {
            return null;
        }
        final int month = Integer.parseInt(text.substring(2, 4));
        final int day = Integer.parseInt(text.substring(4));
        return day + MONTHS.get(month - 1) + text.substring(0, 2);
    }

    /** {@code 5DEC26} as YYMMDD; null for what is no date. */
    private static String date(final String text) {
        final int days = text.length() - 5;
        if (days < 1 || days > 2) {
            return null;
        }
        final String day = text.substring(0, days);
        final int month = 1 + MONTHS.indexOf(text.substring(days, days + 3));
        final String year = text.substring(days + 3);
        if (month == 0 || !isDigits(day + year) || day.startsWith("0")) {
            return null;
        }
        final String date = String.format(Locale.ROOT, "%s%02d%2s", year, month, day);
        final String padded = date.replace(' ', '0');
        return venueDate(padded) == null ? null : padded;
    }

    /** Digits, with one {@code d} for the point at most. */
    private static boolean isStrike(final String text) {
        final int point = text.indexOf('d');
        return point < 0
                ? isDigits(text)
                : isDigits(text.substring(0, point)) && isDigits(text.substring(point + 1));
    }

    private static boolean isRight(final String text) {
        return text.equals("C") || text.equals("P");
    }

    private static boolean isDigits(final String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
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
                        + "; expected the form BTC/USD:BTC, BTC/USDC:USDC-261225,"
                        + " BTC/USD:BTC-261225-100000-C or BTC/USDC"
                        + (split.equals(symbol) ? "" : ", here " + split));
    }
}
