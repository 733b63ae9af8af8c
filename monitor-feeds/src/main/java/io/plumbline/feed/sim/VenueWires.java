package io.plumbline.feed.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The venues that the simulated exchange can play. */
public final class VenueWires {
    private VenueWires() {}

    /** All of them, new, sorted by name; one line per venue, none of them shares anything. */
    public static List<VenueWire> all() {
        final List<VenueWire> all = new ArrayList<>();
        for (final BinanceMarket market : BinanceMarket.values()) {
            all.add(new BinanceWire(market, SimulatorLimits.binance().streamsPerConnection()));
        }
        all.add(new BinanceSbeWire());
        all.add(new BitfinexWire());
        all.add(new BybitWire(BybitWire.Category.INVERSE));
        all.add(new BybitWire(BybitWire.Category.LINEAR));
        all.add(new BybitWire(BybitWire.Category.SPOT));
        all.add(new CoinbaseAdvancedWire());
        all.add(new CoinbaseExchangeWire());
        all.add(new DeribitWire());
        all.add(new KrakenWire());
        all.add(new KrakenFuturesWire());
        all.add(new OkxWire());
        all.add(new ProjectXWire());
        all.sort(Comparator.comparing(VenueWire::venue));
        return List.copyOf(all);
    }

    /** The two markets of the demo. */
    static List<VenueWire> binance(final SimulatorLimits limits) {
        return List.of(
                new BinanceWire(BinanceMarket.SPOT, limits.streamsPerConnection()),
                new BinanceWire(BinanceMarket.USDM, limits.streamsPerConnection()));
    }
}
