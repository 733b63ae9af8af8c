package io.plumbline.feed.venue;

import java.util.List;

/** Every venue that the monitor can listen to. A new one is one line here. */
public final class Venues {
    private static final List<Venue> ALL =
            List.of(
                    new BinanceCoinm(), //
                    new BinanceSpot(), //
                    new BinanceSpotSbe(), //
                    new BinanceUs(), //
                    new BinanceUsdm(), //
                    new Bitfinex(), //
                    new BybitInverse(), //
                    new BybitLinear(), //
                    new BybitSpot(), //
                    new CoinbaseAdvanced(), //
                    new CoinbaseExchange(), //
                    new Deribit(), //
                    new Kraken(), //
                    new KrakenFutures(), //
                    new Okx(), //
                    new ProjectX());

    private Venues() {}

    public static List<Venue> all() {
        return ALL;
    }

    /** The same by name, to which configured ones can be added. */
    public static VenueCatalogue catalogue() {
        return new VenueCatalogue(ALL);
    }

    /** The venue of this build with this name; see {@link VenueCatalogue#find}. */
    public static Venue find(final String name) {
        return catalogue().find(name);
    }
}
