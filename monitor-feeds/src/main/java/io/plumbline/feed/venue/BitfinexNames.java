package io.plumbline.feed.venue;

import io.plumbline.feed.json.JsonCursor;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Bitfinex's names: "t" and the pair, with a colon where a currency has more than three letters
 * ({@code tBTCUSD}, {@code tDOGE:USD}); both halves of a perpetual end in F0 ({@code
 * tBTCF0:USTF0}). Many currencies have another name than elsewhere: UST is USDT.
 */
final class BitfinexNames {
    /** The most pairs that are read; further ones are left out. */
    private static final int LIMIT = 50_000;

    private static final String FUTURE = "F0";

    /** ccxt's name by Bitfinex's. */
    private static final Map<String, String> CCXT =
            Map.ofEntries(
                    Map.entry("UST", "USDT"),
                    Map.entry("UDC", "USDC"),
                    Map.entry("TSD", "TUSD"),
                    Map.entry("EUT", "EURT"),
                    Map.entry("EUS", "EURS"),
                    Map.entry("TERRAUST", "USTC"),
                    Map.entry("LUNA", "LUNC"),
                    Map.entry("LUNA2", "LUNA"),
                    Map.entry("BCHN", "BCH"),
                    Map.entry("BCHABC", "XEC"),
                    Map.entry("ALG", "ALGO"),
                    Map.entry("AMP", "AMPL"),
                    Map.entry("ATO", "ATOM"),
                    Map.entry("DAT", "DATA"),
                    Map.entry("DOG", "MDOGE"),
                    Map.entry("DSH", "DASH"),
                    Map.entry("EDO", "PNT"),
                    Map.entry("IDX", "ID"),
                    Map.entry("IOT", "IOTA"),
                    Map.entry("IQX", "IQ"),
                    Map.entry("MNA", "MANA"),
                    Map.entry("PAS", "PASS"),
                    Map.entry("QSH", "QASH"),
                    Map.entry("QTM", "QTUM"),
                    Map.entry("RBT", "RBTC"),
                    Map.entry("SNG", "SNGLS"),
                    Map.entry("STJ", "STORJ"),
                    Map.entry("VSY", "VSYS"),
                    Map.entry("WAX", "WAXP"),
                    Map.entry("XCH", "XCHF"),
                    Map.entry("YGG", "YEED"),
                    Map.entry("YYW", "YOYOW"),
                    Map.entry("ZBT", "ZB"));

    private static final Map<String, String> BITFINEX = new HashMap<>();

    static {
        CCXT.forEach((venue, ccxt) -> BITFINEX.put(ccxt, venue));
    }

    private BitfinexNames() {}

    /** See {@link Venue#toVenueSymbol}. */
    static String toVenueSymbol(final String symbol) {
        final int slash = symbol.indexOf('/');
        if (slash <= 0 || symbol.indexOf('/', slash + 1) >= 0) {
            throw unfit(symbol, "it has no \"/\" between base and quote");
        }
        if (!symbol.equals(symbol.toUpperCase(Locale.ROOT))) {
            throw unfit(symbol, "it is not in upper case");
        }
        final int colon = symbol.indexOf(':');
        final String base = currency(symbol, symbol.substring(0, slash));
        if (colon < 0) {
            return pair(base, currency(symbol, symbol.substring(slash + 1)));
        }
        final String settle = symbol.substring(colon + 1);
        if (settle.indexOf('-') >= 0) {
            throw unfit(symbol, "its derivatives are perpetuals alone");
        }
        if (!settle.equals(symbol.substring(slash + 1, colon))) {
            throw unfit(symbol, "it is not settled in its quote currency");
        }
        return pair(base + FUTURE, currency(symbol, settle) + FUTURE);
    }

    private static String pair(final String base, final String quote) {
        final boolean joined = length(base) == 3 && length(quote) == 3;
        return "t" + base + (joined ? "" : ":") + quote;
    }

    private static int length(final String name) {
        return name.codePointCount(0, name.length());
    }

    private static String currency(final String symbol, final String name) {
        if (name.isEmpty() || !name.codePoints().allMatch(Character::isLetterOrDigit)) {
            throw unfit(symbol, "base and quote must be letters and digits");
        }
        if (CCXT.containsKey(name) && !BITFINEX.containsKey(name)) {
            throw unfit(symbol, name + " is Bitfinex's own name of " + CCXT.get(name));
        }
        return BITFINEX.getOrDefault(name, name);
    }

    /** See {@link Venue#toSymbol}. */
    static String toSymbol(final String venueSymbol) {
        if (venueSymbol.length() < 2 || venueSymbol.charAt(0) != 't') {
            return venueSymbol;
        }
        final String pair = venueSymbol.substring(1);
        final int colon = pair.indexOf(':');
        if (colon < 0 && length(pair) != 6 || colon == 0 || colon == pair.length() - 1) {
            return venueSymbol;
        }
        final int split = colon < 0 ? pair.offsetByCodePoints(0, 3) : colon;
        final String base = pair.substring(0, split);
        final String quote = pair.substring(colon < 0 ? split : split + 1);
        if (!isFuture(base) || !isFuture(quote)) {
            return ccxt(base) + "/" + ccxt(quote);
        }
        final String settle = ccxt(bare(quote));
        return ccxt(bare(base)) + "/" + settle + ":" + settle;
    }

    private static boolean isFuture(final String name) {
        return name.endsWith(FUTURE) && name.length() > FUTURE.length();
    }

    private static String bare(final String future) {
        return future.substring(0, future.length() - FUTURE.length());
    }

    private static String ccxt(final String name) {
        return CCXT.getOrDefault(name, name);
    }

    /**
     * Reads lists of pairs: {@code [["BTCUSD","DOGE:USD"],["BTCF0:USTF0"]]}, a list for each that
     * was asked for. They carry no tick size.
     */
    static List<Venue.Reference> listed(final InputStream body) throws IOException {
        final byte[] bytes = body.readAllBytes();
        final JsonCursor cursor = new JsonCursor();
        cursor.reset(bytes, 0, bytes.length);
        final List<Venue.Reference> listed = new ArrayList<>();
        if (cursor.beginArray()) {
            while (cursor.nextElement()) {
                if (!cursor.beginArray()) {
                    continue;
                }
                while (cursor.nextElement()) {
                    if (cursor.string() && listed.size() < LIMIT) {
                        final String name = "t" + cursor.stringText();
                        listed.add(new Venue.Reference(name, "", toSymbol(name)));
                    }
                }
            }
        }
        if (!cursor.end()) {
            throw new IOException(
                    "the list of pairs is not JSON from byte " + cursor.errorPosition() + " on");
        }
        if (listed.isEmpty()) {
            throw new IOException("the list of pairs cannot be read: it names none");
        }
        return listed;
    }

    private static IllegalArgumentException unfit(final String symbol, final String reason) {
        final String split = toSymbol(symbol);
        return new IllegalArgumentException(
                "\""
                        + symbol
                        + "\" is not a symbol of bitfinex: "
                        + reason
                        + "; expected the form BTC/USD or BTC/USDT:USDT"
                        + (split.equals(symbol) ? "" : ", here " + split));
    }
}
