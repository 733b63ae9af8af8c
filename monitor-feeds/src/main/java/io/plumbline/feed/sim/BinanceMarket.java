package io.plumbline.feed.sim;

import java.util.List;

/** The markets of Binance that are simulated: one software, told apart by a few habits. */
enum BinanceMarket {
    COINM(SimulatedInstruments.COINM, "/dapi/v1/exchangeInfo"),
    SPOT(SimulatedInstruments.SPOT, "/api/v3/exchangeInfo"),
    US(SimulatedInstruments.US, "/api/v3/exchangeInfo"),
    USDM(SimulatedInstruments.USDM, "/fapi/v1/exchangeInfo");

    private final String venue;
    private final String exchangeInfoPath;

    BinanceMarket(final String venue, final String exchangeInfoPath) {
        this.venue = venue;
        this.exchangeInfoPath = exchangeInfoPath;
    }

    /** The market of a venue; IllegalArgumentException where it is none of Binance's. */
    static BinanceMarket of(final String venue) {
        for (final BinanceMarket market : values()) {
            if (market.venue.equals(venue)) {
                return market;
            }
        }
        throw new IllegalArgumentException("no market of Binance: " + venue);
    }

    String venue() {
        return venue;
    }

    String exchangeInfoPath() {
        return exchangeInfoPath;
    }

    /** Whether it words trades, quotes and differences as spot does: fewer times, no chain. */
    boolean spot() {
        return this == SPOT || this == US;
    }

    /** Whether it names the pair beside the symbol: {@code "ps":"BTCUSD"}. */
    boolean namesPairs() {
        return this == COINM;
    }

    /** What it lists. */
    List<SimulatedInstrument> instruments() {
        return SimulatedInstruments.of(venue);
    }
}
