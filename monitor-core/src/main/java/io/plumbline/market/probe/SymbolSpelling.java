package io.plumbline.market.probe;

import java.util.Locale;

/** The ways in which the layers of a trading system write one symbol. */
public enum SymbolSpelling {
    /** {@code BTC/USDT:USDT}. */
    CCXT,
    /** As the venue writes it: {@code BTCUSDT}, {@code BTC-USDT-SWAP}. */
    VENUE,
    /** {@code BTC/USDT} for {@code BTC/USDT:USDT}. */
    PAIR,
    /** {@code BTCUSDT}. */
    JOINED,
    /** {@code BTC-USDT}. */
    DASH,
    /** {@code BTC_USDT}. */
    UNDERSCORE;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The symbol in this spelling.
     *
     * @param symbol in ccxt form
     * @param venueSymbol as the venue writes it
     */
    public String of(final String symbol, final String venueSymbol) {
        final int colon = symbol.indexOf(':');
        final String pair = colon < 0 ? symbol : symbol.substring(0, colon);
        switch (this) {
            case CCXT:
                return symbol;
            case VENUE:
                return venueSymbol;
            case PAIR:
                return pair;
            case JOINED:
                return pair.replace("/", "");
            case DASH:
                return pair.replace('/', '-');
            case UNDERSCORE:
                return pair.replace('/', '_');
            default:
                throw new IllegalStateException(name());
        }
    }
}
