package io.plumbline.feed.venue;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of ProjectX: {@code CON.F.US.ENQ.U26} is the September 2026 contract of the root ENQ, which
 * everybody else calls NQ ({@code NQU6}). In ccxt form {@code NQ/USD:USD-2609}.
 *
 * <p>The venue tells the month of a contract and never its last day, so the month stands for it; a
 * ccxt date ({@code NQ/USD:USD-260918}) is understood as its month. The contract's own id is a
 * legal symbol too. Roots that differ from the exchange's tickers are from the venue's list of
 * contracts of August 2026.
 */
final class ProjectXSymbols {
    private static final String MONTHS = "FGHJKMNQUVXZ";
    private static final Pattern CONTRACT =
            Pattern.compile("CON\\.F\\.US\\.([A-Z0-9]{1,12})\\.([" + MONTHS + "])([0-9]{2})");
    private static final Pattern OTHER_CONTRACT = Pattern.compile("CON(\\.[A-Z0-9]{1,12}){4}");
    private static final Pattern DATED =
            Pattern.compile(
                    "([A-Z0-9]{1,12})/USD:USD-([0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])?");

    /** A ticker with month and the last digit of the year: {@code 6EU6}. */
    private static final Pattern TICKER =
            Pattern.compile("([A-Z0-9]{1,12})[" + MONTHS + "][0-9]{1,2}");

    private static final Map<String, String> ROOTS = new HashMap<>();
    private static final Map<String, String> TICKERS = new HashMap<>();

    static {
        final String[] pairs = {
            "6A", "DA6", "6B", "BP6", "6C", "CA6", "6E", "EU6", "6J", "JY6", "6M", "MX6", "6N",
            "NE6", "6S", "SF6", "CL", "CLE", "E7", "EEU", "ES", "EP", "GC", "GCE", "HG", "CPE",
            "HO", "HOE", "LE", "GLE", "MCL", "MCLE", "MET", "GMET", "NG", "NGE", "NQ", "ENQ", "PL",
            "PLE", "QG", "NQG", "QM", "NQM", "RB", "RBE", "SI", "SIE", "TN", "TNA", "UB", "ULA",
            "ZB", "USA", "ZC", "ZCE", "ZF", "FVA", "ZL", "ZLE", "ZM", "ZME", "ZN", "TYA", "ZS",
            "ZSE", "ZT", "TUA", "ZW", "ZWA",
        };
        for (int i = 0; i < pairs.length; i += 2) {
            ROOTS.put(pairs[i], pairs[i + 1]);
            TICKERS.put(pairs[i + 1], pairs[i]);
        }
    }

    private ProjectXSymbols() {}

    static String toVenueSymbol(final String symbol) {
        if (CONTRACT.matcher(symbol).matches() || OTHER_CONTRACT.matcher(symbol).matches()) {
            return symbol;
        }
        final Matcher dated = DATED.matcher(symbol);
        if (!dated.matches()) {
            throw new IllegalArgumentException(
                    "\""
                            + symbol
                            + "\" is not a contract of projectx; expected the form"
                            + " MNQ/USD:USD-2609 (or a date, MNQ/USD:USD-260918), or the contract's"
                            + " id, CON.F.US.MNQ.U26");
        }
        final String ticker = dated.group(1);
        final int month = Integer.parseInt(dated.group(3));
        return "CON.F.US."
                + ROOTS.getOrDefault(ticker, ticker)
                + '.'
                + MONTHS.charAt(month - 1)
                + dated.group(2);
    }

    static String toSymbol(final String venueSymbol) {
        final Matcher contract = CONTRACT.matcher(venueSymbol);
        return contract.matches()
                ? symbol(
                        TICKERS.getOrDefault(contract.group(1), contract.group(1)),
                        contract.group(2),
                        contract.group(3))
                : venueSymbol;
    }

    /** The same, with the ticker from the contract's name, as the venue tells it. */
    static String toSymbol(final String venueSymbol, final String name) {
        final Matcher contract = CONTRACT.matcher(venueSymbol);
        final Matcher ticker = TICKER.matcher(name);
        return contract.matches() && ticker.matches()
                ? symbol(ticker.group(1), contract.group(2), contract.group(3))
                : toSymbol(venueSymbol);
    }

    private static String symbol(final String ticker, final String month, final String year) {
        final int number = MONTHS.indexOf(month) + 1;
        return ticker + "/USD:USD-" + year + (number < 10 ? "0" : "") + number;
    }
}
