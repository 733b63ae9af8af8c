package io.plumbline.app;

import io.plumbline.app.config.KnownVenue;
import io.plumbline.market.Channel;
import java.util.List;
import java.util.Set;

/** The venues of this build, as the configuration must know them. */
final class InstalledVenues {
    private InstalledVenues() {}

    static List<KnownVenue> list() {
        return List.of(
                new KnownVenue(
                        "binance-spot",
                        Set.of(
                                Channel.BOOK_TICKER,
                                Channel.AGG_TRADE,
                                Channel.TRADE,
                                Channel.DEPTH),
                        InstalledVenues::spotSymbol),
                new KnownVenue(
                        "binance-usdm",
                        Set.of(
                                Channel.BOOK_TICKER,
                                Channel.AGG_TRADE,
                                Channel.TRADE,
                                Channel.DEPTH,
                                Channel.MARK_PRICE),
                        InstalledVenues::perpetualSymbol));
    }

    private static String spotSymbol(final String symbol) {
        if (symbol.contains(":")) {
            throw new IllegalArgumentException("a spot pair has no settlement; write BASE/QUOTE");
        }
        return symbol.replace("/", "");
    }

    private static String perpetualSymbol(final String symbol) {
        if (!symbol.contains(":")) {
            throw new IllegalArgumentException(
                    "a perpetual names its settlement; write BASE/QUOTE:SETTLE");
        }
        return symbol.substring(0, symbol.indexOf(':')).replace("/", "");
    }
}
