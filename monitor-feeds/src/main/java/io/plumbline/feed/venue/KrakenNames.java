package io.plumbline.feed.venue;

import static io.plumbline.feed.venue.FrameText.ascii;

import java.util.Arrays;
import java.util.Locale;

/**
 * Kraken's spot names. Its second interface writes pairs as ccxt does ({@code BTC/USD}); the first
 * one, and the list of pairs, call two coins by names of their own: XBT is BTC, XDG is DOGE.
 */
final class KrakenNames {
    private static final byte[] XBT = ascii("XBT");
    private static final byte[] BTC = ascii("BTC");
    private static final byte[] XDG = ascii("XDG");
    private static final byte[] DOGE = ascii("DOGE");

    private byte[] renamed = new byte[64];
    private int length;

    /** The name of today for one of today or of the first interface. */
    static String ofToday(final String pair) {
        final int slash = pair.indexOf('/');
        return slash < 0
                ? coin(pair)
                : coin(pair.substring(0, slash)) + "/" + coin(pair.substring(slash + 1));
    }

    private static String coin(final String name) {
        return switch (name) {
            case "XBT" -> "BTC";
            case "XDG" -> "DOGE";
            default -> name;
        };
    }

    /** See {@link Venue#toVenueSymbol}. */
    static String toVenueSymbol(final String symbol) {
        final int slash = symbol.indexOf('/');
        if (symbol.indexOf(':') >= 0) {
            throw unfit(
                    symbol,
                    "the part after \":\" belongs to derivatives, such as those of venue"
                            + " kraken-futures");
        }
        if (slash <= 0 || slash == symbol.length() - 1 || symbol.indexOf('/', slash + 1) >= 0) {
            throw unfit(symbol, "it has no \"/\" between base and quote");
        }
        if (!symbol.equals(symbol.toUpperCase(Locale.ROOT))) {
            throw unfit(symbol, "it is not in upper case");
        }
        if (!symbol.codePoints()
                .allMatch(c -> Character.isLetterOrDigit(c) || c == '/' || c == '.')) {
            throw unfit(symbol, "base and quote must be letters and digits");
        }
        if (!symbol.equals(ofToday(symbol))) {
            throw unfit(
                    symbol, "this is a name of Kraken's first interface, here " + ofToday(symbol));
        }
        return symbol;
    }

    private static IllegalArgumentException unfit(final String symbol, final String reason) {
        return new IllegalArgumentException(
                "\""
                        + symbol
                        + "\" is not a symbol of kraken: "
                        + reason
                        + "; expected the form BTC/USD");
    }

    /** Takes a name of the first interface; {@link #bytes} is it today. Allocates nothing. */
    void take(final byte[] bytes, final int offset, final int count) {
        // Three letters become four at most.
        if (renamed.length < 2 * count) {
            renamed = new byte[2 * count];
        }
        length = 0;
        int from = offset;
        for (int at = offset; at <= offset + count; at++) {
            if (at == offset + count || bytes[at] == '/') {
                coin(bytes, from, at);
                if (at < offset + count) {
                    renamed[length++] = '/';
                }
                from = at + 1;
            }
        }
    }

    private void coin(final byte[] bytes, final int from, final int to) {
        final byte[] name = is(XBT, bytes, from, to) ? BTC : is(XDG, bytes, from, to) ? DOGE : null;
        final int size = name == null ? to - from : name.length;
        System.arraycopy(
                name == null ? bytes : name, name == null ? from : 0, renamed, length, size);
        length += size;
    }

    private static boolean is(final byte[] coin, final byte[] bytes, final int from, final int to) {
        return Arrays.equals(coin, 0, coin.length, bytes, from, to);
    }

    byte[] bytes() {
        return renamed;
    }

    int length() {
        return length;
    }
}
